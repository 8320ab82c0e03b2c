import { stemOf, wordsOf } from '../cable/terms.js';
import type { Corpus, KnownWords, Term } from '../corpus/corpus.js';
import type { Embedder } from '../embedding/embedder.js';
import type { AnalysedQuestion } from './analyse.js';
import { numbersIn, readFilters, vocabularyOf, type Filters, type ReadFilters } from './filters.js';
import type { AskedName, AskedNames } from './own-spelling.js';
import { alikeTo, corrections, otherWordsOf, type Correction } from './spelling.js';

/** Where words are looked up, and what tells whether one is a word at all. */
export interface LookUpParts {
  readonly corpus: Corpus;
  readonly embedder: Pick<Embedder, 'words'>;
}

/** What a corrected word weighs beside one that is written so. */
const CORRECTION_WEIGHT = 0.8;
/** The same of what it may mean otherwise. */
const OTHER_WEIGHT = 0.3;

/** What a question's words and filters name. */
export interface LookedUp extends KnownWords {
  /** Those of its words that may be names. */
  readonly asked: AskedNames;
  readonly corrected: readonly Correction[];
  readonly meantTerms: readonly Term[];
  readonly filters: ReadFilters;
  /** Ids of the cables that it names. */
  readonly named: readonly string[];
}

/** Looks up all that a question's words and filters name. */
export async function lookUp(
  { corpus, embedder }: LookUpParts,
  question: AnalysedQuestion,
  stated: Filters,
): Promise<LookedUp> {
  const numbers = numbersIn(stated);
  const known = await corpus.lookUp({
    stems: [...new Set([...question.stems.keys(), ...(question.excludes?.stems ?? [])])],
    ids: question.ids,
    numbers: [...numbers, ...question.idsWithoutYear],
  });
  const asked = await namesAsked(embedder, question, known.terms);
  const corrected = await correctionsOf(corpus, question, { asked, terms: known.terms });
  const meantTerms = new Map(
    corrected.flatMap(({ meant, others }) => [...meant, ...others]).map((term) => [term.key, term]),
  );
  const filters = readFilters(stated, vocabularyOf(corpus, numbers, known.ofAnyYear));
  const named = [...known.held, ...known.ofAnyYear.slice(numbers.length).flat()];
  return {
    ...known,
    asked,
    corrected,
    meantTerms: [...meantTerms.values()],
    filters,
    named: [...new Set(named)],
  };
}

/** The words of a question that may be names: the model does not know them, or the question writes them so. */
async function namesAsked(
  embedder: LookUpParts['embedder'],
  { words, own, phrases }: AnalysedQuestion,
  terms: readonly Term[],
): Promise<AskedNames> {
  const known = await embedder.words();
  const isWord = (word: string): boolean => known.has(stemOf(word));
  const held = new Set(terms.map(({ stem }) => stem));
  // What stands between quotation marks is meant as it stands.
  const quoted = new Set(phrases.flatMap(wordsOf));
  const names = words
    .filter((word) => !quoted.has(word) && (!isWord(word) || isNameIn(own, word)))
    .map((word): AskedName => ({ word, isHeld: held.has(stemOf(word)), isWord: isWord(word) }));
  return { names, isWord };
}

/** What was meant by names that the corpus does not hold: looked for only where there are such. */
async function correctionsOf(
  corpus: Corpus,
  { own }: AnalysedQuestion,
  { asked, terms }: { readonly asked: AskedNames; readonly terms: readonly Term[] },
): Promise<Correction[]> {
  const unknown = asked.names.filter(({ isHeld }) => !isHeld).map(({ word }) => word);
  if (unknown.length === 0) return [];
  const written = wordsOf(own);
  const others = await corpus.lookUp({
    stems: otherWordsOf(unknown, written),
    alike: alikeTo(unknown),
  });
  return corrections(unknown, written, { ...others, terms: [...terms, ...others.terms] });
}

/** Whether a word is written as a name: `Hezbollah`, which the corpus may spell otherwise. */
function isNameIn(text: string, word: string): boolean {
  return (
    word.length > 4 &&
    (text.match(/\p{Lu}[\p{L}'’-]+/gu) ?? []).some((each) => wordsOf(each).includes(word))
  );
}

/** What each stem weighs: the question's own, and those that its misspelt words mean. */
export function weightsOf(
  { stems }: AnalysedQuestion,
  corrected: readonly Correction[],
): ReadonlyMap<string, number> {
  return new Map([
    ...corrected.flatMap(({ meant, others }) => [
      ...others.map(({ stem }) => [stem, OTHER_WEIGHT] as const),
      ...meant.map(({ stem }) => [stem, CORRECTION_WEIGHT] as const),
    ]),
    ...stems,
  ]);
}
