import {
  createReadStream,
  createWriteStream,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { openIndex, runReindex } from '../../src/app.js';
import { readConfig, type Config } from '../../src/config.js';
import { passagesOf } from '../../src/cable/passage.js';
import { EmbeddedEngine } from '../../src/embedded/engine.js';
import { readManifest } from '../../src/embedded/manifest.js';
import { SCHEMA_VERSION } from '../../src/embedded/sqlite/schema.js';
import { readAll } from '../support/public-cables.js';
import { ROOT, SAMPLES, temporaryFolder } from '../support/files.js';

/** The index of the two samples as Pilcrow wrote it with schema 4 (commit b03d80f, `pilcrow ingest samples`). */
const OLD = path.join(ROOT, 'test', 'fixtures', 'index-schema-4.tar.gz');

async function oldIndex(): Promise<Config> {
  const index = temporaryFolder();
  const entries = createReadStream(OLD).pipe(createGunzip()).pipe(extract());
  for await (const entry of entries) {
    await pipeline(entry, createWriteStream(path.join(index, entry.header.name)));
  }
  return { ...readConfig({}), index };
}

const silent = (): void => undefined;

describe('an index of the schema before', () => {
  it('is not used as it is: what to do is said', async () => {
    const config = await oldIndex();
    await expect(openIndex(config)).rejects.toMatchObject({
      code: 'INDEX_SCHEMA',
      todo: expect.stringContaining(`pilcrow reindex --index ${config.index}`) as string,
    });
    const manifest = await readManifest(config.index);
    const editor = await new EmbeddedEngine(config.index).lock(
      manifest?.model ?? { name: '', fingerprint: '', dimension: 0 },
    );
    await expect(editor.resume()).rejects.toMatchObject({ code: 'INDEX_SCHEMA' });
    await editor.close();
  });

  it('is brought over with all that it holds, its vectors included', async () => {
    const config = await oldIndex();
    const before = await readManifest(config.index);
    const published = await runReindex(config, silent);
    expect(published).toMatchObject({ generation: 2, counts: before?.counts });
    expect(await readManifest(config.index)).toMatchObject({ schema: SCHEMA_VERSION });
    const index = await openIndex(config);
    const cables = await index.corpus.cables(await index.corpus.ids());
    const files = readdirSync(SAMPLES).map((file) => readAll(path.join(SAMPLES, file)));
    for (const { cable } of (await Promise.all(files)).flat()) expect(cables).toContainEqual(cable);
    for (const cable of cables) {
      const keys = (await index.corpus.passagesOf([cable.id])).map(({ passage }) => passage);
      const { passages, vectors } = await index.corpus.scoring(keys, keys);
      const cut = passagesOf(cable);
      expect(keys).toHaveLength(cut.length);
      for (const [i, { context, sentences }] of cut.entries()) {
        const made = await index.embedder.embedPassage(context, sentences);
        const kept = vectors.filter(({ passage }) => passage === keys[i]);
        expect(kept).toHaveLength(made.windows.length);
        expect(passages[i]?.sentences.length).toBe(sentences.length * index.embedder.dimension);
      }
    }
    const { results } = await index.search.ask('Who met Tim Stratford?', { limit: 1 });
    expect(results[0]?.cable).toBe('07BEIJING1689');
    await index.close();
    const checks = await new EmbeddedEngine(config.index).examine(index.embedder);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('is not brought over the work that a stopped ingest of the version before has left', async () => {
    const config = await oldIndex();
    const left = path.join(config.index, 'building.sqlite');
    writeFileSync(left, 'half of it');
    await expect(runReindex(config, silent)).rejects.toMatchObject({ code: 'UNFINISHED' });
    expect(readFileSync(left, 'utf8')).toBe('half of it');
  });

  it('stays as it was where it is damaged', async () => {
    const config = await oldIndex();
    const file = path.join(config.index, 'cables-1.sqlite');
    const bytes = readFileSync(file);
    bytes.write('Stratfurd', bytes.indexOf('Stratford'));
    writeFileSync(file, bytes);
    const before = await readManifest(config.index);
    await expect(runReindex(config, silent)).rejects.toMatchObject({ code: 'INDEX_DAMAGED' });
    expect(await readManifest(config.index)).toEqual(before);
  });
});
