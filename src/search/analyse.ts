import { eng } from 'stopword';
import { idsInText } from '../cable/id.js';
import { canonicalPost, isKnownPost } from '../cable/posts.js';
import { stemOf, wordsOf } from '../cable/terms.js';
import { InputError } from '../errors.js';
import { monthsIn, yearsIn } from './dates.js';
import { filtersInWords, type Filters } from './filters.js';
import { exclusionIn, type Exclusion } from './exclusions.js';
import { carriedOver } from './follow-up.js';
import { placesIn } from './places.js';
import { ABBREVIATIONS, SPELLINGS } from './tables/abbreviations.js';

/** No question of sense is longer; the model reads about 380 words of it at most. */
export const LONGEST_QUESTION = 2000;

/** A question as it is searched. */
export interface AnalysedQuestion {
  /** The question alone, white space folded. */
  readonly own: string;
  /** It and the questions before it, without the filters that it states: what its words are of. */
  readonly asked: string;
  /** Filters that it, or a question before it, asks for in so many words. */
  readonly stated: Filters;
  /** The text that is embedded: the earlier questions and this one. */
  readonly text: string;
  /** Its content words, each once, lower case. */
  readonly words: readonly string[];
  /** Stems that are searched, with their weights: 1 for the question's own words. */
  readonly stems: ReadonlyMap<string, number>;
  /** Ids it names with their year: `07BEIJING1689`. */
  readonly ids: readonly string[];
  /** Posts with a number but without a year, as ids end: `BEIJING1689`. */
  readonly idsWithoutYear: readonly string[];
  /** What is left out; the question is read without these words. */
  readonly excludes: Exclusion | null;
  /** It states filters and nothing else: which cables there are is what is asked. */
  readonly onlyFilters: boolean;
  /** What stands between quotation marks: must stand so in a paragraph. */
  readonly phrases: readonly string[];
  readonly years: readonly number[];
  /** From 1. */
  readonly months: readonly number[];
  /** Posts in the places that it names. */
  readonly posts: ReadonlySet<string>;
  /** It asks for reasons, opinions or a manner. */
  readonly asksWhy: boolean;
  /** Other stems that a stem of its may stand for: other spellings of a name. */
  readonly spellings: ReadonlyMap<string, readonly string[]>;
  /** What was understood beyond the words, in words. */
  readonly told: readonly string[];
}

/** What the words of earlier questions and of expansions weigh beside the question's own. */
const HISTORY_WEIGHT = 0.7;
const EXPANSION_WEIGHT = 0.4;

/** Words of a question that say how it is asked, beside the package's common words. */
const ASKING = wordsOf(
  `am been cable cables does doing say tell told whom whose why when s t d ll re ve whats wheres whos hows
  didnt wasnt isnt dont doesnt arent werent hasnt havent hadnt cant couldnt wont wouldnt shouldnt
  wanna gonna lol`,
);
const COMMON = new Set([...eng, ...ASKING]);

const WHY = /\b(?:why|how|think|thought|view|views|feel|felt|opinion|believe|believed)\b/i;
/** “…” or "…", on one line and with a letter in it. */
const QUOTED = /["“]([^"“”]*)["”]/g;

/** Throws an {@link InputError} for what is too long to be asked or searched: before anything is made of it. */
export function requireShort(question: string): void {
  const { length } = question.replace(/\s+/g, ' ').trim();
  if (length <= LONGEST_QUESTION) return;
  throw new InputError('QUESTION_TOO_LONG', {
    what: `the question has ${length} characters`,
    todo: `at most ${LONGEST_QUESTION} can be asked`,
    context: { characters: length, most: LONGEST_QUESTION },
  });
}

/**
 * Reads a question. Throws {@link InputError} for an empty one and for one that is too long.
 * Earlier questions of the conversation, oldest first, are put before it.
 */
export function analyse(question: string, history: readonly string[] = []): AnalysedQuestion {
  requireShort(question);
  const whole = folded(question);
  const excludes = exclusionIn(whole);
  const left =
    excludes === null || excludes.isAsked
      ? whole
      : folded(whole.replace(excludes.words, ' ').replace(/\(\s*\)/g, ' '));
  const own = left === '' ? whole : left;
  if (own === '') {
    throw new InputError('QUESTION_EMPTY', {
      what: 'the question is empty',
      todo: 'ask something, as in "Who met Tim Stratford?"',
    });
  }
  const {
    before,
    filters: carried,
    told,
  } = carriedOver(
    own,
    history.map(folded).filter((each) => each !== ''),
  );
  const text = [...before, own].join(' ').slice(-LONGEST_QUESTION);
  const { filters, rest } = filtersInWords(own);
  // A question of filters alone is searched by their words.
  const now = hasContent(rest) ? rest : own;
  const asked = [...before, now].join(' ').slice(-LONGEST_QUESTION);
  const years = yearsIn(now);
  const months = monthsIn(now);
  const places = placesIn(wordsOf(asked));
  return {
    own,
    asked,
    stated: withCarried(filters, carried),
    text,
    words: contentWords(asked),
    stems: searchedStems(now, before.join(' ')),
    ids: idsInText(own),
    idsWithoutYear: numbersOfPosts(own),
    phrases: [...own.matchAll(QUOTED)]
      .map(([, phrase = '']) => phrase.trim())
      .filter((phrase) => /\p{L}{2}/u.test(phrase)),
    years: years.length > 0 ? years : yearsIn(asked),
    months: months.length > 0 ? months : monthsIn(asked),
    posts: new Set(places.flatMap(({ posts }) => posts)),
    excludes,
    onlyFilters: !hasContent(rest) && Object.keys(filters).length > 0,
    asksWhy: WHY.test(own),
    spellings: spellingsIn(asked),
    told,
  };
}

/** A question's own filters, and those of the questions before it: of dates only its own, if it has any. */
function withCarried(own: Filters, { from, to, ...others }: Filters): Filters {
  if (own.from !== undefined || own.to !== undefined) return { ...others, ...own };
  return { ...(from && { from }), ...(to && { to }), ...others, ...own };
}

function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function hasContent(text: string): boolean {
  return wordsOf(text).some((word) => !COMMON.has(word));
}

/** The words that a text is about: lower case, each once, common words left out unless all are. */
export function contentWords(text: string): string[] {
  const words = [...new Set(wordsOf(text))];
  const content = words.filter((word) => !COMMON.has(word));
  return content.length > 0 ? content : words;
}

function searchedStems(own: string, before: string): Map<string, number> {
  const stems = new Map<string, number>();
  const add = (words: readonly string[], weight: number): void => {
    for (const word of words) {
      const stem = stemOf(word);
      stems.set(stem, Math.max(weight, stems.get(stem) ?? 0));
    }
  };
  add(contentWords(own), 1);
  if (before !== '') add(contentWords(before), HISTORY_WEIGHT);
  for (const expansion of expansionsOf(`${before} ${own}`)) {
    add(contentWords(expansion), EXPANSION_WEIGHT);
  }
  return stems;
}

const SPELLED: ReadonlyMap<string, readonly string[]> = new Map(
  SPELLINGS.flatMap((names) => names.map((name) => [name, names] as const)),
);

/** The other spellings of the names in a text, by stem. */
function spellingsIn(text: string): Map<string, string[]> {
  return new Map(
    wordsOf(text).flatMap((word) => {
      const names = SPELLED.get(word);
      return names === undefined
        ? []
        : [[stemOf(word), names.flatMap(wordsOf).map(stemOf)] as const];
    }),
  );
}

/** Short forms in capitals are read as such only where the text has the capitals: `WHO`, `COM`. */
const SHORT = new Map(ABBREVIATIONS);
const LONG = ABBREVIATIONS.map(([short, long]) => ({
  short,
  words: ` ${wordsOf(long).join(' ')} `,
}));

/** What the abbreviations of a text stand for, the abbreviations of what it names, other spellings. */
export function expansionsOf(text: string): string[] {
  const words = wordsOf(text);
  const written = new Set([...(text.match(/[A-Z][A-Z/\d]+/g) ?? []), ...words]);
  const plain = ` ${words.join(' ')} `;
  return [
    ...[...written].flatMap((word) => SHORT.get(word) ?? []),
    ...LONG.filter((each) => plain.includes(each.words)).map(({ short }) => short),
    ...words.flatMap((word) => SPELLED.get(word) ?? []),
  ];
}

/** `cable 724`, `telegram number 3715`: the post stands elsewhere, `from Madrid`. */
const NUMBER_OF_CABLE =
  /\b(?:cables?|telegrams?|tel|messages?|airgrams?)\s+(?:(?:no|nr|num|number)\b\.?\s*|[#№]\s*|(?!(?:19|20)\d\d\b))0*([1-9]\d{0,6})\b(?!\s+(?:of|in|to)\s+\d)/giu;

/**
 * `BEIJING 1689`, `OSLO-629`, `Rio de Janeiro 329`: up to three words before a number that is no year
 * (`Madrid 2007` asks for a year, not for a cable); `cable 724 from Madrid`.
 */
export function numbersOfPosts(text: string): string[] {
  const found = new Set<string>();
  for (const [, number = ''] of text.matchAll(NUMBER_OF_CABLE)) {
    for (const post of postsIn(text)) found.add(`${post}${number}`);
  }
  for (const match of text.matchAll(/(?<!\p{L})((?:\p{L}+(?:\s+|-)){1,3})0*([1-9]\d{0,6})\b/gu)) {
    const number = match[2] ?? '';
    if (/^(?:19|20)\d{2}$/.test(number)) continue;
    const words = (match[1] ?? '').split(/[\s-]+/).filter((word) => word !== '');
    for (let from = 0; from < words.length; from++) {
      found.add(`${canonicalPost(words.slice(from).join(''))}${number}`);
    }
  }
  return [...found];
}

/** Words of a post's name, at most: `Rio de Janeiro`. */
const POST_WORDS = 3;

/** The posts that a text names, each once. */
function postsIn(text: string): Set<string> {
  const words = text.match(/\p{L}+/gu) ?? [];
  const posts = words.flatMap((_, from) =>
    Array.from({ length: POST_WORDS }, (_, more) =>
      canonicalPost(words.slice(from, from + more + 1).join('')),
    ),
  );
  return new Set(posts.filter(isKnownPost));
}
