import { showsAll } from '../cable/ceiling.js';
import { stemOf } from '../cable/terms.js';
import { countOf } from '../corpus/term-list.js';
import type { AnalysedQuestion } from './analyse.js';
import type { Found, Unruled } from './found.js';
import { isOfId, withoutIds } from './named-cables.js';
import type { Ranked } from './ranked.js';
import { afterTheEnd, beyondCorpus, noCableMentions, unseenNames, unseenWords } from './reasons.js';
import type { QuestionTerm } from './terms.js';
import { THRESHOLD } from './threshold.js';

/** Paragraphs looked at for all of a question's words, and how many words make it worth looking. */
const LOOKED_AT = 10;
const FEWEST_WORDS = 2;

/** Why an answer is withheld, whatever the signals, or null. */
export async function ruledOut(found: Unruled): Promise<string | null> {
  const { corpus, question, ranked, named, held, missingPhrases, filters, spans } = found;
  const { overview, ceiling } = corpus;
  const missing = missingIds(question, held);
  if (missing.length > 0) return `the index does not hold ${missing.join(', ')}`;
  if (ranked.length === 0) {
    const shown = showsAll(ceiling) ? '' : ' that may be shown here';
    if (overview.passages === 0) return `the index holds no paragraph${shown}`;
    if (filters.told.length === 0) return `no paragraph${shown} has any of its words`;
    return `the index holds no paragraph under the filters: ${filters.told.join('; ')}`;
  }
  if (missingPhrases.length > 0) {
    return `no paragraph holds the words ${missingPhrases.map((each) => `“${each}”`).join(' or ')}`;
  }
  if (named.length > 0) return null;
  return beyondCorpus(question, ranked, corpus, spans);
}

/** Whether an answer is given, whatever the signals. */
export function ruledIn({ question, terms, ranked, named }: Unruled): boolean {
  if (question.onlyFilters) return ranked.length > 0;
  if (named.length > 0 && asksNothingElse(question, named)) return ranked.length > 0;
  return holdsAllWords(question, terms, ranked);
}

/** `What does 07TALLINN366 say?`: of a cable that is named, anything answers. */
function asksNothingElse({ words }: AnalysedQuestion, named: readonly string[]): boolean {
  return words.every((word) => isOfId(word, named));
}

/** Why an answer is withheld, by a rule or for want of confidence, or null. */
export async function whyWithheld(found: Found, confidence: number): Promise<string | null> {
  const { question, corpus } = found;
  if (found.ruledOut !== null) return found.ruledOut;
  if (found.ruledIn || confidence >= THRESHOLD) return null;
  const beyond = afterTheEnd(question, corpus.overview);
  if (beyond !== null) return beyond;
  const corrected = new Set(found.meant.keys());
  const names = await unseenNames(found.corpus, withoutIds(question.asked, found.named), corrected);
  if (names.length > 0) return noCableMentions(names);
  const others = question.words.filter((word) => !isOfId(word, found.named));
  const known = new Set([...found.terms.map(({ stem }) => stem), ...corrected]);
  const words = await unseenWords(found.corpus, others, known);
  if (words.length > 0) return noCableMentions(words);
  return 'no paragraph of the cables is near enough to the question to answer it';
}

/** Ids written in one piece, so that they can be nothing else, which the index does not hold. */
function missingIds({ own, ids }: AnalysedQuestion, held: readonly string[]): string[] {
  const plain = own.toUpperCase().replace(/(?<=\d)-(?=\p{L})|(?<=\p{L})-(?=\d)/gu, '');
  return ids.filter((id) => plain.includes(id) && !held.includes(id));
}

/**
 * Whether one of the best paragraphs holds every word of the question: `Who met Tim Stratford?` is too
 * short to be near to a paragraph by its cosine.
 */
function holdsAllWords(
  { words }: AnalysedQuestion,
  terms: readonly QuestionTerm[],
  ranked: readonly Ranked[],
): boolean {
  const keys = new Map(terms.map(({ stem, key }) => [stem, key]));
  const wanted = words.map((word) => keys.get(stemOf(word)));
  if (wanted.length < FEWEST_WORDS) return false;
  return ranked
    .slice(0, LOOKED_AT)
    .some(({ passage }) =>
      wanted.every((key) => key !== undefined && countOf(passage.terms, key) > 0),
    );
}
