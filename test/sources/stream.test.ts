import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { ROOT, SAMPLES, temporaryFolder } from '../support/files.js';
import { dumpRow } from '../support/formats.js';
import { readAll } from '../support/public-cables.js';

const ROWS = 30_000;
const FIRST_LOOK = 10_000;
/** Of the heap: less than the file has, and twice what it needs on either Node. */
const HEAP_MB = 192;

describe('a CSV of 30,000 rows', () => {
  it.skipIf(process.platform !== 'linux')(
    'streams: memory at its end is what it was at 10,000 rows',
    async () => {
      const file = path.join(temporaryFolder(), 'cables.csv');
      const bytes = await writeRows(file);
      const started = performance.now();
      const child = spawn(process.execPath, [
        `--max-old-space-size=${HEAP_MB}`,
        path.join(ROOT, 'dist', 'cli', 'main.js'),
        'parse',
        file,
      ]);
      const memory = (): number => {
        const status = readFileSync(`/proc/${String(child.pid)}/status`, 'utf8');
        return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1000;
      };
      let rows = 0;
      let early = 0;
      let late = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        rows++;
        if (rows === FIRST_LOOK) early = memory();
        if (rows > FIRST_LOOK && rows % 1000 === 0 && rows < ROWS) late = Math.max(late, memory());
        if (rows === 1) expect(JSON.parse(line)).toMatchObject({ id: '07BEIJING1000001' });
      }
      const rate = bytes / 1e6 / ((performance.now() - started) / 1000);
      console.log(
        `\nresident at ${FIRST_LOOK} rows ${early.toFixed(0)} MB, at most ${late.toFixed(0)} MB until ` +
          `${ROWS}; ${(bytes / 1e6).toFixed(0)} MB at ${rate.toFixed(1)} MB/s`,
      );
      expect(rows).toBe(ROWS);
      // Resident memory may widen to twice as much on a busy machine; the heap has no room for more.
      expect(late).toBeLessThan(early * 3);
    },
  );
});

async function writeRows(file: string): Promise<number> {
  const [sample] = await readAll(path.join(SAMPLES, '001_f0863c296af1ceca.txt'));
  if (sample === undefined) throw new Error('no sample');
  const stream = createWriteStream(file);
  for (let row = 1; row <= ROWS; row++) {
    const id = `07BEIJING${1_000_000 + row}`;
    if (!stream.write(dumpRow({ ...sample.cable, id }, row))) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
  return stream.bytesWritten;
}
