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
  ['The road would stay open, Roe said, since nobody had asked.', 'Roe'],
  ['Aluminum Airframe\n\nRussia noted that the frame was of steel.', 'Russia'],
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
  'According to Doe, Roe stated that he would go.',
  'Minister Tok, it is rumored, said that he would go.',
  'Asad reportedly told the Turks that he would go.',
  'Had the Minister said that he would go, nobody would know.',
  'Karzai said that roads are open, while Boucher noted that they are not.',
  'Aksoy, Mayor Demir and General Tok said that roads are open.',
  'Roe warned that it was late, to which the Charge responded that it was not.',
  'According to Roe (KfW) and Doe (GTZ), the road is open.',
  'Roe said yes. Doe said no.',
  'Roe conceded defeat, while Abdel Doe asked for more.',
  // Nobody's name.
  'The only contact who claimed it was gone.',
  'The visit had underscored the friendship.',
  'The breakout session concluded with a dinner.',
  'Doe’s stated intention was peace.',
  'According to the Saturday (March 12) edition of Le Monde, it rained.',
  'According to XXXXXXXXXXXX Iran, not Syria, sought the visits.',
  'Jane Roe, Head of the Southern Oceans, team in a Directorate, told us nothing.',
  // The post itself, and what is done.
  'Post told the ministry that it was late.',
  'Doe agreed to a cease-fire.',
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
    const open =
      'He left. (Comment: He was (very) tired.) Doe would go, too. Turned away by all. No comment. It rained.';
    const voiceAt = (words: string) => {
      const from = open.indexOf(words);
      return voiceOf(open, [[from, from + words.length]], null);
    };
    expect(voiceAt('He was (very) tired.')).toEqual({ kind: 'comment' });
    expect(voiceAt('Doe would go, too.')).toBeNull();
    expect(voiceAt('It rained.')).toBeNull();
    const ended =
      'Comment: The Minister was very tired on that day. End comment. Minister Tok said that it rained.';
    const behindIt: [number, number] = [ended.indexOf('Minister Tok'), ended.length];
    expect(voiceOf(ended, [behindIt], 'comment')).toEqual({ kind: 'said', who: 'Minister Tok' });
    // Where neither an end nor a bracket is, nobody knows where it ends.
    const endless =
      'The Minister left in some haste. Comment: He was very tired that day, as all of them were. The Deputy Minister wanted to go, too.';
    const sentenceAt = (words: string) => {
      const from = endless.indexOf(words);
      return voiceOf(endless, [[from, endless.indexOf('.', from) + 1]], null);
    };
    expect(sentenceAt('He was very')).toEqual({ kind: 'comment' });
    expect(sentenceAt('The Deputy')).toBeNull();
    expect(whole('Post believes that he will go.')).toEqual({ kind: 'comment' });
    expect(voiceOf('It rained.', [], 'comment')).toEqual({ kind: 'comment' });
    const behind =
      'The Minister left. (Comment: He was tired. End comment.) Minister Tok said that it rained.';
    const range: [number, number] = [behind.indexOf('End comment'), behind.length];
    expect(voiceOf(behind, [range], null)).toEqual({ kind: 'said', who: 'Minister Tok' });
    expect(voiceOf('It rained.', [], 'summary')).toEqual({ kind: 'summary' });
    expect(voiceOf('It rained. It snowed.', [], null)).toBeNull();
  });
});
