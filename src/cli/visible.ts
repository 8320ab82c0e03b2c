/** The signs that switch bold, dim and the colours of a terminal on and off: all that Pilcrow sends. */
const OUR_SIGNS = String.raw`\u001b\[(?:0|1|2|22|3[0-9]|9[0-7])m`;
/** What a terminal obeys instead of showing, and what has no width or turns the direction of writing. */
const INVISIBLE = String.raw`(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029]`;

const EVERY = new RegExp(INVISIBLE, 'gu');
// eslint-disable-next-line regexp/prefer-character-class, regexp/prefer-d -- it is put together
const EVERY_BUT_OURS = new RegExp(`${OUR_SIGNS}|${INVISIBLE}`, 'gu');

/** The pictures of the control characters 0 to 31, and of 127. */
const PICTURES = 0x2400;
const DELETE = 0x7f;
const DELETE_PICTURE = 0x2421;

function pictureOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(PICTURES + code);
  if (code === DELETE) return String.fromCodePoint(DELETE_PICTURE);
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}

/**
 * A text of others as a terminal may have it: control characters and those that nobody sees are shown as
 * signs (`␛`, `‹U+202E›`), so that a cable or a file's name can do nothing there. Line breaks stay.
 */
export function visible(text: string): string {
  return text.replace(EVERY, pictureOf);
}

/** The same for a text with Pilcrow's own colours in it: what everything goes through that is printed. */
export function printable(text: string): string {
  return text.replace(EVERY_BUT_OURS, (found) => (found.length > 2 ? found : pictureOf(found)));
}

/** Only in these ranges is there anything to escape: most cables have no character of them. */
const MAY_BE_INVISIBLE = /[\x7f-\x9f\xad\u0600-\uffff]/;

/** JSON whose strings hold no such character as itself: the value is the same. */
export function escapedJson(json: string): string {
  // JSON has the control characters below them escaped.
  if (!MAY_BE_INVISIBLE.test(json)) return json;
  return json.replace(EVERY, (character) =>
    character.replace(
      /[\s\S]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );
}
