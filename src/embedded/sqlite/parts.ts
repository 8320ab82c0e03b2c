import type { Connection } from '../../sqlite/connection.js';
import { Audiences } from './audiences.js';
import { CableRows } from './cable-rows.js';
import { Lexicon } from './lexicon.js';
import { ScoringReader } from './scoring.js';
import { VectorRows } from './vector-rows.js';

/** What a store's file is read by; one for all ceilings. */
export interface StoreParts {
  readonly connection: Connection;
  readonly audiences: Audiences;
  readonly lexicon: Lexicon;
  readonly scoring: ScoringReader;
  readonly cables: CableRows;
  readonly vectors: VectorRows;
}

export function storeParts(connection: Connection): StoreParts {
  const audiences = new Audiences(connection);
  return {
    connection,
    audiences,
    lexicon: new Lexicon(connection, audiences),
    scoring: new ScoringReader(connection),
    cables: new CableRows(connection),
    vectors: new VectorRows(connection),
  };
}

/** Forgets what is kept of a file that has changed. */
export function forgetRows({ scoring, cables, vectors }: StoreParts): void {
  scoring.forget();
  cables.forget();
  vectors.forget();
}
