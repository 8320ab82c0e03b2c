import type { TextRange } from '../cable/sentences.js';
import { displayText, SIGNS } from './display.js';

/** A stretch of displayed text: strong where it answers. */
export interface Segment {
  readonly text: string;
  readonly strong: boolean;
}

/** Stands where a part of a paragraph was left out. */
export const LEFT_OUT = '[…]';

/** Stand at the ends of what is strong, and of what is shown, while lines are folded. */
const [STRONG, STRONG_END, SHOWN, SHOWN_END] = SIGNS;

interface Placed {
  readonly at: number;
  readonly sign: string;
}

/** A quote with signs around the sentences that answer: `segmentsOf` takes them away again. */
export function withSigns(text: string, highlights: readonly TextRange[]): string {
  return placed(
    text,
    highlights.flatMap(([start, end]) => [
      { at: start, sign: STRONG },
      { at: end, sign: STRONG_END },
    ]),
  );
}

/** Text between the signs is strong; text with signs of its own is not cut. */
export function segmentsOf(text: string): Segment[] {
  const pieces = text.split(/(\ue000|\ue001)/);
  if (!isPaired(pieces)) return [{ text, strong: false }];
  let strong = false;
  const segments: Segment[] = [];
  for (const piece of pieces) {
    if (piece === STRONG || piece === STRONG_END) strong = piece === STRONG;
    else if (piece !== '') segments.push({ text: piece, strong });
  }
  return segments;
}

/**
 * A quote as it is displayed, of which only some ranges are shown, in their order: {@link LEFT_OUT} stands for
 * each part between them.
 */
export function shownSegments(
  text: string,
  highlights: readonly TextRange[],
  shown: readonly TextRange[],
): Segment[] {
  const signs = shown.flatMap((range) => [
    { at: range[0], sign: SHOWN },
    ...highlights
      .map(([start, end]) => [Math.max(start, range[0]), Math.min(end, range[1])] as const)
      .filter(([start, end]) => start < end)
      .flatMap(([start, end]) => [
        { at: start, sign: STRONG },
        { at: end, sign: STRONG_END },
      ]),
    { at: range[1], sign: SHOWN_END },
  ]);
  const segments: Segment[] = [];
  let [isShown, strong, isCut] = [false, false, false];
  for (const piece of displayText(placed(text, signs)).split(/([\ue000-\ue003])/)) {
    if (piece === SHOWN || piece === SHOWN_END) isShown = piece === SHOWN;
    else if (piece === STRONG || piece === STRONG_END) strong = piece === STRONG;
    else if (!isShown) isCut ||= piece.trim() !== '';
    else if (piece !== '') {
      if (isCut)
        segments.push({ text: `${segments.length > 0 ? ' ' : ''}${LEFT_OUT} `, strong: false });
      isCut = false;
      segments.push({ text: piece, strong });
    }
  }
  return isCut ? [...segments, { text: ` ${LEFT_OUT}`, strong: false }] : segments;
}

/** A text with signs put into it, in their order; without them where it has such signs itself. */
function placed(text: string, signs: readonly Placed[]): string {
  if (SIGNS.some((sign) => text.includes(sign))) return text;
  let out = '';
  let last = 0;
  for (const { at, sign } of signs) {
    out += text.slice(last, at) + sign;
    last = at;
  }
  return out + text.slice(last);
}

function isPaired(pieces: readonly string[]): boolean {
  return pieces.every((piece, i) => i % 2 === 0 || piece === (i % 4 === 1 ? STRONG : STRONG_END));
}
