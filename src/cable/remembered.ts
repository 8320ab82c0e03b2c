/**
 * A function of words that remembers what it has computed, of so many at most: the words of English repeat,
 * misprints do not.
 */
export function remembered<Value>(
  most: number,
  compute: (word: string) => Value,
): (word: string) => Value {
  const known = new Map<string, Value>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const made = compute(word);
    if (known.size >= most) known.clear();
    known.set(word, made);
    return made;
  };
}
