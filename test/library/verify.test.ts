import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmbeddedEngine } from '../../src/embedded/engine.js';
import { ingest } from '../../src/ingest/ingest.js';
import { verify, type Verified } from '../../src/library/verify.js';
import { NO_CEILING, type Ceiling } from '../../src/cable/ceiling.js';
import { quotedSpan } from '../../src/quotes/quote.js';
import { readReceipt, receiptOf } from '../../src/quotes/receipt.js';
import { listFiles } from '../../src/sources/files.js';
import { readItems } from '../../src/sources/read.js';
import { SAMPLES } from '../support/files.js';
import { publicCables } from '../support/public-cables.js';
import { createWordEmbedder } from '../support/word-embedder.js';

const embedder = createWordEmbedder();
const folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-verify-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function take(index: string, ...files: string[]): Promise<void> {
  await ingest({
    engine: new EmbeddedEngine(path.join(folder, index)),
    embedder,
    files: await listFiles(files),
    readItems,
    clock: () => 0,
    progress: () => undefined,
  });
}

async function checked(index: string, receipt: string, ceiling?: Ceiling): Promise<Verified> {
  const read = readReceipt(receipt);
  if (read === null) throw new Error(receipt);
  const generation = await new EmbeddedEngine(path.join(folder, index)).open(embedder);
  try {
    return await verify(await generation.corpus(ceiling), read);
  } finally {
    await generation.close();
  }
}

/** The receipts of a cable's second paragraphs. */
async function quotesIn(index: string, ceiling?: Ceiling): Promise<string[]> {
  const generation = await new EmbeddedEngine(path.join(folder, index)).open(embedder);
  try {
    const [cable] = await (await generation.corpus()).cables(['07MADRID1']);
    return (cable?.spans ?? []).flatMap((span, ordinal) =>
      cable !== undefined && span.number === 2
        ? [quotedSpan(cable, ordinal, span, ceiling).receipt]
        : [],
    );
  } finally {
    await generation.close();
  }
}

const BODY = [
  'C O N F I D E N T I A L MADRID 000001',
  '',
  'TAGS: PREL, SP',
  'SUBJECT: A VISIT',
  '',
  '1. (U) The king received the ambassador at the palace on Monday.',
  '',
  '2. (C) The minister said that 40 million barrels were not sold this year.',
  '',
  'MILLER',
  '',
].join('\n');

/** Writes a cable as another form has it, and returns the file. */
function written(name: string, body: string): string {
  const file = path.join(folder, name);
  const fields = {
    id: '07MADRID1',
    date: '2007-03-14',
    classification: 'CONFIDENTIAL',
    header: '',
    body,
  };
  writeFileSync(file, name.endsWith('.csv') ? csvOf(fields) : JSON.stringify(fields));
  return file;
}

function csvOf(fields: Readonly<Record<string, string>>): string {
  const quoted = (texts: readonly string[]): string =>
    texts.map((text) => `"${text.replaceAll('"', '""')}"`).join(',');
  return `${quoted(Object.keys(fields))}\n${quoted(Object.values(fields))}\n`;
}

describe('a receipt, checked', () => {
  let receipt: string;
  beforeAll(async () => {
    await take('json', written('a.json', BODY));
    [receipt = ''] = await quotesIn('json');
  });

  it('holds, also in another installation that took the cable from another form', async () => {
    expect(await checked('json', receipt)).toMatchObject({ state: 'holds', moved: false });
    await take('csv', written('b.csv', BODY.replaceAll('\n', '\r\n')));
    expect(await checked('csv', receipt)).toMatchObject({
      state: 'holds',
      quote: { cable: '07MADRID1', paragraph: 2, mark: '(C)' },
    });
  });

  it('holds in another place of its cable, where a paragraph came before it', async () => {
    const body = BODY.replace(
      '2. (C)',
      '2. (U) Another paragraph came before it, of no matter.\n\n3. (C)',
    );
    await take('moved', written('c.json', body.replace('3. (C)', '2. (C)')));
    expect(await checked('moved', receipt)).toMatchObject({ state: 'holds', moved: true });
  });

  it('is told, word by word, what has taken the place of its text', async () => {
    await take('replaced', written('d.json', BODY));
    const changed = BODY.replace('40 million', '45 million').replace('were not sold', 'were sold');
    await take('replaced', written('d.json', changed));
    const verified = await checked('replaced', receipt);
    if (verified.state !== 'replaced') throw new Error(verified.state);
    expect(verified.before.text).toContain('40 million barrels were not sold');
    expect(verified.now?.text).toContain('45 million barrels were sold');
    expect(
      verified.changes.filter(({ kind }) => kind === 'removed').map(({ words }) => words),
    ).toEqual(['40', expect.stringContaining('not')]);
    await take('replaced', written('d.json', BODY));
    expect(await checked('replaced', receipt)).toMatchObject({ state: 'holds' });
  });

  it('masks a name that either text asks to protect in both, and claims no mask where none is', async () => {
    const ceiling: Ceiling = { ...NO_CEILING, masked: true };
    const asking = BODY.replace('The minister', 'Deputy Ola Nordmann (protect)');
    await take('asking', written('e.json', asking));
    const [asked = ''] = await quotesIn('asking', ceiling);
    expect(asked).toMatch(/\/masked$/);
    await take('asking', written('e.json', asking.replace(' (protect)', '').replace('40', '45')));
    const verified = await checked('asking', asked, ceiling);
    expect(verified.state).toBe('replaced');
    expect(JSON.stringify(verified)).not.toMatch(/Ola|Nordmann/);
    expect(await checked('json', `${receipt}/masked`)).toMatchObject({ state: 'not held' });
  });

  it('shows nothing of what a cable said before it was classified higher', async () => {
    const low: Ceiling = { mark: 'U', classification: 'U', noforn: true };
    const open = BODY.replace('C O N F I D E N T I A L', 'UNCLAS').replace('2. (C)', '2. (U)');
    const as = (classification: string, body: string): string => {
      const file = written('e.json', body);
      const fields = { id: '07MADRID1', date: '2007-03-14', classification, header: '', body };
      writeFileSync(file, JSON.stringify(fields));
      return file;
    };
    await take('higher', as('UNCLASSIFIED', open));
    const before = await quotesIn('higher');
    const [openReceipt = ''] = before;
    expect(await checked('higher', openReceipt, low)).toMatchObject({ state: 'holds' });
    await take('higher', as('SECRET', BODY.replace('2. (C)', '2. (S)')));
    expect(await checked('higher', openReceipt, low)).toEqual({
      state: 'not held',
      cable: '07MADRID1',
    });
    expect(await checked('higher', openReceipt)).toMatchObject({ state: 'replaced' });
  });

  it('of a line that prints a field holds in another form, and is of nothing else', async () => {
    const start = BODY.indexOf('SUBJECT');
    const line = 'SUBJECT: A VISIT';
    const place = { in: 'body' as const, start, end: start + line.length };
    const ofLine = receiptOf('07MADRID1', place, line);
    expect(await checked('json', ofLine)).toMatchObject({ state: 'holds', moved: false });
    expect(await checked('csv', ofLine)).toMatchObject({ state: 'holds', quote: { text: line } });
    const slice = 'barrels were not sold';
    const from = BODY.indexOf(slice);
    const ofSlice = receiptOf(
      '07MADRID1',
      { in: 'body', start: from, end: from + slice.length },
      slice,
    );
    expect(await checked('json', ofSlice)).toMatchObject({ state: 'not held' });
    for (const [at, to] of [
      [5, 5],
      [0, 99_999],
    ] as const) {
      const text = BODY.slice(at, to);
      const odd = receiptOf('07MADRID1', { in: 'body', start: at, end: to }, text);
      expect(await checked('json', odd)).toMatchObject({ state: 'not held' });
    }
  });

  it('is not held where no such text is or was, or none that may be shown', async () => {
    const low: Ceiling = { mark: 'U', classification: 'U', noforn: true };
    const notHeld = { state: 'not held', cable: '07MADRID1' };
    expect(await checked('json', receipt, low)).toEqual(notHeld);
    expect(await checked('replaced', receipt, low)).toEqual(notHeld);
    const made = receiptOf('07MADRID1', 2, 'The minister said that 40 million barrels were sold.');
    expect(await checked('json', made)).toEqual(notHeld);
    expect(await checked('json', receiptOf('07NOWHERE1', 2, 'x'))).toMatchObject({
      state: 'not held',
    });
    const header = receiptOf('07MADRID1', { in: 'body', start: 0, end: BODY.length }, BODY);
    expect(await checked('json', header, { ...low, classification: 'TS' })).toEqual(notHeld);
  });
});

/** Of the public cables one in so many is taken. */
const OF_THEM = 8;

describe.skipIf(publicCables === null)('every paragraph of some public cables', () => {
  it('has a receipt that holds in an index made from what export gives', async () => {
    const files = (await listFiles([publicCables ?? '']))
      .filter((_, i) => i % OF_THEM === 0)
      .map(({ path: file }) => file);
    await take('public', ...files, SAMPLES);
    const engine = new EmbeddedEngine(path.join(folder, 'public'));
    const generation = await engine.open(embedder);
    const corpus = await generation.corpus();
    const file = path.join(folder, 'export.jsonl');
    const receipts: string[] = [];
    const lines: string[] = [];
    for (const cable of await corpus.cables(await corpus.ids())) {
      const { id, header, body, date, classification, origin } = cable;
      lines.push(
        JSON.stringify({
          id,
          header,
          body: body.replaceAll('\n', '\r\n'),
          date,
          classification,
          origin,
        }),
      );
      for (const [ordinal, span] of cable.spans.entries()) {
        if (span.kind === 'paragraph') receipts.push(quotedSpan(cable, ordinal, span).receipt);
      }
    }
    await generation.close();
    writeFileSync(file, lines.join('\n'));
    expect(readFileSync(file, 'utf8').length).toBeGreaterThan(200_000);
    await take('again', file);
    const again = await new EmbeddedEngine(path.join(folder, 'again')).open(embedder);
    const other = await again.corpus();
    let held = 0;
    for (const receipt of receipts) {
      const read = readReceipt(receipt);
      if (read !== null && (await verify(other, read)).state === 'holds') held++;
    }
    await again.close();
    expect(receipts.length).toBeGreaterThan(500);
    expect(held).toBe(receipts.length);
  });
});
