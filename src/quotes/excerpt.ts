import { sentenceRanges, type TextRange } from '../cable/sentences.js';

/** A text that is little longer than its room is shown whole. */
const LITTLE = 1.25;
/** A sentence so much longer than the room is cut: it is no sentence, but a table or a list. */
const ENDLESS = 1.5;

/**
 * The parts of a paragraph around the sentences that answer: whole sentences of about `most` characters together,
 * in their order; the whole where it has room. `answers` are ranges of the text; without any it begins at its
 * beginning.
 */
export function excerptOf(text: string, answers: readonly TextRange[], most: number): TextRange[] {
  if (text.trim().length <= most * LITTLE) return [[0, text.length]];
  const sentences = sentenceRanges(text);
  const wanted = sentences.flatMap(([start, end], i) =>
    answers.some(([from, to]) => from < end && start < to) ? [i] : [],
  );
  const [first = 0] = wanted;
  const kept = new Set<number>([first]);
  let room = most - lengthOf(sentences[first]);
  const take = (index: number): boolean => {
    const length = lengthOf(sentences[index]);
    if (sentences[index] === undefined || kept.has(index) || length > room) return false;
    kept.add(index);
    room -= length;
    return true;
  };
  wanted.forEach(take);
  // What follows tells more than what goes before; both are taken as long as there is room.
  let [before, behind] = [first, first];
  for (let [isOpenBehind, isOpenBefore] = [true, true]; isOpenBehind || isOpenBefore;) {
    while (kept.has(behind + 1)) behind++;
    isOpenBehind = isOpenBehind && take(behind + 1);
    while (kept.has(before - 1)) before--;
    isOpenBefore = isOpenBefore && take(before - 1);
  }
  return joined(
    text,
    sentences.filter((_, i) => kept.has(i)).map((range) => cutShort(text, range, most)),
  );
}

function lengthOf(range: TextRange | undefined): number {
  return range === undefined ? 0 : range[1] - range[0];
}

function cutShort(text: string, [start, end]: TextRange, most: number): TextRange {
  if (end - start <= most * ENDLESS) return [start, end];
  const blank = text.slice(start, start + most).search(/\s\S*$/);
  return [start, start + (blank > 0 ? blank : most)];
}

/** Ranges between which nothing but blanks stands are one. */
function joined(text: string, ranges: readonly TextRange[]): TextRange[] {
  const out: TextRange[] = [];
  for (const [start, end] of ranges) {
    const last = out.at(-1);
    if (last !== undefined && text.slice(last[1], start).trim() === '')
      out.splice(-1, 1, [last[0], end]);
    else out.push([start, end]);
  }
  return out;
}
