import { withCorpus } from '../app.js';
import type { Count } from '../corpus/corpus.js';
import { configOf, indexCommand, json, type CliCommand, type IndexOptions } from './command.js';
import { visible } from './visible.js';

/** Rows shown of each list on a terminal; JSON has them all. */
const SHOWN = 15;

export const statsCommand: CliCommand = {
  add(program, { output }) {
    indexCommand(program, 'stats', 'count cables by origin, year, classification and mark')
      .option('--json', 'print all counts as JSON')
      .action(async (options: IndexOptions & { json?: true }) => {
        const stats = await withCorpus(configOf(options), (corpus) => corpus.stats());
        if (options.json) {
          output.out(json(stats));
          return;
        }
        output.out(
          `${stats.cables} cables, ${stats.paragraphs} paragraphs; ${stats.vectors.embedded} of ` +
            `${stats.vectors.passages} are found by their vectors\n`,
        );
        output.out(table('Origin', stats.byOrigin));
        const years = [...stats.byYear].sort((a, b) => a.name.localeCompare(b.name));
        output.out(table('Year', years));
        output.out(table('Classification', stats.byClassification));
        output.out(table('Portion mark', stats.byMark));
      });
  },
};

function table(title: string, counts: readonly Count[]): string {
  const rows = counts
    .slice(0, SHOWN)
    .map(({ name, count }) => `${String(count).padStart(9)}  ${visible(name)}`);
  const rest = counts.slice(SHOWN).reduce((sum, { count }) => sum + count, 0);
  if (rest > 0) rows.push(`${String(rest).padStart(9)}  ${counts.length - SHOWN} others`);
  return `\n${title}\n${rows.join('\n')}\n`;
}
