import { stemOf, wordsOf } from '../cable/terms.js';
import type { Corpus, KnownWords, Term } from '../corpus/corpus.js';
import type { Embedder } from '../embedding/embedder.js';
import type { AnalysedQuestion } from './analyse.js';
import { numbersIn, readFilters, vocabularyOf, type Filters, type ReadFilters } from './filters.js';
import { ofYears } from './named-cables.js';
import { otherSpellings, type AskedName } from './other-spellings.js';
import type { AskedNames } from './own-spelling.js';
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
/** The same of all that a rare name may be written as elsewhere. */
const SPELLING_WEIGHT = 0.4;

/** A term that a name may be written as, with what it weighs. */
export interface Spelling extends Term {
  readonly weight: number;
}

/** What a question's words and filters name. */
export interface LookedUp extends KnownWords {
  /** Those of its words that may be names. */
  readonly asked: AskedNames;
  readonly corrected: readonly Correction[];
  readonly meantTerms: readonly Term[];
  /** What its names may be written as elsewhere, beside what they were corrected to. */
  readonly spelled: readonly Spelling[];
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
  const { terms } = known;
  const asked = await namesAsked(embedder, question, terms);
  const { corrected, spelled } = await correctionsOf(corpus, question, { asked, terms });
  const meant = corrected.flatMap((each) => [...each.meant, ...each.others]);
  const filters = readFilters(stated, vocabularyOf(corpus, numbers, known.ofAnyYear));
  const ofAnyYear = known.ofAnyYear.slice(numbers.length).flat();
  const named = [...known.held, ...ofYears(ofAnyYear, question.years)];
  return {
    ...known,
    asked,
    corrected,
    meantTerms: [...new Map(meant.map((term) => [term.key, term])).values()],
    spelled: spelled.filter(({ key }) => ![...meant, ...terms].some((term) => term.key === key)),
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
  const isWord = (word: string): boolean => known.has(word) || known.has(stemOf(word));
  const held = new Set(terms.map(({ stem }) => stem));
  // What stands between quotation marks is meant as it stands.
  const quoted = new Set(phrases.flatMap(wordsOf));
  const names = words
    .filter((word) => !quoted.has(word) && (!isWord(word) || isNameIn(own, word)))
    .slice(0, MOST_NAMES)
    .map((word): AskedName => ({ word, isHeld: held.has(stemOf(word)), isWord: isWord(word) }));
  return { names, isWord };
}

/** Names of a question that are looked for, at most. */
const MOST_NAMES = 24;
/** A name in no more passages may stand in others in another spelling. */
const RARE_NAME = 4;

/** Names of a question, with the terms of its words that are held. */
interface AskedTerms {
  readonly asked: AskedNames;
  readonly terms: readonly Term[];
}

/** What was meant by names that the corpus does not hold, and how else names that are rare in it are written. */
async function correctionsOf(
  corpus: Corpus,
  { own }: AnalysedQuestion,
  { asked, terms }: AskedTerms,
): Promise<Pick<LookedUp, 'corrected' | 'spelled'>> {
  const passages = new Map(terms.map((term) => [term.stem, term.passages]));
  const rare = asked.names.filter(({ word }) => (passages.get(stemOf(word)) ?? 0) <= RARE_NAME);
  if (rare.length === 0) return { corrected: [], spelled: [] };
  const unknown = rare.filter(({ isHeld }) => !isHeld).map(({ word }) => word);
  const written = wordsOf(own);
  const { terms: others, alike } = await corpus.lookUp({
    stems: otherWordsOf(unknown, written),
    alike: alikeTo(rare.map(({ word }) => word)),
  });
  const spelled = rare.flatMap((name) => {
    const found = otherSpellings(name, alike, asked.isWord);
    return found.map((term) => ({ ...term, weight: SPELLING_WEIGHT / found.length }));
  });
  return {
    corrected: corrections(unknown, written, { terms: [...terms, ...others], alike }),
    spelled,
  };
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
  { corrected, spelled }: Pick<LookedUp, 'corrected' | 'spelled'>,
): ReadonlyMap<string, number> {
  return new Map([
    ...spelled.map(({ stem, weight }) => [stem, weight] as const),
    ...corrected.flatMap(({ meant, others }) => [
      ...others.map(({ stem }) => [stem, OTHER_WEIGHT] as const),
      ...meant.map(({ stem }) => [stem, CORRECTION_WEIGHT] as const),
    ]),
    ...stems,
  ]);
}
