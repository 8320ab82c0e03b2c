import { createInterface } from 'node:readline/promises';
import { publishedOf, requirePublished, runIngest } from '../app.js';
import type { Config } from '../config.js';
import { EXIT, InputError, PilcrowError } from '../errors.js';
import {
  Stopped,
  type EmbedReport,
  type IngestProgress,
  type IngestReport,
  type StoppedRun,
} from '../ingest/report.js';
import type { CableOrder } from '../corpus/corpus.js';
import type { FieldMap } from '../sources/field-map.js';
import { listFiles, type InputFile } from '../sources/files.js';
import { placeTold } from '../sources/source.js';
import {
  configOf,
  indexCommand,
  json,
  type CliCommand,
  type Context,
  type IndexOptions,
  type Output,
} from './command.js';
import { embedFirstOption, mapOption } from './options.js';
import { createProgress } from './progress.js';
import { visible } from './visible.js';

interface IngestOptions extends IndexOptions {
  readonly json?: true;
  readonly keepSamples?: true;
  readonly map?: FieldMap;
  readonly wordsOnly?: true;
  readonly embedFirst?: CableOrder;
}

export const ingestCommand: CliCommand = {
  add(program, context) {
    const { output } = context;
    indexCommand(program, 'ingest', 'take files, or folders of them, into the index')
      .argument('<path...>', 'files or folders, any mix of formats')
      .option('--json', 'print the report as JSON')
      .option('--keep-samples', 'keep the two sample cables that npm start has taken in')
      .option(
        '--words-only',
        'leave the vectors to pilcrow embed: questions are answered by words meanwhile',
      )
      .addOption(embedFirstOption())
      .addOption(mapOption())
      .action(async (paths: string[], options: IngestOptions) => {
        const files = await listFiles(paths);
        if (files.length === 0) {
          throw new InputError('NO_FILES', {
            what: `no file in ${paths.join(', ')}`,
            todo: 'give files or folders that hold cables',
          });
        }
        const config = configOf(options);
        const keepSamples = options.keepSamples ?? (await asksForSamples(config, context));
        const tell = (report: IngestReport): void => {
          output.out(options.json ? json(report) : visible(readable(report)));
        };
        const report = await ingestWithProgress(config, files, output, {
          keepSamples,
          map: options.map ?? null,
          wordsOnly: options.wordsOnly === true,
          ...(options.embedFirst && { order: options.embedFirst }),
        }).catch((error: unknown) => {
          const stopped = error instanceof Error ? error.cause : null;
          if (stopped instanceof Stopped && stopped.report !== null) tell(stopped.report);
          throw error;
        });
        tell(report);
        const { added, unchanged, replaced, setAside } = report.cables;
        if (setAside > 0) context.someSetAside();
        if (added + unchanged + replaced === 0) {
          throw new InputError('NO_CABLES', {
            what: `no cable in ${paths.join(', ')}`,
            todo: 'the report says why each file was set aside',
          });
        }
      });
  },
};

/**
 * Whether the samples stay, where the index holds nothing else: asked on a terminal; elsewhere they make
 * room for the reader's own cables, and that is told.
 */
async function asksForSamples(config: Config, { input, output }: Context): Promise<boolean> {
  const published = await publishedOf(config);
  if (published?.samples !== true) return true;
  await requirePublished(config); // one that can be used
  if (!input.isTTY || !output.errTerminal) {
    output.err('the two sample cables are left out now (--keep-samples keeps them)\n');
    return false;
  }
  const lines = createInterface({ input, output: process.stderr });
  try {
    const answer = await lines.question(
      'The index holds the two sample cables of Pilcrow. Keep them beside your own? [y/N] ',
    );
    return /^\s*y/i.test(answer);
  } finally {
    lines.close();
  }
}

/** Ingests with progress on standard error; Ctrl-C stops between two cables and loses nothing. */
export function ingestWithProgress(
  config: Config,
  files: readonly InputFile[],
  output: Output,
  options: Omit<Parameters<typeof runIngest>[2], 'progress' | 'signal'> = {},
): Promise<IngestReport> {
  return stoppable(output, (watched) => runIngest(config, files, { ...options, ...watched }));
}

/** How work is watched, and told to stop. */
export interface Watched {
  readonly progress: (progress: IngestProgress) => void;
  readonly signal: AbortSignal;
}

/** Does work with its progress on standard error; Ctrl-C stops it where nothing is lost. */
export async function stoppable<T>(
  output: Output,
  work: (watched: Watched) => Promise<T>,
): Promise<T> {
  const progress = createProgress(output, Date.now);
  const started = { cables: Date.now(), vectors: 0 };
  const stop = new AbortController();
  const onSignal = (): void => {
    stop.abort();
  };
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  const rate = (paragraphs: number, since: number): string => {
    const seconds = Math.max((Date.now() - since) / 1000, 0.001);
    return `${paragraphs} paragraphs, ${(paragraphs / seconds).toFixed(0)}/s`;
  };
  try {
    return await work({
      signal: stop.signal,
      progress: (step) => {
        const { done, total } = step;
        if (step.phase === 'cables') {
          progress.update({
            label: done < total ? 'reading' : 'storing', // an archive is read ahead
            done: kilobytes(done),
            total: kilobytes(total),
            unit: 'kB',
            rate: rate(step.passages, started.cables),
          });
        } else {
          started.vectors ||= Date.now();
          const told = rate(step.made, started.vectors);
          progress.update({ label: 'embedding', done, total, unit: 'paragraphs', rate: told });
        }
      },
    });
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    throw new PilcrowError(
      'STOPPED',
      {
        what: 'stopped',
        todo: 'what is done is kept: run the same command again to go on',
        cause: error,
      },
      EXIT.notFound,
    );
  } finally {
    progress.stop();
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

/** What became of a run that was stopped. */
function stoppedTold(stopped: StoppedRun): string[] {
  if (stopped.state === 'damaged') {
    return ['the copy that a stopped run had left was damaged; it was begun anew'];
  }
  const { added, replaced } = stopped;
  if (added + replaced === 0) return [];
  return [
    `besides, of other files than these, what a stopped run had taken in is published now: ` +
      `${added} added, ${replaced} replaced`,
  ];
}

/** What was done about vectors, and what is left to do. */
export function vectorsTold({ embedded, kept, waiting }: EmbedReport): string {
  const left =
    waiting === 0
      ? 'every paragraph is found by its meaning'
      : `${waiting} paragraphs wait for theirs and are found by their words until then: pilcrow embed goes on`;
  return `vectors: ${embedded} made, ${kept} kept; ${left}`;
}

function kilobytes(bytes: number): number {
  return Math.ceil(bytes / 1000);
}

function readable(report: IngestReport): string {
  const { cables, paragraphs, seconds, setAside, replaced, sameText, otherBody } = report;
  const { wrongDates, stopped } = report;
  const lines = [
    `${cables.added} added, ${cables.unchanged} unchanged, ${cables.replaced} replaced, ` +
      `${cables.setAside} set aside; ${paragraphs} paragraphs in the index; ${seconds} s`,
    vectorsTold(report.vectors),
    ...(stopped === null ? [] : stoppedTold(stopped)),
    ...setAside.map((each) => {
      const start = each.start ? ` (it begins: ${each.start})` : '';
      return `set aside: ${placeTold(each)}: ${each.reason}${start}`;
    }),
    ...replaced.map(
      ({ id, before, after, ...place }) =>
        `replaced: ${id} by ${placeTold(place)} (${before.slice(0, 12)} → ${after.slice(0, 12)})`,
    ),
    ...sameText.map(({ id, as, ...place }) => `same text: ${id} in ${placeTold(place)} as ${as}`),
    ...otherBody.map(
      ({ id, body, ...place }) => `other body: ${placeTold(place)} is ${id}, its text says ${body}`,
    ),
    ...wrongDates.map(
      ({ id, date, ...place }) =>
        `no such day: ${placeTold(place)} says that ${id} is of ${date}; it was taken in without that`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
