import { linesOf } from '../lines.js';

/** The first line of a body: its classification, the section, the post and the number. */
export const CLASSIFICATION_LINE =
  /(TOP\s*SECRET|T O P S E C R E T|C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|S ?E ?C ?R ?E ?T|UNCLAS(?:SIFIED)?|LIMITED OFFICIAL USE)[ \t]+(?:(?:SECTION|SEC)[ \t]+\d+[ \t]+OF[ \t]+\d+[ \t]+)?(?!PAGE\b)([A-Z][A-Z .'-]{2,40}?)[ \t]+0*(\d{1,6})(?!\d)/i;

/** Captions under the classification line that belong to the classification. */
const CAPTION_LINES = 14;

/**
 * The whole cable's classification in the archive's spelling, from the body's first line and the
 * captions under it (NOFORN, SENSITIVE), or null where no such line stands in it.
 */
export function readClassification(body: string): string | null {
  const match = CLASSIFICATION_LINE.exec(body.slice(0, 4000));
  if (match?.[1] === undefined) return null;
  const level = match[1].replace(/\s+/g, '').toUpperCase();
  const captions = linesOf(body.slice(match.index, match.index + 1500))
    .slice(0, CAPTION_LINES)
    .map((line) => line.trimmed.toUpperCase());
  const noforn = captions.some((line) => /^(?:[A-Z\s/]*[\s/])?NO ?FORN\b/.test(line));
  if (level.startsWith('UNCLAS')) {
    const sensitive = captions.some((line) => /^SENSITIVE\b|\bFOUO\b/.test(line));
    return sensitive ? 'UNCLASSIFIED//FOR OFFICIAL USE ONLY' : 'UNCLASSIFIED';
  }
  const main =
    level === 'TOPSECRET'
      ? 'TOP SECRET'
      : level === 'LIMITEDOFFICIALUSE'
        ? 'LIMITED OFFICIAL USE'
        : level;
  return noforn ? `${main}//NOFORN` : main;
}
