import { Presets, SingleBar } from 'cli-progress';
import type { Output } from './command.js';

/** Between two lines where standard error is no terminal. */
const LINE_EVERY_MS = 10_000;

/** Columns of a bar, and of all else on its line: on a narrow terminal the counts are left out. */
const WIDEST_BAR = 40;
const NARROWEST_BAR = 8;
const WITH_COUNTS = 72;
const WITHOUT_COUNTS = 52;

/** How far work has come, and in what. */
export interface ProgressStep {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  /** What is counted: `kB`, `vectors`. */
  readonly unit: string;
  /** How fast it is, in words. */
  readonly rate?: string;
}

/** Shows how far work has come: a bar on a terminal, a line now and then elsewhere. */
export interface Progress {
  update(step: ProgressStep): void;
  stop(): void;
}

/** `clock` tells milliseconds. */
export function createProgress(output: Output, clock: () => number): Progress {
  return output.errTerminal ? bar(output.columns, clock) : lines(output, clock);
}

function bar(columns: number, clock: () => number): Progress {
  const narrow = columns < WITH_COUNTS + NARROWEST_BAR;
  const others = narrow ? WITHOUT_COUNTS : WITH_COUNTS;
  const shown = new SingleBar(
    {
      format: `{label} {percentage}% {bar} ${narrow ? '' : '{value}/{total} {unit}, '}{rest}`,
      barsize: Math.max(Math.min(columns - others, WIDEST_BAR), NARROWEST_BAR),
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
    },
    Presets.shades_classic,
  );
  let label = '';
  let started = 0;
  return {
    update({ label: next, done, total, unit, rate }) {
      const left = timeLeft(clock() - started, done, total);
      const told = [rate, left].filter((each) => each !== undefined).join(', ');
      const rest = next === label ? told : '';
      if (next !== label) {
        if (label !== '') shown.stop();
        started = clock();
        shown.start(total, done, { label: next, unit, rest });
        label = next;
      }
      shown.setTotal(total);
      shown.update(done, { label: next, unit, rest });
    },
    stop() {
      if (label !== '') shown.stop();
    },
  };
}

/** Too little has passed to tell how long the rest takes. */
const TOO_SOON_MS = 2000;

/** `3m 12s left`, by the time that what is done has taken; nothing where that tells nothing. */
export function timeLeft(elapsed: number, done: number, total: number): string | undefined {
  if (elapsed < TOO_SOON_MS || done <= 0 || done >= total) return undefined;
  const seconds = Math.max(Math.ceil(((elapsed / done) * (total - done)) / 1000), 1);
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds}s left`;
  if (minutes < 60) return `${minutes}m ${seconds % 60}s left`;
  return `${Math.floor(minutes / 60)}h ${minutes % 60}m left`;
}

function lines(output: Output, clock: () => number): Progress {
  let last = clock();
  return {
    update({ label, done, total, unit, rate }) {
      if (clock() - last < LINE_EVERY_MS) return;
      last = clock();
      const told = rate === undefined ? '' : `, ${rate}`;
      output.err(`${label} ${done} of ${total} ${unit}${told}\n`);
    },
    stop() {
      last = clock();
    },
  };
}
