import type { Verified } from '../../library/verify.js';
import { changesTold } from '../../quotes/word-changes.js';
import type { Look } from '../look.js';
import { cut, escapeMarkdown } from '../markdown.js';
import { container, notice, text, type Rendered } from './components.js';
import { citationOf, quoteContainers } from './quotes.js';

/** Characters of what has changed, word by word. */
const CHANGES = 1500;

/** What became of a receipt. */
export function renderVerified(verified: Verified, look: Look): Rendered {
  switch (verified.state) {
    case 'holds': {
      const { quote, moved } = verified;
      const where = moved ? ', in another place of its cable now' : '';
      const head = `**It holds**${where}. This is the text that the receipt is of:`;
      return {
        components: [text(head), ...quoteContainers([quote], { taken: head.length, look })],
      };
    }
    case 'replaced': {
      const { before, now, changes } = verified;
      if (now === null) {
        const head =
          '**It no longer holds**: the cable has another text now. This is what it said:';
        return {
          components: [text(head), ...quoteContainers([before], { taken: head.length, look })],
        };
      }
      return {
        components: [
          text(
            '**It no longer holds**: another text has taken its place. Left out [-so-], put in {+so+}:',
          ),
          container(now.level, [
            text(citationOf(now, look)),
            text(escapeMarkdown(cut(changesTold(changes), CHANGES))),
          ]),
        ],
      };
    }
    case 'not held':
      return notice(
        `**Not held here**: no such text of ${escapeMarkdown(verified.cable)} is, or was, in this index, or none that may be shown here.`,
      );
  }
}
