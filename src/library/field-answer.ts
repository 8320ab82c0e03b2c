import { showsAll, showsCable } from '../cable/ceiling.js';
import type { Cable } from '../cable/cable.js';
import { idsInText } from '../cable/id.js';
import { printedPlaces, type PrintedField } from '../cable/printed-fields.js';
import type { Corpus } from '../corpus/corpus.js';
import { quotedLines } from '../quotes/quote.js';
import { numbersOfPosts } from '../search/analyse.js';
import { yearsIn } from '../search/dates.js';
import { ofYears } from '../search/named-cables.js';
import type { Answer, AnswerResult } from '../search/answer.js';
import { askedFieldIn, type AskedFieldName } from '../search/asked-field.js';
import type { QuestionContext } from '../search/found.js';
import type { Intent } from '../search/intent.js';
import type { Search } from '../search/search.js';
import { confidenceOf, THRESHOLD } from '../search/threshold.js';

/** How a field is called in a sentence. */
const NAMES: Readonly<Record<AskedFieldName, string>> = {
  signed: 'signature',
  subject: 'subject line',
  tags: 'TAGS line',
  references: 'reference line',
  citedBy: 'citing cables',
  classifiedBy: 'Classified By line',
  declassifyOn: 'executive order line',
  recipients: 'addressees',
  infoRecipients: 'information addressees',
  classification: 'classification line',
  origin: 'FM line',
  sent: 'date-time group',
};

export interface FieldAnswerParts {
  readonly corpus: Corpus;
  readonly search: Search;
  /** Ids of the cables whose reference lines, as far as they may be shown, name a cable. */
  readonly citing: (id: string) => Promise<readonly string[]>;
}

/**
 * Answers a question that asks for a field of a cable from the lines that print it: who signed it, its
 * TAGS, what it refers to. Null where the question asks for none, or where it is not known which cable is
 * meant: then it is a question like any other.
 */
export async function answerFromField(
  parts: FieldAnswerParts,
  question: string,
  { history = [], filters = {} }: QuestionContext,
  { limit, intent }: { readonly limit: number; readonly intent: Intent | null },
): Promise<Omit<Answer, 'ms'> | null> {
  const asked = askedFieldIn(question, history.length > 0, intent);
  if (asked === null) return null;
  const meant = await cablesMeant(parts, question, asked.rest, { history, filters });
  if (meant === null) return null;
  const { corpus } = parts;
  const { field } = asked;
  const cables = await corpus.cables(meant.ids);
  if (cables.length === 0) return null;
  const reading = cables.map(({ id }) => `the ${NAMES[field]} of ${id}`);
  const quoted =
    field === 'citedBy'
      ? await citingLines(parts, cables, limit)
      : cables.flatMap((cable) => linesOf(cable, field, corpus));
  const results = quoted.slice(0, limit).map((each) => ({ ...each, field }));
  const common = { q: question, reading, confidence: meant.confidence };
  if (results.length === 0) {
    const reason = whyNone(cables, field, corpus);
    return { ...common, abstained: true, reason, results: [], shown: [] };
  }
  return { ...common, abstained: false, reason: null, results, shown: results.map((_, i) => i) };
}

/** The cables that a question is about: named by it, by the questions before it, or found by what it tells of one. */
async function cablesMeant(
  { corpus, search }: FieldAnswerParts,
  question: string,
  rest: string,
  { history, filters }: Required<QuestionContext>,
): Promise<{ readonly ids: readonly string[]; readonly confidence: number } | null> {
  for (const text of [question, ...history.toReversed()]) {
    const ids = idsInText(text);
    const known = await corpus.lookUp({ ids, numbers: numbersOfPosts(text) });
    const ofAnyYear = ofYears(known.ofAnyYear.flat(), yearsIn(text));
    const held = [...new Set([...known.held, ...ofAnyYear])];
    if (held.length > 0) return { ids: held, confidence: 1 };
    if (ids.length > 0) return null; // an id that is not held is told of as such
  }
  const told = [...history, rest].filter((each) => /\p{L}{3}/u.test(each)).join(' ');
  if (told === '') return null;
  const found = await search.find(told, { filters });
  const [best] = found.ranked;
  const confidence = confidenceOf(found);
  if (best === undefined || found.ruledOut !== null) return null;
  if (!found.ruledIn && confidence < THRESHOLD) return null;
  return { ids: [best.cable.id], confidence };
}

function linesOf(cable: Cable, field: PrintedField, { ceiling }: Corpus): AnswerResult[] {
  if (!showsCable(ceiling, cable)) return [];
  return printedPlaces(cable, field).map((place) => ({
    ...quotedLines(cable, place, ceiling),
    kind: place.kind,
    highlights: [],
    score: 1,
  }));
}

/** The reference lines of the cables that cite any of some. */
async function citingLines(
  { corpus, citing }: FieldAnswerParts,
  cables: readonly Cable[],
  limit: number,
): Promise<AnswerResult[]> {
  const ids = (await Promise.all(cables.map(({ id }) => citing(id)))).flat();
  const read = await corpus.cables([...new Set(ids)].slice(0, limit));
  return read.flatMap((cable) => linesOf(cable, 'references', corpus));
}

function whyNone(cables: readonly Cable[], field: AskedFieldName, { ceiling }: Corpus): string {
  const ids = cables.map(({ id }) => id).join(', ');
  if (field === 'citedBy') {
    return `no cable ${showsAll(ceiling) ? 'of the index' : 'that may be shown here'} refers to ${ids}`;
  }
  const hidden = cables.some((cable) => !showsCable(ceiling, cable));
  return hidden
    ? `the ${NAMES[field]} of ${ids} is above what may be shown here`
    : `${ids} has no ${NAMES[field]}`;
}
