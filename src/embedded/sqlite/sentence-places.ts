import type { TextRange } from '../../cable/sentences.js';

/** Stands where a sentence was not found again. */
const NOT_FOUND = -1;

/** Where sentences stand in a text, as a row has it: 32-bit numbers, two for each. */
export function sentencesBytes(places: readonly (TextRange | null)[]): Buffer {
  const numbers = Int32Array.from(places.flatMap((each) => each ?? [NOT_FOUND, NOT_FOUND]));
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** What {@link sentencesBytes} was given. */
export function sentencesFrom(bytes: Uint8Array): (TextRange | null)[] {
  const numbers = new Int32Array(new Uint8Array(bytes).buffer, 0, bytes.byteLength >> 2);
  return Array.from({ length: numbers.length >> 1 }, (_, i) => {
    const [start = NOT_FOUND, end = NOT_FOUND] = numbers.subarray(2 * i, 2 * i + 2);
    return start < 0 ? null : [start, end];
  });
}
