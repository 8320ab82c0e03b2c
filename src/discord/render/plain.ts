import { displayText } from '../../quotes/display.js';
import type { QuotedSpan } from '../../quotes/quote.js';
import { DEFAULT_STYLE, styleOf, type StyleName } from '../../quotes/styles.js';
import { notice, type Rendered } from './components.js';

/** Characters of a block: what is longer goes into a file. */
const BLOCK = 3000;
const FENCE = '```';

/** A quote with its citation as it is pasted elsewhere: no sign of it is escaped. */
export function renderPlain(quote: QuotedSpan, style: StyleName): Rendered {
  const { isProse, text: cited } = styleOf(style);
  const citation = isProse ? cited(quote) : styleOf(DEFAULT_STYLE).text(quote);
  const plain = `${displayText(quote.text)}\n\n— ${citation}\nReceipt: ${quote.receipt}`;
  if (plain.length <= BLOCK && !plain.includes(FENCE)) {
    return notice(`${FENCE}\n${plain}\n${FENCE}`);
  }
  const name = [quote.cable, quote.paragraph].filter((part) => part !== null).join('-');
  return {
    ...notice('The quote as plain text:'),
    files: [{ name: `${name}.txt`, content: `${plain}\n` }],
  };
}
