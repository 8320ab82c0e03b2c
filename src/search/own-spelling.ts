import type { Ceiling } from '../cable/ceiling.js';
import { stemOf, wordsOf } from '../cable/terms.js';
import { textWithSubject } from './phrases.js';
import { changeBest, type BestRanked, type Ranked, type Respelled } from './ranked.js';
import type { ReadSpans } from './read-spans.js';
import { farBetween, SHORTEST_NAME, type AskedName } from './other-spellings.js';

/** The names of a question, and what tells a word of the language. */
export interface AskedNames {
  readonly names: readonly AskedName[];
  readonly isWord: (word: string) => boolean;
}

/** The best of some ranked passages with the names that each has in another spelling; the others as they are. */
export async function withSpellings(
  asked: AskedNames,
  best: BestRanked,
  spans: ReadSpans,
  ceiling: Ceiling,
): Promise<Ranked[]> {
  if (asked.names.length === 0) return [...best.ranked];
  return changeBest(best, spans, (each, span) => {
    return { ...each, respelled: respelledIn(asked, textWithSubject(span, ceiling)) };
  });
}

/** The names that a text holds in another spelling, and not as the question has them. */
export function respelledIn({ names, isWord }: AskedNames, text: string): Respelled {
  const found = new Map<string, string>();
  if (names.length === 0) return found;
  const written = namesIn(text).map((each) => ({ ...each, isWord: isWord(each.plain) }));
  const stems = new Set(wordsOf(text).map(stemOf));
  for (const name of names) {
    if (name.word.length < SHORTEST_NAME || stems.has(stemOf(name.word))) continue;
    let best: { readonly form: string; readonly far: number } | null = null;
    for (const { form, plain, isWord } of written) {
      // `Germany` is no other spelling of `German`.
      if (name.isWord && isWord) continue;
      const far = farBetween(name, plain, isWord);
      if (far !== null && (best === null || far < best.far)) best = { form, far };
    }
    if (best !== null) found.set(name.word, best.form);
  }
  return found;
}

/** A text with names as a passage has them. */
export function asSpelled(text: string, respelled: Respelled): string {
  if (respelled.size === 0) return text;
  return text.replace(
    /[\p{L}\p{M}\p{N}]+/gu,
    (word) => respelled.get(wordsOf(word).join('')) ?? word,
  );
}

/** Words with a capital, and two of them beside each other as one: `Zaw Zaw`, `Al-Qaida`. */
function namesIn(text: string): { readonly form: string; readonly plain: string }[] {
  const names = new Map<string, string>();
  let before: RegExpExecArray | null = null;
  for (const match of text.matchAll(/\p{Lu}[\p{L}\p{M}]+/gu)) {
    const [form] = match;
    names.set(wordsOf(form).join(''), form);
    if (before !== null) {
      const between = text.slice(before.index + before[0].length, match.index);
      // In capitals a blank joins no name: `BRAZIL ON`.
      if (/^[-’']$/.test(between) || (between === ' ' && form !== form.toUpperCase())) {
        const both = `${before[0]}${between}${form}`;
        names.set(wordsOf(both).join(''), both);
      }
    }
    before = match;
  }
  return [...names].map(([plain, form]) => ({ form, plain }));
}
