import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.js';
import { evaluate, rankOf } from '../../src/evaluation/evaluate.js';
import type { Graded } from '../../src/evaluation/questions.js';
import { readQuestions } from '../../src/evaluation/questions.js';
import { resultAt } from '../support/answers.js';
import { temporaryFolder } from '../support/files.js';

function graded(
  type: string,
  places: readonly (readonly [string, number | null])[],
  abstained = false,
): Graded {
  return {
    question: {
      id: 'q',
      q: 'q',
      type,
      cable: type === 'none' ? null : '07A1',
      paras: type === 'none' ? [] : [2, 3],
    },
    answer: {
      q: 'q',
      abstained,
      reason: null,
      confidence: abstained ? 0 : 1,
      reading: [],
      shown: [],
      ms: 1,
      results: places.map(([cable, paragraph]) => resultAt(cable, paragraph)),
    },
  };
}

describe('evaluation', () => {
  it('counts paragraphs of other cables that answer as well, and the line of a field', () => {
    const { question, answer } = graded('list', [['08B2', 4]]);
    expect(rankOf({ question, answer })).toBeNull();
    expect(rankOf({ question: { ...question, also: [['08B2', 4]] }, answer })).toBe(1);
    const asked = { ...question, paras: [], field: 'signed' as const, span: 'O. Moon' };
    const line = {
      ...resultAt('07A1', null),
      kind: 'signature',
      field: 'signed',
      text: 'O MOON',
    } as const;
    expect(rankOf({ question: asked, answer: { results: [line] } })).toBe(1);
    expect(rankOf({ question: asked, answer: { results: [{ ...line, text: 'SUN' }] } })).toBeNull();
    expect(
      rankOf({ question: asked, answer: { results: [{ ...line, cable: '07A2' }] } }),
    ).toBeNull();
  });

  it('counts a hit only where cable and paragraph both answer', () => {
    expect(rankOf(graded('fact', [['07A1', 2]]))).toBe(1);
    expect(
      rankOf(
        graded('fact', [
          ['07A1', 1],
          ['07B1', 2],
          ['07A1', 3],
        ]),
      ),
    ).toBe(3);
    expect(rankOf(graded('fact', [['07A1', null]]))).toBeNull();
  });

  it('gives recall, mean reciprocal rank and shares of withheld answers', () => {
    const result = evaluate([
      graded('fact', [['07A1', 2]]),
      graded('fact', [
        ['07B1', 2],
        ['07A1', 3],
      ]),
      graded('view', [['07B1', 2]], true),
      graded('none', [], true),
      graded('none', []),
    ]);
    expect(result.overall).toMatchObject({
      questions: 3,
      recallAt1: 0.3333,
      recallAt5: 0.6667,
      recallAt10: 0.6667,
      mrrAt10: 0.5,
    });
    expect(result.byType).toMatchObject({
      fact: { questions: 2, mrrAt10: 0.75 },
      view: { recallAt10: 0 },
    });
    expect(result.abstention.unanswerable).toEqual({ questions: 2, withheld: 1, share: 0.5 });
    expect(result.abstention.answerable).toEqual({ questions: 3, withheld: 1, share: 0.3333 });
  });

  it('names the line of a question file that is wrong', async () => {
    const file = path.join(temporaryFolder(), 'questions.jsonl');
    writeFileSync(file, '{"id":1,"q":"?","type":"none","cable":null,"paras":[]}\n{"id":2}\n');
    await expect(readQuestions(file)).rejects.toThrow(
      /questions\.jsonl:2 is not a graded question/,
    );
    await expect(readQuestions(`${file}.gone`)).rejects.toThrow(InputError);
  });
});
