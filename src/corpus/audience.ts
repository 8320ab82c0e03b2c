import type { Reach } from '../cable/ceiling.js';
import { LEVELS, type Level } from '../cable/types.js';

/**
 * Whom something is shown to: the reaches of its pieces, of which any one is enough. Rows name their
 * audience by a key, so that what a ceiling shows is a short list of keys. There are a few dozen.
 */
export type Audience = readonly Reach[];

/** A level's place; behind the last stands what is not known. */
const ALPHABET = '012345';

function digitOf(level: Level | null): string {
  return ALPHABET.charAt(level === null ? LEVELS.length : LEVELS.indexOf(level));
}

function levelOf(digit: string | undefined): Level | null {
  return LEVELS[ALPHABET.indexOf(digit ?? '')] ?? null;
}

/** `201`: mark C, any cable, NOFORN; `201n`: a name under it that is to be protected. */
export function reachText({ mark, classification, noforn, named }: Reach): string {
  return `${digitOf(mark)}${digitOf(classification)}${noforn ? '1' : '0'}${named === true ? 'n' : ''}`;
}

export function reachFrom(text: string): Reach {
  const [mark, classification, noforn, named] = text;
  return {
    ...{ mark: levelOf(mark), classification: levelOf(classification), noforn: noforn === '1' },
    ...(named === 'n' && { named: true as const }),
  };
}

/** Whether whoever sees what has an audience sees names that are to be protected. */
export function seesNames(audience: string): boolean {
  return audienceFrom(audience).every(({ named }) => named === true);
}

/** Whether every ceiling that shows what has reach `b` shows what has reach `a`. */
function isWider(a: string, b: string): boolean {
  return [0, 1, 2, 3].every((at) => (a[at] ?? '') <= (b[at] ?? ''));
}

/** The text of an audience: its widest reaches, in order. */
export function audienceText(reaches: Iterable<string>): string {
  const all = [...new Set(reaches)].sort();
  return all
    .filter((each) => !all.some((other) => other !== each && isWider(other, each)))
    .join('|');
}

export function audienceFrom(text: string): Audience {
  return text === '' ? [] : text.split('|').map(reachFrom);
}
