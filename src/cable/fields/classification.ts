import { firstClassificationLine } from '../classification-lines.js';
import { linesOf } from '../lines.js';

/** Captions under the classification line that belong to the classification. */
const CAPTION_LINES = 14;

/**
 * The whole cable's classification in the archive's spelling, from the body's first line and the
 * captions under it (NOFORN, SENSITIVE), or null where no such line stands in it.
 */
export function readClassification(body: string): string | null {
  const line = firstClassificationLine(body);
  if (line === null) return null;
  const captions = linesOf(body.slice(line.start, line.start + 1500))
    .slice(0, CAPTION_LINES)
    .map(({ trimmed }) => trimmed.toUpperCase());
  if (line.level === 'UNCLASSIFIED') {
    const sensitive =
      line.officialUse || captions.some((each) => /^SENSITIVE\b|\bFOUO\b/.test(each));
    return sensitive ? 'UNCLASSIFIED//FOR OFFICIAL USE ONLY' : 'UNCLASSIFIED';
  }
  const noforn = captions.some((each) => /^(?:[A-Z\s/]*[\s/])?NO ?FORN\b/.test(each));
  return noforn ? `${line.level}//NOFORN` : line.level;
}
