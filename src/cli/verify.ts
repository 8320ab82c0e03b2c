import { withCorpus } from '../app.js';
import { InputError } from '../errors.js';
import { verify, type Verified } from '../library/verify.js';
import { displayText } from '../quotes/display.js';
import { readReceipts, type Receipt } from '../quotes/receipt.js';
import { changesTold } from '../quotes/word-changes.js';
import { configOf, indexCommand, json, type CliCommand, type IndexOptions } from './command.js';
import { visible } from './visible.js';

export const verifyCommand: CliCommand = {
  add(program, { output, fellShort }) {
    indexCommand(program, 'verify', 'whether a quote’s receipt still holds')
      .argument('<receipt...>', 'as in 07BEIJING1689/4/Qm3xT8rK2v1ZbYcA')
      .option('--json', 'print it as JSON')
      .action(async (words: string[], options: IndexOptions & { json?: true }) => {
        const receipts = readReceipts(words.join(' '));
        if (receipts.length === 0) {
          throw new InputError('RECEIPT', {
            what: `“${words.join(' ')}” holds no receipt`,
            todo: 'write one as it stands below a quote: 07BEIJING1689/4/Qm3xT8rK2v1ZbYcA',
          });
        }
        const all = await withCorpus(configOf(options), (corpus) =>
          Promise.all(receipts.map((receipt) => verify(corpus, receipt))),
        );
        if (all.some(({ state }) => state !== 'holds')) fellShort();
        const [only] = all;
        if (options.json) output.out(json(all.length === 1 ? only : all));
        else output.out(visible(all.map((each, i) => told(each, receipts[i])).join('\n')));
      });
  },
};

function told(verified: Verified, receipt: Receipt | undefined): string {
  switch (verified.state) {
    case 'holds': {
      const { quote, moved } = verified;
      const where = moved ? ', in another place of its cable' : '';
      const masked = receipt?.masked
        ? '\n\nThe receipt is of the text with the names masked that the cable asks to protect: of the names it says nothing.'
        : '';
      return `holds${where}: ${quote.citation}${masked}\n\n${displayText(quote.text)}\n`;
    }
    case 'replaced': {
      const { before, now, changes } = verified;
      const was = `It was ${before.citation}`;
      return now === null
        ? `replaced: the cable no longer has this\n\n${displayText(before.text)}\n\n${was}\n`
        : `replaced: another text has taken its place\n\n${changesTold(changes)}\n\n${was}\nIt is now ${now.citation}\n`;
    }
    case 'not held':
      return `not held: no such text of ${verified.cable} is in this index, nor among the last that it had\n`;
  }
}
