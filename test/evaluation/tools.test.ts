import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrap } from '../../src/evaluation/bootstrap.js';
import { compare, readRun, type EarlierAnswer } from '../../src/evaluation/compare.js';
import { curveOf } from '../../src/evaluation/curve.js';
import type { Graded } from '../../src/evaluation/questions.js';
import {
  fitLogistic,
  fitRanking,
  standardised,
  standards,
} from '../../src/evaluation/linear-fit.js';
import { THRESHOLD } from '../../src/search/threshold.js';
import { resultAt } from '../support/answers.js';
import { temporaryFolder } from '../support/files.js';

describe('the interval of a mean', () => {
  it('holds the mean, is the same every time, and is narrower the more values there are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 60 }),
        (values) => {
          const [low, high] = bootstrap(values);
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          expect(low).toBeLessThanOrEqual(mean + 1e-9);
          expect(high).toBeGreaterThanOrEqual(mean - 1e-9);
          expect(bootstrap(values)).toEqual([low, high]);
        },
      ),
      { numRuns: 20 },
    );
    const half = (count: number): number[] => Array.from({ length: count }, (_, i) => i % 2);
    const [low, high] = bootstrap(half(400));
    expect(high - low).toBeCloseTo(4 * 0.025, 1); // ±2 standard errors of √(¼/400)
    expect(bootstrap([])).toEqual([0, 0]);
  });
});

describe('fitting', () => {
  const value = fc.integer({ min: -2000, max: 2000 }).map((each) => each / 1000);
  const row = fc.array(fc.noBias(value), { minLength: 3, maxLength: 3 });

  it('finds weights that rank as the ones that made the lists', () => {
    const truth = [2, -1, 0];
    const score = (each: readonly number[]): number =>
      each.reduce((sum, value, i) => sum + value * (truth[i] ?? 0), 0);
    const rows = fc.sample(fc.array(row, { minLength: 8, maxLength: 8 }), {
      numRuns: 120,
      seed: 7,
    });
    const lists = rows.map((each) => {
      const best = Math.max(...each.map(score));
      return { rows: each, answers: each.map((candidate) => score(candidate) === best) };
    });
    const [a = 0, b = 0, c = 0] = fitRanking(lists, 0.001);
    expect(a / b).toBeCloseTo(-2, 0);
    expect(Math.abs(c)).toBeLessThan(0.2 * Math.abs(b));
    expect(fitRanking(lists, 0.001)).toEqual([a, b, c]);
  });

  it('finds the line between yes and no', () => {
    const rows = fc.sample(row, { numRuns: 400, seed: 3 });
    const judged = rows.map((each) => ({ row: each, yes: (each[0] ?? 0) > 0.5, weight: 1 }));
    const [slope = 0, other = 0, , offset = 0] = fitLogistic(judged, 0.0001);
    expect(-offset / slope).toBeCloseTo(0.5, 0);
    expect(Math.abs(other)).toBeLessThan(0.2 * slope);
  });

  it('standardises: mean 0, spread 1, but for what never varies', () => {
    const rows = [
      [1, 5],
      [3, 5],
    ];
    const scale = standards(rows, 2);
    expect(rows.map((each) => standardised(each, scale))).toEqual([
      [-1, 0],
      [1, 0],
    ]);
  });
});

const gradedAs = (
  id: string,
  type: string,
  confidence: number,
  rank: number | null,
  abstained = confidence < THRESHOLD,
): Graded => ({
  question: {
    id,
    q: `q ${id}`,
    type,
    cable: '07A1',
    paras: [1],
    ...(type === 'none' && { near: 'far' }),
  },
  answer: {
    q: '',
    abstained,
    reason: null,
    confidence,
    reading: [],
    shown: [],
    ms: 1,
    results: [1, 2, 3, 4, 5].map((place) => resultAt(place === rank ? '07A1' : '07B1', 1)),
  },
});

describe('the curve of thresholds', () => {
  it('rises from nothing withheld, holds the chosen point, and leaves to rules what rules decide', () => {
    const graded = [
      gradedAs('a', 'fact', 0.95, 1),
      gradedAs('b', 'fact', 0.15, 1),
      gradedAs('named', 'id', 0.05, 1, false),
      gradedAs('c', 'none', 0.02, null),
      gradedAs('rule', 'none', 0, null),
    ];
    const curve = curveOf(graded);
    expect(curve.filter(({ chosen }) => chosen)).toHaveLength(1);
    const shares = curve.map(({ answerableWithheld }) => answerableWithheld);
    expect(shares).toEqual([...shares].sort((x, y) => x - y));
    expect(curve[0]).toMatchObject({
      answerableWithheld: 0,
      unanswerableWithheld: 1,
      bySort: { far: 1 },
    });
    expect(curve.at(-1)?.answerableWithheld).toBeCloseTo(1 / 3);
  });
});

describe('comparing two runs', () => {
  const now = [
    gradedAs('1', 'fact', 0.9, 1),
    gradedAs('2', 'fact', 0.9, 3),
    gradedAs('3', 'none', 0.9, null),
  ];
  const earlier = (id: string, rank: number | null, abstained = false): EarlierAnswer => ({
    id,
    abstained,
    results: gradedAs(id, 'fact', 0.9, rank).answer.results.map(({ cable, paragraph }) => ({
      cable,
      paragraph,
    })),
  });

  it('says of each question whether it got better or worse', () => {
    const result = compare(now, [earlier('1', 2), earlier('2', 3), earlier('3', null, true)]);
    expect(result).toMatchObject({ questions: 3, same: 1 });
    expect(result.better).toMatchObject([{ id: '1', before: 2, after: 1 }]);
    expect(result.worse).toMatchObject([{ id: '3', withheld: [true, false] }]);
  });

  it('counts an answer withheld as worse than one given', () => {
    const { better } = compare(now, [earlier('1', 1, true)]);
    expect(better).toMatchObject([{ id: '1', withheld: [true, false] }]);
  });

  it('refuses a run of other questions, and one that is none', async () => {
    expect(() => compare(now, [earlier('9', 1)])).toThrow(/no answer to any of these questions/);
    const file = path.join(temporaryFolder(), 'run.jsonl');
    writeFileSync(file, '{"id":"1"}\n');
    await expect(readRun(file)).rejects.toThrow(/run\.jsonl:1 is not an answer/);
  });
});
