import { describe, expect, it } from 'vitest';
import type { RawCable } from '../src/cable/types.js';
import type { SourceItem } from '../src/sources/source.js';
import { workAhead, type Work } from '../src/work-ahead.js';

/** By its path from dist/. */
const WORKER = '../test/support/greedy-worker';
const LENGTHS: Work<readonly RawCable[], number> = {
  worker: WORKER,
  memory: 48,
  taskOf: (cables) => cables,
  work: (cables) => cables.map(({ body }) => body.length),
};

/** Cables of so many characters, some of which nobody can read. */
async function* cables(
  count: number,
  length: number,
  isGreedy: (index: number) => boolean,
): AsyncGenerator<SourceItem> {
  for (let index = 0; index < count; index++) {
    const body = (isGreedy(index) ? 'GREEDY' : 'modest').padEnd(length + index, '.');
    const cable = { id: null, header: '', body, head: {} } as unknown as RawCable;
    yield await Promise.resolve({ kind: 'cable', file: 'a.csv', line: index + 1, cable });
  }
}

describe('cables that are worked on ahead', () => {
  it('sets aside the one that the worker runs out of memory over, and goes on with all others', async () => {
    const greedy = 17;
    const told: (string | number)[] = [];
    for await (const item of workAhead(
      cables(60, 30_000, (index) => index === greedy),
      LENGTHS,
    )) {
      if (item.kind === 'cable') told.push(item.made);
      else told.push(`${String(item.line)}: ${item.reason}`);
    }
    const expected = Array.from({ length: 60 }, (_, index) => 30_000 + index);
    expect(told.filter((_, index) => index !== greedy)).toEqual(
      expected.filter((_, index) => index !== greedy),
    );
    expect(told[greedy]).toMatch(/^18: reading it takes more memory than there is; give Node more/);
  });

  it('ends where many are too large: then it is not the cables', async () => {
    const read = async (): Promise<number> => {
      let aside = 0;
      for await (const item of workAhead(
        cables(25, 300_000, () => true),
        LENGTHS,
      )) {
        if (item.kind === 'setAside') aside++;
      }
      return aside;
    };
    await expect(read()).rejects.toMatchObject({
      code: 'SHORT_OF_MEMORY',
      message: expect.stringContaining('--max-old-space-size') as string,
    });
  });
});
