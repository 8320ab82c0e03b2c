import { ACTIONS } from '../actions.js';
import { idOf } from '../custom-id.js';
import { small } from '../markdown.js';
import { COOLDOWNS, DATES, type Dates, type ServerSettings } from '../settings.js';
import { button, buttons, menu, text } from './components.js';

/** A setting that is on or off: what it is now, and the button that changes it. */
interface Switch {
  readonly name: 'private' | 'whole' | 'links' | 'inline';
  readonly told: readonly [off: string, on: string];
  readonly labels: readonly [turnOff: string, turnOn: string];
}

const SWITCHES: readonly Switch[] = [
  {
    name: 'private',
    told: ['Answers are for the channel', 'Answers are seen by who asks alone'],
    labels: ['Answer for the channel', 'Answer in private'],
  },
  {
    name: 'whole',
    told: ['Answers are short: the paragraph around what answers', 'Answers show paragraphs whole'],
    labels: ['Short answers', 'Whole paragraphs'],
  },
  {
    name: 'links',
    told: ['Cable ids in messages are left alone', 'Cable ids in messages are linked'],
    labels: ['Do not link ids', 'Link ids in messages'],
  },
  {
    name: 'inline',
    told: [
      '[[07BEIJING1689 ¶4]] in a message is left alone',
      '[[07BEIJING1689 ¶4]] in a message is quoted beneath it',
    ],
    labels: ['Do not quote [[…]]', 'Quote [[…]] in messages'],
  },
];

const DATE_NAMES: Readonly<Record<Dates, string>> = {
  iso: '2007-03-14',
  reader: 'In each reader’s own language',
  'en-GB': 'English (14 March 2007)',
  'en-US': 'English, US (March 14, 2007)',
  de: 'German',
  es: 'Spanish',
  fr: 'French',
  pt: 'Portuguese',
  ru: 'Russian',
  zh: 'Chinese',
};

/** The page of a server's settings about how answers look. */
export function answersPage(settings: ServerSettings) {
  const { cooldown, dates } = settings;
  const lines = [
    '**Settings: how answers look**',
    ...SWITCHES.map(({ name, told }) => told[settings[name] ? 1 : 0]),
    `Between two questions of one person: ${secondsTold(cooldown)}`,
    `Days on cards: ${DATE_NAMES[dates]}`,
    small(
      'links and quotes in messages need the Message Content intent; citations keep their dates',
    ),
  ];
  const seconds = [...new Set([...COOLDOWNS, cooldown])].sort((a, b) => a - b);
  return [
    text(lines.join('\n')),
    ...buttons(
      ...SWITCHES.map(({ name, labels }) =>
        button(
          labels[settings[name] ? 0 : 1],
          idOf(ACTIONS.set, [name, settings[name] ? '0' : '1']),
        ),
      ),
    ),
    ...menu(
      idOf(ACTIONS.set, ['cooldown', '']),
      'Between two questions of one person',
      seconds.map((each) => ({
        label: `Between two questions: ${secondsTold(each)}`,
        value: String(each),
        default: each === cooldown,
      })),
    ),
    ...menu(
      idOf(ACTIONS.set, ['dates', '']),
      'How days are written on cards',
      DATES.map((each) => ({
        label: `Days on cards: ${DATE_NAMES[each]}`,
        value: each,
        default: each === dates,
      })),
    ),
  ];
}

function secondsTold(seconds: number): string {
  return seconds === 0 ? 'no pause' : `${seconds} second${seconds === 1 ? '' : 's'}`;
}
