import { ApplicationCommandType } from 'discord.js';
import type { CitedCable } from '../../library/library.js';
import { ACTIONS } from '../actions.js';
import { idOf } from '../custom-id.js';
import { LIMITS, OURS } from '../limits.js';
import type { Look } from '../look.js';
import { bold, cut, escapeMarkdown, small } from '../markdown.js';
import { button, buttons, container, text, type Rendered } from '../render/components.js';
import { EVERYWHERE, replies, type SlashCommand } from './command.js';
import { completeId, idOption, PRIVATE_OPTION } from './options.js';
import type { Turn } from '../turn.js';

/** Characters of a subject in a list. */
const SUBJECT = 80;

async function references({ library, look }: Turn, id: string): Promise<Rendered> {
  const found = await library(({ citations }) => citations(id));
  const cites =
    found.cites === null
      ? small('what it cites is above what may be shown here')
      : listed(found.cites, look, 'nothing that it names by id');
  const held = [...(found.cites ?? []), ...found.citedBy].filter((each) => each.held);
  const openable = [...new Set(held.map((each) => each.id))].slice(0, LIMITS.rowButtons);
  return {
    components: [
      container(null, [
        text(bold(look.id(found.id))),
        text(`It cites:\n${cites}`),
        text(`It is cited by:\n${listed(found.citedBy, look, 'no cable that is held')}`),
        ...buttons(
          ...openable.map((each) =>
            button(each, idOf(ACTIONS.open, [{ cable: each, ordinal: 0 }])),
          ),
        ),
      ]),
    ],
  };
}

function listed(references: readonly CitedCable[], look: Look, none: string): string {
  if (references.length === 0) return small(none);
  const lines = references.slice(0, OURS.cablesAList).map(({ id, held, subject }) => {
    const told = subject === null ? '' : ` – ${cut(subject.replace(/\s+/g, ' '), SUBJECT)}`;
    return `${held ? look.id(id) : escapeMarkdown(id)}${escapeMarkdown(held ? told : ' (not held)')}`;
  });
  const more = references.length - lines.length;
  return [...lines, ...(more > 0 ? [small(`and ${more} more`)] : [])].join('\n');
}

export const refs: SlashCommand = {
  kind: 'slash',
  visibility: 'asked',
  data: {
    ...EVERYWHERE,
    type: ApplicationCommandType.ChatInput,
    name: 'refs',
    description: 'What a cable cites, and what cites it',
    options: [idOption('id', 'As in 07BEIJING1689'), PRIVATE_OPTION],
  },
  complete: completeId,
  run: (turn, interaction) => references(turn, interaction.options.getString('id', true)),
  actions: [replies(ACTIONS.refs, (turn, [id]) => references(turn, id))],
};
