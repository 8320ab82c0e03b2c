import { distance } from 'fastest-levenshtein';
import { formatCableId, parseCableId, statedId } from '../cable/id.js';
import type { Cable } from '../cable/types.js';
import { NotFoundError } from '../errors.js';
import type { Store } from '../store/store.js';

/** Characters of what is no id that are compared with ids. */
const LONGEST_WANTED = 80;
/** How many ids are named where one is not there. */
const NEAREST = 3;

/**
 * The cable that somebody means by an id in any form, with or without its year. Throws
 * {@link NotFoundError} that names the nearest ids, or those between which the year must decide.
 */
export function findCable(store: Store, text: string): Cable {
  const stated = statedId(text);
  const exact = stated === null ? null : store.cable(stated);
  if (exact !== null) return exact;
  const parts = parseCableId(text);
  const candidates =
    parts === null
      ? []
      : parts.year === null
        ? store.idsOfAnyYear(`${parts.post}${parts.number}`)
        : [formatCableId(parts) ?? ''];
  if (candidates.length > 1) {
    throw new NotFoundError(
      'CABLE_AMBIGUOUS',
      `${text} may be ${candidates.join(' or ')}; state the year`,
    );
  }
  const cable = candidates[0] === undefined ? null : store.cable(candidates[0]);
  if (cable !== null) return cable;
  const wanted =
    parts === null
      ? text
          .slice(0, LONGEST_WANTED)
          .toUpperCase()
          .replace(/[^A-Z0-9]/g, '')
      : `${parts.year ?? ''}${parts.post}${parts.number}`;
  const near = nearestIds(store.ids(), wanted, parts?.year === null);
  const hint = near.length === 0 ? 'the index is empty' : `the nearest are ${near.join(', ')}`;
  throw new NotFoundError('CABLE_NOT_FOUND', `no cable ${wanted || text} in the index; ${hint}`);
}

function nearestIds(ids: readonly string[], wanted: string, withoutYear: boolean): string[] {
  return ids
    .map((id) => ({ id, away: distance(withoutYear ? id.slice(2) : id, wanted) }))
    .sort((a, b) => a.away - b.away || a.id.localeCompare(b.id))
    .slice(0, NEAREST)
    .map(({ id }) => id);
}
