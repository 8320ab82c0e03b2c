import { runReindex } from '../app.js';
import { configOf, indexCommand, json, type CliCommand, type IndexOptions } from './command.js';
import { createProgress } from './progress.js';

export const reindexCommand: CliCommand = {
  add(program, { output }) {
    indexCommand(program, 'reindex', 'build the HNSW graph anew, of the vectors that are kept')
      .option('--json', 'print the counts as JSON')
      .action(async (options: IndexOptions & { json?: true }) => {
        const progress = createProgress(output, Date.now);
        try {
          const { counts, generation } = await runReindex(configOf(options), (done, total) => {
            progress.update({ label: 'rebuilding', done, total, unit: 'vectors' });
          });
          progress.stop();
          output.out(
            options.json
              ? json({ vectors: counts.vectors, generation })
              : `${counts.vectors} vectors linked; the index is at generation ${generation}\n`,
          );
        } finally {
          progress.stop();
        }
      });
  },
};
