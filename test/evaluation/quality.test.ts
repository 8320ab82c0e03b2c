import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openIndex, runIngest } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { evaluate, type Evaluation } from '../../src/evaluation/evaluate.js';
import type { Graded } from '../../src/evaluation/questions.js';
import { readQuestions, type GradedQuestion } from '../../src/evaluation/questions.js';
import { listFiles, type InputFile } from '../../src/sources/files.js';
import { SAMPLES, SHARED, temporaryFolder } from '../support/files.js';
import { publicCables } from '../support/public-cables.js';

/** Few enough to embed in a test; the whole corpus is measured in docs/retrieval.md. */
const CABLES = 20;
const QUESTIONS = path.join(SHARED, 'eval', 'questions.jsonl');
/** Of the questions without an answer, one in so many. */
const STEP = 3;

/** Takes files in and asks the questions of them. */
async function evaluated(
  files: readonly InputFile[],
  questions: readonly GradedQuestion[],
): Promise<Evaluation> {
  const config = { ...readConfig(), index: path.join(temporaryFolder(), 'index') };
  await runIngest(config, files, { progress: () => undefined });
  const index = await openIndex(config);
  const graded: Graded[] = [];
  for (const question of questions) {
    const history = question.history ?? [];
    graded.push({ question, answer: await index.search.ask(question.q, { limit: 10, history }) });
  }
  await index.close();
  return evaluate(graded);
}

describe.skipIf(publicCables === null)('answers over a part of the public cables', () => {
  it('are right and are withheld as often as over all of them, with the same threshold', async () => {
    const all = await readQuestions(QUESTIONS);
    const ids = mostAsked(all).slice(0, CABLES);
    const pages = readdirSync(publicCables ?? '', { recursive: true, encoding: 'utf8' });
    const files = pages
      .filter((file) => ids.includes(path.basename(file, '.html')))
      .map((file) => ({ path: path.join(publicCables ?? '', file), size: 0 }));
    expect(files).toHaveLength(CABLES);
    const { overall, abstention } = await evaluated(files, [
      ...all.filter(({ cable, type }) => type !== 'none' && cable !== null && ids.includes(cable)),
      ...unanswerable(all),
    ]);
    expect(overall.questions).toBeGreaterThan(30);
    expect(overall.recallAt1).toBeGreaterThanOrEqual(0.78);
    expect(overall.recallAt5).toBeGreaterThanOrEqual(0.95);
    expect(abstention.answerable.share).toBeLessThanOrEqual(0.06);
    expect(abstention.unanswerable.share).toBeGreaterThanOrEqual(0.85);
    expect(abstention.bySort['far']?.share).toBe(1);
  });

  it('that two cables do not hold are withheld', async () => {
    const questions = unanswerable(await readQuestions(QUESTIONS));
    const { abstention } = await evaluated(await listFiles([SAMPLES]), questions);
    expect(abstention.unanswerable.share).toBeGreaterThanOrEqual(0.95);
  });
});

/** The cables that questions are about, those with the most questions first. */
function mostAsked(all: readonly GradedQuestion[]): string[] {
  const questions = new Map<string, number>();
  for (const { cable } of all)
    if (cable !== null) questions.set(cable, (questions.get(cable) ?? 0) + 1);
  return [...questions.keys()].sort(
    (a, b) => (questions.get(b) ?? 0) - (questions.get(a) ?? 0) || (a < b ? -1 : 1),
  );
}

/** Some of the questions that have no answer. */
function unanswerable(all: readonly GradedQuestion[]): GradedQuestion[] {
  return all.filter(({ type }) => type === 'none').filter((_, i) => i % STEP === 0);
}
