import type { Corpus } from '../corpus/corpus.js';
import { quotedSpan, type QuotedSpan } from '../quotes/quote.js';
import { askedFieldIn } from '../search/asked-field.js';
import { byDate, cablesOn, oneOfEachPost, type CableOn } from '../search/cables-on.js';
import { conditionsOf, readFiltersOver, type Filters } from '../search/filters.js';
import { isFollowUp } from '../search/follow-up.js';
import type { QuestionContext } from '../search/found.js';
import type { Intent } from '../search/intent.js';
import { listAskedIn, type ListRequest } from '../search/list-question.js';
import { readingOf } from '../search/results.js';
import { whyWithheld } from '../search/rules.js';
import type { AskOptions, Search } from '../search/search.js';
import { isSmallTalk } from '../search/small-talk.js';
import { confidenceOf } from '../search/threshold.js';

/** A page of the cables that a question asks for. */
export interface CableList {
  readonly q: string;
  /** How it was read, and in which order they stand. */
  readonly reading: readonly string[];
  /** All of them, on whatever page. */
  readonly count: number;
  /** Those that were asked for, on all pages: `the last three`. */
  readonly listed: number;
  /** No more were looked for: there may be others. */
  readonly more: boolean;
  /** Why there is none, where there is none. */
  readonly reason: string | null;
  /** Each by its best paragraph. */
  readonly cables: readonly QuotedSpan[];
}

/** `more than 5000 cables`: how many there are, in words. */
export function cablesTold({ count, more }: Pick<CableList, 'count' | 'more'>): string {
  return `${more ? 'more than ' : ''}${count} cable${count === 1 ? '' : 's'}`;
}

export interface ListOptions extends QuestionContext {
  readonly from: number;
  readonly limit: number;
}

/** Whether a question is answered by a list of cables rather than by paragraphs, or by a field. */
export function wantsList(
  question: string,
  history: readonly string[],
  intent: Intent | null,
): boolean {
  return (
    listAskedIn(question, intent) !== null &&
    askedFieldIn(question, history.length > 0, intent) === null &&
    !isSmallTalk(question.trim(), history.length > 0)
  );
}

/** Lists the cables that a question asks for; of one that asks for no list, those about it. */
export async function listCables(
  { corpus, search }: { readonly corpus: Corpus; readonly search: Search },
  question: string,
  { history = [], filters = {}, from, limit }: ListOptions,
  intent: Intent | null,
): Promise<CableList> {
  const asked = requestOf(question, history, intent);
  const stated = { ...asked.filters, ...filters };
  const page =
    asked.topic === ''
      ? await selected(corpus, asked, stated, { from, limit })
      : await about(search, asked, {
          // A list that names what it is about has it from nowhere else.
          history: isFollowUp(question) ? history : [],
          ...{ filters: stated, from, limit },
        });
  const spans = await corpus.spans(page.passages);
  const { passages: _, ...list } = page;
  return {
    q: question,
    ...list,
    reading: [...page.reading, ...(page.count > 0 ? inOrder(asked) : [])],
    cables: spans.map(({ cable, ordinal, span }) =>
      quotedSpan(cable, ordinal, span, corpus.ceiling),
    ),
  };
}

/** What is asked for; `just the latest` behind another question asks for those that it asked for. */
function requestOf(
  question: string,
  history: readonly string[],
  intent: Intent | null = null,
): ListRequest {
  const asked = listAskedIn(question, intent) ?? { ...NO_REQUEST, topic: question };
  const before = history.at(-1);
  if (asked.topic !== '' || before === undefined) return asked;
  const { topic, filters } = requestOf(before, history.slice(0, -1));
  return { ...asked, topic, filters: { ...filters, ...asked.filters } };
}

/** How a question is asked for paragraphs where it wants a list: under its filters, and in its order. */
export function asList(question: string, options: AskOptions, intent: Intent | null): AskOptions {
  const asked = listAskedIn(question, intent);
  if (asked === null) return options;
  const { filters, order } = asked;
  return { ...options, filters: { ...filters, ...options.filters }, order };
}

const NO_REQUEST: Omit<ListRequest, 'topic'> = {
  ...{ filters: {}, order: null, count: null, byPost: false },
};

type Page = Omit<CableList, 'q' | 'cables'> & { readonly passages: readonly number[] };
type Stretch = Pick<ListOptions, 'from' | 'limit'>;

/** Cables that filters alone tell, by date. */
async function selected(
  corpus: Corpus,
  { order, count: most }: ListRequest,
  stated: Filters,
  { from, limit }: Stretch,
): Promise<Page> {
  const { filter, told } = await readFiltersOver(corpus, stated);
  const { count, passages } = await corpus.byDate({
    ...{ where: conditionsOf(filter), order: order ?? 'oldest' },
    ...{ from, limit: Math.max(0, Math.min(limit, (most ?? Number.POSITIVE_INFINITY) - from)) },
  });
  const reading = told.map((each) => `only ${each}`);
  const reason = count === 0 ? `the index holds no cable under: ${told.join('; ')}` : null;
  return { reading, count, listed: Math.min(count, most ?? count), more: false, reason, passages };
}

/** Cables about something. */
async function about(
  search: Search,
  { topic, order, count: most, byPost }: ListRequest,
  { history = [], filters = {}, from, limit }: ListOptions,
): Promise<Page> {
  const found = await search.find(topic, { history, filters });
  const { cables, more } = await cablesOn(found);
  const each = byPost ? oneOfEachPost(cables) : cables;
  const sorted: readonly CableOn[] = order === null ? each : byDate(each, order);
  const listed = sorted.slice(0, most ?? sorted.length);
  const reason =
    sorted.length > 0
      ? null
      : ((await whyWithheld(found, confidenceOf(found))) ??
        'no cable holds enough of these words near each other');
  return {
    reading: [`cables on: ${found.question.asked}`, ...readingOf(found, [])],
    ...{ count: sorted.length, listed: listed.length, more, reason },
    passages: listed.slice(from, from + limit).map(({ passage }) => passage),
  };
}

function inOrder({ topic, order, count, byPost }: ListRequest): string[] {
  const by = order ?? (topic === '' ? 'oldest' : null);
  return [
    ...(byPost ? ['one cable of each post'] : []),
    by === null ? 'those that tell most of it first' : `the ${by} first`,
    ...(count === null ? [] : [`only ${count} ${count === 1 ? 'is' : 'are'} asked for`]),
  ];
}
