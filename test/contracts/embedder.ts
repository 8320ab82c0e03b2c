import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Embedder, PassageVectors } from '../../src/embedding/embedder.js';
import { dot } from '../../src/corpus/vector.js';

/** What every implementation of the Embedder port must do. */
export function embedderContract(name: string, open: () => Promise<Embedder>): void {
  describe(`${name}, as an embedder`, () => {
    let embedder: Embedder;
    beforeAll(async () => {
      embedder = await open();
    });
    afterAll(() => embedder.close());

    it('gives vectors of its dimension and of length 1', async () => {
      const question = await embedder.embedQuestion('Who met Tim Stratford?');
      const passage = await embedder.embedPassage('A | B, 2007-03-14', ['Jiang met him.', 'So.']);
      expect(passage.sentences).toHaveLength(2);
      const all = [question.vector, question.wordMean, ...passage.windows, ...passage.sentences];
      for (const vector of all) {
        expect(vector).toHaveLength(embedder.dimension);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
      }
    });

    it('gives the same text the same vector, whatever is embedded beside it', async () => {
      const alone = await embedder.embedQuestion('What did Jiang say?');
      const among = await Promise.all(
        ['x', 'What did Jiang say?', 'y '.repeat(50)].map((each) => embedder.embedQuestion(each)),
      );
      expect(among[1]).toEqual(alone);
    });

    it('puts a passage nearer to a question about it than to another', async () => {
      const question = await embedder.embedQuestion('labor dialogue with China');
      const near = await embedder.embedPassage('', ['They proposed a labor dialogue with China.']);
      const far = await embedder.embedPassage('', ['The wedding guests danced until midnight.']);
      const cosine = ({ windows: [window = new Float32Array()] }: PassageVectors): number =>
        dot(question.vector, window);
      expect(cosine(near)).toBeGreaterThan(cosine(far));
    });

    it('puts the sentence that a question is about nearest to its words', async () => {
      const { wordMean } = await embedder.embedQuestion('Who danced at the wedding?');
      const { sentences } = await embedder.embedPassage('', [
        'Oil prices fell in the spring of that year.',
        'The wedding guests danced until midnight.',
        'Nobody cleared this message before it was sent.',
      ]);
      const cosines = sentences.map((each) => dot(wordMean, each));
      expect(cosines.indexOf(Math.max(...cosines))).toBe(1);
    });

    it('embeds empty and odd texts', async () => {
      for (const text of ['', ' ', '\u0000', '🙂', 'x'.repeat(5000)]) {
        const { windows, sentences } = await embedder.embedPassage('', [text]);
        expect(windows.length).toBeGreaterThan(0);
        expect(sentences).toHaveLength(1);
        for (const value of [...windows, ...sentences].flatMap((each) => [...each]))
          expect(value).not.toBeNaN();
      }
    });
  });
}
