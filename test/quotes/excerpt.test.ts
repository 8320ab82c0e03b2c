import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayText } from '../../src/quotes/display.js';
import { excerptOf } from '../../src/quotes/excerpt.js';
import { LEFT_OUT, shownSegments } from '../../src/quotes/segments.js';
import { sentenceRanges, type TextRange } from '../../src/cable/sentences.js';
import { publicCables, readPublicCables } from '../support/public-cables.js';

const SENTENCES = [
  '4. (C) The minister received the ambassador at the lake on Monday morning.',
  'He complained at length about the price of grain and of barley.',
  'The loan of the bank was 40 million euro, and nobody had asked for more.',
  'Nothing was said of the harbor, nor of the two new ferries to Pula.',
  'COMMENT: The minister looked tired, and left before the coffee was served.',
];
const TEXT = SENTENCES.join(' ');

function rangeOf(sentence: string): TextRange {
  const start = TEXT.indexOf(sentence);
  return [start, start + sentence.length];
}

function shown(text: string, answers: readonly TextRange[], most: number): string {
  return shownSegments(text, answers, excerptOf(text, answers, most))
    .map((segment) => segment.text)
    .join('');
}

describe('a short answer', () => {
  it('is the whole paragraph where it has room', () => {
    expect(shown(TEXT, [], 300)).toBe(TEXT);
    expect(shown(TEXT, [rangeOf(SENTENCES[2] ?? '')], 400)).toBe(TEXT);
  });

  it('is the sentence that answers with those around it, what is left out shown as such', () => {
    const answers = [rangeOf(SENTENCES[2] ?? '')];
    expect(shown(TEXT, answers, 160)).toBe(
      `${LEFT_OUT} ${SENTENCES[2] ?? ''} ${SENTENCES[3] ?? ''} ${LEFT_OUT}`,
    );
    const segments = shownSegments(TEXT, answers, excerptOf(TEXT, answers, 160));
    expect(segments.find(({ strong }) => strong)?.text).toBe(SENTENCES[2]);
  });

  it('has two sentences that answer and stand apart, with the sign between them', () => {
    const answers = [rangeOf(SENTENCES[0] ?? ''), rangeOf(SENTENCES[4] ?? '')];
    expect(shown(TEXT, answers, 150)).toBe(
      `${SENTENCES[0] ?? ''} ${LEFT_OUT} ${SENTENCES[4] ?? ''}`,
    );
  });

  it('begins at the beginning where no sentence is known to answer', () => {
    expect(shown(TEXT, [], 80)).toBe(`${SENTENCES[0] ?? ''} ${LEFT_OUT}`);
  });

  it('cuts what has no sentences between two words', () => {
    const table = 'word '.repeat(400).trim();
    const text = shown(table, [], 600);
    expect(text.length).toBeLessThan(620);
    expect(text.endsWith(`word ${LEFT_OUT}`)).toBe(true);
  });
});

/** A shown text's pieces, each of which must stand in the whole as it is displayed. */
function piecesOf(text: string): string[] {
  return text
    .split(LEFT_OUT)
    .map((piece) => piece.trim())
    .filter(Boolean);
}

describe.skipIf(publicCables === null)('every paragraph of the 776 cables', () => {
  it('is shortened to pieces of what the whole shows, whatever answers', async () => {
    let cut = 0;
    for (const { cable } of await readPublicCables()) {
      for (const { kind, start, end } of cable.spans) {
        if (kind !== 'paragraph') continue;
        const text = cable.body.slice(start, end);
        const whole = displayText(text).replace(/\s+/g, ' ');
        const sentences = sentenceRanges(text);
        const answer = sentences[Math.floor(sentences.length / 2)] ?? [0, text.length];
        const short = shown(text, [answer], 600);
        expect(short.length).toBeLessThan(1000);
        if (short.includes(LEFT_OUT)) cut++;
        for (const piece of piecesOf(short)) expect(whole).toContain(piece.replace(/\s+/g, ' '));
      }
    }
    expect(cut).toBeGreaterThan(2000);
  });
});

it('has no letter that the text has not, and in its order', () => {
  const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '');
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...SENTENCES, 'DUBLIN 00001020  002 OF 003', '\n\n', '\n- a'), {
        maxLength: 20,
      }),
      fc.nat(2000),
      fc.nat(200),
      (parts, from, length) => {
        const text = parts.join('\n');
        const all = letters(displayText(text));
        const short = shown(text, [[from, from + length]], 200);
        let at = 0;
        for (const piece of piecesOf(short).map(letters)) {
          const found = all.indexOf(piece, at);
          expect(found).toBeGreaterThanOrEqual(at);
          at = found + piece.length;
        }
      },
    ),
  );
});
