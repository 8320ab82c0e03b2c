import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { NO_CEILING } from '../../src/cable/ceiling.js';
import { readConfig } from '../../src/config.js';
import { openLibrary } from '../../src/discord/library.js';
import { EmbeddedEngine } from '../../src/embedded/engine.js';
import { checkModel } from '../../src/embedding/model-files.js';
import { ingest } from '../../src/ingest/ingest.js';
import { listFiles } from '../../src/sources/files.js';
import { readItems } from '../../src/sources/read.js';
import { telegram } from '../support/telegram.js';
import { createWordEmbedder } from '../support/word-embedder.js';

/** Questions asked at once, and between two changes of the index. */
const AT_ONCE = 8;
const BETWEEN = 400;
/** So many are asked, in whole rounds. */
const ROUNDS = Math.ceil(Number(process.env['PILCROW_BENCH_QUESTIONS'] ?? 20_000) / BETWEEN);
const QUESTIONS = ROUNDS * BETWEEN;
const CABLES = 120;
/** The part of the run after which nothing should grow any more. */
const WARM = 0.3;
const LONG = 6 * 3_600_000;

const TOPICS =
  'harbor bridge election budget fishery railway orchard museum vaccine pipeline'.split(' ');
const DEEDS = 'opened closed praised disputed inspected renamed funded postponed'.split(' ');

/** What a cable says: its edition is a word that stands in no other. */
function textOf(cable: number, edition: number): string[] {
  const topic = TOPICS[cable % TOPICS.length] ?? '';
  const deed = DEEDS[(cable + edition) % DEEDS.length] ?? '';
  return Array.from(
    { length: 6 },
    (_, i) =>
      `Delegate number${String(cable)}x${String(i)} ${deed} the ${topic} in edition${String(edition)}c${String(cable)}.`,
  );
}

describe(`${String(QUESTIONS)} questions to one process, while cables are added and replaced`, () => {
  it(
    'leave it as large as it was, with nothing open, and each is answered',
    { timeout: LONG },
    async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-soak-'));
      const config = { ...readConfig(), index: path.join(folder, 'index'), reranker: null };
      const { description, fingerprint, projection } = await checkModel(config.model);
      const cables = path.join(folder, 'cables');
      mkdirSync(cables);
      const editions = new Map<number, number>();
      const write = (cable: number): void => {
        const edition = (editions.get(cable) ?? 0) + 1;
        editions.set(cable, edition);
        const id = `07MADRID${String(cable)}`;
        writeFileSync(path.join(cables, `${id}.txt`), telegram(id, textOf(cable, edition)));
      };
      const take = async () =>
        ingest({
          engine: new EmbeddedEngine(config.index),
          embedder: createWordEmbedder(fingerprint, { ...description, projection }),
          files: await listFiles([cables]),
          readItems,
          clock: () => performance.now(),
          progress: () => undefined,
        });
      try {
        for (let cable = 1; cable <= CABLES; cable++) write(cable);
        await take();
        const library = await openLibrary(config);
        const use = library.under(NO_CEILING);
        const samples: Sample[] = [];
        let held = CABLES;
        let right = 0;
        for (let asked = 0; asked < QUESTIONS; asked += BETWEEN) {
          const change = async (): Promise<void> => {
            for (let i = 0; i < 4; i++) write(1 + ((asked / BETWEEN + 31 * i) % held));
            if (held < 4 * CABLES) write(++held);
            await take();
            await library.refresh();
          };
          const ask = async (): Promise<void> => {
            for (let at = 0; at < BETWEEN; at += AT_ONCE) {
              const answers = await Promise.all(
                Array.from({ length: AT_ONCE }, async (_, i) => {
                  const cable = 1 + ((asked + at + i * 7) % CABLES);
                  const topic = TOPICS[cable % TOPICS.length] ?? '';
                  const q = `What did delegate number${String(cable)}x${String(i % 6)} do about the ${topic}?`;
                  const answer = await use((view) => view.ask(q, { limit: 3 }));
                  return answer.results[0]?.cable === `07MADRID${String(cable)}`;
                }),
              );
              right += answers.filter(Boolean).length;
            }
          };
          await Promise.all([change(), ask()]);
          samples.push({
            asked: asked + BETWEEN,
            resident: process.memoryUsage.rss() / 1e6,
            open: readdirSync('/proc/self/fd').length,
            resources: process.getActiveResourcesInfo().length,
          });
        }
        const [last] = [...editions].at(-1) ?? [0];
        const newest = `Which edition${String(editions.get(last))}c${String(last)}?`;
        const found = await use((view) => view.ask(newest, { limit: 1 }));
        expect(found.results[0]?.cable).toBe(`07MADRID${String(last)}`);
        await library.close();
        const warm = samples.filter(({ asked }) => asked >= WARM * QUESTIONS);
        const slope = slopeOf(warm.map(({ asked, resident }) => [asked / 1000, resident]));
        const mean = warm.reduce((sum, { resident }) => sum + resident, 0) / warm.length;
        for (const { asked, resident, open, resources } of every(samples, 10)) {
          console.log(
            `${String(asked).padStart(6)} asked: ${resident.toFixed(0)} MB, ${String(open)} files open, ` +
              `${String(resources)} resources`,
          );
        }
        console.log(
          `${String(samples.length)} changes, ${String(held)} cables at the end; first right ${String(right)} of ${String(QUESTIONS)}; ` +
            `after warming up ${mean.toFixed(0)} MB, ${slope.toFixed(2)} MB more per 1,000 questions`,
        );
        expect(right).toBe(QUESTIONS);
        expect(slope * (QUESTIONS / 1000)).toBeLessThan(0.15 * mean);
        const [first, end] = [warm[0], warm.at(-1)];
        expect(end?.open).toBeLessThanOrEqual((first?.open ?? 0) + 4);
        expect(end?.resources).toBeLessThanOrEqual((first?.resources ?? 0) + 4);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});

interface Sample {
  readonly asked: number;
  /** Megabytes. */
  readonly resident: number;
  readonly open: number;
  readonly resources: number;
}

/** Of the line nearest to some points. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const [meanX, meanY] = [0, 1].map(
    (axis) => points.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / points.length,
  );
  const [x0, y0] = [meanX ?? 0, meanY ?? 0];
  const over = points.reduce((sum, [x, y]) => sum + (x - x0) * (y - y0), 0);
  return over / points.reduce((sum, [x]) => sum + (x - x0) ** 2, 0);
}

function every<T>(list: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(list.length / count));
  return list.filter((_, i) => (i + 1) % step === 0);
}
