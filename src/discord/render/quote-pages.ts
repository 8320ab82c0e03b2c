import { displayText } from '../../quotes/display.js';
import { segmentsOf } from '../../quotes/segments.js';
import type { QuotedSpan } from '../../quotes/quote.js';
import { DEFAULT_STYLE, styleOf, type StyleName } from '../../quotes/styles.js';
import { ACTIONS } from '../actions.js';
import { fittingId, idOf } from '../custom-id.js';
import { LIMITS } from '../limits.js';
import type { Look } from '../look.js';
import { cut, escapeMarkdown, small } from '../markdown.js';
import {
  button,
  buttons,
  container,
  fittingButton,
  pageButtons,
  pageTold,
  text,
  type Attached,
  type Rendered,
} from './components.js';
import { pagesOf } from './pages.js';
import { citationOf } from './quotes.js';

/** What is read, page by page: spans of one cable from one to another. */
export interface QuotePagesFrame {
  /** From 0. */
  readonly page: number;
  readonly style: StyleName;
  readonly look: Look;
  /** What a button that turns to a page carries. */
  readonly turnTo: (page: number) => string;
}

/** Characters of quotes and citations on a page. */
const PAGE = LIMITS.messageText - 200;
/** Characters of a part of a long quote: a citation of some length stands below it. */
const PART = 2200;
/** Containers on a page: each has two texts, and the message forty components. */
const CONTAINERS = 8;

/** Characters of a citation with the cable's subject in it. */
const CITATION = 1500;
/** Characters of `part 12 of 34` with its signs. */
const PART_TOLD = 24;

interface Part {
  readonly quote: QuotedSpan;
  readonly markdown: string;
  /** `part 2 of 4`, or empty. */
  readonly told: string;
}

/** Quotes whole, over as many pages as they need; each part has its citation. */
export function renderQuotePages(quotes: readonly QuotedSpan[], frame: QuotePagesFrame): Rendered {
  const pages = pagesOfParts(quotes.flatMap(partsOf), frame);
  const at = Math.min(frame.page, Math.max(pages.length - 1, 0));
  const here = pages[at];
  if (here === undefined) {
    return {
      components: [
        text('These paragraphs are no longer held, or are above what may be shown here.'),
      ],
    };
  }
  return {
    components: [
      ...here.map(({ quote, markdown, told }) =>
        container(quote.level, [
          text(
            [citationIn(quote, frame), told === '' ? '' : small(told)].filter(Boolean).join('\n'),
          ),
          text(markdown),
        ]),
      ),
      ...pageTold(at, pages.length).map((each) => text(each)),
      ...buttons(
        ...pageButtons(at, pages.length, frame.turnTo),
        ...(here[0] === undefined ? [] : buttonsOf(here[0].quote)),
      ),
    ],
    files: filesOf(quotes, frame.style),
  };
}

function buttonsOf({ cable, ordinal, receipt }: QuotedSpan) {
  const place = { cable, ordinal };
  return [
    button('Context', idOf(ACTIONS.context, [place])),
    button('Open cable', idOf(ACTIONS.open, [place])),
    button('Plain text', idOf(ACTIONS.plain, [place])),
    fittingButton('Verify', fittingId(ACTIONS.verify, [receipt])),
    fittingButton('Keep', fittingId(ACTIONS.keep, [receipt])),
  ];
}

/** A citation in a style that is read; styles for programs go into a file. */
function citationIn(quote: QuotedSpan, { style, look }: QuotePagesFrame): string {
  const { file, text: cited } = styleOf(style);
  if (file !== null || style === DEFAULT_STYLE) return citationOf(quote, look);
  return escapeMarkdown(cut(cited(quote), CITATION));
}

function filesOf(quotes: readonly QuotedSpan[], style: StyleName): Attached[] {
  const [first] = quotes;
  const { file, text: cited } = styleOf(style);
  if (first === undefined || file === null) return [];
  return [{ name: `${first.cable}.${file.ending}`, content: file.join(quotes.map(cited)) }];
}

function partsOf(quote: QuotedSpan): Part[] {
  const pages = pagesOf(segmentsOf(displayText(quote.text)), PART);
  return pages.map(({ markdown }, i) => ({
    quote,
    markdown,
    told: pages.length === 1 ? '' : `part ${i + 1} of ${pages.length}`,
  }));
}

function pagesOfParts(parts: readonly Part[], frame: QuotePagesFrame): Part[][] {
  const pages: Part[][] = [];
  let room = 0;
  for (const part of parts) {
    const cost = part.markdown.length + citationIn(part.quote, frame).length + PART_TOLD;
    const open = pages.at(-1);
    if (open === undefined || cost > room || open.length === CONTAINERS) {
      pages.push([part]);
      room = PAGE - cost;
    } else {
      open.push(part);
      room -= cost;
    }
  }
  return pages;
}
