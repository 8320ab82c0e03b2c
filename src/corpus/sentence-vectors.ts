/** The largest value of a component as it is stored. */
const LARGEST = 127;
/**
 * Components of a vector of length 1 lie within so many times 1 / √dimension of zero: of the model's
 * sentences the largest is 6.5. A larger one is cut.
 */
const SPREAD = 6.5;

function scaleOf(dimension: number): number {
  return (LARGEST * Math.sqrt(dimension)) / SPREAD;
}

/**
 * Vectors of sentences in eight bits a component, one behind the other: their direction is kept to
 * within two degrees. All have one scale, so that an inner product needs no length.
 */
export function packSentences(vectors: readonly Float32Array[]): Int8Array {
  const dimension = vectors[0]?.length ?? 0;
  const packed = new Int8Array(vectors.length * dimension);
  const scale = scaleOf(dimension);
  for (const [row, vector] of vectors.entries()) {
    for (const [i, value] of vector.entries()) {
      packed[row * dimension + i] = Math.max(
        -LARGEST,
        Math.min(LARGEST, Math.round(value * scale)),
      );
    }
  }
  return packed;
}

/** The cosine of a vector of length 1 with each of the packed sentences. */
export function sentenceCosines(packed: Int8Array, vector: Float32Array): number[] {
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
