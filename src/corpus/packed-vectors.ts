/** A passage's vectors as they are kept, one behind the other: of windows a byte a component, of sentences half of one. */
export interface PackedVectors {
  readonly windows: Int8Array;
  readonly sentences: Uint8Array;
}

/** The largest value of a component of eight bits. */
const LARGEST = 127;
/**
 * Components of a vector of length 1 lie within so many times 1 / √dimension of zero: of the model's
 * vectors the largest is 6.5. A larger one is cut.
 */
const SPREAD = 6.5;

/** Steps of a component of four bits, and what they spread over: what lies beyond is cut (docs/performance.md). */
const STEPS = 16;
const FINE_SPREAD = 2.75;

function scaleOf(dimension: number): number {
  return (LARGEST * Math.sqrt(dimension)) / SPREAD;
}

function between(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

/**
 * Packs vectors of length 1: their direction is kept to within two degrees. All have one scale, so that an
 * inner product needs no length.
 */
export function packWindows(vectors: readonly Float32Array[]): Int8Array {
  const dimension = vectors[0]?.length ?? 0;
  const packed = new Int8Array(vectors.length * dimension);
  const scale = scaleOf(dimension);
  for (const [row, vector] of vectors.entries()) {
    for (const [i, value] of vector.entries()) {
      packed[row * dimension + i] = between(Math.round(value * scale), -LARGEST, LARGEST);
    }
  }
  return packed;
}

/** The same in half the room: their direction is kept to within seven degrees. */
export function packSentences(vectors: readonly Float32Array[]): Uint8Array {
  const dimension = vectors[0]?.length ?? 0;
  const bytes = Math.ceil(dimension / 2);
  const packed = new Uint8Array(vectors.length * bytes);
  const scale = (STEPS * Math.sqrt(dimension)) / (2 * FINE_SPREAD);
  for (const [row, vector] of vectors.entries()) {
    for (const [i, value] of vector.entries()) {
      const step = between(Math.floor(value * scale) + STEPS / 2, 0, STEPS - 1);
      const at = row * bytes + (i >> 1);
      packed[at] = (packed[at] ?? 0) | (step << (4 * (i & 1)));
    }
  }
  return packed;
}

/** What an embedder has made of a passage, as it is kept. */
export function packVectors({
  windows,
  sentences,
}: Readonly<Record<keyof PackedVectors, readonly Float32Array[]>>): PackedVectors {
  return { windows: packWindows(windows), sentences: packSentences(sentences) };
}

/** The vectors of windows again, each of length 1. */
export function unpackWindows(packed: Int8Array, dimension: number): Float32Array[] {
  return Array.from({ length: Math.floor(packed.length / dimension) }, (_, row) => {
    const vector = Float32Array.from(packed.subarray(row * dimension, (row + 1) * dimension));
    const length = Math.hypot(...vector);
    return length === 0 ? vector : vector.map((value) => value / length);
  });
}

/** The cosine of a vector of length 1 with each of the windows. */
export function windowCosines(packed: Int8Array, vector: Float32Array): number[] {
  const dimension = vector.length;
  const scale = scaleOf(dimension);
  const cosines: number[] = [];
  for (let start = 0; start + dimension <= packed.length; start += dimension) {
    let product = 0;
    for (let i = 0; i < dimension; i++) product += (packed[start + i] ?? 0) * (vector[i] ?? 0);
    cosines.push(product / scale);
  }
  return cosines;
}

/** The cosine of a vector of length 1 with each of the sentences. */
export function sentenceCosines(packed: Uint8Array, vector: Float32Array): number[] {
  const bytes = Math.ceil(vector.length / 2);
  const middle = (STEPS - 1) / 2;
  const cosines: number[] = [];
  for (let start = 0; start + bytes <= packed.length; start += bytes) {
    let product = 0;
    let squares = 0;
    for (let i = 0; i < vector.length; i++) {
      const value = (((packed[start + (i >> 1)] ?? 0) >> (4 * (i & 1))) & (STEPS - 1)) - middle;
      product += value * (vector[i] ?? 0);
      squares += value * value;
    }
    cosines.push(product / Math.sqrt(squares));
  }
  return cosines;
}
