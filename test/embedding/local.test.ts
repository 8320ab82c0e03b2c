import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Embedder } from '../../src/embedding/embedder.js';
import { openLocalEmbedder } from '../../src/embedding/local.js';
import { checkModel, ModelError, modelSchema } from '../../src/embedding/model-files.js';
import { agreementOf } from '../../src/embedding/reference.js';
import { embedderContract } from '../contracts/embedder.js';
import { MODEL, temporaryFolder } from '../support/files.js';
import { createWordEmbedder } from '../support/word-embedder.js';

embedderContract('the local model', () => openLocalEmbedder(MODEL, { workers: 2, device: 'cpu' }));
embedderContract('the word embedder of the tests', () => Promise.resolve(createWordEmbedder()));

describe('the local model', () => {
  let embedder: Embedder;
  beforeAll(async () => {
    embedder = await openLocalEmbedder(MODEL, { workers: 2, device: 'cpu' });
  });
  afterAll(() => embedder.close());

  it.skipIf(process.platform === 'win32')(
    'tells of a device that this machine has not',
    async () => {
      // DirectML is Windows' own.
      await expect(openLocalEmbedder(MODEL, { workers: 1, device: 'dml' })).rejects.toThrow(
        /PILCROW_DEVICE=dml is not to be had .*set it to cpu/,
      );
    },
  );

  it('agrees with the vectors of the 32-bit model: each at 0.99, their mean at 0.995', async () => {
    const agreement = await agreementOf(embedder, MODEL);
    expect(agreement?.texts).toBeGreaterThan(20);
    expect(agreement?.lowest).toBeGreaterThanOrEqual(0.99);
    expect(agreement?.mean).toBeGreaterThanOrEqual(0.995);
  });

  it('agrees with them where texts are read together, as on a device of many cores', async () => {
    const together = await openLocalEmbedder(MODEL, { workers: 1, device: 'cpu', batch: 16 });
    const agreement = await agreementOf(together, MODEL);
    await together.close();
    expect(agreement?.lowest).toBeGreaterThanOrEqual(0.99);
  });

  it('embeds a passage longer than its window as several windows, a short one as one', async () => {
    const sentence = 'The Ambassador told the Foreign Minister that the talks would go on. ';
    const context = 'S | O, 2007-01-01';
    expect((await embedder.embedPassage(context, [sentence])).windows).toHaveLength(1);
    const many = Array.from({ length: 100 }, () => sentence.trim());
    const long = await embedder.embedPassage(context, many);
    expect(long.windows.length).toBeGreaterThanOrEqual(3);
    expect(long.sentences).toHaveLength(100);
  });

  it('embeds a short passage the same, however it is cut into sentences', async () => {
    const sentences = ['The Ambassador met Jiang, who spoke of labor.', 'Nobody cleared it.'];
    const cut = await embedder.embedPassage('S | O, 2007-01-01', sentences);
    const whole = await embedder.embedPassage('S | O, 2007-01-01', [sentences.join(' ')]);
    expect(cut.windows).toEqual(whole.windows);
  });

  it('leaves room for the text behind a context that is longer than the window', async () => {
    const context = 'A subject that goes on '.repeat(200);
    const one = await embedder.embedPassage(context, ['The wedding guests danced.']);
    const other = await embedder.embedPassage(context, ['Oil prices fell.']);
    expect(one.windows).not.toEqual(other.windows);
  });

  it('does not hold up the event loop', async () => {
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 5);
    await embedder.embedPassage('', ['A long text of many words, again and again. '.repeat(200)]);
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(0);
  });
});

describe('a model’s folder', () => {
  function copyOfModel(): string {
    const folder = temporaryFolder();
    cpSync(MODEL, folder, { recursive: true });
    return folder;
  }

  it('is refused with the file’s name where a file is missing or has changed', async () => {
    const folder = copyOfModel();
    writeFileSync(path.join(folder, 'tokenizer.json'), '{}');
    await expect(checkModel(folder)).rejects.toThrow(/tokenizer\.json is damaged/);
    rmSync(path.join(folder, 'tokenizer.json'));
    await expect(checkModel(folder)).rejects.toThrow(/tokenizer\.json cannot be read/);
    await expect(checkModel(path.join(folder, 'none'))).rejects.toThrow(ModelError);
  });

  it('has another fingerprint where the prefix or the window is another', async () => {
    const folder = copyOfModel();
    const file = path.join(folder, 'pilcrow.json');
    const before = await checkModel(folder);
    const description = modelSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    writeFileSync(file, JSON.stringify({ ...description, questionPrefix: '' }));
    expect((await checkModel(folder)).fingerprint).not.toBe(before.fingerprint);
  });
});
