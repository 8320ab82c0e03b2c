import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Cable } from '../../src/cable/cable.js';
import { sentencesOf } from '../../src/cable/sentences.js';
import type { Grade } from '../../src/checking/check.js';
import { comparedWords } from '../../src/cable/words.js';
import { isTurning } from '../../src/checking/differences.js';
import { displayText } from '../../src/quotes/display.js';

export const KINDS = [
  'exact',
  'typographic',
  'ellipsis',
  'word',
  'number',
  'negation',
  'name',
  'splice',
  'false cable',
  'false paragraph',
  'invented',
] as const;
export type Kind = (typeof KINDS)[number];

/** A text with one quotation, made from the cables, with the grade that it should have. */
export interface Made {
  readonly kind: Kind;
  readonly text: string;
  readonly grade: Grade;
  /** What must be named among the differences. */
  readonly named?: 'number' | 'negation';
}

interface Sentence {
  readonly cable: string;
  readonly paragraph: number;
  readonly text: string;
}

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);
const GRADES: Readonly<Record<Kind, Grade>> = {
  ...{ exact: 'exact', typographic: 'exact', ellipsis: 'exact' },
  ...{ word: 'altered', number: 'altered', negation: 'altered', name: 'altered' },
  ...{ splice: 'altered', invented: 'not-found' },
  ...{ 'false cable': 'misattributed', 'false paragraph': 'misattributed' },
};

/** Makes so many quotations of each kind from sentences of cables, the same for the same seed. */
export function makeCheckSet(cables: readonly Cable[], each: number, seed: number): Made[] {
  const random = xoroshiro128plus(seed);
  const below = (count: number): number => uniformInt(random, 0, count - 1);
  const pick = <T>(list: readonly T[]): T => {
    const one = list[below(list.length)];
    if (one === undefined) throw new RangeError('an empty list');
    return one;
  };
  const sentences = cables.flatMap((cable) =>
    cable.spans.flatMap(({ kind, number, start, end }): Sentence[] => {
      if (kind !== 'paragraph' || number === null) return [];
      return sentencesOf(displayText(cable.body.slice(start, end)))
        .map((text) => ({ cable: cable.id, paragraph: number, text: text.replace(/\s+/g, ' ') }))
        .filter(({ text }) => {
          const count = words(text).length;
          return (
            count >= 9 &&
            count <= 40 &&
            /^[A-Z][a-z]/.test(text) &&
            // What would be a mark of a quotation or a gap of ours.
            !/["“”„«»‘`[\]…█<>\n]|\.\.|'\B|\B'|[Xx]{3}|_{2}|stamp/.test(text)
          );
        });
    }),
  );
  const times = new Map<string, number>();
  for (const { text } of sentences) times.set(text, (times.get(text) ?? 0) + 1);
  const own = sentences.filter(({ text }) => times.get(text) === 1);
  const texts = new Set(own.map(({ text }) => text));
  const plain = [
    ...new Set(own.slice(0, 4000).flatMap(({ text }) => text.match(/(?<= )[a-z]{5,}(?= )/g) ?? [])),
  ];
  const names = [
    ...new Set(own.flatMap(({ text }) => text.match(/(?<=[a-z] )[A-Z][a-z]{4,}(?= [a-z])/g) ?? [])),
  ];
  const replaced = (text: string, at: RegExpMatchArray, by: string): string =>
    text.slice(0, at.index) + by + text.slice((at.index ?? 0) + at[0].length);

  const change: Readonly<Record<Kind, (sentence: Sentence) => string | null>> = {
    exact: ({ text }) => text,
    typographic({ text }) {
      return pick([
        (of: string) => of.replace(/'/g, '’').replace(/ -+ /g, ' — ').replace(/,/g, ', '),
        (of: string) => of.toUpperCase(),
        (of: string) => of.replace(/^\p{Lu}/u, (letter) => letter.toLowerCase()),
        (of: string) => of.replace(/(\s\S+\s\S+\s\S+)\s/g, '$1\n'),
        (of: string) => of.replace(/-/g, '–').replace(/\.$/, ','),
        (of: string) => of.replace(/(\w)-(\w)/g, '$1 $2').replace(/\s/g, '  '),
      ])(text);
    },
    ellipsis({ text }) {
      const all = words(text);
      if (all.length < 14) return null;
      const from = 4 + below(all.length - 12);
      const to = from + 2 + below(3);
      // What is left out of it must not be what turns it round.
      if (comparedWords(all.slice(from, to).join(' ')).some(isTurning)) return null;
      return [...all.slice(0, from), pick(['…', '...', '[…]', '. . .']), ...all.slice(to)].join(
        ' ',
      );
    },
    word({ text }) {
      const found = [...text.matchAll(/(?<= )[a-z]{5,}(?= )/g)];
      if (found.length === 0) return null;
      const at = pick(found);
      const by = pick(plain);
      return by === at[0] ? null : replaced(text, at, by);
    },
    number({ text }) {
      const found = [...text.matchAll(/(?<![\w.])\d+(?![\w.,]*\d)/g)];
      if (found.length === 0) return null;
      const at = pick(found);
      return replaced(text, at, String(Number(at[0]) + 1 + below(8)));
    },
    negation({ text }) {
      const at = / (?:not|never)(?= )/.exec(text);
      return at === null ? null : replaced(text, at, '');
    },
    name({ text }) {
      const found = [...text.matchAll(/(?<=[a-z] )[A-Z][a-z]{4,}(?= [a-z])/g)];
      if (found.length === 0) return null;
      const at = pick(found);
      const by = pick(names);
      return by === at[0] ? null : replaced(text, at, by);
    },
    splice({ cable, text }) {
      const isSame = below(2) === 0;
      const near = isSame ? own.filter((each) => each.cable === cable) : own;
      const other = pick(near).text;
      if (other === text) return null;
      const [a, b] = [words(text), words(other)];
      return [...a.slice(0, Math.ceil(a.length * 0.6)), ...b.slice(Math.floor(b.length / 2))].join(
        ' ',
      );
    },
    'false cable': ({ text }) => text,
    'false paragraph': ({ text }) => text,
    invented() {
      const [who, where, what, more] = [pick(names), pick(names), pick(plain), pick(plain)];
      const number = 2 + below(90);
      return pick([
        `${who} told reporters in ${where} that his party would never accept a cut of ${number} percent in the ${what} budget`,
        `The minister privately admitted that ${number} lorries with ${what} had crossed the frontier before dawn near ${where}`,
        `We were surprised to learn that ${who} had already sold the ${what} to a buyer from ${where} last spring`,
        `Nobody in ${where} believes the ${what} will be ready, ${who} said over a rather late dinner with friends`,
        `It would be a grave mistake to treat ${who} as another ${what} in a region full of ${more}`,
        `Embassy staff watched ${who} burn ${number} boxes of ${what} behind the old post office in ${where}`,
      ]);
    },
  };

  const made: Made[] = [];
  for (const kind of KINDS) {
    for (let count = 0; count < each;) {
      const sentence = pick(own);
      const text = change[kind](sentence);
      if (text === null || (kind !== 'exact' && !kind.startsWith('false') && texts.has(text)))
        continue;
      const other = pick(own);
      if (other.cable === sentence.cable) continue;
      const paragraph = kind === 'false paragraph' ? sentence.paragraph + 1 : sentence.paragraph;
      const cable = kind === 'false cable' ? other.cable : sentence.cable;
      const isFalse = kind.startsWith('false');
      made.push({
        kind,
        text:
          isFalse || below(2) === 0
            ? claimed(text, cable, paragraph, below(3))
            : `They wrote: “${text}”`,
        grade: GRADES[kind],
        ...((kind === 'number' || kind === 'negation') && { named: kind }),
      });
      count++;
    }
  }
  return made;
}

function claimed(text: string, cable: string, paragraph: number, how: number): string {
  if (how === 0) return `“${text}” (${cable}, ¶${paragraph})`;
  if (how === 1) return `In ${cable}, paragraph ${paragraph}, the post wrote: "${text}"`;
  return `> ${text.replace(/\n/g, '\n> ')}\n\n— ${cable} ¶${paragraph}`;
}
