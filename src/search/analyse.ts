import { eng } from 'stopword';
import { idsInText } from '../cable/id.js';
import { canonicalPost } from '../cable/posts.js';
import { InputError } from '../errors.js';

/** No question of sense is longer; the model reads about 380 words of it at most. */
export const LONGEST_QUESTION = 2000;

/** A question as it is searched. */
export interface AnalysedQuestion {
  /** The text that is embedded: the earlier questions and this one. */
  readonly text: string;
  /** Its content words, each once, lower case. */
  readonly words: readonly string[];
  /** Ids it names with their year: `07BEIJING1689`. */
  readonly ids: readonly string[];
  /** Posts with a number but without a year, as ids end: `BEIJING1689`. */
  readonly idsWithoutYear: readonly string[];
}

/** Words of a question that say how it is asked, beside the package's common words. */
const ASKING = [
  'am',
  'been',
  'cable',
  'cables',
  'say',
  'tell',
  'told',
  'whom',
  'whose',
  'why',
  'when',
  's',
  't',
];
const COMMON = new Set([...eng, ...ASKING]);

/**
 * Reads a question. Throws {@link InputError} for an empty one and for one that is too long.
 * Earlier questions of the conversation, oldest first, are put before it.
 */
export function analyse(question: string, history: readonly string[] = []): AnalysedQuestion {
  const plain = question.replace(/\s+/g, ' ').trim();
  if (plain === '') {
    throw new InputError(
      'QUESTION_EMPTY',
      'the question is empty; ask something, as in "Who met Tim Stratford?"',
    );
  }
  if (plain.length > LONGEST_QUESTION) {
    throw new InputError(
      'QUESTION_TOO_LONG',
      `the question has ${plain.length} characters; at most ${LONGEST_QUESTION} can be asked`,
    );
  }
  const before = history
    .map((each) => each.replace(/\s+/g, ' ').trim())
    .filter((each) => each !== '');
  const text = [...before, plain].join(' ').slice(-LONGEST_QUESTION);
  const ids = idsInText(plain);
  return { text, words: contentWords(text), ids, idsWithoutYear: numbersOfPosts(plain) };
}

/** The words that a text is about: lower case, each once, common words left out unless all are. */
export function contentWords(text: string): string[] {
  const words = [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])];
  const content = words.filter((word) => !COMMON.has(word));
  return content.length > 0 ? content : words;
}

/**
 * `BEIJING 1689`, `Rio de Janeiro 329`: up to three words before a number that is no year
 * (`Madrid 2007` asks for a year, not for a cable).
 */
function numbersOfPosts(text: string): string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(/((?:\p{L}+\s+){1,3})0*([1-9]\d{0,6})(?!\w)/gu)) {
    const number = match[2] ?? '';
    if (/^(?:19|20)\d{2}$/.test(number)) continue;
    const words = (match[1] ?? '').trim().split(/\s+/);
    for (let from = 0; from < words.length; from++) {
      found.add(`${canonicalPost(words.slice(from).join(''))}${number}`);
    }
  }
  return [...found];
}
