import { ButtonStyle } from 'discord.js';
import { STYLE_NAMES, styleOf, type StyleName } from '../../quotes/styles.js';
import { ACTIONS } from '../actions.js';
import { idOf } from '../custom-id.js';
import { small } from '../markdown.js';
import type { Preferences, ServerSettings } from '../settings.js';
import { button, buttons, menu, text, type Rendered } from './components.js';

/** A citation style, as one chooses it: `chicago`, `bibtex (as a file)`. */
function styleTold(name: StyleName): string {
  return `${name}${styleOf(name).file === null ? '' : ' (as a file)'}`;
}

/** What somebody prefers, with buttons that change it. */
export function renderPreferences(chosen: Preferences, server: ServerSettings): Rendered {
  const { private: isPrivate, whole, style, noInline } = chosen;
  const serverWhole = server.whole ? 'whole' : 'short';
  const lines = [
    '**Your preferences**',
    isPrivate
      ? 'What you ask is answered to you alone, unless a command says otherwise'
      : `What you ask is answered as the server has it (here: ${server.private ? 'to you alone' : 'for the channel'})`,
    whole === null
      ? `Answers are short or whole as the server has it (here: ${serverWhole})`
      : `Answers are ${whole ? 'whole paragraphs' : 'short'}`,
    `Citations: ${styleTold(style)}`,
    noInline
      ? '[[07BEIJING1689 ¶4]] in your messages is left alone'
      : '[[07BEIJING1689 ¶4]] in your messages is quoted where the server wants it',
    small('kept by the number of your account until you delete it'),
  ];
  return {
    components: [
      text(lines.join('\n')),
      ...buttons(
        prefer(
          isPrivate ? 'Answer as the server has it' : 'Answer me alone',
          'private',
          !isPrivate,
        ),
        prefer(noInline ? 'Quote my [[…]]' : 'Leave my [[…]] alone', 'noInline', !noInline),
        whole === true ? null : prefer('Whole paragraphs', 'whole', true),
        whole === false ? null : prefer('Short answers', 'whole', false),
        whole === null ? null : prefer('Length as the server has it', 'whole', null),
      ),
      ...menu(
        idOf(ACTIONS.prefer, ['style', '']),
        'How citations are written',
        STYLE_NAMES.map((name) => ({
          label: `Citations: ${styleTold(name)}`,
          value: name,
          default: name === style,
        })),
      ),
      ...buttons(button('Delete what is kept of me', idOf(ACTIONS.forget, []), ButtonStyle.Danger)),
    ],
  };
}

function prefer(label: string, name: keyof Preferences, value: boolean | null) {
  return button(label, idOf(ACTIONS.prefer, [name, value === null ? '' : value ? '1' : '0']));
}
