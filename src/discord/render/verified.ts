import { higherLevel } from '../../cable/marks/marking.js';
import type { Verified } from '../../library/verify.js';
import { changesTold } from '../../quotes/word-changes.js';
import type { Look } from '../look.js';
import { cut, escapeMarkdown, small } from '../markdown.js';
import { container, notice, text, type Rendered } from './components.js';
import { citationOf, wholeQuotes } from './quotes.js';

/** Characters of what has changed, word by word. */
const CHANGES = 1200;

/** What became of a receipt. */
export function renderVerified(verified: Verified, look: Look): Rendered {
  switch (verified.state) {
    case 'holds': {
      const { quote, moved } = verified;
      const where = moved ? ', in another place of its cable now' : '';
      const head = `**It holds**${where}. This is the text that the receipt is of:`;
      return { components: [text(head), ...wholeQuotes([quote], { taken: head.length, look })] };
    }
    case 'replaced': {
      const { before, now, changes } = verified;
      if (now === null) {
        const head =
          '**It no longer holds**: the cable has another text now. This is what it said:';
        return { components: [text(head), ...wholeQuotes([before], { taken: head.length, look })] };
      }
      const level =
        before.level === null || now.level === null ? null : higherLevel(before.level, now.level);
      return {
        components: [
          text('**It no longer holds**: another text has taken its place.'),
          container(level, [
            text(`It was ${citationOf(before, look)}`),
            text(`It is now ${citationOf(now, look)}`),
            text(small('left out [-so-], put in {+so+}')),
            text(escapeMarkdown(cut(changesTold(changes), CHANGES))),
          ]),
        ],
      };
    }
    case 'not held':
      return notice(
        `**Not held here**: no such text of ${escapeMarkdown(verified.cable)} is in this index or among the last that it had, or none that may be shown here.`,
      );
  }
}
