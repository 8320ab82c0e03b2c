import { stemOf, wordsOf } from '../cable/terms.js';
import type { Term } from '../corpus/corpus.js';
import { countOf } from '../corpus/term-list.js';
import type { Candidate } from './candidate.js';
import { yearsIn } from './dates.js';
import { placesIn } from './places.js';

/** What a question leaves out, in so many words: `that are not about Iran`, `but not in 2008`, `-Iran`. */
export interface Exclusion {
  /** As the question has it. */
  readonly words: string;
  /** What names them all, or their cable does, is left out. */
  readonly stems: readonly string[];
  /** Cables of these years, and of the posts of these places, are left out. */
  readonly years: readonly number[];
  readonly posts: ReadonlySet<string>;
  /**
   * It is told, and nothing is left out: in a sentence it is part of what is asked, and the paragraph that answers
   * may well name it (`Which leaders other than Merkel refused?`).
   */
  readonly isAsked: boolean;
}

/** Words that leave something out wherever they stand before it. */
const EXCEPT = [
  String.raw`except(?:ing)?(?: for)?`,
  'excluding',
  'exclusive of',
  String.raw`other than(?: those)?`,
  '(?:apart|aside) from',
  'besides',
  'save for',
  'barring',
  String.raw`minus(?! \d)`,
  'w/o',
  'with the exception of',
  String.raw`not (?:counting|including)`,
  String.raw`leaving (?:aside|out)`,
  String.raw`(?:all|(?:any|every)(?:one|body|where)) (?:but|bar|save)(?! not)`,
].join('|');
/** Words that do so where a sign stands before them in a search of a few words; elsewhere they may mean anything. */
const FRAGMENTS_EXCEPT = [
  'without',
  String.raw`(?:ignor|skipp|omitt|disregard|forgett|exclud|dropp|filter)ing(?: out)?`,
  'ignore|skip|omit|disregard|exclude|drop|remove|forget|leave out|filter out|spare me|never mind',
  String.raw`(?:but |and |only )?(?:not|no|nothing|none)(?: (?:about|from|on|of|in))?`,
  String.raw`(?:that |which )?(?:is|are|do|does)(?:n['’]?t| not)(?: (?:about|from|in|of|by|on|mention|name|concern))?`,
  String.raw`i (?:don['’]?t|do not) (?:mean|want|care about)`,
].join('|');
/** What is left out: to the next sign, or to the words that a question goes on with. */
const WHAT = String.raw`(?:the |those |all |any )*(?<what>[^?.,;:!() ]+(?: [^?.,;:!() ]+)*?)`;
const ON = String.raw`(?:who|whom|which|that|what|when|where|why|how|is|are|was|were|did|do|does|has|have|had|can|could|would|will|should|says?|said|saying|told|telling|tells)`;
const GOES_ON = String.raw`(?= ?(?:[?.,;:!()]|$|[-–] |\b(?:please|pls)\b|\b${ON}\b))`;
const ENDS = String.raw`(?= ?(?:[.,;!)]|$|\b(?:please|pls)\b))\)?`;

/** In a sentence. */
const IN_SENTENCES: readonly RegExp[] = [
  /\b(?:that|which)\s(?:are|is|were|was|do|does|did)\snot\s(?:about|from|in|of|by|on|mention|name|concern)\s(?<what>[^?.,;]*)/iu,
  // `the regional bosses, but not Merkel herself, said` leaves out nobody's cables.
  /(?:\b(?:but|and)|,)\s+not\s+(?:(?:from|in|of|by|about|on)\s+(?:the\s+)?(?<what>\p{Lu}[^?.,;]*)|(?:(?:from|in|of)\s+)?(?<year>\d{4}\b))/u,
  /\b(?:except|excluding)(?:\s(?:for|from|in|of|those|by|about)){0,2}\s(?:the\s)?(?<what>(?:\d{4}|\p{Lu})[^?.,;]*)/u,
  /\bcables\s+not\s+(?:of|from|in|about)\s(?<what>[^?.,;]*)/u,
];
/** `-Iran`, `-"hunger strike"`, `NOT Iran`, `!Iran`. */
const OPERATORS: readonly RegExp[] = [
  /(?<=\s)[-!](?:(?<what>\p{L}{3,})(?=\s|$)|"(?<phrase>[^"]+)")/u,
  /(?<=\s)NOT\s+(?<what>\p{L}+)/u,
];
const SET_OFF = String.raw`(?:^|[,;:(] ?| [-–] |\bbut )`;
/** In a search of a few words. */
const IN_FRAGMENTS: readonly RegExp[] = [
  new RegExp(
    String.raw`(?:[,;(] ?| [-–] |\b)(?<!\b(?:nobody|none|no one) )(?:but |only )?\b(?:${EXCEPT}) ${WHAT}${GOES_ON}\)?`,
    'iu',
  ),
  new RegExp(String.raw`${SET_OFF}(?:but |only )*(?:${FRAGMENTS_EXCEPT}) ${WHAT}${ENDS}`, 'iu'),
  new RegExp(
    String.raw`\bthat (?:is|are)(?:n['’]?t| not)(?: (?:about|from|in|of))? ${WHAT}${ENDS}`,
    'iu',
  ),
  new RegExp(String.raw`\bleaving ${WHAT} (?:aside|out)\b`, 'iu'),
];
const WITHOUT = new RegExp(String.raw`\bwithout ${WHAT}${ENDS}`, 'iu');
/** `, Germany excepted`, `- Lula aside`. */
const BEHIND =
  /[,;(–-]\s*(?:the )?(?<what>(?:['’]?[\p{L}\d][\p{L}\d'’.-]* ){1,5})(?:excepted|excluded|aside|not included)(?=\s*(?:[?.,;)!]|$))\)?/iu;
/** What is told of a sentence, and asked by it. */
const IN_QUESTIONS = new RegExp(
  String.raw`(?:^|[,;(] ?| [-–] |\b)(?:but )?\b(?:${EXCEPT}) ${WHAT}${GOES_ON}\)?,?`,
  'iu',
);
/** Words of a sentence: before what is left out they are of what is asked. */
const SENTENCE = new RegExp(String.raw`\b${ON}\b`, 'iu');
/** Of more words it is a clause of what is searched. */
const FEW_WORDS = 4;

/** What a question leaves out, or null. */
export function exclusionIn(question: string): Exclusion | null {
  const sure = firstOf(question, [...OPERATORS, ...IN_SENTENCES]);
  if (sure !== null) return exclusionOf(sure, false);
  const fragment = firstOf(question, [...IN_FRAGMENTS, BEHIND]) ?? withoutPlace(question);
  if (fragment !== null && wordsOf(fragment.what).length <= FEW_WORDS) {
    const at = question.indexOf(fragment.words);
    const around = [question.slice(0, at), question.slice(at + fragment.words.length)];
    const isSentence = around.some((part) => part.includes('?') || SENTENCE.test(part));
    // `no confidence vote`: what leaves nothing to be searched leaves nothing out.
    const isAll = !around.some((part) => /[\p{L}\d]/u.test(part));
    if (!isSentence && !isAll) return exclusionOf(fragment, false);
  }
  const asked = firstOf(question, [IN_QUESTIONS, BEHIND]);
  return asked === null ? null : exclusionOf(asked, true);
}

/** `airport strike without Greece`; `doctors without borders` leave out nothing. */
function withoutPlace(question: string): LeftOut | null {
  const found = firstOf(question, [WITHOUT]);
  return found !== null && placesIn(wordsOf(found.what)).length > 0 ? found : null;
}

interface LeftOut {
  readonly words: string;
  readonly what: string;
}

function firstOf(question: string, patterns: readonly RegExp[]): LeftOut | null {
  for (const pattern of patterns) {
    const found = pattern.exec(question);
    const { what, year, phrase } = found?.groups ?? {};
    const named = what ?? year ?? phrase;
    if (found !== null && named !== undefined && /[\p{L}\d]/u.test(named)) {
      return { words: found[0].replace(/^[ ,;(]+(?:[-–] )?|[ ,)]+$/gu, ''), what: named };
    }
  }
  return null;
}

function exclusionOf({ words, what }: LeftOut, isAsked: boolean): Exclusion | null {
  const all = wordsOf(what);
  const named = all.filter((word) => !AROUND.has(word) && !/^\d{4}$/.test(word));
  const years = yearsIn(what);
  const places = placesIn(all);
  const ofPlaces = new Set(places.flatMap(({ first, end }) => all.slice(first, end)));
  // `not the Russian gas` leaves out none of Moscow's cables, and `not the talks of 2005` no year's.
  const isPlace = named.every((word) => ofPlaces.has(word));
  if (named.length === 0 && years.length === 0) return null;
  const posts = new Set(isPlace ? places.flatMap((place) => place.posts) : []);
  const kept = isPlace ? named : all.filter((word) => !AROUND.has(word));
  const stems = [...new Set(kept.map(stemOf))];
  return { words, stems, years: isPlace ? years : [], posts, isAsked };
}

/** Words between those that leave out and what is left out. */
const AROUND: ReadonlySet<string> = new Set(
  'from of in on about by the those that which are is cables cable ones one please pls anything any all with for to it its embassy embassies consulate s us'.split(
    ' ',
  ),
);

/** Those of some candidates that a question does not leave out. */
export function withoutExcluded<T extends Pick<Candidate, 'passage' | 'cable'>>(
  candidates: readonly T[],
  { years, posts, stems, isAsked }: Exclusion,
  terms: readonly Pick<Term, 'key' | 'stem'>[],
): readonly T[] {
  if (isAsked) return candidates;
  const keys = stems.map((stem) => terms.find((term) => term.stem === stem)?.key);
  return candidates.filter(({ passage, cable }) => {
    const ofYear = years.includes(Number(cable.date?.slice(0, 4)));
    const ofPost = cable.post !== null && posts.has(cable.post);
    // `not from Madrid in 2008`: of the year and of the post.
    if (years.length > 0 && posts.size > 0) return !(ofYear && ofPost);
    if (ofYear || ofPost) return false;
    const names = keys.every(
      (key) =>
        key !== undefined && (countOf(passage.terms, key) > 0 || countOf(cable.context, key) > 0),
    );
    return keys.length === 0 || !names;
  });
}
