import { runIngest } from '../app.js';
import type { Config } from '../config.js';
import { EXIT, InputError, PilcrowError } from '../errors.js';
import { IngestStopped } from '../ingest/ingest.js';
import type { IngestReport, StoppedRun } from '../ingest/report.js';
import { listFiles, type InputFile } from '../sources/files.js';
import { placeOf } from '../sources/source.js';
import {
  configOf,
  indexCommand,
  json,
  type CliCommand,
  type IndexOptions,
  type Output,
} from './command.js';
import { createProgress } from './progress.js';

export const ingestCommand: CliCommand = {
  add(program, { output }) {
    indexCommand(program, 'ingest', 'take files, or folders of them, into the index')
      .argument('<path...>', 'files or folders, any mix of formats')
      .option('--json', 'print the report as JSON')
      .action(async (paths: string[], options: IndexOptions & { json?: true }) => {
        const files = await listFiles(paths);
        if (files.length === 0) {
          throw new InputError(
            'NO_FILES',
            `no file in ${paths.join(', ')}; give files or folders that hold cables`,
          );
        }
        const report = await ingestWithProgress(configOf(options), files, output);
        output.out(options.json ? json(report) : readable(report));
        const { added, unchanged, replaced } = report.cables;
        if (added + unchanged + replaced === 0) {
          throw new InputError(
            'NO_CABLES',
            `no cable in ${paths.join(', ')}; the report says why each file was set aside`,
          );
        }
      });
  },
};

/** Ingests with progress on standard error; Ctrl-C stops between two cables and loses nothing. */
export async function ingestWithProgress(
  config: Config,
  files: readonly InputFile[],
  output: Output,
): Promise<IngestReport> {
  const progress = createProgress(output, Date.now);
  const started = Date.now();
  const stop = new AbortController();
  const onSignal = (): void => {
    stop.abort();
  };
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    return await runIngest(
      config,
      files,
      ({ phase, done, total, passages }) => {
        const rate = passages / Math.max((Date.now() - started) / 1000, 0.001);
        if (phase === 'cables')
          progress.update(
            'reading',
            kilobytes(done),
            kilobytes(total),
            `kB, ${rate.toFixed(0)} paragraphs/s, `,
          );
        else progress.update('linking', done, total, 'vectors, ');
      },
      stop.signal,
    );
  } catch (error) {
    if (!(error instanceof IngestStopped)) throw error;
    throw new PilcrowError(
      'STOPPED',
      'stopped; what is done is kept: run the same command again to go on',
      EXIT.notFound,
      { cause: error },
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

function kilobytes(bytes: number): number {
  return Math.ceil(bytes / 1000);
}

function readable(report: IngestReport): string {
  const { cables, paragraphs, seconds, setAside, replaced, sameText, otherBody } = report;
  const { wrongDates, stopped } = report;
  const lines = [
    `${cables.added} added, ${cables.unchanged} unchanged, ${cables.replaced} replaced, ` +
      `${cables.setAside} set aside; ${paragraphs} paragraphs in the index; ${seconds} s`,
    ...(stopped === null ? [] : stoppedTold(stopped)),
    ...setAside.map((each) => {
      const start = each.start ? ` (it begins: ${each.start})` : '';
      return `set aside: ${placeOf(each)}: ${each.reason}${start}`;
    }),
    ...replaced.map(
      ({ id, before, after, ...place }) =>
        `replaced: ${id} by ${placeOf(place)} (${before.slice(0, 12)} → ${after.slice(0, 12)})`,
    ),
    ...sameText.map(({ id, as, ...place }) => `same text: ${id} in ${placeOf(place)} as ${as}`),
    ...otherBody.map(
      ({ id, body, ...place }) => `other body: ${placeOf(place)} is ${id}, its text says ${body}`,
    ),
    ...wrongDates.map(
      ({ id, date, ...place }) =>
        `no such day: ${placeOf(place)} says that ${id} is of ${date}; it was taken in without that`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
