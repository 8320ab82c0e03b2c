import { canonicalPost, isKnownPost } from '../cable/posts.js';
import { wordsOf } from '../cable/terms.js';
import { isPlace } from './places.js';
import { CABLES } from './tables/list-cues.js';

/** A post that a question names as where cables are from. */
export interface Origin {
  readonly name: string;
  /** The text without it. */
  readonly rest: string;
}

/** What stands before a post that cables are from: `from Madrid`, `Embassy Oslo`, `by the consulate in Rio`. */
const FROM =
  /(?<![\p{L}\d])(?:(?:sent |written |reported )?(?:from|by|out of) (?:the )?(?:(?:us|u\.s\.|american) )?(?:(?:embassy|consulate(?: general)?|mission)(?: in| at)? )?|(?:the |any )?(?:(?:us|u\.s\.|american) )?(?:embassy|consulate(?: general)?|mission)(?: in| at)? )/giu;
/** What stands behind one: `madrid cables`, `Moscow reporting`, `what London wrote`, `the Havana mission`. */
const BEHIND = new RegExp(
  String.raw`^(?:['’]s?)? (?:(?:have |has )?(?:any |other |more )*${CABLES}|reports\b|reporting\b|documents\b|embassy\b|mission\b|consulate\b|(?:has |have |had |been |ever |first )*(?:sen[dt]\b|wr[io]t|report|cabl))`,
  'iu',
);

/** The post that cables are asked for from. */
export function originIn(text: string): Origin | null {
  for (const match of text.matchAll(FROM)) {
    const name = placeAt(text.slice(match.index + match[0].length));
    if (name !== null) return { name, rest: text.replace(`${match[0]}${name}`, ' ; ') };
  }
  const pieces = text.split(' ');
  for (let at = 0; at < pieces.length; at++) {
    const behind = pieces.slice(at).join(' ');
    const name = placeAt(behind);
    if (name === null || !BEHIND.test(behind.slice(name.length))) continue;
    const before = pieces
      .slice(0, at)
      .join(' ')
      .replace(/\b(?:did|has|had|have|was|is|does|the)$/iu, '');
    return { name, rest: `${before} ; ${behind.slice(name.length).replace(BEHIND_WORDS, ' ')}` };
  }
  return null;
}

const BEHIND_WORDS = /^(?:['’]s?)? (?:(?:has|have|had|been|ever|first|any|other|more) )*\p{L}+/iu;

/** The post that a few words begin with: `Beijing on Google`, `London`. */
export function senderIn(text: string): Origin | null {
  const name = placeAt(text);
  if (name === null) return null;
  const behind = text.slice(name.length);
  return /^(?:[\s;.?!]*$|[\s;]*(?:on|about|re)\b)/iu.test(behind) ? { name, rest: behind } : null;
}

/** The longest place, or post, that a text begins with, as written there. */
function placeAt(text: string): string | null {
  const words = text.split(' ').slice(0, 4);
  const names = words
    .map((_, i) =>
      words
        .slice(0, i + 1)
        .join(' ')
        .replace(/[^\p{L}\p{N}]+$/u, ''),
    )
    .toReversed();
  const isPost = (name: string): boolean =>
    /^\p{Lu}/u.test(name) && isKnownPost(canonicalPost(name));
  const name = names.find((each) => isPlace(wordsOf(each))) ?? names.find(isPost) ?? null;
  // `Islamabad's foreign secretary` sends nothing.
  return name === null || /['’]s?$/.test(name) ? null : name;
}
