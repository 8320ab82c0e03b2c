import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Embedder } from '../../src/embedding/embedder.js';
import { dot } from '../../src/vectors/exact.js';

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
      const passages = await embedder.embedPassage('A | B, 2007-03-14', 'Jiang met him.');
      for (const vector of [question, ...passages]) {
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
      const [near] = await embedder.embedPassage('', 'They proposed a labor dialogue with China.');
      const [far] = await embedder.embedPassage('', 'The wedding guests danced until midnight.');
      if (near === undefined || far === undefined) throw new Error('no vector');
      expect(dot(question, near)).toBeGreaterThan(dot(question, far));
    });

    it('embeds empty and odd texts', async () => {
      for (const text of ['', ' ', '\u0000', '🙂', 'x'.repeat(5000)]) {
        expect((await embedder.embedPassage('', text)).length).toBeGreaterThan(0);
      }
    });
  });
}
