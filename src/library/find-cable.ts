import { distance } from 'fastest-levenshtein';
import { formatCableId, parseCableId, statedId } from '../cable/id.js';
import type { Cable } from '../cable/cable.js';
import type { Corpus } from '../corpus/corpus.js';
import { NotFoundError } from '../errors.js';

/** Characters of what is no id that are compared with ids. */
const LONGEST_WANTED = 80;
/** How many ids are named where one is not there. */
const NEAREST = 3;

/**
 * The cable that somebody means by an id in any form, with or without its year. Throws
 * {@link NotFoundError} that names the nearest ids, or those between which the year must decide.
 */
export async function findCable(corpus: Corpus, text: string): Promise<Cable> {
  const stated = statedId(text);
  const parts = parseCableId(text);
  const candidates =
    parts === null
      ? []
      : parts.year === null
        ? ((await corpus.lookUp({ numbers: [`${parts.post}${parts.number}`] })).ofAnyYear[0] ?? [])
        : [formatCableId(parts) ?? ''];
  // The id as it is stated first: it may keep a misprint of its post that is its name.
  const wanted = [...(stated === null ? [] : [stated]), ...candidates];
  const found = candidates.length > 1 ? [] : await corpus.cables([...new Set(wanted)]);
  const [cable] = found;
  if (cable !== undefined) return cable;
  if (candidates.length > 1) {
    throw new NotFoundError('CABLE_AMBIGUOUS', {
      what: `${text} may be ${candidates.join(' or ')}`,
      todo: 'state the year',
      context: { asked: text },
    });
  }
  throw await notFound(corpus, text, parts);
}

async function notFound(
  corpus: Corpus,
  text: string,
  parts: ReturnType<typeof parseCableId>,
): Promise<NotFoundError> {
  const wanted =
    parts === null
      ? text
          .slice(0, LONGEST_WANTED)
          .toUpperCase()
          .replace(/[^A-Z0-9]/g, '')
      : `${parts.year ?? ''}${parts.post}${parts.number}`;
  const near = nearestIds(await corpus.ids(), wanted, parts?.year === null);
  return new NotFoundError('CABLE_NOT_FOUND', {
    what: `no cable ${wanted || text} in the index`,
    todo: near.length === 0 ? 'the index is empty' : `the nearest are ${near.join(', ')}`,
    context: { asked: wanted || text },
  });
}

function nearestIds(ids: readonly string[], wanted: string, withoutYear: boolean): string[] {
  return ids
    .map((id) => ({ id, away: distance(withoutYear ? id.slice(2) : id, wanted) }))
    .sort((a, b) => a.away - b.away || a.id.localeCompare(b.id))
    .slice(0, NEAREST)
    .map(({ id }) => id);
}
