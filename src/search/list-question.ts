import { wordsOf } from '../cable/terms.js';
import type { CableOrder } from '../corpus/corpus.js';
import { filtersInWords, type Filters } from './filters.js';
import type { Intent } from './intent.js';
import { originIn, senderIn } from './list-origin.js';
import { topicIn } from './list-topic.js';
import { rangeFilters, rangeIn, type NamedRange } from './ranges.js';
import {
  ASKS_ALL,
  AS_SOURCE,
  CABLES,
  COUNTRIES,
  FOR_ALL,
  FOR_CABLES,
  FOR_DOCUMENTS,
  FOR_POSTS,
  MENTIONED,
  NUMBER,
  NUMBERS,
  OFTEN,
  OLDEST,
  ORDERED,
  SENT,
  SORTED,
  WH,
  WHAT,
  anyOf,
} from './tables/list-cues.js';

/** What a question asks for that wants cables and not a paragraph: `all cables on Viktor Bout`, `the latest on ETA`. */
export interface ListRequest {
  /** What they are about, in the question's words; empty where its filters alone tell. */
  readonly topic: string;
  readonly filters: Filters;
  /** By date, where it asks for an order. */
  readonly order: CableOrder | null;
  /** How many it asks for. */
  readonly count: number | null;
  /** It asks which posts wrote: one cable of each. */
  readonly byPost: boolean;
}

/**
 * What a question asks for that wants a list of cables, as its words or its intent tell; null where it wants a
 * paragraph.
 */
export function listAskedIn(question: string, intent: Intent | null = null): ListRequest | null {
  const stated = filtersInWords(question.replace(/\s+/g, ' ').trim());
  const text = stated.rest.replace(new RegExp(AS_SOURCE, 'giu'), ' ').replace(/\s+/g, ' ').trim();
  const mentioned = mentionedIn(text);
  const sorted = SORTED.flatMap(([order, pattern]) => {
    const words = pattern.exec(text)?.[0];
    return words === undefined ? [] : [{ order, words }];
  })[0];
  const unsorted = sorted === undefined ? text : text.replace(sorted.words, ' ; ');
  const ordered = mentioned ?? orderedIn(unsorted);
  const sure = rangeIn(text);
  const untimed = sure === null ? text : tidy(text.replace(sure.words, ' '));
  const evidence =
    evidenceIn(untimed, ordered !== null || sorted !== undefined) ?? evidenceOf(intent);
  if (evidence === null && mentioned === null && sure === null) return null;
  const isAsked = evidence !== null || mentioned !== null;
  const body = ordered?.rest ?? unsorted;
  const named = rangeIn(body, isAsked);
  const withRange = topicBehind(body, named, isAsked);
  // A point of time behind many words is theirs: `all talks on the northern bridges in May 2009`.
  const isTheirs = named?.isStretch === false && wordsOf(withRange.topic).length > FEW_WORDS;
  const range = isTheirs ? null : named;
  const { topic, origin, timeless } = isTheirs ? topicBehind(body, null, isAsked) : withRange;
  const isSelected = origin !== null || range !== null || Object.keys(stated.filters).length > 0;
  if (!isAsked) {
    // In a search of a few words a point of time is the subject's as well as the cables'.
    if (CLAUSE.test(timeless.replace(EXISTING, '')) || wordsOf(topic).length > FEW_WORDS)
      return null;
    if (topic !== '' && !range?.isStretch && origin === null) return null;
  }
  if (evidence === 'sender' && (origin === null || (topic !== '' && range === null))) return null;
  if (topic === '' && !isSelected && ordered === null && sorted === undefined) return null;
  return {
    topic,
    filters: {
      ...(range !== null && rangeFilters(range)),
      ...(origin !== null && { origin: origin.name }),
      ...stated.filters,
    },
    order: sorted?.order ?? ordered?.order ?? null,
    count: ordered?.count ?? mostIn(text),
    byPost: evidence === 'posts',
  };
}

/** Of more words a search with a time in it is of what happened then. */
const FEW_WORDS = 4;
/** Words of a sentence that asks for something else than a list. */
const CLAUSE =
  /\b(?:who|whom|whose|why|how|when|where|what|which|did|does|do|is|are|was|were|has|have|had|can|could|would|will|should|say|says|said)\b/iu;
/** `what is there on`, `is there anything on`: no more than the words behind it. */
const EXISTING =
  /^(?:(?:what|anything|nothing|only|just|is|are|was|were|there|have|has|had|we|you|do|does|did|got|;)[\s,]*\b)+(?=(?:on|about)\b|$)/iu;

/** What kind of words ask for a list. */
function evidenceIn(text: string, isOrdered: boolean): 'cables' | 'posts' | 'sender' | null {
  if (FOR_POSTS.test(text) && !/^(?:why|where|when|how (?!many))/iu.test(text)) return 'posts';
  if (OFTEN.test(text) || COUNTRIES.test(text)) return 'cables';
  if (FOR_CABLES.test(text) && (!WH.test(text) || ASKS_ALL.test(text))) return 'cables';
  const isQuestion =
    WH.test(text) ||
    (WHAT.test(text) && CLAUSE.test(text.replace(/^\S+(?:'s| is| was| are| were)?/u, '')));
  if (isOrdered && !isQuestion) return 'cables';
  if (FOR_ALL.test(text)) return 'cables';
  if (FOR_DOCUMENTS.test(text) && !isQuestion) return 'cables';
  const sender = SENT.exec(text)?.groups?.['post'];
  if (sender === undefined) return null;
  return sender.trim() === '' || originIn(`from ${sender.trim()}`)?.rest.trim() === ';'
    ? 'sender'
    : null;
}

function evidenceOf(intent: Intent | null): 'cables' | 'posts' | null {
  return intent === 'list' ? 'cables' : intent === 'posts' ? 'posts' : null;
}

/** What a question is about and where from, without its time. */
function topicBehind(body: string, range: NamedRange | null, isAsked: boolean) {
  const timeless = range === null ? body : body.replace(range.words, ' ; ');
  const origin = (isAsked ? originIn(timeless) : null) ?? (range ? senderIn(timeless) : null);
  return { topic: topicIn(origin?.rest ?? timeless), origin, timeless };
}

function tidy(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:.]+/, '')
    .trim();
}

interface Ordered {
  readonly order: CableOrder;
  readonly count: number | null;
  readonly rest: string;
}

function mentionedIn(text: string): Ordered | null {
  const groups = MENTIONED.exec(text)?.groups;
  if (groups === undefined) return null;
  const { topic = '', order, behind, rest = '', thing, post = '', about = '' } = groups;
  const word = order ?? behind ?? thing ?? '';
  return {
    order: orderOf(word),
    count: 1,
    rest:
      thing === undefined ? `${topic} ; ${rest}` : `from ${post.replace(/^the /, '')} ; ${about}`,
  };
}

/** An order at a noun of cables, or at what stands for it. */
function orderedIn(text: string): Ordered | null {
  for (const { 0: words, index, groups = {} } of text.matchAll(ORDERED)) {
    const { before, order = '', behind, noun, of } = groups;
    const isPlain = /^(?:first|last|very first|latest|recent)$/i.test(order);
    // `the last three presidents`, `the latest round`: of what is no cable.
    const number = before ?? behind;
    const leading = text.slice(0, index);
    if (noun === undefined && (isPlain || !LEADS.test(leading) || WHAT.test(leading))) {
      const stands = of !== undefined && (number !== undefined || order.toLowerCase() === 'latest');
      if (!stands) continue;
    }
    const isOne = noun !== undefined && !/s$|news|reporting|stuff|material|coverage/i.test(noun);
    return {
      order: orderOf(order),
      count: number === undefined ? (isOne ? 1 : null) : numberOf(number),
      rest: `${text.slice(0, index)} ; ${text.slice(index + words.length)}`,
    };
  }
  return null;
}

/** What may stand before an order without a noun: `show me the`, `what's the`; not `in the`, `explain the`. */
const LEADS =
  /(?:^|[,;:.?!-] *)(?:(?:please|pls|show|give|find|get|list|tell|want|need|me|us|i|the|your|top|what['’]?s|what|which|is|are|was|were|and)\b[ ,]*)*$/iu;

/** `10 max`, `four cables`, `at most five`. */
function mostIn(text: string): number | null {
  const found = new RegExp(
    String.raw`\b(?:(${NUMBER}) (?:max|at most|tops|of them|${CABLES}|documents|docs|reports)|(?:at most|up to|max|only|top) (${NUMBER}))\b(?! (?:years?|months?|days?))`,
    'iu',
  ).exec(text);
  return found === null ? null : numberOf(found[1] ?? found[2] ?? '');
}

function orderOf(word: string): CableOrder {
  return anyOf(`^(?:${OLDEST})$`).test(word) ? 'oldest' : 'newest';
}

function numberOf(word: string): number | null {
  if (/^\d+$/.test(word)) return Number(word);
  if (/dozen/i.test(word)) return 12;
  const at = NUMBERS.indexOf(word.toLowerCase());
  return at < 0 ? null : at + 1;
}
