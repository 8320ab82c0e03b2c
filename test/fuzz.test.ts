import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalId, formatCableId, idsInText, parseCableId } from '../src/cable/id.js';
import { readConfig } from '../src/config.js';
import { ACTIONS } from '../src/discord/actions.js';
import { fieldsIn, fittingId, readCustomId, type Carrying } from '../src/discord/custom-id.js';
import { manifestFile, readManifest, writeManifest } from '../src/embedded/manifest.js';
import { SCHEMA_VERSION } from '../src/embedded/sqlite/schema.js';
import { IndexError, InputError } from '../src/errors.js';
import { readRecords } from '../src/ingest/read-records.js';
import { readReceipt } from '../src/quotes/receipt.js';
import type { FilterVocabulary } from '../src/search/filter-values.js';
import { FILTER_OPTIONS, readFilters } from '../src/search/filters.js';
import { readItems } from '../src/sources/read.js';
import { ROOT, temporaryFolder } from './support/files.js';
import { dumpRow, jsonLine, tarOf, tarXz, zipOf } from './support/formats.js';
import { pdfOf } from './support/pdf.js';
import { sampleCables } from './support/public-cables.js';
import { telegram } from './support/telegram.js';

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    ...[
      '07MADRID545',
      '07-MADRID-545',
      '1999',
      '2007-02-30',
      'S//NF',
      '-',
      '|',
      '1|ask|x',
      '..',
      '',
    ],
    ...['10..3', '"', '%', '\u0000', '../..', '99999999999999999999', 'NaN', '[]', '{}', '(', '\\'],
  ),
);

const VOCABULARY: FilterVocabulary = {
  posts: () => ['MADRID', 'BARCELONA', 'PARIS'],
  idsOfAnyYear: (name) => (name === 'MADRID545' ? ['07MADRID545'] : []),
};
/** Every variable that the configuration reads. */
const VARIABLES = readFileSync(path.join(ROOT, 'src', 'config.ts'), 'utf8').match(
  /(?<=^ {2})(?:PILCROW|DISCORD)_[A-Z_]+(?=:)/gm,
);

/** Throws what is none of the errors that a user is told of. */
function expectTold(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect(error.message.length).toBeGreaterThan(10);
  }
}

describe('whatever is given', () => {
  it('as an id is one or none, and what is one is read as the same again', () => {
    fc.assert(
      fc.property(
        fc.array(word).map((words) => words.join(' ')),
        (text) => {
          for (const id of idsInText(text)) expect(canonicalId(id)).toBe(id);
          const parts = parseCableId(text);
          const id = parts && formatCableId(parts);
          if (id !== null) expect(canonicalId(id)).toBe(id);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('as filters narrows, or is refused in a sentence', () => {
    const names = FILTER_OPTIONS.map(({ name }) => name);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), word), (filters) => {
        expectTold(() => readFilters(filters, VOCABULARY));
      }),
      { numRuns: 3000 },
    );
  });

  it('as a receipt is one or none', () => {
    const bits = fc.constantFrom(
      '07MADRID545',
      '/',
      '4',
      'b1-9',
      'Qm3xT8rK2v1ZbYcA',
      '/masked',
      '.',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(bits, word)).map((all) => all.join('')),
        (text) => {
          const read = readReceipt(text);
          if (read !== null) expect(text).toContain(read.hash);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('as a custom_id is an action of ours or none, and what is one is written as it was', () => {
    const actions: readonly Carrying<unknown>[] = Object.values(ACTIONS);
    const names = actions.map(({ name }) => name);
    const id = fc
      .tuple(
        fc.oneof(fc.constant('1'), word),
        fc.oneof(fc.constantFrom(...names), word),
        fc.array(word),
      )
      .map(([version, name, fields]) => [version, name, ...fields].join('|'));
    fc.assert(
      fc.property(id, (text) => {
        readCustomId(text);
        for (const action of actions) {
          const fields = fieldsIn(action, text);
          const written = fields === null ? null : fittingId(action, fields);
          if (written !== null) expect(fieldsIn(action, written)).toEqual(fields);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('as an environment configures, or every variable that is wrong is named', () => {
    expect(VARIABLES?.length).toBeGreaterThan(15);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...(VARIABLES ?? [])), word), (env) => {
        expectTold(() => readConfig(env));
      }),
      { numRuns: 2000 },
    );
  });

  it('as a manifest is one, or is refused with what to do', async () => {
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    const file = { file: 'cables-1.sqlite', bytes: 1, sha256: '0'.repeat(64) };
    await writeManifest(folder, {
      format: 'pilcrow-index',
      schema: SCHEMA_VERSION,
      generation: 1,
      created: '2026-11-27T00:00:00.000Z',
      model: { name: 'm', fingerprint: 'f', dimension: 384 },
      counts: { cables: 1, paragraphs: 1, passages: 1, embedded: 0, vectors: 0 },
      store: file,
      vectors: { ...file, file: 'vectors-1.hnsw' },
    });
    const whole = readFileSync(manifestFile(folder), 'utf8');
    const expected = await readManifest(folder);
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(30), word);
    await fc.assert(
      fc.asyncProperty(fc.oneof(change, word, fc.json()), async (given) => {
        const [at, length, put] = typeof given === 'string' ? [0, whole.length, given] : given;
        writeFileSync(manifestFile(folder), whole.slice(0, at) + put + whole.slice(at + length));
        try {
          expect(await readManifest(folder)).toEqual(expected);
        } catch (error) {
          if (!(error instanceof IndexError)) throw error;
          expect(error.todo).not.toBeNull();
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a file with something changed', () => {
  async function files(): Promise<Record<string, Buffer>> {
    const cables = await sampleCables();
    const text = telegram('07MADRID1', ['The minister came.', 'He went again.']);
    const csv = cables.map((cable, i) => dumpRow(cable, i + 1)).join('');
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'a.txt'), text);
    const archive = path.join(temporaryFolder(), 'a.tar.xz');
    tarXz(folder, archive);
    const page = `<!doctype html><html><body><table class="cable"><tr><td>07MADRID1</td></tr></table><pre>${text}</pre></body></html>`;
    const plain = {
      'a.csv': csv,
      'a.jsonl': cables.map(jsonLine).join(''),
      'a.json': `[${cables.map(jsonLine).join(',')}]`,
      'a.txt': text,
      'a.html': page,
      'a.md': `---\nid: 07MADRID1\ndate: 2007-03-14\n---\n\n${text}`,
    };
    const buffers = Object.entries(plain).map(([name, each]) => [name, Buffer.from(each)] as const);
    return {
      ...Object.fromEntries(buffers),
      'a.pdf': pdfOf(text),
      'a.csv.gz': gzipSync(csv),
      'a.tar': await tarOf({ 'a.txt': text, 'b.csv': csv }),
      'a.zip': await zipOf({ 'a.txt': text, 'b.csv': csv }),
      'a.tar.xz': readFileSync(archive),
    };
  }

  it('is read to its end: each cable of it is one, or is set aside with the reason', async () => {
    const whole = await files();
    const folder = temporaryFolder();
    const changes = fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        length: fc.nat(200),
        put: fc.oneof(
          fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
          word.map((text) => Buffer.from(text)),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(whole)), changes, async (name, all) => {
        let bytes = whole[name] ?? Buffer.alloc(0);
        for (const { at, length, put } of all) {
          const from = Math.floor(at * bytes.length);
          bytes = Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + length)]);
        }
        const file = path.join(folder, name);
        writeFileSync(file, bytes);
        let items = 0;
        for await (const item of readItems(file)) {
          items++;
          if (item.kind === 'setAside') expect(item.reason).not.toBe('');
          else {
            const [read] = readRecords({ cables: [item.cable], stored: new Set() });
            // The reader's own failure is told as such, and there should be none.
            if (read?.ok === false) expect(read.reason).not.toContain('the reader failed');
          }
        }
        expect(items).toBeGreaterThan(0);
      }),
      { numRuns: 800 },
    );
  });
});
