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
}

const EXCLUSIONS: readonly RegExp[] = [
  /\b(?:that|which)\s(?:are|is|were|was|do|does|did)\snot\s(?:about|from|in|of|by|on|mention|name|concern)\s[^?.,;]*/iu,
  // `the regional bosses, but not Merkel herself, said` leaves out nobody's cables.
  /(?:\b(?:but|and)|,)\s+not\s+(?:(?:from|in|of|by|about|on)\s+(?:the\s+)?\p{Lu}[^?.,;]*|(?:(?:from|in|of)\s+)?\d{4}\b)/u,
  /\b(?:except|excluding)(?:\s(?:for|from|in|of|those|by|about)){0,2}\s(?:the\s)?(?:\d{4}|\p{Lu})[^?.,;]*/u,
  /(?<=\s)-(?:\p{Lu}\p{L}{2,}(?=\s|$)|")/u,
  /\bcables\s+not\s+(?:of|from|in|about)\s[^?.,;]*/u,
];
/** `airport strike without Greece`: in a sentence it may be what is asked for (`What would happen without Russia?`). */
const WITHOUT =
  /\b(?:without|apart from|other than(?: those)?(?: from| in| of| about)?)\s+\p{Lu}[^?.,;]*/u;
const SENTENCE =
  /\?|^(?:who|what|when|where|why|how|which|did|does|do|is|are|was|were|has|have|can|would|could|should)\b/iu;

/** What a question leaves out, or null. */
export function exclusionIn(question: string): Exclusion | null {
  const patterns = SENTENCE.test(question) ? EXCLUSIONS : [...EXCLUSIONS, WITHOUT];
  for (const pattern of patterns) {
    const words = pattern.exec(question)?.[0].trim();
    if (words === undefined) continue;
    const years = yearsIn(words);
    const named = wordsOf(words).filter((word) => !AROUND.has(word) && !/^\d{4}$/.test(word));
    const posts = new Set(placesIn(wordsOf(words)).flatMap((place) => place.posts));
    // `apart from the UN resolutions`, `without Merkel` may be what is asked for: a place is not.
    if (pattern === WITHOUT && posts.size === 0) continue;
    return { words, stems: [...new Set(named.map(stemOf))], years, posts };
  }
  return null;
}

/** Words that leave out, and those between them and what is left out. */
const AROUND: ReadonlySet<string> = new Set(
  'that which are is were was do does did not about from in of by on mention name concern but and except excluding for those the cables without other than apart'.split(
    ' ',
  ),
);

/** Those of some candidates that a question does not leave out. */
export function withoutExcluded<T extends Pick<Candidate, 'passage' | 'cable'>>(
  candidates: readonly T[],
  { years, posts, stems }: Exclusion,
  terms: readonly Pick<Term, 'key' | 'stem'>[],
): T[] {
  const keys = stems.map((stem) => terms.find((term) => term.stem === stem)?.key);
  return candidates.filter(({ passage, cable }) => {
    if (years.includes(Number(cable.date?.slice(0, 4)))) return false;
    if (cable.post !== null && posts.has(cable.post)) return false;
    const names = keys.every(
      (key) =>
        key !== undefined && (countOf(passage.terms, key) > 0 || countOf(cable.context, key) > 0),
    );
    return keys.length === 0 || !names;
  });
}
