import { Presets, SingleBar } from 'cli-progress';
import type { Output } from './command.js';

/** Between two lines where standard error is no terminal. */
const LINE_EVERY_MS = 10_000;

/** Shows how far work has come: a bar on a terminal, a line now and then elsewhere. */
export interface Progress {
  /** `note` stands behind the counts: a rate, for one. */
  update(label: string, done: number, total: number, note?: string): void;
  stop(): void;
}

export function createProgress(output: Output, clock: () => number): Progress {
  return output.errTerminal ? bar() : lines(output, clock);
}

function bar(): Progress {
  const shown = new SingleBar(
    {
      format: '{label} {bar} {value}/{total} {note}{eta_formatted} left',
      hideCursor: true,
      clearOnComplete: true,
      etaBuffer: 200,
      stream: process.stderr,
    },
    Presets.shades_classic,
  );
  let label = '';
  return {
    update(next, done, total, note = '') {
      if (next !== label) {
        if (label !== '') shown.stop();
        shown.start(total, done, { label: next, note });
        label = next;
      }
      shown.setTotal(total);
      shown.update(done, { label: next, note });
    },
    stop() {
      if (label !== '') shown.stop();
    },
  };
}

function lines(output: Output, clock: () => number): Progress {
  let last = clock();
  return {
    update(label, done, total, note = '') {
      if (clock() - last < LINE_EVERY_MS) return;
      last = clock();
      output.err(`${label} ${done} of ${total} ${note.replace(/, $/, '')}\n`);
    },
    stop() {
      last = clock();
    },
  };
}
