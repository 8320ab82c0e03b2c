import type { SetAside, SourcePlace } from '../sources/source.js';

/** A cable whose stored text another one has taken the place of. */
export interface Replacement extends SourcePlace {
  readonly id: string;
  /** SHA-256 of the content, before and after. */
  readonly before: string;
  readonly after: string;
}

/** A cable whose body is, character for character, that of another id. */
export interface SameText extends SourcePlace {
  readonly id: string;
  readonly as: string;
}

/** A cable whose body names another post and number than its id does (09MOSCOW1108). */
export interface OtherBody extends SourcePlace {
  readonly id: string;
  /** What the body's first line names: `MOSCOW 1107`. */
  readonly body: string;
}

/** A cable whose source states a day that no calendar has: it is taken in without it. */
export interface WrongDate extends SourcePlace {
  readonly id: string;
  readonly date: string;
}

/**
 * What became of an earlier run that was stopped: what it had taken in of other files was published with
 * these, or its unfinished copy was damaged and thrown away.
 */
export type StoppedRun =
  | { readonly state: 'continued'; readonly added: number; readonly replaced: number }
  | { readonly state: 'damaged' };

/** What was done about the passages that had no vectors. */
export interface EmbedReport {
  /** The model was run for them. */
  readonly embedded: number;
  /** Their vectors were kept, of a cable or an index before. */
  readonly kept: number;
  /** They have none yet. */
  readonly waiting: number;
}

/** The run was stopped; running it again goes on where it was. */
export class Stopped extends Error {
  override readonly name = 'Stopped';

  /** What an ingest had done, where its cables were all taken in and only vectors are left. */
  constructor(readonly report: IngestReport | null = null) {
    super('stopped');
  }
}

/** What a run of ingest did (contract); the lists say what a reader should look at. */
export interface IngestReport {
  readonly cables: {
    readonly added: number;
    readonly unchanged: number;
    readonly replaced: number;
    readonly setAside: number;
  };
  /** Paragraphs of the whole index. */
  readonly paragraphs: number;
  readonly vectors: EmbedReport;
  readonly seconds: number;
  readonly setAside: readonly SetAside[];
  readonly replaced: readonly Replacement[];
  readonly sameText: readonly SameText[];
  readonly otherBody: readonly OtherBody[];
  readonly wrongDates: readonly WrongDate[];
  /** Null where no earlier run was stopped. */
  readonly stopped: StoppedRun | null;
}

/** How far the first stage has come, in bytes of the files. */
export interface CableProgress {
  readonly phase: 'cables';
  readonly done: number;
  readonly total: number;
  /** Passages stored so far, for the rate. */
  readonly passages: number;
}

/** How far the second has come, in passages that have their vectors. */
export interface VectorProgress {
  readonly phase: 'vectors';
  readonly done: number;
  readonly total: number;
  /** Passages that the model was run for, for the rate. */
  readonly made: number;
}

export type IngestProgress = CableProgress | VectorProgress;

/** What a run counts as it goes. */
export interface IngestTally {
  added: number;
  unchanged: number;
  readonly setAside: SetAside[];
  readonly replaced: Replacement[];
  readonly sameText: SameText[];
  readonly otherBody: OtherBody[];
  readonly wrongDates: WrongDate[];
  stopped: StoppedRun | null;
}

export function emptyTally(): IngestTally {
  return {
    added: 0,
    unchanged: 0,
    setAside: [],
    replaced: [],
    sameText: [],
    otherBody: [],
    wrongDates: [],
    stopped: null,
  };
}

/** The report of a run that has ended. */
export function countedReport(
  { added, unchanged, ...lists }: IngestTally,
  whole: Pick<IngestReport, 'paragraphs' | 'vectors' | 'seconds'>,
): IngestReport {
  const { setAside, replaced } = lists;
  return {
    cables: {
      added,
      unchanged,
      replaced: replaced.length,
      setAside: setAside.reduce((sum, { count = 1 }) => sum + count, 0),
    },
    ...whole,
    ...lists,
  };
}
