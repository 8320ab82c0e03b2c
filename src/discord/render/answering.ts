import { ACTIONS } from '../actions.js';
import { fittingId, idOf } from '../custom-id.js';
import { LIMITS } from '../limits.js';
import type { Look } from '../look.js';
import { button, fittingButton, text, type Rendered } from './components.js';
import { textLength } from './message-text.js';
import {
  entryOf,
  foundLine,
  openMenu,
  shortNameOf,
  shortQuote,
  wholeQuotes,
  type QuotesFrame,
  type ShownQuote,
} from './quotes.js';

/** Characters of the buttons below, and of a line of what was found as well, at most. */
const BUTTONS = 120;
const LINE = 300;

/**
 * The best paragraph around the sentence that answers, a line of each of the others, and a menu that opens all that
 * was found; or all of them whole.
 */
export function answering(
  [best, ...others]: readonly ShownQuote[],
  rest: readonly ShownQuote[],
  { taken, look }: QuotesFrame,
): Rendered['components'] {
  if (best === undefined) return [];
  const short = look.whole ? null : shortQuote(best, look);
  const found = [...others, ...rest];
  const opens = openMenu([
    ...(short?.isWhole === false && best.field === undefined
      ? [entryOf('whole', best, 'This paragraph whole')]
      : []),
    ...(best.field === undefined
      ? [
          entryOf('around', best, 'What stands around it'),
          entryOf(
            'plain',
            best,
            'As plain text',
            'to paste elsewhere, with its citation and receipt',
          ),
        ]
      : []),
    entryOf('cable', best, `The cable ${best.cable}`, best.subject?.replace(/\s+/g, ' ')),
    ...found.map((each, i) => entryOf('result', each, `${i + 2}. ${shortNameOf(each)}`)),
  ]);
  const frame = { taken: taken + textLength({ components: opens }) + BUTTONS, look };
  return [
    ...(short === null
      ? wholeWhereItFits([best, ...others], frame)
      : [short.component, ...foundLines(others, look)]),
    ...opens,
  ];
}

/** The best paragraph as whole as a message takes it, and the others whole as long as they fit, or a line of each. */
function wholeWhereItFits(
  [best, ...others]: readonly [ShownQuote, ...ShownQuote[]],
  { taken, look }: QuotesFrame,
): Rendered['components'] {
  let room = taken + others.length * LINE;
  const first = wholeQuotes([best], { taken: room, look });
  room += textLength({ components: first });
  const fits = (components: Rendered['components']): boolean => {
    const length = textLength({ components });
    if (room - LINE + length > LIMITS.messageText) return false;
    room += length - LINE;
    return true;
  };
  return others.reduce<Rendered['components']>((shown, each) => {
    // With all the room of a message it is whole, or in parts and too long to be shown beside others.
    const whole = wholeQuotes([each], { taken: 0, look });
    return [...shown, ...(fits(whole) ? whole : foundLines([each], look))];
  }, first);
}

function foundLines(quotes: readonly ShownQuote[], look: Look): Rendered['components'] {
  return quotes.length === 0 ? [] : [text(quotes.map((each) => foundLine(each, look)).join('\n'))];
}

/** Buttons that judge a quote, and put it into one's dossier. */
export function quoteButtons(quote: ShownQuote | undefined) {
  if (quote === undefined) return [];
  const { cable, ordinal } = quote;
  const place = { cable, ordinal };
  return [
    button('Answers it', idOf(ACTIONS.good, [place])),
    button('Does not', idOf(ACTIONS.wrong, [place])),
    quote.field === undefined
      ? fittingButton('Keep', fittingId(ACTIONS.keep, [quote.receipt]))
      : null,
  ];
}
