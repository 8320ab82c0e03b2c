import { eng } from 'stopword';
import type { SpanWord } from '../cable/span-words.js';
import type { Word } from '../cable/words.js';

/** What a quotation has otherwise than the cable; the first kinds weigh most. */
export const DIFFERENCE_KINDS = ['number', 'negation', 'name', 'word'] as const;

export interface Difference {
  readonly kind: (typeof DIFFERENCE_KINDS)[number];
  /** As the quotation has it; empty where it leaves words out. */
  readonly theirs: string;
  /** As the cable has it; empty where the quotation adds words. */
  readonly ours: string;
}

/** Words in the same place of a quotation and of a cable that are not the same. */
export interface Hunk {
  readonly theirs: readonly Word[];
  readonly ours: readonly SpanWord[];
}

const NUMBERS = new Set(
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million
millions billion billions trillion dozen dozens half third quarter first second fourth fifth sixth seventh eighth ninth
tenth once twice double triple percent per cent`.split(/\s+/),
);
const NEGATIONS = new Set(
  `not no non never none nobody nothing nowhere nor neither without cannot hardly barely scarcely unless except`.split(
    /\s+/,
  ),
);
const NEGATIVE_PREFIX = /^(?:un|in|im|il|ir|dis|non)(?=\p{L}{3})/u;
/** Verbs and words that turn round what follows, whatever their ending. */
const TURNING =
  /^(?:un(?:willing|likely|able|true|certain|clear|aware)|impossib|incapab|inabilit|reluctan|refut|refrain|dismiss|refus|reject|fail|den(?:y|i[ea])|declin|lack|oppos|avoid|prevent|stop|few$|little$|rare|seldom|against$|false|instead$|rather$|doubt|skeptic|sceptic|ceas(?:e|ing)|cancel|bann(?:ed|ing)$|bans?$|block|abandon|halt|postpon|suspend|delay|stall|far$|short$)/;
/** Words that say that something is not certain, or holds under a condition. */
const HEDGES =
  /^(?:alleg|accus|suspect|believ|think|thought$|assum|fear|worr|whether$|half$|rumou?r|appear(?:s|ed|ing)?$|virtual|until$|till$|pretend|pretens|threat|report(?:s|ed|edly)$|suppos|purport|apparent|seem|possib|perhaps$|probab|likely$|may$|might$|could$|would$|should$|if$|only$|almost$|nearly$|claim|according$)/;

export function isNegation({ folded }: Pick<Word, 'folded'>): boolean {
  return NEGATIONS.has(folded) || /n't$/.test(folded);
}

const DENYING =
  /^(?:refus|reject|fail|den(?:y|ie)|declin|lack|few$|little$|less$|against$|instead$|rather$)/;

/** The same, or a word that denies without one: `refused`, `few`. */
function denies(word: Pick<Word, 'folded'>): boolean {
  return isNegation(word) || DENYING.test(word.folded);
}

/** Whether a sentence says something else without a word: what an ellipsis may not leave out of it. */
export function isTurning(word: Pick<Word, 'folded'>): boolean {
  return isNegation(word) || TURNING.test(word.folded) || HEDGES.test(word.folded);
}

/** What somebody means to do. */
const INTENTIONS =
  /^(?:tr(?:y|ie[sd])|attempt|want|wish|plan|offer|hop(?:e|es|ed|ing)$|intend|expect|seek|sought|promis|vow|pledg|prepar|ready|willing|agree|urg(?:e|es|ed|ing)$|consider|convinc|persuad|due|about)/;

/** Whether what it governs is not said to have happened: `tried to`. */
export function isIntention({ folded }: Pick<Word, 'folded'>): boolean {
  return INTENTIONS.test(folded);
}

export function isNumber({ folded }: Pick<Word, 'folded'>): boolean {
  return /[\p{N}$€£¥%]|^[-+<>~≈±×≤≥]$/u.test(folded) || NUMBERS.has(folded);
}

/** A capital that the beginning of a sentence does not ask for. */
export function isName({ raw, folded }: Pick<Word, 'raw' | 'folded'>): boolean {
  return /^\p{Lu}/u.test(raw) && !eng.includes(folded);
}

/**
 * Whether words are the same but for how they are hyphened and written together: `cooperation`, `co-operation`; of numbers the
 * thousands may stand apart (`5 000`), and nothing else.
 */
export function isSameWritten({ theirs, ours }: Hunk): boolean {
  const joined = (words: readonly Word[]): string => words.map(({ folded }) => folded).join('');
  // `notable` is not `not able`.
  const denials = (words: readonly Word[]): number => words.filter(denies).length;
  return (
    joined(theirs) === joined(ours) &&
    digitsOf(theirs) === digitsOf(ours) &&
    denials(theirs) === denials(ours)
  );
}

function digitsOf(words: readonly Word[]): string {
  return words
    .map(({ folded }) => folded)
    .filter((word) => /\p{N}/u.test(word))
    .join(' ')
    .replace(/(?<=\b\d{1,3}(?: \d{3})*) (?=\d{3}\b)/g, '');
}

/** A hunk as it is told, by what weighs most in it. */
export function differenceOf({ theirs, ours }: Hunk, sentenceStarts = false): Difference {
  const words = [...theirs, ...ours];
  // Words that both have, in another order, are no difference of their own.
  const only = words.filter(
    ({ folded }) =>
      !(
        theirs.some((each) => each.folded === folded) && ours.some((each) => each.folded === folded)
      ),
  );
  const counted = only.length === 0 ? words : only;
  const denied = counted.some(denies);
  // `no one` counts nothing.
  const numbers = counted.filter((word) => isNumber(word) && !(denied && word.folded === 'one'));
  const kind =
    numbers.length > 0
      ? 'number'
      : denied || isPrefixed(theirs, ours)
        ? 'negation'
        : counted.some((word, i) => isName(word) && !(sentenceStarts && i === 0))
          ? 'name'
          : 'word';
  return { kind, theirs: wordsTold(theirs), ours: wordsTold(ours) };
}

/** `likely` for `unlikely`. */
function isPrefixed(theirs: readonly Word[], ours: readonly Word[]): boolean {
  const bare = (words: readonly Word[]): string[] =>
    words.map(({ folded }) => folded.replace(NEGATIVE_PREFIX, ''));
  const prefixed = (from: readonly Word[], to: readonly Word[]): boolean =>
    from.some(
      ({ folded }, i) =>
        NEGATIVE_PREFIX.test(folded) &&
        to.some((other) => other.folded === bare(from)[i] && other.folded !== folded),
    );
  return prefixed(theirs, ours) || prefixed(ours, theirs);
}

/** Words as they stand in their text, with blanks between them. */
export function wordsTold(words: readonly Word[]): string {
  return words.map(({ raw }) => raw).join(' ');
}

/** Those that weigh most first. */
export function byWeight(differences: readonly Difference[]): Difference[] {
  const weight = ({ kind }: Difference): number => DIFFERENCE_KINDS.indexOf(kind);
  return [...differences].sort((a, b) => weight(a) - weight(b));
}
