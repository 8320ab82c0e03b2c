import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { Ceiling } from '../../src/cable/ceiling.js';
import type { LocalPlace } from './payloads.js';
import { Person, type Seen } from './person.js';
import { pageOf, setCeiling } from './panel.js';
import { pressAll } from './press-all.js';
import {
  IN_DIRECT,
  IN_SERVER,
  indexOf,
  runBotOver,
  USER_INSTALLED,
  type Running,
} from './running.js';

/**
 * Words that stand in one place each, and nowhere else. In the corpus beside it other words stand there:
 * under a ceiling nobody can tell the two apart, whatever is asked.
 */
const PLACES = {
  subject: ['Zebrafisher', 'Ordinary'],
  tag: ['QZYX', 'PINR'],
  reference: ['07TIRANA4711', '07SKOPJE12'],
  addressee: ['QUAGMIRELAND', 'BELGRADE'],
  heading: ['Glorfindelian', 'Customary'],
  summaryHeading: ['Summary', 'Matters'],
  hiddenParagraph: ['vantablackish', 'ordinarily'],
  innerMark: ['kryptographon', 'conversation'],
  unknownCaveat: ['GAMMAZETA', 'PROPIN'],
  unmarkedParagraph: ['subterraneous', 'conventional'],
  classifiedBy: ['Qwertzovsky', 'Miller'],
  signature: ['XYLOPHON', 'BRADTKE'],
} as const;
type Place = keyof typeof PLACES;
type Words = Readonly<Record<Place, string>>;

function cable(id: string, classification: string, date: string, body: string, origin: string) {
  return JSON.stringify({ id, date, classification, origin, header: '', body });
}

/** A SECRET cable with open paragraphs, and open cables around it. */
function corpus(words: Words, hidden: readonly string[]): string {
  const body = `S E C R E T ZAGREB 000501

SIPDIS

E.O. 12958: DECL: 05/01/2019
TAGS: PREL, ${words.tag}, HR
SUBJECT: OPERATION ${words.subject.toUpperCase()} AND THE SHIPMENT
REF: A. ${words.reference.slice(0, 2)} ${words.reference.slice(2).replace(/\d+/, ' $&')}

Classified By: ${words.classifiedBy} for reasons 1.4 (b) and (d).

1. (S/NF) The courier delivered it ${words.hiddenParagraph} to the harbor, and the minister paid him.

${words.heading} Protocol
----------------------

2. (U) The harbor of Rijeka was renovated in 2008 with a loan of the bank and has four new cranes.

${words.summaryHeading}
-------

3. (U) The embassy thanks the port authority for a tour of the terminal. [S//NF] A ${words.innerMark} was held.

4. (TS//${words.unknownCaveat}) Nobody may read of this paragraph but a handful of people.

5. This ${words.unmarkedParagraph} paragraph has no mark, so that it is as secret as its cable.

6. (U) Minimize considered for the harbor report of this month, sent to all addressees of the region.

${words.signature}
`;
  const header = `VZCZCXYZ0001\nRR RUEHC\nR 011200Z MAY 09\nFM AMEMBASSY ZAGREB\nTO AMEMBASSY ${words.addressee}\n`;
  const open = [
    'The tourism season opened on the coast with more visitors than the year before, the ministry said.',
    'Hotels in Split report that bookings rose by ten percent against the same month of the last year.',
    'The harbor master of Rijeka asked for two cranes and was given a loan of the development bank.',
    'A ferry line between Pula and Venice was opened by the minister of the sea in the spring.',
  ].map((text, i) =>
    cable(
      `09ZAGREB${String(601 + i)}`,
      'UNCLASSIFIED',
      `2009-06-0${String(i + 1)}`,
      `UNCLAS ZAGREB 00060${String(i + 1)}\n\nTAGS: ECON, HR\nSUBJECT: THE COAST ${String(i)}\n\n1. (U) ${text}\n\n2. (U) The embassy will go on to report about item ${String(i)} of the coast.\n\nBRADTKE\n`,
      'Embassy Zagreb',
    ),
  );
  const secret = JSON.stringify({
    id: '09ZAGREB501',
    date: '2009-05-01',
    classification: 'SECRET//NOFORN',
    origin: 'Embassy Zagreb',
    header,
    body,
  });
  return [secret, ...open, ...hidden].join('\n');
}

/** A cable of which nothing may be shown: its place, its date and its words stand nowhere else. */
const HIDDEN = cable(
  '12SARAJEVO77',
  'SECRET',
  '2012-03-04',
  'S E C R E T SARAJEVO 000077\n\nTAGS: PREL, QQQQ\nSUBJECT: THE NIGHTINGALEFORD AFFAIR\nREF: 09 ZAGREB 601\n\n' +
    '1. (S) The nightingaleford met the ambassador at the lake.\n\n2. (C) The nightingaleford left by train.\n\n' +
    '3. (S) Another word of the nightingaleford.\n\nMOON\n',
  'Embassy Sarajevo',
);

const MANAGER: LocalPlace = { ...IN_SERVER, permissions: PermissionFlagsBits.ManageGuild };
const ASKER = '510000000000000001';

/** A slip of the finger. */
function misspelt(word: string): string {
  return word.slice(0, -3) + word.slice(-2);
}

/** Does all that can be done with some words, in one place. */
async function everything(
  running: Running,
  where: LocalPlace,
  words: readonly string[],
): Promise<void> {
  const person = new Person(running.discord, where, ASKER);
  // Where every message is a question, messages that menus are opened on are written elsewhere.
  const written = (text: string) => person.at(IN_SERVER).writes(text);
  const replies: Seen[] = [];
  const add = async (reply: Promise<Seen>): Promise<void> => void replies.push(await reply);
  for (const word of words) {
    await add(person.slash('ask', { question: `What is known of ${word}?` }));
    await add(person.slash('ask', { question: `Tell me about ${misspelt(word)} and the harbor` }));
    await add(person.slash('ask', { question: `who mentioned "${word}" in a report` }));
    await add(person.slash('search', { words: word }));
    await person.type('cable', 'id', word.slice(0, 6));
    await add(person.slash('cable', { id: word }));
    await add(person.onMessage('Find this quote', written(`${word} protocol of the harbor`)));
    await add(person.onMessage('Ask the cables about this', written(`${word} harbor`)));
  }
  for (const id of ['09ZAGREB501', '12SARAJEVO77', '12SARAJEVO78', '09ZAGREB601']) {
    await add(person.slash('cable', { id }));
    await add(person.slash('quote', { id, paragraphs: '1-9' }));
    await add(person.slash('quote', { id, paragraphs: 'summary', style: 'bibtex' }));
    await add(person.slash('quote', { id, paragraphs: '2-3', style: 'csl-json' }));
    await add(person.slash('related', { id }));
    await add(person.slash('refs', { id }));
    await add(person.slash('dossier add', { id, paragraphs: '1-9' }));
    await add(person.slash('ask', { question: `What does ${id} say about the harbor?` }));
    await person.type('cable', 'id', id.slice(0, 5));
    for (const typed of ['', '2']) await person.type('quote', 'paragraphs', typed, { id });
    await add(person.onMessage('Quote what this cites', written(`${id} ¶1-9, or ${id}`)));
    if (where.userInstalled !== true) await add(person.says(`<@100000000000000000> ${id} ¶1-9`));
    if (where === IN_SERVER) {
      // What may be shown is quoted beneath, so that there is something to wait for.
      await add(person.says(`[[${id} ¶1-9]], [[${id}]] and [[09ZAGREB602 ¶1]]`));
    }
  }
  const filtered = [
    { origin: 'Sarajevo' },
    { tag: 'QZYX' },
    { tag: 'QQQQ' },
    { mark: 'S' },
    { from: '2011' },
    { from: '2009', to: '2010' },
  ];
  for (const filters of filtered) {
    await add(person.slash('ask', { question: 'What happened at the harbor?', ...filters }));
    await add(person.slash('search', { words: 'harbor', ...filters }));
  }
  for (const question of [
    'What happened at the lake in 2011?',
    'What did the ambassador do in 2013?',
    'harbor cranes loan',
    'Did Nightingaleford meet the ambassador?',
    'How many cranes has the harbor of Rijeka?',
  ]) {
    await add(person.slash('ask', { question }));
    if (where.userInstalled !== true) await add(person.says(`<@100000000000000000> ${question}`));
  }
  await add(person.slash('dossier export', { form: 'text' }));
  await add(person.slash('stats'));
  await add(person.slash('help'));
  for (const reply of replies) await pressAll(person, reply, 2);
}

/** All that a bot over a corpus sends while everything is done under a ceiling. */
async function sentOver(
  text: string,
  ceiling: Partial<Ceiling>,
  where: LocalPlace,
  asked: readonly Place[],
  rereads: boolean,
): Promise<string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-planted-'));
  const file = path.join(folder, 'cables.jsonl');
  writeFileSync(file, text);
  const index = await indexOf([file]);
  const running = await runBotOver({ index }, { messageContent: true, rereads });
  try {
    const manager = new Person(running.discord, MANAGER, ASKER);
    const panel = await pageOf(manager, 'How answers look');
    await manager.press(panel, 'Quote [[…]] in messages');
    const settled = await setCeiling(manager, ceiling);
    const from = running.discord.rest.requests.length;
    const words = asked.flatMap((place) => PLACES[place]);
    await everything(running, where, [...words, 'Nightingaleford']);
    expect(running.discord.violations.found).toEqual([]);
    const requests = running.discord.rest.requests.slice(from);
    const isTyping = ({ path }: { path: string }): boolean => path.endsWith('/typing');
    return [
      /^On this server: .*/m.exec(settled.text)?.[0] ?? '',
      JSON.stringify(running.discord.gateway.presence),
      // That the bot types may arrive before or after the answer: nothing waits for it.
      `${String(requests.filter(isTyping).length)} times typing`,
      ...requests
        .filter((request) => !isTyping(request))
        .map(({ body, files }) => JSON.stringify([body, files]).replace(MESSAGE_ID, '')),
    ];
  } finally {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
    rmSync(index, { recursive: true, force: true });
  }
}

/** The message that is answered: its number is the moment in which it was written. */
const MESSAGE_ID = /"(?:message_id|nonce)":"\d+"/g;

/** The planted words in some places, the others' elsewhere. */
function chosen(planted: readonly Place[]): Words {
  const word = (place: Place): string => PLACES[place][planted.includes(place) ? 0 : 1];
  const places = Object.keys(PLACES) as Place[];
  return Object.fromEntries(places.map((place) => [place, word(place)])) as Record<Place, string>;
}

const EVERYWHERE = Object.keys(PLACES) as Place[];
/** What belongs to the whole cable, whatever its paragraphs' marks are. */
const OF_THE_WHOLE: readonly Place[] = [
  'subject',
  'tag',
  'reference',
  'addressee',
  'heading',
  'summaryHeading',
  'classifiedBy',
  'signature',
];
/** Words enough to try the other places with. */
const SOME: readonly Place[] = ['subject', 'heading', 'hiddenParagraph', 'tag'];
/** Few, where every question is read twice. */
const FEW: readonly Place[] = ['subject', 'hiddenParagraph'];

describe('what may not be shown has no effect on what is', () => {
  const planted = corpus(chosen(EVERYWHERE), [HIDDEN]);
  const without = corpus(chosen([]), []);
  const subjects = corpus(chosen(OF_THE_WHOLE), []);
  const U = { mark: 'U' } as const;
  const SUBJECTS = { mark: 'S', classification: 'U' } as const;

  it.each([
    ['on a server under U', planted, U, IN_SERVER, EVERYWHERE],
    ['in direct messages, where a server is under U', planted, U, IN_DIRECT, SOME],
    ['in an own installation, where a server is under U', planted, U, USER_INSTALLED, SOME],
    ['under SBU without NOFORN', planted, { mark: 'SBU', noforn: false }, IN_SERVER, FEW],
    ['under S, with subjects under U', subjects, SUBJECTS, IN_SERVER, SOME],
  ] as const)('%s: every reply is that over a corpus without it', async (...given) => {
    const [, text, ceiling, where, asked] = given;
    // The second reader is given what was ranked, and nothing else: that it sees no more is seen once, by few words.
    const rereads = 'noforn' in ceiling;
    const withIt = await sentOver(text, ceiling, where, asked, rereads);
    const withoutIt = await sentOver(without, ceiling, where, asked, rereads);
    expect(withIt.length).toBeGreaterThan(150);
    const differing = withIt.flatMap((reply, i) =>
      reply === withoutIt[i] ? [] : [[reply, withoutIt[i]]],
    );
    expect(differing.slice(0, 1)).toEqual([]);
    expect(withIt).toHaveLength(withoutIt.length);
    // What may be shown is: the test is not blind.
    expect(withIt.join('\n')).toContain('has four new cranes');
    expect(withIt.join('\n')).not.toContain('OPERATION');
  });

  it('without a ceiling they differ', async () => {
    const seen = await sentOver(planted, { mark: 'TS' }, IN_SERVER, ['subject'], false);
    expect(seen.join('\n')).toContain('OPERATION ZEBRAFISHER');
    expect(seen.join('\n')).toContain('ambassador at the lake');
  });
});
