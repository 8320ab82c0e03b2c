/**
 * How often each term stands in a text: term's key and count in turn, sorted by key. Eight bytes a
 * term on disk, in the machine's byte order as the vectors are.
 */
export type TermList = Uint32Array;

export function termList(counts: ReadonlyMap<number, number>): TermList {
  const list = new Uint32Array(2 * counts.size);
  for (const [i, [term, count]] of [...counts].sort(([a], [b]) => a - b).entries()) {
    list[2 * i] = term;
    list[2 * i + 1] = count;
  }
  return list;
}

/** How often a term stands in it. */
export function countOf(list: TermList, term: number): number {
  let low = 0;
  let high = list.length / 2 - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const key = list[2 * middle] ?? 0;
    if (key === term) return list[2 * middle + 1] ?? 0;
    if (key < term) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}

export function termsIn(list: TermList): number[] {
  return Array.from({ length: list.length / 2 }, (_, index) => list[2 * index] ?? 0);
}

/** What several lists hold together. */
export function sumOf(lists: readonly TermList[]): TermList {
  const counts = new Map<number, number>();
  for (const list of lists) {
    for (let i = 0; i < list.length; i += 2) {
      const term = list[i] ?? 0;
      counts.set(term, (counts.get(term) ?? 0) + (list[i + 1] ?? 0));
    }
  }
  return termList(counts);
}

/** What a list holds beyond another that is part of it. */
export function difference(list: TermList, part: TermList): TermList {
  if (part.length === 0) return list;
  const left: number[] = [];
  for (let i = 0; i < list.length; i += 2) {
    const term = list[i] ?? 0;
    const count = (list[i + 1] ?? 0) - countOf(part, term);
    if (count > 0) left.push(term, count);
  }
  return Uint32Array.from(left);
}

/** The words of a text: the sum of its terms' counts. */
export function lengthOf(list: TermList): number {
  let length = 0;
  for (let i = 1; i < list.length; i += 2) length += list[i] ?? 0;
  return length;
}

/** The bytes of a typed array, to be stored. */
export function toBytes(values: Uint32Array | Float32Array | Int8Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

export function termListFrom(bytes: Uint8Array): TermList {
  return new Uint32Array(new Uint8Array(bytes).buffer);
}
