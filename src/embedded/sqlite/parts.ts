import type { Connection } from '../../sqlite/connection.js';
import { Audiences } from './audiences.js';
import { CableRows } from './cable-rows.js';
import { Lexicon } from './lexicon.js';
import { ScoringReader } from './scoring.js';
import { PassageVectorReader } from './passage-vectors.js';
import type { VectorStore } from './vector-store.js';

/** What a store's file is read by; one for all ceilings. */
export interface StoreParts {
  readonly connection: Connection;
  readonly audiences: Audiences;
  readonly lexicon: Lexicon;
  readonly scoring: ScoringReader;
  readonly cables: CableRows;
  readonly vectors: PassageVectorReader;
}

/** `vectors` is where those of its passages are kept; null: none are. */
export function storeParts(connection: Connection, vectors: VectorStore | null = null): StoreParts {
  const audiences = new Audiences(connection);
  return {
    connection,
    audiences,
    lexicon: new Lexicon(connection, audiences),
    scoring: new ScoringReader(connection),
    cables: new CableRows(connection),
    vectors: new PassageVectorReader(connection, vectors),
  };
}

/** Forgets what is kept of a file that has changed. */
export function forgetRows({ scoring, cables }: StoreParts): void {
  scoring.forget();
  cables.forget();
}
