import { comparedWords, type Word } from '../cable/words.js';

/** Words of a quotation without a gap between them. */
export interface Segment {
  readonly words: readonly Word[];
  /** What stands before it: words were left out, or something was taken out of the text. */
  readonly gap: 'ellipsis' | 'redaction' | null;
  /** The sign that stands for it. */
  readonly sign: string;
  /** Words that whoever quotes has put in, and says so: `[the crown prince]`. */
  readonly inserted: ReadonlySet<Word>;
}

/** `…`, `. . .`, `* * *`, `[…]`, `[snip]`: words that whoever quotes has left out. */
const ELLIPSIS = String.raw`[[(]\s*(?:[…–—]|\.\s?\.\s?\.|\*\s?\*\s?\*|-{2,3}|snip)\s*[\])]|…|\.\s?\.\s?\.(?:\s?\.)?|(?<=[\p{L}\p{N},;]\s?)\.\.(?=\s)|\*\s?\*\s?\*(?:\s?\*)?`;
/** `[name removed]`, `XXXXXX`, `█████`: what was taken out of the text. */
const REDACTION = String.raw`(?:\[[^\][]{0,60}\b(?:removed|redacted|withheld|deleted|masked)\b[^\][]{0,60}\]|█+|_{3,}|\b[Xx]{4,})(?:['’]s)?(?![\p{L}\p{M}])`;
const GAP = new RegExp(String.raw`(?<ellipsis>${ELLIPSIS})|${REDACTION}`, 'gu');
/** The mark of a note: `[2]`, `²`; it stands behind a stop. */
export const NOTE_SIGN = String.raw`(?:\[\^?\d{1,3}\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})`;
export const BEHIND_STOP = String.raw`(?<=[.,;:!?…”"’)\]])`;
/** Of whoever quotes, and of no weight: `[sic]`, `[stamp]`, `(my emphasis)`, the mark of a note behind a stop or a word. */
const OWN = new RegExp(
  String.raw`[[(]\s*(?:sic!?|stamp|(?:(?:my|our) )?(?:emphas[ie]s|italics?|underlin\w{1,4}|bold)(?: (?:is |are )?(?:added|supplied|mine|ours|in (?:the )?original))?)\s*[\])]|${BEHIND_STOP}${NOTE_SIGN}(?=\s|$)|(?<=[\p{L}\p{N}])\[\^?\d{1,3}\](?![\p{L}\p{N}])`,
  'giu',
);

/** What a quotation says, cut at its gaps; an ellipsis at its ends is none. */
export function segmentsOf(text: string): Segment[] {
  const own = text
    .replace(OWN, (all) => ' '.repeat(all.length))
    // `[T]he`; `[un]clear` is another word than `clear`, whatever stands before it in its brackets.
    .replace(/\[((?:[^\][]{0,80}[^\][\p{L}])?\p{L}{1,12})\](?=\p{L})/gu, '  $1');
  const segments: Segment[] = [];
  let from = 0;
  let [gap, sign]: [Segment['gap'], string] = [null, ''];
  const brackets = [...own.matchAll(/\[[^\][]{1,80}\]/g)].map(({ index, 0: all }) => ({
    from: index,
    to: index + all.length,
  }));
  const close = (to: number): void => {
    const words = comparedWords(own.slice(from, to)).map((word) => ({
      ...word,
      start: word.start + from,
      end: word.end + from,
    }));
    const inserted = words.filter(({ start, end }) =>
      brackets.some((each) => each.from < start && end < each.to),
    );
    if (words.length === 0) return;
    const isNone = segments.length === 0 && gap === 'ellipsis';
    segments.push({ words, gap: isNone ? null : gap, sign, inserted: new Set(inserted) });
  };
  for (const match of own.matchAll(GAP)) {
    close(match.index);
    gap = match.groups?.['ellipsis'] === undefined ? 'redaction' : 'ellipsis';
    sign = match[0];
    from = match.index + match[0].length;
  }
  close(own.length);
  return withoutLastStop(segments);
}

/** Without the question or exclamation mark at its end: it may be of whoever quotes. */
function withoutLastStop(segments: readonly Segment[]): Segment[] {
  return segments.flatMap((segment, i) => {
    if (i < segments.length - 1) return [segment];
    const last = segment.words.findLastIndex(({ folded }) => !/^[!?]$/.test(folded));
    return last < 0 ? [] : [{ ...segment, words: segment.words.slice(0, last + 1) }];
  });
}
