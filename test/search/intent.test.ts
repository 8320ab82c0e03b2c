import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Embedder } from '../../src/embedding/embedder.js';
import { openLocalEmbedder } from '../../src/embedding/local.js';
import { askedFieldIn } from '../../src/search/asked-field.js';
import { intentOf } from '../../src/search/intent.js';
import { listAskedIn } from '../../src/search/list-question.js';
import { MODEL, ROOT } from '../support/files.js';
import { createWordEmbedder } from '../support/word-embedder.js';

/** Questions that nothing was learned from: their writer's name begins with `apart`. */
const APART = readFileSync(path.join(ROOT, 'models', 'training', 'intents.tsv'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [writer, intent = '', question = ''] = line.split('\t');
    return writer?.startsWith('apart') === true ? [{ intent, question }] : [];
  });

let embedder: Embedder;
beforeAll(async () => {
  embedder = await openLocalEmbedder(MODEL, { workers: 2, device: 'cpu' });
});
afterAll(() => embedder.close());

/** As a library reads it: a field, a list of cables, or a paragraph. */
async function wanted(question: string): Promise<string> {
  const intent = await intentOf(embedder, question);
  const field = askedFieldIn(question, false, intent)?.field;
  return field ?? (listAskedIn(question, intent) === null ? 'paragraph' : 'list');
}

describe('what a question wants', () => {
  it.each([
    ['lists', 0.8, (intent: string) => ['list', 'posts'].includes(intent)],
    ['paragraphs', 0.8, (intent: string) => intent === 'paragraph'],
    ['fields', 0.6, (intent: string) => !['list', 'posts', 'paragraph'].includes(intent)],
  ])('is told of questions kept apart: %s', async (_, least, isOf) => {
    const of = APART.filter(({ intent }) => isOf(intent));
    expect(of.length).toBeGreaterThan(50);
    const right = await Promise.all(
      of.map(async ({ intent, question }) => {
        return (await wanted(question)) === (intent === 'posts' ? 'list' : intent);
      }),
    );
    expect(right.filter(Boolean).length / of.length).toBeGreaterThanOrEqual(least);
  });

  it('is left open with a model that nothing was learned of', async () => {
    expect(await intentOf(createWordEmbedder(), 'all cables on herring')).toBeNull();
    expect(await intentOf(embedder, 'and on the herring fishery?', ['cod?'])).toBeNull();
    expect(await intentOf(embedder, 'what have you got on the herring fishery')).toBe('list');
  });
});
