import { z } from 'zod';
import { showsCable, showsSpan, type Ceiling } from '../../cable/ceiling.js';
import { cableSchema, type Cable } from '../../cable/cable.js';
import { FORMER_TEXTS } from '../../corpus/corpus.js';
import type { CableRecord } from '../../corpus/record.js';
import { sha256OfText } from '../../sha256.js';
import type { Connection } from '../../sqlite/connection.js';
import { CableRows } from './cable-rows.js';
import { packText, unpackText } from '../../sqlite/packed-text.js';
import { damaged } from './trouble.js';

const formerRow = z.object({
  hash: z.string(),
  cable: z.instanceof(Uint8Array).transform(unpackText),
});

/** Keeps what a cable says before another text takes its place. */
export function keepFormer(
  connection: Connection,
  { cable: { id }, bodyHash, headerHash }: CableRecord,
): void {
  const sql = 'SELECT key FROM cable WHERE id = ? AND (body_hash <> ? OR header_hash <> ?)';
  const key = connection.value(z.number(), sql, id, bodyHash, headerHash);
  if (key === null) return;
  const text = JSON.stringify(new CableRows(connection).cable(key));
  connection.run(
    'INSERT INTO former (id, hash, cable) VALUES (?, ?, ?)',
    ...[id, sha256OfText(text), packText(text)],
  );
  connection.run(
    `DELETE FROM former WHERE id = ? AND key NOT IN
       (SELECT key FROM former WHERE id = ? ORDER BY key DESC LIMIT ?)`,
    ...[id, id, FORMER_TEXTS],
  );
}

export function forgetFormer(connection: Connection, id: string): void {
  connection.run('DELETE FROM former WHERE id = ?', id);
}

/** What a cable said before, newest first, as far as a ceiling shows any of it. */
export function formerTexts(connection: Connection, id: string, ceiling: Ceiling): Cable[] {
  const sql = 'SELECT hash, cable FROM former WHERE id = ? ORDER BY key DESC';
  return connection
    .rows(formerRow, sql, id)
    .map(({ hash, cable }) => {
      if (sha256OfText(cable) === hash) return cableSchema.parse(JSON.parse(cable));
      const cause = new Error(`a former text of ${id} is not the one that was stored`);
      throw damaged(connection.file, cause);
    })
    .filter(
      (cable) =>
        showsCable(ceiling, cable) || cable.spans.some((span) => showsSpan(ceiling, cable, span)),
    );
}
