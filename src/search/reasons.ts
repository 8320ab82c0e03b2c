import { stemOf, stemsOf, wordsOf } from '../cable/terms.js';
import type { Corpus, Overview } from '../corpus/corpus.js';
import type { AnalysedQuestion } from './analyse.js';
import type { ReadSpans } from './read-spans.js';
import type { Ranked } from './ranked.js';
import { textOf } from './phrases.js';

/** Names told of in a reason, at most. */
const MOST_NAMES = 3;
/** Candidates looked at for a year that the question names: a cable may speak of what is to come. */
const NEAR = 5;

const MONTH_AND_YEAR = new Intl.DateTimeFormat('en', {
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** Says that every date of the question lies after the corpus's last, or null. */
export function afterTheEnd(
  { years, months }: AnalysedQuestion,
  { lastDate }: Overview,
): string | null {
  if (lastDate === null || years.length === 0) return null;
  const [lastYear = 0, lastMonth = 0] = lastDate.split('-').map(Number);
  const later = years.every(
    (year) =>
      year > lastYear ||
      (year === lastYear && months.length > 0 && months.every((month) => month > lastMonth)),
  );
  return later ? `nothing in the corpus is later than ${monthOf(lastDate)}` : null;
}

/**
 * The same where no cable found speaks of that year either. A cable that itself names the year (a
 * pledge for 2020) may answer.
 */
export async function beyondCorpus(
  question: AnalysedQuestion,
  ranked: readonly Ranked[],
  { overview, ceiling }: Pick<Corpus, 'overview' | 'ceiling'>,
  spans: ReadSpans,
): Promise<string | null> {
  const reason = afterTheEnd(question, overview);
  if (reason === null) return null;
  const read = await spans(ranked.slice(0, NEAR).map(({ passage }) => passage.passage));
  const spokenOf = read.some((each) => {
    const words = new Set(wordsOf(textOf(each, ceiling)));
    return question.years.some((year) => words.has(String(year)));
  });
  return spokenOf ? null : reason;
}

function monthOf(date: string): string {
  return MONTH_AND_YEAR.format(new Date(`${date}T00:00:00Z`));
}

/** Names in a row, as `Oxus Pipeline Treaty`; a question's first word is no name by its capital. */
const NAMES =
  /(?<![.?!:]\s)(?<!^)\b\p{Lu}[\p{L}\p{N}’'-]*(?:\s+(?:of\s+|de\s+|al[- ]|the\s+)?\p{Lu}[\p{L}\p{N}’'-]*)*/gu;

/** Names of a question that no cable mentions anywhere, each as the question has it; none that was corrected. */
export async function unseenNames(
  corpus: Pick<Corpus, 'mentions'>,
  asked: string,
  corrected: ReadonlySet<string>,
): Promise<string[]> {
  const all = [...asked.matchAll(NAMES)].map(([name]) => name.replace(/[’']s$/, ''));
  const names = [...new Set(all)]
    .map((name) => ({ name, stems: stemsOf(name) }))
    .filter(({ stems }) => stems.some((stem) => stem.length >= 2))
    .filter(({ stems }) => !stems.some((stem) => corrected.has(stem)));
  if (names.length === 0) return [];
  const found = await corpus.mentions(names.map(({ stems }) => stems));
  return names
    .filter((_, i) => found[i] === false)
    .map(({ name }) => name)
    .slice(0, MOST_NAMES);
}

/** Content words that no cable holds anywhere, where the question has no such names; none that is known. */
export async function unseenWords(
  corpus: Pick<Corpus, 'mentions'>,
  words: readonly string[],
  known: ReadonlySet<string>,
): Promise<string[]> {
  const unknown = words.filter((word) => word.length > 3 && !known.has(stemOf(word)));
  if (unknown.length === 0) return [];
  const found = await corpus.mentions(unknown.map((word) => [stemOf(word)]));
  return unknown.filter((_, i) => found[i] === false).slice(0, MOST_NAMES);
}

export function noCableMentions(names: readonly string[]): string {
  return `no cable mentions ${names.join(' or ')}`;
}
