import { backUp, restore } from '../backup.js';
import { runRemove, withCorpus } from '../app.js';
import { findCable } from '../library/find-cable.js';
import { configOf, indexCommand, json, type CliCommand, type IndexOptions } from './command.js';

type Options = IndexOptions & { readonly json?: true };

export const backupCommand: CliCommand = {
  add(program, { output }) {
    indexCommand(
      program,
      'backup',
      'write index, vectors, settings and dossiers into one file, while the bot runs',
    )
      .argument('<file>', 'the file to write, a tar archive')
      .option('--json', 'print what was written as JSON')
      .action(async (file: string, options: Options) => {
        const config = configOf(options);
        const { bytes, settings } = await backUp(config, file);
        const megabytes = (bytes / 1e6).toFixed(1);
        output.out(options.json ? json({ file, bytes, settings }) : `${file}: ${megabytes} MB\n`);
        if (!settings) {
          const { data } = config.discord;
          output.err(`without settings and dossiers: ${data} holds none (PILCROW_DATA)\n`);
        }
      });
  },
};

export const restoreCommand: CliCommand = {
  add(program, { output }) {
    indexCommand(
      program,
      'restore',
      'put back what pilcrow backup has written, where there is nothing',
    )
      .argument('<file>', 'the file that pilcrow backup has written')
      .option('--json', 'print what was put back as JSON')
      .action(async (file: string, options: Options) => {
        const config = configOf(options);
        const { generation, counts } = await restore(config, file);
        output.out(
          options.json
            ? json({ generation, ...counts })
            : `${counts.cables} cables, ${counts.paragraphs} paragraphs in ${config.index}\n`,
        );
      });
  },
};

export const removeCommand: CliCommand = {
  add(program, { output }) {
    indexCommand(
      program,
      'remove',
      'take cables out of the index, with all that they said before; a later ingest of their files brings them back',
    )
      .argument('<id...>', 'their ids')
      .option('--json', 'print what was removed as JSON')
      .action(async (asked: string[], options: Options) => {
        const config = configOf(options);
        // All are looked for before any is removed.
        const ids = await withCorpus(config, async (corpus) => {
          const found = [];
          for (const id of asked) found.push((await findCable(corpus, id)).id);
          return [...new Set(found)];
        });
        const { counts } = await runRemove(config, ids);
        output.out(
          options.json
            ? json({ removed: ids, cables: counts.cables })
            : `removed: ${ids.join(', ')}; ${counts.cables} cables are left\n`,
        );
      });
  },
};
