/** A sentence's shortest length in characters: what is shorter belongs to the one before or behind. */
const SHORTEST = 40;

/**
 * Ends of sentences: a full stop, or a colon or semicolon that parts long lists, before a capital or a
 * figure. `Mr. Smith`, `U.S. Embassy` and `J. Edgar` end nothing.
 */
const END = /(?<=[.!?;:]["”’)]{0,2})\s+(?=["“‘(¶-]*[\p{Lu}\d])/gu;
const ABBREVIATION =
  /(?:^|[\s("“])(?:\p{Lu}|(?:\p{L}\.){1,4}\p{L}?|Mr|Mrs|Ms|Dr|Prof|Amb|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|Pres|St|Jr|Sr|No|Nos|vs|cf|etc|Inc|Ltd|Co|Corp|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$/u;
/** Characters before an end that an abbreviation may stand in. */
const LOOK_BACK = 12;

/** A half-open range of a text. */
export type TextRange = readonly [start: number, end: number];

/** Where the sentences of a text stand: in order, without the blanks between them. */
export function sentenceRanges(text: string): TextRange[] {
  const ranges: TextRange[] = [];
  let start = 0;
  for (const { index, 0: blanks } of text.matchAll(END)) {
    if (index - start < SHORTEST) continue;
    if (ABBREVIATION.test(text.slice(Math.max(0, index - LOOK_BACK), index))) continue;
    ranges.push([start, index]);
    start = index + blanks.length;
  }
  if (start < text.length || ranges.length === 0) ranges.push([start, text.length]);
  return ranges;
}

/** The sentences of a text whose white space is folded: joined by blanks they are the text. */
export function sentencesOf(text: string): string[] {
  return sentenceRanges(text).map(([start, end]) => text.slice(start, end));
}
