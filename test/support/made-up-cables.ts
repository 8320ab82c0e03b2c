import type { Ceiling } from '../../src/cable/ceiling.js';
import { readFields } from '../../src/cable/read.js';
import type { Cable } from '../../src/cable/cable.js';
import { LEVELS } from '../../src/cable/types.js';

const CLASSIFICATIONS = [
  'UNCLASSIFIED',
  'UNCLASSIFIED//FOR OFFICIAL USE ONLY',
  'CONFIDENTIAL',
  'SECRET',
  'SECRET//NOFORN',
  'TOP SECRET',
  'NOBODY KNOWS',
];
const MARKS = ['(U)', '(SBU)', '(C)', '(C/NF)', '(S)', '(TS)', ''];
export const WORDS = 'oil harbor minister wedding treaty border judge vote fish river'.split(' ');

/** Who said it: another in each paragraph, so that its letters stand nowhere else. */
function told(c: number, m: number): string {
  const person =
    ['Adams', 'Brown', 'Clark', 'Davis', 'Evans', 'Foster', 'Green'][(c + m) % 7] ?? '';
  const day = `${String(c + 1)} of ${['May', 'June', 'July', 'August', 'March', 'April', 'October'][m] ?? ''}`;
  return `So said ${person} on the ${day} in the house number ${String(100 * c + m)} at the lake.`;
}

/** A cable of every classification with paragraphs of every mark, headings between them. */
export const CABLES: readonly Cable[] = CLASSIFICATIONS.map((classification, c) => {
  const paragraphs = MARKS.map((mark, m) => {
    const words = [0, 1, 2].map((w) => WORDS[(c * 3 + m * 2 + w * w) % WORDS.length]);
    const heading =
      m % 3 === 1 ? `The ${WORDS[(c + m) % WORDS.length] ?? ''} matter\n----\n\n` : '';
    return `${heading}${String(m + 1)}. ${mark} The ${words.join(' and the ')} of place ${'ABCDEFG'.charAt(m)}${String(c)}. ${told(c, m)}`;
  });
  return readFields(`0${String(c)}ZAGREB${String(10 + c)}`, {
    header: 'FM AMEMBASSY ZAGREB',
    body: `TAGS: PREL, ${['HR', 'SI'][c % 2] ?? ''}\nSUBJECT: SUBJECT ${WORDS[c] ?? ''}\n\n${paragraphs.join('\n\n')}\n\nMOON\n`,
    head: { date: `200${String(c)}-05-01`, classification, origin: 'Embassy Zagreb' },
  }).cable;
});

/** Every ceiling there is. */
export const CEILINGS: readonly Ceiling[] = LEVELS.flatMap((mark) =>
  LEVELS.flatMap((classification) =>
    [true, false].map((noforn) => ({ mark, classification, noforn })),
  ),
);
