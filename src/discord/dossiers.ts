import { z } from 'zod';
import { InputError } from '../errors.js';
import type { Connection } from '../sqlite/connection.js';

const kept = z.object({
  key: z.number(),
  receipt: z.string(),
  note: z.string(),
  /** Who has added it: a person's id on Discord; empty in a terminal. */
  addedBy: z.string(),
  /** YYYY-MM-DD. */
  at: z.string(),
});

/** A quote in a dossier: its receipt, and what is noted of it. The text itself is the index's. */
export type KeptQuote = z.infer<typeof kept>;

/** A quote as it is added; the server that a channel's dossier goes with, if it is in one. */
export type AddedQuote = Omit<KeptQuote, 'key'> & { readonly server?: string | null };

/** Whose a dossier is: `person:1`, `channel:2`, `terminal:mine`. */
export type DossierOwner = `${'person' | 'channel' | 'terminal'}:${string}`;

/** The dossiers among what is kept. */
export interface Dossiers {
  /** The quotes of a dossier, in its order. */
  dossier(owner: DossierOwner): KeptQuote[];
  /** Adds a quote behind the last; one that is in it is left as it is. Throws {@link InputError} where it is full. */
  addToDossier(owner: DossierOwner, quote: AddedQuote): KeptQuote;
  noteInDossier(owner: DossierOwner, key: number, note: string): boolean;
  /** Moves a quote up (−1) or down (1) by one; false where it is not in it, or stands at that end. */
  moveInDossier(owner: DossierOwner, key: number, by: -1 | 1): boolean;
  removeFromDossier(owner: DossierOwner, key: number): boolean;
  /** Deletes a dossier; returns how many quotes it had. */
  deleteDossier(owner: DossierOwner): number;
  /** Deletes what somebody has put into any dossier. Returns how many quotes. */
  forgetDossiers(person: string): number;
}

/** Quotes of a dossier, and characters of a note, at most. */
export const MOST_QUOTES = 300;
export const LONGEST_NOTE = 1000;

const COLUMNS = 'key, receipt, note, added_by AS addedBy, at';

/** A note as it is kept. Throws {@link InputError} where it is too long. */
function noteOf(note: string): string {
  if (note.length <= LONGEST_NOTE) return note;
  throw new InputError('DOSSIER_NOTE', {
    what: `the note has ${note.length} characters`,
    todo: `${LONGEST_NOTE} are kept at most`,
  });
}

export function createDossiers(connection: Connection): Dossiers {
  const all = (owner: DossierOwner): KeptQuote[] =>
    connection.rows(
      kept,
      `SELECT ${COLUMNS} FROM dossier WHERE owner = ? ORDER BY position`,
      owner,
    );
  const of = 'WHERE owner = ? AND key = ?';
  return {
    dossier: all,
    addToDossier(owner, { receipt, note, addedBy, at, server = null }) {
      return connection.transaction(() => {
        const before = all(owner);
        const known = before.find((each) => each.receipt === receipt);
        if (known !== undefined) {
          if (note === '') return known;
          this.noteInDossier(owner, known.key, note);
          return { ...known, note };
        }
        if (before.length >= MOST_QUOTES) {
          throw new InputError('DOSSIER_FULL', {
            what: `the dossier has ${MOST_QUOTES} quotes, and takes no more`,
            todo: 'export it, and remove some of them',
          });
        }
        const sql = `INSERT INTO dossier (owner, position, receipt, note, added_by, at, server)
          VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM dossier WHERE owner = ?), ?, ?, ?, ?, ?)`;
        const own = noteOf(note);
        const key = connection.insert(sql, owner, owner, receipt, own, addedBy, at, server);
        return { key, receipt, note: own, addedBy, at };
      });
    },
    noteInDossier: (owner, key, note) =>
      connection.run(`UPDATE dossier SET note = ? ${of}`, noteOf(note), owner, key) > 0,
    moveInDossier(owner, key, by) {
      return connection.transaction(() => {
        const quotes = all(owner);
        const at = quotes.findIndex((each) => each.key === key);
        const [here, other] = [quotes[at], quotes[at + by]];
        if (here === undefined || other === undefined) return false;
        const order = quotes.map((each) =>
          each === here ? other.key : each === other ? here.key : each.key,
        );
        for (const [i, each] of order.entries()) {
          connection.run(`UPDATE dossier SET position = ? ${of}`, i + 1, owner, each);
        }
        return true;
      });
    },
    removeFromDossier: (owner, key) => connection.run(`DELETE FROM dossier ${of}`, owner, key) > 0,
    deleteDossier: (owner) => connection.run('DELETE FROM dossier WHERE owner = ?', owner),
    forgetDossiers: (person) =>
      connection.run(
        'DELETE FROM dossier WHERE owner = ? OR added_by = ?',
        `person:${person}`,
        person,
      ),
  };
}
