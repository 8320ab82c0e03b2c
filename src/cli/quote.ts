import { Option } from 'commander';
import { withCorpus } from '../app.js';
import { findCable } from '../library/find-cable.js';
import { displayText } from '../quotes/display.js';
import { paragraphsOf } from '../quotes/paragraphs.js';
import { quotedSpan } from '../quotes/quote.js';
import { DEFAULT_STYLE, STYLE_NAMES, styleOf, type StyleName } from '../quotes/styles.js';
import { configOf, indexCommand, json, type CliCommand, type IndexOptions } from './command.js';
import { createRenderer } from './render.js';
import { escapedJson, visible } from './visible.js';

interface QuoteOptions extends IndexOptions {
  readonly json?: true;
  readonly citationOnly?: true;
  readonly style: StyleName;
}

export const quoteCommand: CliCommand = {
  add(program, { output }) {
    indexCommand(program, 'quote', 'quote paragraphs of a cable exactly, with their citation')
      .argument('<id>', 'its id, as in 07BEIJING1689')
      .argument('<paragraphs>', '4, 4-6 or summary')
      .addOption(
        new Option('--style <style>', 'how the citation is written')
          .choices(STYLE_NAMES)
          .default(DEFAULT_STYLE),
      )
      .option('--citation-only', 'print the citations and nothing else')
      .option('--json', 'print it as JSON: the exact text, with its citation in the style')
      .action(async (id: string, paragraphs: string, options: QuoteOptions) => {
        const cable = await withCorpus(configOf(options), (corpus) => findCable(corpus, id));
        const { text: cited, value, isProse, file } = styleOf(options.style);
        const quotes = paragraphsOf(cable, paragraphs).map(({ ordinal, span }) =>
          quotedSpan(cable, ordinal, span),
        );
        if (options.json && options.citationOnly) {
          output.out(json(quotes.map((quote) => (value ?? cited)(quote))));
          return;
        }
        if (options.json) {
          const items = quotes.map((quote) => ({ ...quote, citation: (value ?? cited)(quote) }));
          output.out(json(items));
          return;
        }
        if (value !== undefined) {
          // For programs: nothing but an array of items.
          output.out(`${escapedJson(JSON.stringify(quotes.map(value), null, 2))}\n`);
          return;
        }
        if (options.citationOnly) {
          const texts = quotes.map(cited);
          output.out(visible(file === null ? `${texts.join('\n')}\n` : file.join(texts)));
          return;
        }
        const renderer = createRenderer(output);
        const shown = quotes.map((quote) => {
          const citation = renderer.level(quote.level, `${isProse ? '— ' : ''}${cited(quote)}`);
          const receipt = renderer.dim(`receipt ${quote.receipt}`);
          return `${visible(displayText(quote.text))}\n${citation}\n${receipt}\n`;
        });
        output.out(shown.join('\n'));
      });
  },
};
