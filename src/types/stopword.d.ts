/** The part of the package `stopword` that is used; it ships no types. */
declare module 'stopword' {
  /** Common words of a language that say nothing about what a text is about. */
  export const ara: readonly string[];
  export const deu: readonly string[];
  export const eng: readonly string[];
  export const fra: readonly string[];
  export const por: readonly string[];
  export const rus: readonly string[];
  export const spa: readonly string[];
}
