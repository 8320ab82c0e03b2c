/**
 * How often each term stands in a text: term's key and count in turn, sorted by key. Eight bytes a
 * term on disk, in the machine's byte order as the vectors are.
 */
export type TermList = Uint32Array;

export function termList(counts: ReadonlyMap<number, number>): TermList {
  return Uint32Array.from([...counts].sort(([a], [b]) => a - b).flat());
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

/** The bytes of a typed array, to be stored. */
export function toBytes(values: Uint32Array | Float32Array | Int8Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

export function termListFrom(bytes: Uint8Array): TermList {
  return new Uint32Array(new Uint8Array(bytes).buffer);
}
