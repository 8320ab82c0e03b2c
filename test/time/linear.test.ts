import { describe, expect, it } from 'vitest';
import { detailsOf } from '../../src/cable/details.js';
import { idsInText } from '../../src/cable/id.js';
import { passagesOf } from '../../src/cable/passage.js';
import { placedSentences } from '../../src/cable/placed-sentences.js';
import { readFields } from '../../src/cable/read.js';
import { searchText } from '../../src/cable/search-text.js';
import { sentencesOf } from '../../src/cable/sentences.js';
import { stemsOf } from '../../src/cable/terms.js';
import { printable, visible } from '../../src/cli/visible.js';
import { bold, escapeMarkdown, unescapeMarkdown } from '../../src/discord/markdown.js';
import { withoutMarkdown } from '../../src/discord/read-message.js';
import { pagesOf } from '../../src/discord/render/pages.js';
import { displayText, wrapText } from '../../src/quotes/display.js';
import { segmentsOf, withSigns } from '../../src/quotes/segments.js';
import { heldOut } from './hostile.js';
import { analyse, LONGEST_QUESTION } from '../../src/search/analyse.js';
import { highlightsOf } from '../../src/search/answering-sentences.js';
import { foldedText } from '../../src/search/phrases.js';
import { readHtml } from '../../src/sources/html.js';
import { startOf } from '../../src/sources/source.js';
import { readTelegrams } from '../../src/sources/text.js';

/** Characters of a text, and how many times as long the longer one is. */
const LENGTH = 20_000;
const LONGER = 9;
/** Time grows with the length to this power at most; 1 is linear, and a square is 2. */
const EXPONENT = 1.3;
/** Milliseconds below which a time tells nothing. */
const TOO_SHORT = 12;
/** Measured again with texts that are longer: what is noise goes, and a square stays one. */
const ATTEMPTS = 8;

const cableOf = (body: string, header = '') =>
  readFields('09ZAGREB1', { header, body, head: { classification: 'SECRET' } }).cable;

const WORK: Readonly<Record<string, (text: string) => unknown>> = {
  'a body’s fields and spans': (text) => cableOf(text),
  'a body behind its head': (text) =>
    cableOf(
      `S E C R E T ZAGREB 000501\n\nTAGS: PREL\nSUBJECT: ${text.slice(0, 9000)}\n\n1. (S) ${text}\n`,
    ),
  'a header': (text) => cableOf('UNCLAS ZAGREB 000501\n\n1. (U) Text.\n', text),
  'a subject, stated': (text) =>
    passagesOf(
      readFields('09ZAGREB1', { header: '', body: '1. (U) One.', head: { subject: text } }).cable,
    ),
  'the details of a cable': (text) =>
    detailsOf(
      cableOf(`SECRET ZAGREB 000501\n\nTAGS: X\nREF: ${text}\n\n1. (S) ${text}`, `TO ${text}`),
    ),
  passages: (text) => passagesOf(cableOf(`1. (U) ${text}\n\n2. (U) ${text}`)),
  'a text with several telegrams': (text) =>
    readTelegrams(`UNCLAS ZAGREB 000501 ${text}\nSECRET ZAGREB 000502\n${text}`),
  'a page': (text) => readHtml(`<!doctype html><html><table class="cable"><td>${text}<pre>${text}`),
  'the search text': searchText,
  sentences: sentencesOf,
  terms: stemsOf,
  'ids in a text': idsInText,
  'the display of a quote': (text) => displayText(text),
  'lines of a terminal': (text) => wrapText(displayText(text), 80),
  'a quote’s strong parts': (text) => segmentsOf(displayText(withSigns(text, [[10, 2000]]))),
  'what answers in a quote': (text) => {
    const sentences = sentencesOf(searchText(text));
    return highlightsOf(
      placedSentences(text, sentences),
      sentences.map((_, i) => i / 1000),
    );
  },
  'pages of a message': (text) => pagesOf([{ text, strong: false }], 3000),
  'pages of many strong parts': (text) =>
    pagesOf(
      (text.match(/[\s\S]{1,40}/g) ?? []).map((piece, i) => ({ text: piece, strong: i % 2 === 0 })),
      3000,
    ),
  markdown: (text) => unescapeMarkdown(escapeMarkdown(text, [[5, 500]])),
  bold: bold,
  'markdown taken away': withoutMarkdown,
  'control characters': (text) => printable(visible(text)),
  'a folded text': foldedText,
  'the start of a text': startOf,
};

/** Milliseconds of the processor, however busy the machine is. */
function cpuTime(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The power of the length with which time grows: of lengths equally far apart those between have no part in the slope. */
function exponentOf(
  work: (text: string) => unknown,
  textOf: (length: number) => string,
  times: number,
): number {
  const timeOf = (length: number): number => {
    const text = textOf(length * times);
    return cpuTime(() => work(text));
  };
  const long = timeOf(LONGER * LENGTH);
  if (long < TOO_SHORT) return 0;
  return Math.log(long / Math.max(timeOf(LENGTH), TOO_SHORT / LONGER)) / Math.log(LONGER);
}

describe.each(Object.entries(WORK))('the time for %s', (_, work) => {
  it.each(Object.entries(heldOut))('grows with the length alone: %s', (__, textOf) => {
    let least = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < ATTEMPTS && least >= EXPONENT; attempt++) {
      least = Math.min(least, exponentOf(work, textOf, attempt + 1));
    }
    expect(least).toBeLessThan(EXPONENT);
  });
});

describe('a question of the longest length', () => {
  /** Milliseconds for as many readings of it as tell something. */
  const timeOf = (text: string): number =>
    cpuTime(() => {
      for (let i = 0; i < 20; i++) analyse(`and ${text}`.slice(0, LONGEST_QUESTION), ['Who met?']);
    });
  const plain = heldOut['plain words']?.(LONGEST_QUESTION) ?? '';

  it.each(Object.entries(heldOut))('is read as soon as a plain one: %s', (_, textOf) => {
    const usual = Math.max(timeOf(plain), TOO_SHORT);
    expect(timeOf(textOf(LONGEST_QUESTION - 10))).toBeLessThan(30 * usual);
  });
});

describe('what is spread over many', () => {
  it('is no call with hundreds of thousands of arguments', () => {
    const body = Array.from({ length: 390_000 }, (_, i) => `${String(i % 9999)}. x`).join('\n');
    expect(() => cableOf(body)).not.toThrow();
  });
});
