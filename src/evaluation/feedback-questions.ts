import type { GradedQuestion } from './questions.js';

/** A verdict on a paragraph that was shown as the answer to a question. */
export interface JudgedParagraph {
  readonly question: string;
  readonly cable: string;
  /** Its number; null where it has none, or is no longer held. */
  readonly paragraph: number | null;
  readonly verdict: 'good' | 'wrong';
}

/** Graded questions from verdicts, and how many questions none could be made of. */
export interface FeedbackQuestions {
  readonly questions: readonly GradedQuestion[];
  readonly left: number;
}

/**
 * Questions of which more people say than deny that a paragraph answers them, with those paragraphs: those of the
 * cable with most of them as its own, the others as `also`. That a paragraph does not answer says not what does:
 * a question of which nothing else is known is left out.
 */
export function feedbackQuestions(verdicts: readonly JudgedParagraph[]): FeedbackQuestions {
  const byQuestion = new Map<
    string,
    Map<string, { cable: string; paragraph: number; score: number }>
  >();
  for (const { question, cable, paragraph, verdict } of verdicts) {
    const places = byQuestion.get(question) ?? new Map<string, never>();
    byQuestion.set(question, places);
    if (paragraph === null) continue;
    const place = `${cable} ${paragraph}`;
    const { score } = places.get(place) ?? { score: 0 };
    places.set(place, { cable, paragraph, score: score + (verdict === 'good' ? 1 : -1) });
  }
  const questions = [...byQuestion].flatMap(([q, places], i): GradedQuestion[] => {
    const answers = [...places.values()].filter(({ score }) => score > 0);
    const [best] = answers.toSorted((a, b) => b.score - a.score);
    if (best === undefined) return [];
    const own = answers.filter(({ cable }) => cable === best.cable);
    const others = answers.filter(({ cable }) => cable !== best.cable);
    return [
      {
        id: i + 1,
        q,
        type: 'feedback',
        cable: best.cable,
        paras: own.map(({ paragraph }) => paragraph),
        ...(others.length > 0 && {
          also: others.map(({ cable, paragraph }): [string, number] => [cable, paragraph]),
        }),
      },
    ];
  });
  return { questions, left: byQuestion.size - questions.length };
}
