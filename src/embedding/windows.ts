/**
 * Cuts a text into windows of at most `limit` tokens that overlap by `overlap` tokens. The counts
 * are of whole words (WordPiece never joins two), so a window never cuts a word; a word longer than
 * a window stands alone. A text that fits is one window.
 */
export function windowsOf(
  words: readonly string[],
  tokensOfWord: readonly number[],
  limit: number,
  overlap: number,
): string[] {
  const windows: string[] = [];
  let first = 0;
  while (first < words.length) {
    let last = first;
    let tokens = tokensOfWord[first] ?? 0;
    while (last + 1 < words.length && tokens + (tokensOfWord[last + 1] ?? 0) <= limit) {
      last++;
      tokens += tokensOfWord[last] ?? 0;
    }
    windows.push(words.slice(first, last + 1).join(' '));
    if (last + 1 >= words.length) break;
    let next = last + 1;
    for (let back = 0; next > first + 1 && back < overlap;) {
      next--;
      back += tokensOfWord[next] ?? 0;
    }
    first = next;
  }
  return windows;
}
