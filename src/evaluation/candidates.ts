import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { Command } from 'commander';
import { z } from 'zod';
import { openIndex } from '../app.js';
import { passageAsRead } from '../cable/passage.js';
import { readConfig } from '../config.js';
import { messageOf } from '../errors.js';
import { readJsonLines } from './json-lines.js';

/** A question of a training file; what else its line has is copied. */
const trainingQuestion = z.looseObject({ q: z.string(), twin: z.string().optional() });

interface Options {
  readonly index: string;
  readonly out: string;
  readonly top: string;
}

/**
 * `npm run candidates`: what the first ranking finds for questions, with the text of each passage as the
 * models read it. models/training learns from it; a near miss's twin is a question of its own.
 */
async function candidates(file: string, { index: folder, out, top }: Options): Promise<void> {
  const index = await openIndex({ ...readConfig(), index: folder, reranker: null });
  const lines = createWriteStream(out);
  try {
    const rows = await readJsonLines(file, trainingQuestion, 'a question {"q", …}');
    for (const row of rows) {
      for (const [kind, q] of [['q', row.q] as const, ['twin', row.twin] as const]) {
        if (q === undefined) continue;
        const found = await index.search.find(q);
        const best = found.ranked.slice(0, Number(top));
        const spans = await found.spans(best.map(({ passage }) => passage.passage));
        const cands = spans.map(({ cable, span }) => {
          const { context: ctx, sentences: text } = passageAsRead(cable, span);
          return { c: cable.id, n: span.number, ctx, text };
        });
        lines.write(`${JSON.stringify({ ...row, kind, q, cands })}\n`);
      }
    }
    lines.end();
    await finished(lines);
  } finally {
    await index.close();
  }
}

await new Command('candidates')
  .description('writes what the first ranking finds for training questions, one JSON line each')
  .argument('<questions>', 'JSONL lines {"q", …}')
  .requiredOption('--index <dir>', 'the index of the questions’ cables')
  .requiredOption('--out <file>', 'where the lines go')
  .option('--top <n>', 'how many passages', '24')
  .action(candidates)
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`candidates: ${messageOf(error)}\n`);
    process.exitCode = 1;
  });
