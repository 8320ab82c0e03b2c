/** Asks at most once, and only where the answer is wanted. */
export function once<T extends object | boolean>(ask: () => T): () => T {
  let answer: T | null = null;
  return () => (answer ??= ask());
}
