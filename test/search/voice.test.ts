import { describe, expect, it } from 'vitest';
import { voiceOf } from '../../src/search/voice.js';

const whole = (text: string) => voiceOf(text, [[0, text.length]], null);

/** Sentences that name their speaker plainly, and sentences that do not. */
const SAID: readonly (readonly [text: string, who: string])[] = [
  ['The Minister said that the pipeline would not be built.', 'The Minister'],
  ['¶4. (C) Foreign Minister Doe told the Ambassador that he agreed.', 'Foreign Minister Doe'],
  ['On May 4, President Roe confirmed the visit.', 'President Roe'],
  ['According to Doe, nobody knew.', 'Doe'],
  ['Jane Roe, a senior adviser to the King, told us that it was late.', 'Jane Roe'],
];
const NOBODY = [
  'He said that the pipeline would not be built.',
  'They noted the delay.',
  'This confirmed our suspicions.',
  'The pipeline is said to be leaking.',
  'The weather was fine.',
  // What is done, and not said.
  'Karzai maintained a calm demeanor during the talks.',
  'The Foreign Ministry recalled its Ambassador.',
  'The Minister said nothing about rice.',
  // A rumour, a condition, two speakers.
  'According to rumor, Minister Tok said that he would go.',
  'Minister Tok, it is rumored, said that he would go.',
  'Asad reportedly told the Turks that he would go.',
  'Had the Minister said that he would go, nobody would know.',
  'Karzai said that roads are open, while Boucher noted that they are not.',
  'Aksoy, Mayor Demir and General Tok said that roads are open.',
];

describe('whose words an answer gives', () => {
  it.each(SAID)('is told of “%s”', (text, who) => {
    expect(whole(text)).toEqual({ kind: 'said', who });
  });

  it.each(NOBODY)('is not guessed of “%s”', (text) => {
    expect(whole(text)).toBeNull();
  });

  it('is the post’s in a comment, also within a paragraph, and the summary’s in one', () => {
    const text = 'The Minister left. (Comment: He was tired. End comment.) The talks went on.';
    const at = (words: string): [number, number] => [
      text.indexOf(words),
      text.indexOf(words) + words.length,
    ];
    expect(voiceOf(text, [at('He was tired.')], null)).toEqual({ kind: 'comment' });
    expect(voiceOf(text, [at('The talks went on.')], null)).toBeNull();
    expect(voiceOf('It rained.', [], 'comment')).toEqual({ kind: 'comment' });
    const behind =
      'The Minister left. (Comment: He was tired. End comment.) Minister Tok said that it rained.';
    const range: [number, number] = [behind.indexOf('End comment'), behind.length];
    expect(voiceOf(behind, [range], null)).toEqual({ kind: 'said', who: 'Minister Tok' });
    expect(voiceOf('It rained.', [], 'summary')).toEqual({ kind: 'summary' });
    expect(voiceOf('It rained. It snowed.', [], null)).toBeNull();
  });
});
