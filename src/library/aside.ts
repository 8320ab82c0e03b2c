import type { Answer } from '../search/answer.js';
import { namesIn } from '../search/foreign-names.js';
import { languageOf, READS_ENGLISH } from '../search/language.js';
import type { AskOptions, Search } from '../search/search.js';
import { isSmallTalk, SMALL_TALK_SAID } from '../search/small-talk.js';

/**
 * What is said to who asks nothing of the cables, without a quote; and to who asks in another language, with
 * the paragraphs that hold the question's names. Null for every other question.
 */
export async function answerAside(
  search: Search,
  question: string,
  options: AskOptions,
): Promise<Answer | null> {
  const asked = question.trim();
  if (isSmallTalk(asked, (options.history ?? []).length > 0)) {
    return {
      ...{ q: question, abstained: true, reason: 'it asks nothing of the cables' },
      ...{ said: SMALL_TALK_SAID, confidence: 0, reading: [], results: [], shown: [], ms: 0 },
    };
  }
  const language = await languageOf(asked);
  if (language === null) return null;
  const names = namesIn(asked, language);
  const found = await search.ask(names === '' ? asked : names, { ...options, history: [] });
  return {
    ...found,
    ...{ q: question, abstained: true, reason: 'it is not asked in English' },
    ...{ said: READS_ENGLISH[language], confidence: 0 },
  };
}
