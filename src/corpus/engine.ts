import type { Ceiling } from '../cable/ceiling.js';
import type { ReadPassage } from '../cable/passage.js';
import type { CableOrder, Corpus } from './corpus.js';
import type { PackedVectors } from './packed-vectors.js';
import type { CableRecord } from './record.js';

/** What tells a model from another: an index is searched with the model that made its vectors. */
export interface ModelId {
  readonly name: string;
  readonly fingerprint: string;
  readonly dimension: number;
  /** The directions in which its vectors differ most, one behind the other: near ones are sought by them first. */
  readonly projection: Float32Array | null;
}

/** What is told of a generation of an index: what was published last is what questions meet. */
export interface Published {
  /** Rises by one with every change of the index. */
  readonly generation: number;
  /** An instant, in ISO 8601. */
  readonly created: string;
  readonly model: Omit<ModelId, 'projection'>;
  readonly counts: {
    readonly cables: number;
    readonly paragraphs: number;
    /** Paragraphs as they are searched, and those of them that are found by their vectors. */
    readonly passages: number;
    readonly embedded: number;
    /** A long passage has several. */
    readonly vectors: number;
  };
  /** It holds the samples of `npm start` and nothing else: the reader's own cables take their place. */
  readonly samples?: true | undefined;
}

/** What keeps an index. Every method throws an IndexError where what is kept cannot be used. */
export interface IndexEngine {
  /** What is published, or null where nothing is. */
  published(): Promise<Published | null>;
  /** The same; throws where nothing is. */
  required(): Promise<Published>;
  /**
   * Opens what is published for questions with a model's vectors, or, without a model, for look-ups
   * alone. Throws where nothing is, where it was made with another model, and where a generation is asked
   * for and another is published.
   */
  open(model: ModelId | null, generation?: number): Promise<Generation>;
  /**
   * Locks the index, so that one at a time changes it, until the editor is closed. Throws where another
   * does. Where the index holds the samples alone, a change begins with them or, not to keep them, with
   * nothing.
   */
  lock(model: ModelId, how?: { readonly keepSamples?: boolean }): Promise<IndexEditor>;
  /**
   * Begins to give the passages of what is published their vectors, one at a time; meanwhile others read the index,
   * and change it. "Anew" makes again whatever is derived from the vectors that are kept, and throws away those that
   * are damaged. Throws where nothing is published, and where another is at it.
   */
  embed(
    model: ModelId,
    options?: { readonly order?: CableOrder; readonly anew?: boolean },
  ): Promise<VectorWork>;
  /**
   * Holds what is published still while `work` copies its files; what cannot be held still is copied to a folder first.
   * Throws where nothing is, or it is being changed.
   */
  snapshot<T>(beside: string, work: (files: readonly KeptFile[]) => Promise<T>): Promise<T>;
  /** Throws where anything is kept that an index could be laid over. */
  requireEmpty(): Promise<void>;
  /** Whether a file of this name may belong to an index. */
  isOwn(name: string): boolean;
  /** Takes the files of a snapshot that lie in a folder within it. Throws where they are not whole. */
  adopt(from: string): Promise<void>;
  /** Looks at every part; reads all of it and changes nothing. Without a model what depends on it is left out. */
  examine(model: ModelId | null): Promise<Check[]>;
}

/** A file of an index. */
export interface KeptFile {
  readonly name: string;
  readonly path: string;
}

/** A generation that is open: it stays as it is, whatever is published meanwhile. */
export interface Generation {
  readonly published: Published;
  /** It as a ceiling shows it; one for each ceiling. */
  corpus(ceiling?: Ceiling): Promise<Corpus>;
  close(): Promise<void>;
}

/**
 * Changes an index that it has locked. What is made becomes visible in one step, whole. It publishes once:
 * what it knows of the index is of before.
 */
export interface IndexEditor {
  readonly published: Published | null;
  /** What a change begins with; null: with nothing. */
  readonly base: Published | null;
  /** The content hashes of those of some cables that the base holds. */
  hashesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** What an earlier run, that began with the same base, left unfinished; what is damaged is thrown away. */
  resume(): Promise<Resumed>;
  /** Where it is begun to be done at once, nothing that a killed process leaves of it is gone on with. */
  begin(options?: { readonly atOnce?: boolean }): Promise<Building>;
  /** Makes a finished change the next generation. Where that fails, everything is as it was. */
  publish(building: Building, how: PublishOptions): Promise<Published>;
  /** Throws away the change that is open: the index is as it was. */
  discard(): Promise<void>;
  /** Gives the index free; a change that is open is left as it is. */
  close(): Promise<void>;
}

export interface PublishOptions {
  /** All that it holds is samples. */
  readonly samples: boolean;
}

/** A passage that has no vectors yet, as the model reads it. */
export interface WaitingPassage extends ReadPassage {
  readonly passage: number;
}

/** A passage with the vectors that were made of it. */
export interface EmbeddedPassage {
  readonly passage: number;
  readonly vectors: PackedVectors;
}

/**
 * Gives passages their vectors. What is put is kept for good, whatever becomes of the index meanwhile: the same text
 * is never asked for again. It is found by its vectors once it is published.
 */
export interface VectorWork {
  readonly counts: {
    readonly passages: number;
    /** Of the passages those that have their vectors. */
    readonly embedded: number;
    /** Of those the ones that had them already, from another cable or an earlier index. */
    readonly kept: number;
  };
  /**
   * The next passages without vectors, of whole cables: so many or a few more, or fewer where many were met that had
   * theirs; null behind the last.
   */
  waiting(least: number): Promise<WaitingPassage[] | null>;
  put(made: readonly EmbeddedPassage[]): Promise<void>;
  /**
   * Makes what was put the next generation; null where the index was changed meanwhile: begin again then. Vectors of
   * another model than the index's change nothing before all are there. Throws where the index is being changed.
   */
  publish(): Promise<Published | null>;
  close(): Promise<void>;
}

/** What an earlier run left: its unfinished change, or that it was damaged and is gone. */
export interface Resumed {
  readonly building: Building | null;
  readonly damaged: boolean;
}

/** A change under way; nobody sees it. */
export interface Building {
  /** The content hashes of those of some cables that it holds. */
  hashesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The id of another cable with the very same body, by the body's hash, or null. */
  idOfBody(bodyHash: string, except: string): Promise<string | null>;
  /** Stores cables in place of those with their ids: all of them, or, where it throws, none. */
  put(records: readonly CableRecord[]): Promise<void>;
  /** Takes cables out, with what they said before. */
  remove(ids: readonly string[]): Promise<void>;
  /** The ids of the cables that were put into it, also by the run that it was resumed from, in order. */
  added(): Promise<string[]>;
  /** Leaves it as it is, to be resumed. */
  close(): Promise<void>;
}

/** One part that was looked at: whether it is well, what was seen, and what to do if it is not. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly todo: string | null;
}

/**
 * Opens what is published. Where another generation is published meanwhile, whose ingest takes the files
 * away from under the opening, that one is opened.
 */
export async function openCurrent<P extends Published, T>(
  engine: { required(): Promise<P> },
  open: (published: P) => Promise<T>,
): Promise<T> {
  const published = await engine.required();
  try {
    return await open(published);
  } catch (error) {
    const now = await engine.required();
    if (now.generation === published.generation) throw error;
    return open(now);
  }
}
