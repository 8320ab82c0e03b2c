/** A half-open range of words. */
export type WordRange = readonly [first: number, end: number];

/**
 * Cuts a text into windows of at most `limit` tokens that overlap by `overlap` tokens. The counts
 * are of whole words (WordPiece never joins two), so a window never cuts a word; a word longer than
 * a window stands alone. A text that fits is one window.
 */
export function windowsOf(
  tokensOfWord: readonly number[],
  limit: number,
  overlap: number,
): WordRange[] {
  const windows: WordRange[] = [];
  let first = 0;
  while (first < tokensOfWord.length) {
    let last = first;
    let tokens = tokensOfWord[first] ?? 0;
    while (last + 1 < tokensOfWord.length && tokens + (tokensOfWord[last + 1] ?? 0) <= limit) {
      last++;
      tokens += tokensOfWord[last] ?? 0;
    }
    windows.push([first, last + 1]);
    if (last + 1 >= tokensOfWord.length) break;
    let next = last + 1;
    for (let back = 0; next > first + 1 && back < overlap;) {
      next--;
      back += tokensOfWord[next] ?? 0;
    }
    first = next;
  }
  return windows;
}
