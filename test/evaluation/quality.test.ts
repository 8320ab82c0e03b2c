import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openIndex, runIngest } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { evaluate, type Graded } from '../../src/evaluation/evaluate.js';
import { readQuestions } from '../../src/evaluation/questions.js';
import { SHARED, temporaryFolder } from '../support/files.js';
import { publicCables } from '../support/public-cables.js';

/** Few enough to embed in a test; the whole corpus is measured in docs/retrieval.md. */
const CABLES = 24;

describe.skipIf(publicCables === null)('answers over a part of the public cables', () => {
  it('find the paragraph first for three of four questions, and among five for nearly all', async () => {
    const all = await readQuestions(path.join(SHARED, 'eval', 'questions.jsonl'));
    const ids = [...new Set(all.flatMap(({ cable }) => cable ?? []))].sort().slice(-CABLES);
    const pages = readdirSync(publicCables ?? '', { recursive: true, encoding: 'utf8' });
    const files = pages
      .filter((file) => ids.includes(path.basename(file, '.html')))
      .map((file) => ({ path: path.join(publicCables ?? '', file), size: 0 }));
    expect(files).toHaveLength(CABLES);
    const config = { ...readConfig(), index: path.join(temporaryFolder(), 'index') };
    await runIngest(config, files, () => undefined);
    const index = await openIndex(config);
    const graded: Graded[] = [];
    for (const question of all.filter(({ cable }) => cable !== null && ids.includes(cable))) {
      const history = question.history ?? [];
      graded.push({ question, answer: await index.search.ask(question.q, { limit: 10, history }) });
    }
    await index.close();
    const { overall } = evaluate(graded);
    expect(overall.questions).toBeGreaterThan(10);
    expect(overall.recallAt1).toBeGreaterThanOrEqual(0.75);
    expect(overall.recallAt5).toBeGreaterThanOrEqual(0.95);
  });
});
