import { rmSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { NO_CEILING } from '../../src/cable/ceiling.js';
import { readQuestions } from '../../src/evaluation/questions.js';
import { reachOfCable } from '../../src/cable/ceiling.js';
import { createCatalogue } from '../../src/library/catalogue.js';
import { indexOf, runBotOver } from '../discord/running.js';
import { SAMPLES, SHARED } from '../support/files.js';
import { publicCables, readPublicCables } from '../support/public-cables.js';
import { quantile } from '../support/quantile.js';

/** An index of the public cables, which saves making one (three minutes). */
const GIVEN_INDEX = process.env['PILCROW_BENCH_INDEX'];
const QUESTIONS = 200;
/** Milliseconds in which all of them arrive. */
const WITHIN = 5000;
/** Ids completed meanwhile: as many as keys that people press. */
const TYPED = 100;
/** The known archive. */
const ARCHIVE = 251_287;

describe.skipIf(publicCables === null)('the bot under load', () => {
  it('acknowledges 200 questions in 5 seconds at once, and answers or tells every one', async () => {
    const index = GIVEN_INDEX ?? (await indexOf([publicCables ?? '', SAMPLES]));
    const running = await runBotOver({ index });
    const all = await readQuestions(path.join(SHARED, 'eval', 'questions.jsonl'));
    const questions = all.filter(({ type }) => type !== 'followup').slice(0, QUESTIONS);
    await running.person().slash('ask', { question: questions[0]?.q ?? '' });
    await running.person().type('cable', 'id', '09');
    running.discord.acknowledgements.length = 0;
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const started = performance.now();
    const later = <T>(at: number, work: () => Promise<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        setTimeout(() => void work().then(resolve, reject), at);
      });
    const asked = questions.map(({ q }, i) =>
      later((i * WITHIN) / QUESTIONS, () => running.person().slash('ask', { question: q })),
    );
    const typed = Array.from({ length: TYPED }, (_, i) =>
      later((i * WITHIN) / TYPED, () =>
        running.person().type('cable', 'id', `0${String(i % 10)}m`),
      ),
    );
    const replies = await Promise.all(asked);
    await Promise.all(typed);
    delay.disable();
    const seconds = (performance.now() - started) / 1000;
    const waiting = replies.filter(({ text }) => text.includes('questions are waiting')).length;
    const times = running.discord.acknowledgements;
    const late = delay.percentile(99) / 1e6;
    console.log(
      `\n${String(replies.length)} questions and ${String(TYPED)} completions in ${(WITHIN / 1000).toFixed(0)} s; all settled after ${seconds.toFixed(1)} s, ${String(waiting)} told to wait`,
    );
    console.log(
      `acknowledged after  median ${quantile(times, 0.5).toFixed(0)} ms  99th ${quantile(times, 0.99).toFixed(0)} ms  last ${Math.max(...times).toFixed(0)} ms`,
    );
    console.log(
      `event loop delay    99th ${late.toFixed(1)} ms  most ${(delay.max / 1e6).toFixed(1)} ms\n`,
    );
    await running.stop();
    if (GIVEN_INDEX === undefined) rmSync(index, { recursive: true, force: true });
    expect(running.discord.violations.found).toEqual([]);
    expect(times).toHaveLength(QUESTIONS + TYPED);
    expect(Math.max(...times)).toBeLessThan(3000);
    expect(quantile(times, 0.5)).toBeLessThanOrEqual(100);
    expect(late).toBeLessThan(50);
  });

  it('answers in a screen and a half of a telephone: characters of text, short and whole', async () => {
    const index = GIVEN_INDEX ?? (await indexOf([publicCables ?? '', SAMPLES]));
    const running = await runBotOver({ index });
    const whole = running.person();
    await whole.press(await whole.slash('preferences'), 'Whole paragraphs');
    const all = await readQuestions(path.join(SHARED, 'eval', 'questions.jsonl'));
    const questions = all.filter(({ type }) => type !== 'followup' && type !== 'none');
    for (const [name, person] of [
      ['short', running.person()],
      ['whole', whole],
    ] as const) {
      const lengths: number[] = [];
      let cut = 0;
      for (const { q } of questions) {
        const { text, labels } = await person.slash('ask', { question: q });
        if (!labels.includes('Answers it')) continue; // withheld
        lengths.push(text.length - q.length);
        if (/\[…\]|part \d+ of/.test(text)) cut++;
      }
      console.log(
        `\n${name}: ${String(lengths.length)} answers  median ${String(quantile(lengths, 0.5))} characters  95th ${String(quantile(lengths, 0.95))}  most ${String(Math.max(...lengths))}; ${String(cut)} leave something of a paragraph out\n`,
      );
    }
    await running.stop();
    if (GIVEN_INDEX === undefined) rmSync(index, { recursive: true, force: true });
    expect(running.discord.violations.found).toEqual([]);
  });

  it('completes an id among as many cables as the archive holds', async () => {
    const cables = (await readPublicCables()).map(({ cable }) => cable);
    const catalogue = createCatalogue(
      Array.from({ length: ARCHIVE }, (_, i) => {
        const cable = cables[i % cables.length];
        if (cable === undefined) throw new Error('no cables');
        const audience = [reachOfCable(cable)];
        return { ...cable, id: `${cable.id}${String(Math.floor(i / cables.length))}`, audience };
      }),
    );
    const times: number[] = [];
    for (const typed of [
      '09',
      '07mad',
      'madrid5',
      'visit',
      'iran nuclear',
      'zzzz',
      'foreign minister paris',
      'x y z',
    ]) {
      for (let i = 0; i < 25; i++) {
        const started = performance.now();
        catalogue.complete(typed, 25, NO_CEILING);
        times.push(performance.now() - started);
      }
    }
    console.log(
      `\n${String(ARCHIVE)} cables: completed in  median ${quantile(times, 0.5).toFixed(1)} ms  99th ${quantile(times, 0.99).toFixed(1)} ms\n`,
    );
    expect(quantile(times, 0.99)).toBeLessThan(50);
  });
});
