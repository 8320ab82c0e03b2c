import { parseCableId } from '../cable/id.js';
import { canonicalPost, isKnownPost } from '../cable/posts.js';
import { wordsOf } from '../cable/terms.js';
import { daysOf } from './dates.js';
import { isPlace } from './places.js';
import { rangeFilters, rangeIn } from './ranges.js';

const CABLES = String.raw`(?:cables|telegrams)`;
const NAME = String.raw`\p{Lu}[\p{L}.'-]+(?:\s+(?:de\s+)?\p{Lu}[\p{L}.'-]+){0,3}`;
const POST_WORDS = String.raw`(?:the\s+)?(?:(?:US|U\.S\.|American)\s+)?(?:(?:[Ee]mbassy|[Cc]onsulate(?:\s+[Gg]eneral)?|[Mm]ission)\s+)?(?:in\s+)?`;
const LEVEL = String.raw`(top secret|secret|confidential|unclassified|sensitive but unclassified|SBU)`;

/** `tagged PREL`, `with the tags PREL or ETRD`. */
const TAGGED =
  /,?\s*\b(?:with\s+the\s+)?tag(?:ged|s)?\s+(?:with\s+)?([A-Z]{2,5}(?:(?:,\s*|\s+or\s+)[A-Z]{2,5})*)\b/;
/** `only secret ones`, `only the confidential cables`, `only secret paragraphs`. */
const CLASSIFIED = new RegExp(
  String.raw`,?\s*\bonly\s+(?:the\s+)?${LEVEL}\b(?:\s+(ones|paragraphs?)\b)?`,
  'iu',
);
/** `cables from Embassy Madrid`, `only from Paris`. */
const ORIGIN = new RegExp(
  String.raw`(\b${CABLES}(?:\s+sent)?|\bonly)\s+(?:from|by)\s+${POST_WORDS}(${NAME})`,
  'u',
);
/** `cables of 2007`, `telegrams sent since March 2006`: the date is the cables', not their subject's. */
const SENT = new RegExp(String.raw`\b${CABLES}\s+`, 'u');

const LEVELS: Readonly<Record<string, string>> = {
  'top secret': 'TS',
  secret: 'S',
  confidential: 'C',
  unclassified: 'U',
  'sensitive but unclassified': 'SBU',
  sbu: 'SBU',
};

/** What a question asks for in so many words, and what is left of it without these words. */
export interface StatedFilters {
  /** As they would be written, by their names. */
  readonly filters: Readonly<Record<string, string>>;
  readonly rest: string;
}

export function originIn(question: string): StatedFilters | null {
  const [found, before = '', name = ''] = ORIGIN.exec(question) ?? [];
  if (found === undefined || parseCableId(name) !== null) return null;
  // The name may run on into the next words: the longest beginning that is a place counts.
  const words = name.split(/\s+/);
  for (let end = words.length; end > 0; end--) {
    const origin = words.slice(0, end).join(' ');
    if (!isPlace(wordsOf(origin)) && !isKnownPost(canonicalPost(origin))) continue;
    const behind = words.slice(end).join(' ');
    const kept = before.startsWith('only') ? '' : before;
    return { filters: { origin }, rest: question.replace(found, `${kept} ${behind}`) };
  }
  return null;
}

/** `what happened on 2010-02-12?`: the cables of that day. */
const HAPPENED =
  /^\s*what\s+(?:happened|was\s+(?:sent|written|reported))\s+on\s+(?:the\s+)?([\p{L}\d][\p{L}\d ,.-]{5,24})\??$/iu;

/** `May 9, 2005` and `27.6.2008` as the other dates are written; what is none stays. */
function writtenDay(text: string): string {
  return text
    .trim()
    .replace(/^(\p{L}{3,9})\.? (\d{1,2}),? (\d{4})$/u, '$2 $1 $3')
    .replace(/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, '$3-$2-$1');
}

export function datesIn(question: string): StatedFilters | null {
  const day = daysOf(writtenDay(HAPPENED.exec(question.trim())?.[1] ?? ''));
  if (day !== null) return { filters: { from: day.from, to: day.to }, rest: '' };
  const sent = SENT.exec(question);
  const behind = sent === null ? '' : question.slice(sent.index + sent[0].length);
  const range = rangeIn(behind);
  if (range === null || !behind.startsWith(range.words)) return null;
  return { filters: rangeFilters(range), rest: question.replace(range.words, '') };
}

export function levelIn(question: string): StatedFilters | null {
  const [found, word = '', of = ''] = CLASSIFIED.exec(question) ?? [];
  const level = LEVELS[word.toLowerCase()];
  if (found === undefined || level === undefined) return null;
  const filters: StatedFilters['filters'] = of.startsWith('paragraph')
    ? { mark: level }
    : { classification: level };
  return { filters, rest: question.replace(found, '') };
}

export function tagsIn(question: string): StatedFilters | null {
  const [found, tags] = TAGGED.exec(question) ?? [];
  if (found === undefined || tags === undefined) return null;
  return {
    filters: { tag: tags.split(/,\s*|\s+or\s+/).join(',') },
    rest: question.replace(found, ''),
  };
}
