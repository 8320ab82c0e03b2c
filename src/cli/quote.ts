import { Option } from 'commander';
import { withCorpus } from '../app.js';
import { findCable } from '../library/find-cable.js';
import { displayText } from '../quotes/display.js';
import { paragraphsOf } from '../quotes/paragraphs.js';
import { quotedSpan } from '../quotes/quote.js';
import { citationValue, STYLES, styledCitation, type Style } from '../quotes/styles.js';
import { configOf, indexCommand, json, type CliCommand, type IndexOptions } from './command.js';
import { createRenderer } from './render.js';
import { escapedJson, visible } from './visible.js';

interface QuoteOptions extends IndexOptions {
  readonly json?: true;
  readonly style: Style;
}

export const quoteCommand: CliCommand = {
  add(program, { output }) {
    indexCommand(program, 'quote', 'quote paragraphs of a cable exactly, with their citation')
      .argument('<id>', 'its id, as in 07BEIJING1689')
      .argument('<paragraphs>', '4, 4-6 or summary')
      .addOption(
        new Option('--style <style>', 'how the citation is written')
          .choices(STYLES)
          .default('plain' satisfies Style),
      )
      .option('--json', 'print it as JSON: the exact text, with its citation in the style')
      .action(async (id: string, paragraphs: string, options: QuoteOptions) => {
        const cable = await withCorpus(configOf(options), (corpus) => findCable(corpus, id));
        const quotes = paragraphsOf(cable, paragraphs).map(({ ordinal, span }) => {
          const quoted = quotedSpan(cable, ordinal, span);
          return { quoted, citation: citationValue(quoted, options.style) };
        });
        if (options.json) {
          output.out(json(quotes.map(({ quoted, citation }) => ({ ...quoted, citation }))));
          return;
        }
        if (options.style === 'csl-json') {
          // For programs: nothing but an array of items.
          const items = quotes.map(({ citation }) => citation);
          output.out(`${escapedJson(JSON.stringify(items, null, 2))}\n`);
          return;
        }
        const renderer = createRenderer(output);
        output.out(
          quotes
            .map(({ quoted }) => {
              const { text, level } = quoted;
              const citation = styledCitation(quoted, options.style);
              const before = citation.startsWith('@') ? '' : '— ';
              return `${visible(displayText(text))}\n${renderer.level(level, `${before}${citation}`)}\n`;
            })
            .join('\n'),
        );
      });
  },
};
