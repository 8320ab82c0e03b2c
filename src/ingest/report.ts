/** What could not be taken in: the file, the line where it is known, and why. */
export interface SetAside {
  readonly file: string;
  readonly line?: number;
  readonly reason: string;
}

/** What a run of ingest did (contract). */
export interface IngestReport {
  readonly cables: {
    readonly added: number;
    readonly unchanged: number;
    readonly replaced: number;
    readonly setAside: number;
  };
  /** Paragraphs of the whole index. */
  readonly paragraphs: number;
  readonly seconds: number;
  readonly setAside: readonly SetAside[];
}

/** How far a run of ingest has come. */
export interface IngestProgress {
  readonly phase: 'cables' | 'vectors';
  readonly done: number;
  readonly total: number;
  /** Passages embedded so far, for the rate. */
  readonly passages: number;
}
