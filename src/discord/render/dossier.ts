import type { DossierEntry } from '../../dossier/entries.js';
import { ACTIONS, type Whose } from '../actions.js';
import { idOf } from '../custom-id.js';
import type { KeptQuote } from '../dossiers.js';
import type { Look } from '../look.js';
import { cutAtWord, escapeMarkdown, small } from '../markdown.js';
import {
  button,
  buttons,
  container,
  menu,
  notice,
  pageButtons,
  pageTold,
  text,
  type Rendered,
} from './components.js';
import { citationOf, firstWords, shortNameOf } from './quotes.js';

/** A quote of a dossier, by its key. */
export interface Placed {
  readonly key: number;
  readonly entry: DossierEntry;
}

export interface DossierFrame {
  readonly whose: Whose;
  /** From 0; one too great is the last. */
  readonly page: number;
  /** The quote that is being arranged. */
  readonly chosen: number | null;
  readonly look: Look;
}

/** Quotes of a page, and characters of a note and of a quote on it. */
const A_PAGE = 4;
const NOTE = 160;
const WORDS = 200;

/** A page of a dossier: each quote short, with its note; a menu chooses the one that is arranged. */
export function renderDossier(quotes: readonly Placed[], frame: DossierFrame): Rendered {
  const { whose, chosen, look } = frame;
  const name = whose === 'mine' ? 'Your dossier' : 'This channel’s dossier';
  if (quotes.length === 0) {
    return notice(
      `${name} is empty: **Keep** stands under quotes, and \`/dossier add\` adds paragraphs.`,
    );
  }
  const pages = Math.ceil(quotes.length / A_PAGE);
  const page = Math.min(frame.page, pages - 1);
  const here = quotes.slice(page * A_PAGE, (page + 1) * A_PAGE);
  const at = here.find(({ key }) => key === chosen);
  return {
    components: [
      text(`**${name}**: ${quotes.length} quote${quotes.length === 1 ? '' : 's'}`),
      ...here.map((each, i) => entryOf(each, page * A_PAGE + i + 1, look)),
      ...pageTold(page, pages).map((each) => text(each)),
      ...menu(
        idOf(ACTIONS.arrange, [whose, 'choose', 0, page]),
        'Arrange…',
        here.map(({ key, entry }, i) => ({
          value: String(key),
          label: `${page * A_PAGE + i + 1}. ${entry.quote === null ? 'not shown' : shortNameOf(entry.quote)}`,
          default: key === chosen,
        })),
      ),
      ...(at === undefined
        ? []
        : buttons(
            button('Up', idOf(ACTIONS.arrange, [whose, 'up', at.key, page])),
            button('Down', idOf(ACTIONS.arrange, [whose, 'down', at.key, page])),
            button('Note', idOf(ACTIONS.noting, [whose, at.key, page])),
            button('Remove', idOf(ACTIONS.arrange, [whose, 'remove', at.key, page])),
          )),
      ...buttons(...pageButtons(page, pages, (other) => idOf(ACTIONS.dossier, [whose, other]))),
    ],
  };
}

function entryOf({ entry }: Placed, number: number, look: Look) {
  const { quote, note, replaced } = entry;
  const noted = note === '' ? [] : [escapeMarkdown(cutAtWord(note, NOTE))];
  if (quote === null) {
    return container(null, [
      text([`**${number}.** no longer held, or not to be shown here`, ...noted].join('\n')),
    ]);
  }
  return container(quote.level, [
    text(
      [
        `**${number}.** ${citationOf(quote, look)}`,
        ...(replaced ? [small('the cable has another text since: this is what it said')] : []),
        escapeMarkdown(firstWords(quote, WORDS)),
        ...noted.map((each) => `Note: ${each}`),
      ].join('\n'),
    ),
  ]);
}

/** What is said when a quote has been kept. */
export function renderKept({ key }: KeptQuote, count: number): Rendered {
  return notice(
    `Kept: your dossier has ${count} quote${count === 1 ? '' : 's'}.`,
    ...buttons(
      button('Note', idOf(ACTIONS.noting, ['mine', key, 0])),
      button('Open dossier', idOf(ACTIONS.dossier, ['mine', 0])),
    ),
  );
}
