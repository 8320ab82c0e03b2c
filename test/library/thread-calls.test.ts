import { describe, expect, it } from 'vitest';
import { openThread } from '../../src/thread-calls.js';

const WORKER = new URL('../support/dying-worker.js', import.meta.url).href;

interface Dying extends Record<string, (...given: never[]) => unknown> {
  readonly count: () => number;
  readonly slow: () => Promise<void>;
  readonly die: () => void;
}

describe('a thread', () => {
  it('that dies fails the calls under way, and is started anew for the next', async () => {
    const thread = await openThread<Dying>(WORKER, null);
    expect(await thread.call('count')).toBe(1);
    expect(await thread.call('count')).toBe(2);
    const waiting = thread.call('slow');
    const dying = thread.call('die');
    await expect(dying).rejects.toThrow();
    await expect(waiting).rejects.toThrow();
    expect(await thread.call('count')).toBe(1);
    expect(await thread.call('count')).toBe(2);
    await thread.close();
    await thread.close();
    await expect(thread.call('count')).rejects.toThrow();
  });
});
