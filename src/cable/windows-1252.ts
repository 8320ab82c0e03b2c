/**
 * Windows-1252's characters for the bytes 0x80 to 0x9f; all others are Latin-1's. The five bytes
 * without one stay control characters, as in the encoding standard's index. (Node 20's TextDecoder
 * takes `windows-1252` for Latin-1.)
 */
export const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const FIRST = 0x80;

/** A text of Latin-1 whose bytes were Windows-1252, as it was meant. */
export function fromWindows1252(latin1: string): string {
  return latin1.replace(/[\x80-\x9f]/g, (byte) => WINDOWS_1252.charAt(byte.charCodeAt(0) - FIRST));
}

/** The byte that a character has in Windows-1252; its code where it has none. */
export function windows1252Byte(character: string): number {
  const index = WINDOWS_1252.indexOf(character);
  return index < 0 ? character.charCodeAt(0) : FIRST + index;
}
