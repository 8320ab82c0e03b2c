import { THOUSANDS } from './terms.js';

/** A word of a text as quotations are compared by it. */
export interface Word {
  /** Folded: small letters, no accents, one form of the apostrophe, no commas between thousands. */
  readonly folded: string;
  /** As it stands in the text. */
  readonly raw: string;
  /** Its range in the text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/**
 * Words with their apostrophes (a damaged one is a question mark or a comma: `USTR?s`, `didn,t`), numbers with what stands
 * between their digits and a point before them (`.85`), and the signs that change what is said, among them a hyphen
 * beside a digit. Other hyphens, dashes, quotation marks and stops stand between words.
 */
const WORD =
  /\p{L}[\p{L}\p{M}]*(?:['’‘`´?][\p{L}\p{M}]+|,(?:[tsdmTSDM]|re|ve|ll|RE|VE|LL)\b)*|(?:(?<![\p{L}\p{N}.])\.)?\p{N}+(?:[.,:/]\p{N}+)*|(?<=\p{N}\s{0,3})[-\u2010-\u2015−](?=\s{0,8}\p{N})|(?<![\p{L}\p{N}\p{P}])[-–−](?=[$€£¥]?\.?\p{N})|\+(?=\p{N})|(?<=[\p{N}%])\+|[<>~≈±×≤≥](?=[$€£¥]?\.?\p{N})|[$€£¥%&!?█]/gu;

/** The words of a text, in order. */
export function comparedWords(text: string): Word[] {
  return [...text.matchAll(WORD)].map((match) => ({
    folded: foldedWord(match[0]),
    raw: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Nothing of it is folded but its capitals. */
const PLAIN = /^[a-z0-9]+$/i;

function foldedWord(raw: string): string {
  if (PLAIN.test(raw)) return raw.toLowerCase();
  return raw
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[’‘`´]|(?<=\p{L})[?,](?=\p{L})/gu, "'")
    .replace(/[\u2010-\u2015−]/g, '-')
    .replace(THOUSANDS, '')
    .replace(/^0(?=\.\d)/, '') // `0.85`, `.85`
    .toLowerCase();
}
