import { trimmedLine } from '../lines.js';
import { replaceRunInStamps } from '../stamps.js';
import { GIVEN_NAMES, KNOWN_TAGS, KNOWN_TERMS, TAGS_WITH_NAME } from '../tables/tags.js';

/** Captions that slip into the line, and the label itself. */
const NO_TAGS: ReadonlySet<string> = new Set(['SIPDIS', 'TAGS', 'NOFORN']);

/**
 * TAGS in capitals, in their order, each once. They stand between blanks or commas, some as links
 * `[ETRD](#)` (sample 06GUANGZHOU32397), some run together (`ETRDEINVECINPGOVCS`). Terms of several
 * words stay together, persons read `KISSINGER, HENRY`. `year`, in four digits, is the cable's.
 */
export function readTags(value: string, year: number | null): string[] {
  const { text, persons } = namesInBrackets(firstLines(withoutLinks(value)));
  const words = replaceRunInStamps(text.toUpperCase(), ' ')
    .split(/\s+/)
    .flatMap(wordsOf)
    .flatMap(apart);
  const tags: string[] = [];
  let chunk: Word[] = [];
  /** A tag that stands with a name stands right before: no comma parts them. */
  let named = false;
  // What stands between two known tags is read as a whole.
  const flush = (): void => {
    tags.push(...unknownTags(chunk, named, year));
    chunk = [];
  };
  for (let at = 0; at < words.length; at++) {
    const term = termAt(words, at);
    const { text: word = '' } = words[at] ?? {};
    const person = persons.get(word);
    if (person !== undefined) {
      flush();
      tags.push(person);
      named = false;
    } else if (term !== null) {
      flush();
      tags.push(term.join(' '));
      at += term.length - 1;
    } else if (KNOWN_TAGS.has(word) || KNOWN_TAGS.has(withoutDouble(word))) {
      flush();
      tags.push(KNOWN_TAGS.has(word) ? word : withoutDouble(word));
      named = TAGS_WITH_NAME.has(word) && words[at]?.comma === false;
    } else chunk.push({ text: word, comma: words[at]?.comma ?? false });
  }
  flush();
  return [...new Set(tags.filter((tag) => !NO_TAGS.has(tag)))];
}

interface Word {
  readonly text: string;
  /** A comma stands behind it. */
  readonly comma: boolean;
}

function withoutLinks(value: string): string {
  return value.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1 ').replace(/\r\n|\r/g, '\n');
}

/** The lines that hold tags: what goes on behind the first is told by {@link wraps}. */
function firstLines(value: string): string {
  const lines = value.split('\n').map(trimmedLine);
  const own: string[] = [];
  for (const line of lines) {
    if (own.some((each) => each !== '') && !wraps(own.at(-1) ?? '', line)) break;
    own.push(line);
  }
  return own.join(' ');
}

/** A line of tags goes on when it ends with a comma or the next one holds nothing but tags. */
function wraps(line: string, next: string): boolean {
  if (line.lastIndexOf('(') > line.lastIndexOf(')')) return true; // a name goes on
  return line === '' || line.endsWith(',') || /^[A-Z0-9 ,]{2,}$/.test(next);
}

/**
 * `OVIP (CLINTON, HILLARY)`, `CDES (JOHN DOE)`: names in brackets are persons as they are printed. A word that no
 * line holds stands for each.
 */
function namesInBrackets(text: string): { text: string; persons: Map<string, string> } {
  const persons = new Map<string, string>();
  const rest = text.replace(
    /\(([\p{L}'’. -]{2,40}(?:,\s?[\p{L}. '’-]{1,40})?)\)/gu,
    (whole, name: string) => {
      if (!/[\s,]/.test(name.trim())) return whole;
      const word = `0PERSON${persons.size}`;
      persons.set(word, name.replace(/\s+/g, ' ').trim().toUpperCase());
      return ` ${word}, `;
    },
  );
  return { text: rest, persons };
}

/** Commas, semicolons and `#` part words; a slash does between two tags, but not in `UNGA/C-6`. */
function wordsOf(printed: string): Word[] {
  const words: Word[] = [];
  for (const piece of printed.split(/(?<=[,;#])/)) {
    const parts = piece.split('/').map((part) => part.replace(/^[^A-Z0-9]+|[^A-Z0-9.]+$/g, ''));
    const comma = /[,;#]$/.test(piece);
    const texts = parts.every((part) => KNOWN_TAGS.has(part))
      ? parts
      : [piece.replace(/^[^A-Z0-9]+|[^A-Z0-9.]+$/g, '')];
    for (const text of texts) {
      if (text !== '') words.push({ text, comma });
    }
  }
  return words;
}

/** Words of the terms come apart like tags: `HUMAN RIGHTSPOLMIL`. */
const PIECES: ReadonlySet<string> = new Set([...KNOWN_TAGS, ...KNOWN_TERMS.flat()]);
/** One piece must be so long: `CUBA` is not Cuba and Bahrain. */
const SHORTEST_SUBJECT = 4;
const LONGEST_PIECE = 12;

/** Tags that are run together, apart: `PHUMBA` → PHUM, BA. Other words stay whole. */
function apart(word: Word): Word[] {
  const { text } = word;
  if (PIECES.has(text) || text.length <= SHORTEST_SUBJECT || text.length > 80) return [word];
  /** The fewest pieces that make up the first n letters. */
  const best: (string[] | null)[] = [[]];
  for (let end = 1; end <= text.length; end++) {
    let fewest: string[] | null = null;
    for (let start = Math.max(0, end - LONGEST_PIECE); start < end - 1; start++) {
      const before = best[start];
      const piece = text.slice(start, end);
      if (!before || !PIECES.has(piece)) continue;
      if (fewest === null || before.length + 1 < fewest.length) fewest = [...before, piece];
    }
    best.push(fewest);
  }
  const pieces = best[text.length];
  if (!pieces?.some((piece) => piece.length >= SHORTEST_SUBJECT)) return [word];
  return pieces.map((piece, index) => ({
    text: piece,
    comma: index === pieces.length - 1 && word.comma,
  }));
}

/** `MOPPS` → MOPS. */
function withoutDouble(word: string): string {
  return word.replace(/([A-Z])\1/, '$1');
}

function termAt(words: readonly Word[], at: number): readonly string[] | null {
  return (
    KNOWN_TERMS.find((term) =>
      term.every((part, index) => {
        const word = words[at + index];
        return word?.text === part && (index === term.length - 1 || !word.comma);
      }),
    ) ?? null
  );
}

/**
 * What words in no table are: persons behind a tag that stands with a name (`OVIP BUSH GEORGE`) or
 * told by a given name (`KISSINGER, HENRY`), a term between two commas, or a tag each.
 */
function unknownTags(chunk: readonly Word[], behindName: boolean, year: number | null): string[] {
  const tags: string[] = [];
  for (let at = 0; at < chunk.length; at++) {
    const [surname, given, initial] = chunk.slice(at, at + 3);
    if (surname === undefined) break;
    const named = given !== undefined && isGivenName(given.text, behindName);
    if (named && isName(surname.text)) {
      const hasInitial = initial !== undefined && /^[A-Z]\.?$/.test(initial.text) && !given.comma;
      const full = `${surname.text}, ${given.text}${hasInitial ? ` ${initial.text.charAt(0)}.` : ''}`;
      tags.push(personName(full.replace(/\.+$/, hasInitial ? '.' : ''), year));
      at += hasInitial ? 2 : 1;
    } else {
      const between = chunk.findIndex((word, index) => index >= at && word.comma);
      const commas = between >= 0 || (at > 0 && (chunk[at - 1]?.comma ?? false));
      const term = commas ? chunk.slice(at, between < 0 ? undefined : between + 1) : [surname];
      tags.push(term.map((word) => word.text.replace(/\.$/, '')).join(' '));
      at += term.length - 1;
    }
  }
  return tags;
}

function isName(word: string): boolean {
  return /^[A-Z][A-Z'’-]+$/.test(word);
}

function isGivenName(word: string, behindName: boolean): boolean {
  return isName(word) && ((behindName && word.length > 2) || GIVEN_NAMES.has(word));
}

/** The President of 2001 to 2009 has his initial in the Department's list; his father does not. */
function personName(name: string, year: number | null): string {
  return name === 'BUSH, GEORGE' && year !== null && year >= 2001 ? 'BUSH, GEORGE W.' : name;
}
