import { diffWordsWithSpace } from 'diff';
import { folded } from './citation.js';

/** A stretch of words: in both texts, or in one of them alone. */
export interface WordChange {
  readonly kind: 'same' | 'removed' | 'added';
  readonly words: string;
}

/** Words that were put in or left out, at most: the time grows with their square. */
const MOST_CHANGES = 1000;

/** How a text became another, word by word; white space counts as one blank. */
export function wordChanges(before: string, after: string): WordChange[] {
  const [from, to] = [folded(before), folded(after)];
  const changes = diffWordsWithSpace(from, to, { maxEditLength: MOST_CHANGES });
  // Texts that have little in common: how one became the other tells nobody anything.
  if (changes === undefined) {
    return [
      { kind: 'removed', words: from },
      { kind: 'added', words: to },
    ];
  }
  return changes.map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    words: value,
  }));
}

/** Words that are the same in both, around a change, that are told with it. */
const AROUND = 40;

/** The changes with some words around each: `for [-40-] {+45+} million`; what is the same between them is left out. */
export function changesTold(changes: readonly WordChange[]): string {
  return changes
    .map(({ kind, words }, i) => {
      if (kind === 'removed') return `[-${words}-]`;
      if (kind === 'added') return `{+${words}+}`;
      const isFirst = i === 0;
      const isLast = i === changes.length - 1;
      if (words.length <= 2 * AROUND) return words;
      const before = isFirst ? '' : words.slice(0, AROUND).replace(/\S*$/, '');
      const behind = isLast ? '' : words.slice(-AROUND).replace(/^\S*/, '');
      return `${before}…${behind}`;
    })
    .join('');
}
