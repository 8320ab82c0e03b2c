/** A stretch of displayed text: strong where it answers. */
export interface Segment {
  readonly text: string;
  readonly strong: boolean;
}

/** Stand at the ends of what is strong while lines are folded; cables do not have them. */
const [FROM, TO] = ['\ue000', '\ue001'];

/** A quote with signs around the sentences that answer: `segmentsOf` takes them away again. */
export function withSigns(
  text: string,
  highlights: readonly (readonly [start: number, end: number])[],
): string {
  if (text.includes(FROM) || text.includes(TO)) return text;
  let out = '';
  let last = 0;
  for (const [start, end] of highlights) {
    out += `${text.slice(last, start)}${FROM}${text.slice(start, end)}${TO}`;
    last = end;
  }
  return out + text.slice(last);
}

/** Text between the signs is strong; text with signs of its own is not cut. */
export function segmentsOf(text: string): Segment[] {
  const pieces = text.split(/(\ue000|\ue001)/);
  if (!isPaired(pieces)) return [{ text, strong: false }];
  let strong = false;
  const segments: Segment[] = [];
  for (const piece of pieces) {
    if (piece === FROM || piece === TO) strong = piece === FROM;
    else if (piece !== '') segments.push({ text: piece, strong });
  }
  return segments;
}

function isPaired(pieces: readonly string[]): boolean {
  return pieces.every((piece, i) => i % 2 === 0 || piece === (i % 4 === 1 ? FROM : TO));
}
