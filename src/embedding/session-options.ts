/**
 * How onnxruntime runs the model: one thread a worker, and the same vectors on every processor. Without
 * VNNI its product of 8-bit weights and activations overflows 16 bits (cosine 0.92 with the reference);
 * `x64quantprecision` widens it first. What changes a vector belongs into the fingerprint of an index.
 */
export const SESSION_OPTIONS = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  extra: { session: { x64quantprecision: '1' } },
} as const;
