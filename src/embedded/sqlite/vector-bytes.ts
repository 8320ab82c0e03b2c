/** A vector as a row has it: 32-bit floats. Throws a RangeError for bytes of another length. */
export function vectorFrom(bytes: Uint8Array): Float32Array {
  return new Float32Array(new Uint8Array(bytes).buffer);
}
