/** The part of the package `stopword` that is used; it ships no types. */
declare module 'stopword' {
  /** Common words of English that say nothing about what a text is about. */
  export const eng: readonly string[];
}
