import { SourceError } from './source-error.js';

/** What bounds the memory that reading takes. */
export interface SourceLimits {
  /** Bytes of a file that is read whole: a page, a text, a JSON document. */
  readonly wholeFile: number;
  /** Bytes of one line of JSONL. */
  readonly line: number;
  /** Bytes of one row of a CSV file; beyond it the rest of the file cannot be read. */
  readonly row: number;
  /** What is set aside one after the other and named each by itself; the rest is counted. */
  readonly badStretch: number;
  /** Archives inside archives. */
  readonly depth: number;
  /** A file may expand to `free` bytes, and beyond that to `ratio` times its own size. */
  readonly expansion: { readonly free: number; readonly ratio: number };
}

const MIB = 1024 * 1024;

/**
 * No single cable comes near a tenth of them: the longest public one has 140 kB. Archives of cables
 * shrink to a fifteenth or so of their size.
 */
export const SOURCE_LIMITS: SourceLimits = {
  wholeFile: 64 * MIB,
  line: 64 * MIB,
  row: 512 * MIB,
  badStretch: 1000,
  depth: 4,
  expansion: { free: 64 * MIB, ratio: 100 },
};

/** A file expands beyond its budget: nothing more of it is read. */
export class ExpansionError extends SourceError {}

/** What a file may still expand to; all its layers count together. */
export class ExpansionBudget {
  #left: number;

  constructor(
    private size: number,
    private readonly limits: SourceLimits,
  ) {
    this.#left = limits.expansion.free + limits.expansion.ratio * size;
  }

  /** More of the file itself has come, where its size was not known. */
  grow(bytes: number): void {
    this.size += bytes;
    this.#left += this.limits.expansion.ratio * bytes;
  }

  /** Counts expanded bytes. Throws an {@link ExpansionError} when there are too many. */
  spend(bytes: number): void {
    this.#left -= bytes;
    if (this.#left >= 0) return;
    const { free, ratio } = this.limits.expansion;
    throw new ExpansionError(
      `${sizeOf(this.size)} expand to more than ${sizeOf(free + ratio * this.size)}, which no ` +
        `archive of cables does; reading stopped there`,
    );
  }
}

/** `12.3 MB` or `4.5 kB`, for messages. */
export function sizeOf(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
