import {
  ButtonStyle,
  ComponentType,
  SelectMenuDefaultValueType,
  type APISelectMenuOption,
} from 'discord.js';
import type { Ceiling } from '../../cable/ceiling.js';
import { LEVELS, type Level } from '../../cable/types.js';
import { ACTIONS, type DraftStep, type PanelPage } from '../actions.js';
import { idOf } from '../custom-id.js';
import { LIMITS } from '../limits.js';
import { small } from '../markdown.js';
import { ceilingTold, levelTold, type ServerSettings } from '../settings.js';
import { button, buttons, menu, text, type Rendered } from './components.js';
import { answersPage } from './panel-answers.js';

/** A ceiling that is being set; of the whole server where no channel is named. */
export interface Draft {
  readonly channel: string;
  readonly ceiling: Ceiling;
}

interface Counts {
  readonly cables: number;
  readonly paragraphs: number;
}

export interface PanelFrame {
  readonly settings: ServerSettings;
  readonly draft: Draft;
  /** The ceiling that holds where the draft would. */
  readonly current: Ceiling;
  /** What direct messages show, and whether whoever runs the bot has said so. */
  readonly direct: { readonly ceiling: Ceiling; readonly isSet: boolean };
  /** What the draft would show, and what there is. */
  readonly counts?: { readonly under: Counts; readonly all: Counts };
}

/** Channels with a ceiling of their own that are named. */
const LISTED = 8;

/** A server's settings, a page of them. */
export function renderPanel(page: PanelPage, frame: PanelFrame): Rendered {
  const pages: Readonly<Record<PanelPage, () => Rendered['components']>> = {
    shown: () => shownPage(frame),
    answers: () => answersPage(frame.settings),
    who: () => whoPage(frame),
  };
  return {
    components: [
      ...pages[page](),
      ...buttons(
        ...PANEL_TABS.filter(([name]) => name !== page).map(([name, label]) =>
          button(label, idOf(ACTIONS.panel, [name])),
        ),
      ),
    ],
  };
}

const PANEL_TABS = [
  ['shown', 'What is shown'],
  ['answers', 'How answers look'],
  ['who', 'Who may set this'],
] as const satisfies readonly (readonly [PanelPage, string])[];

/** What shows more than before is asked for twice. */
export function renderConfirmation(before: Ceiling, draft: Draft, confirmed: DraftStep): Rendered {
  return {
    components: [
      text(
        [
          `**This shows more than before ${whereTold(draft)}.**`,
          `Before: ${ceilingTold(before)}.`,
          `From now on: ${ceilingTold(draft.ceiling)}.`,
        ].join('\n'),
      ),
      ...buttons(
        button('Yes, show it', draftId(confirmed, draft), ButtonStyle.Danger),
        button('Back', draftId('back', draft)),
      ),
    ],
  };
}

function draftId(step: DraftStep, { channel, ceiling }: Draft): string {
  const { mark, classification, noforn } = ceiling;
  return idOf(ACTIONS.draft, [step, channel, mark, classification, noforn]);
}

function whereTold({ channel }: Draft): string {
  return channel === '' ? 'on this server' : `in <#${channel}>`;
}

function shownPage({ settings, draft, current, direct, counts }: PanelFrame) {
  const { ceiling } = draft;
  const { channels } = settings;
  const own = Object.entries(channels);
  const isChanged = ceilingTold(ceiling) !== ceilingTold(current);
  const hasOwn = draft.channel !== '' && channels[draft.channel] !== undefined;
  const why = direct.isSet ? 'set by whoever runs Pilcrow' : 'the lowest that any server has set';
  const lines = [
    '**Settings: what is shown**',
    `On this server: ${ceilingTold(settings.ceiling)}`,
    ...own.slice(0, LISTED).map(([id, of]) => `In <#${id}>: ${ceilingTold(of)}`),
    ...(own.length > LISTED ? [`and in ${own.length - LISTED} more channels`] : []),
    small(
      `direct messages and people’s own installations: ${ceilingTold(direct.ceiling)} (${why})`,
    ),
  ];
  const chosen = [
    `Chosen ${whereTold(draft)}: ${ceilingTold(ceiling)}${isChanged ? ' – **not saved yet**' : ''}`,
    ...(counts === undefined ? [] : [small(preview(counts))]),
  ];
  return [
    text(lines.join('\n')),
    {
      type: ComponentType.ActionRow as const,
      components: [
        {
          type: ComponentType.ChannelSelect as const,
          custom_id: draftId('channel', draft),
          placeholder: 'For the whole server; choose a channel or category to set it apart',
          min_values: 0,
          ...(draft.channel !== '' && {
            default_values: [
              { id: draft.channel, type: SelectMenuDefaultValueType.Channel as const },
            ],
          }),
        },
      ],
    },
    ...menu(
      draftId('mark', draft),
      'Paragraphs up to',
      levelOptions('Paragraphs up to', ceiling.mark),
    ),
    ...menu(
      draftId('classification', draft),
      'Subjects, TAGS and references of cables up to',
      levelOptions('Subjects, TAGS, references: cables up to', ceiling.classification),
    ),
    text(chosen.join('\n')),
    ...buttons(
      button(ceiling.noforn ? 'Leave NOFORN out' : 'Show NOFORN as well', draftId('noforn', draft)),
      isChanged || (draft.channel !== '' && !hasOwn)
        ? button('Save', draftId('save', draft), ButtonStyle.Primary)
        : null,
      hasOwn ? button('Follow the server again', draftId('follow', draft)) : null,
    ),
  ];
}

function preview({ under, all }: NonNullable<PanelFrame['counts']>): string {
  const of = (some: number, whole: number, what: string): string =>
    `${some.toLocaleString('en-US')} of ${whole.toLocaleString('en-US')} ${what}`;
  return `with this, readers there see something of ${of(under.cables, all.cables, 'cables')}, and ${of(under.paragraphs, all.paragraphs, 'paragraphs')}`;
}

function levelOptions(before: string, chosen: Level): APISelectMenuOption[] {
  return LEVELS.map((level) => ({
    label: `${before} ${levelTold(level)}`,
    value: level,
    default: level === chosen,
  }));
}

function whoPage({ settings: { setters } }: PanelFrame) {
  const lines = [
    '**Settings: who may set this**',
    'Whoever may manage the server, and who has one of these roles:',
    setters.length === 0 ? 'none' : setters.map((id) => `<@&${id}>`).join(', '),
  ];
  return [
    text(lines.join('\n')),
    {
      type: ComponentType.ActionRow as const,
      components: [
        {
          type: ComponentType.RoleSelect as const,
          custom_id: idOf(ACTIONS.set, ['setters', '']),
          placeholder: 'Roles that may set this',
          min_values: 0,
          max_values: LIMITS.selectOptions,
          ...(setters.length > 0 && {
            default_values: setters.map((id) => ({
              id,
              type: SelectMenuDefaultValueType.Role as const,
            })),
          }),
        },
      ],
    },
  ];
}
