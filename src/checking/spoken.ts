import { comparedWords, type Word } from '../cable/words.js';

/** Words of a quotation without a gap between them. */
export interface Segment {
  readonly words: readonly Word[];
  /** What stands before it: words were left out, or something was taken out of the text. */
  readonly gap: 'ellipsis' | 'redaction' | null;
}

/** `…`, `. . .`, `[…]`: words that whoever quotes has left out. */
const ELLIPSIS = String.raw`[[(]\s*(?:…|\.\s?\.\s?\.)\s*[\])]|…|\.\s?\.\s?\.(?:\s?\.)?`;
/** `[name removed]`, `XXXXXX`, `█████`: what was taken out of the text. */
const REDACTION = String.raw`\[[^\][]{0,60}\b(?:removed|redacted|withheld|deleted|masked)\b[^\][]{0,60}\]|█+|_{3,}|\b[Xx]{4,}\b`;
const GAP = new RegExp(String.raw`(?<ellipsis>${ELLIPSIS})|${REDACTION}`, 'gu');
/** Of whoever quotes, and of no weight: `[sic]`, `[stamp]`, `[T]he`. */
const OWN = /\[(?:sic|stamp|emphasis added)\]/gi;

/** What a quotation says, cut at its gaps; gaps at its ends are none. */
export function segmentsOf(text: string): Segment[] {
  const own = text
    .replace(OWN, (all) => ' '.repeat(all.length))
    .replace(/\[(\p{L})\](?=\p{L})/gu, '  $1');
  const segments: Segment[] = [];
  let from = 0;
  let gap: Segment['gap'] = null;
  const close = (to: number): void => {
    const words = comparedWords(own.slice(from, to)).map((word) => ({
      ...word,
      start: word.start + from,
      end: word.end + from,
    }));
    if (words.length > 0) segments.push({ words, gap: segments.length === 0 ? null : gap });
  };
  for (const match of own.matchAll(GAP)) {
    close(match.index);
    gap = match.groups?.['ellipsis'] === undefined ? 'redaction' : 'ellipsis';
    from = match.index + match[0].length;
  }
  close(own.length);
  return segments;
}
