/** How often each term stands in a text: term's key and count in turn, sorted by key. */
export type TermList = Uint32Array;

export function termList(counts: ReadonlyMap<number, number>): TermList {
  const list = new Uint32Array(2 * counts.size);
  for (const [i, term] of Uint32Array.from(counts.keys()).sort().entries()) {
    list[2 * i] = term;
    list[2 * i + 1] = counts.get(term) ?? 0;
  }
  return list;
}

/** The list of terms in a row. */
export function countedTerms(terms: Iterable<number>): TermList {
  const counts = new Map<number, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return termList(counts);
}

/** A list whose terms go by other keys. */
export function rekeyed(list: TermList, keyOf: (term: number) => number): TermList {
  const counts = new Map<number, number>();
  for (let i = 0; i < list.length; i += 2) counts.set(keyOf(list[i] ?? 0), list[i + 1] ?? 0);
  return termList(counts);
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

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
const LOW = 0x7f;
const MORE = 0x80;

/**
 * A list as it is stored: for each term how far its key lies behind the one before, doubled, and one more where it
 * stands there more than once: then its count follows. A number takes as many bytes as it needs: three a term.
 */
export function packTerms(list: TermList): Buffer {
  const bytes: number[] = [];
  const put = (value: number): void => {
    for (let left = value; ; left = Math.floor(left / MORE)) {
      if (left < MORE) {
        bytes.push(left);
        return;
      }
      bytes.push((left % MORE) + MORE);
    }
  };
  let before = 0;
  for (let i = 0; i < list.length; i += 2) {
    const [term = 0, count = 0] = list.subarray(i, i + 2);
    put(2 * (term - before) + (count > 1 ? 1 : 0));
    if (count > 1) put(count);
    before = term;
  }
  return Buffer.from(bytes);
}

/** The list that was packed. Throws a RangeError for bytes that are none. */
export function unpackTerms(bytes: Uint8Array): TermList {
  const list: number[] = [];
  let at = 0;
  const take = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= MORE) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('a list of terms is cut off');
      value += (byte & LOW) * scale;
      if (byte < MORE) return value;
    }
  };
  let term = 0;
  while (at < bytes.length) {
    const next = take();
    term += Math.floor(next / 2);
    list.push(term, next % 2 === 1 ? take() : 1);
  }
  return Uint32Array.from(list);
}
