import { withCorpus } from '../app.js';
import { cableJson, shownFieldsOf } from '../cable/details.js';
import { canonicalId } from '../cable/id.js';
import type { Cable } from '../cable/cable.js';
import type { Span } from '../cable/types.js';
import { InputError } from '../errors.js';
import { paragraphsOf, readParagraphs } from '../quotes/paragraphs.js';
import { quoteSpan } from '../quotes/quote.js';
import { displayText } from '../quotes/display.js';
import {
  configOf,
  indexCommand,
  json,
  type CliCommand,
  type IndexOptions,
  type Output,
} from './command.js';
import { findCable } from '../library/find-cable.js';
import { parseParagraphs } from './options.js';
import { createRenderer } from './render.js';
import { visible } from './visible.js';

interface CableOptions extends IndexOptions {
  readonly json?: true;
  readonly paragraph?: string;
}

export const cableCommand: CliCommand = {
  add(program, { output }) {
    indexCommand(program, 'cable', 'show a cable, or some of its paragraphs')
      .argument('<id...>', 'its id, as in 07BEIJING1689 or "07 Beijing 1689"')
      .option('--json', 'print it as JSON')
      .option('--paragraph <numbers>', 'only these, as in 4 or 4-6', parseParagraphs)
      .action(async (id: string[], options: CableOptions) => {
        if (id.join('').trim() === '') {
          throw new InputError('USAGE', {
            what: 'give a cable’s id, as in: pilcrow cable 07BEIJING1689',
          });
        }
        refuseSeveral(id);
        const cable = await withCorpus(configOf(options), (corpus) =>
          findCable(corpus, id.join(' ')),
        );
        const spans =
          options.paragraph === undefined
            ? cable.spans
            : paragraphsOf(cable, options.paragraph).map(({ span }) => span);
        const missing = missingNumbers(spans, options.paragraph);
        if (missing.length > 0) output.err(`${cable.id} has no ${rangesTold(missing)}\n`);
        output.out(
          options.json
            ? json(asJson(cable, spans))
            : readable(cable, spans, output, options.paragraph),
        );
      });
  },
};

/** `07 Beijing 1689` is one id in three words; two ids are two cables. */
function refuseSeveral(words: readonly string[]): void {
  const ids = words.flatMap((word) => canonicalId(word) ?? []);
  if (ids.length < 2) return;
  throw new InputError('USAGE', {
    what: `these are ${ids.length} ids (${ids.join(', ')})`,
    todo: `show one cable at a time, as in: pilcrow cable ${ids[0] ?? ''}`,
  });
}

/** `¶6–¶9, ¶12`. */
function rangesTold(numbers: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const number of numbers) {
    const range = ranges.at(-1);
    if (range?.[1] === number - 1) range[1] = number;
    else ranges.push([number, number]);
  }
  return ranges
    .map(([first, last]) => (first === last ? `¶${first}` : `¶${first}–¶${last}`))
    .join(', ');
}

/** Numbers of a range that a cable does not have. */
function missingNumbers(spans: readonly Span[], text: string | undefined): number[] {
  const wanted = text === undefined ? null : readParagraphs(text);
  if (wanted === null || wanted === 'summary') return [];
  const { from, to } = wanted;
  const held = new Set(spans.map(({ number }) => number));
  const numbers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return numbers.filter((number) => !held.has(number));
}

function asJson(cable: Cable, chosen: readonly Span[]): object {
  const paragraphs = chosen.map((span) => ({ ...span, ...quoteSpan(cable, span) }));
  return { ...cableJson(cable), canonicalId: canonicalId(cable.id), paragraphs };
}

function readable(
  cable: Cable,
  spans: readonly Span[],
  output: Output,
  range: string | undefined,
): string {
  const renderer = createRenderer(output);
  const body = spans.map((span) => {
    const { text, citation } = quoteSpan(cable, span);
    const shown = visible(displayText(text, { keepStamps: span.kind === 'preamble' }));
    if (range !== undefined) return `${shown}\n${renderer.level(span.level, `— ${citation}`)}`;
    if (span.kind === 'heading') return renderer.bold(shown);
    return span.kind === 'paragraph' ? renderer.level(span.level, shown) : renderer.dim(shown);
  });
  const head = [
    renderer.bold(`${cable.id}  ${cable.subject ?? '(no subject)'}`),
    [
      cable.origin ?? 'origin unknown',
      cable.date ?? 'date unknown',
      cable.classification ?? 'classification unknown',
    ].join(', '),
    ...shownFieldsOf(cable, 'terminal').map(
      ({ label, entries, separator }) => `${label}: ${entries.join(separator)}`,
    ),
  ];
  const [title = '', ...fields] = head;
  const above = [title, ...fields.map(visible)].join('\n');
  return `${(range === undefined ? [above, ...body] : body).join('\n\n')}\n`;
}
