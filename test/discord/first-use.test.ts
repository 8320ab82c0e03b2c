import { GatewayDispatchEvents, PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/discord/registry.js';
import { SAMPLES } from '../support/files.js';
import { APPLICATION, CHANNEL, guildOf, type LocalPlace } from './payloads.js';
import { Seen, seen } from './person.js';
import { IN_DIRECT, IN_SERVER, runBotOver, USER_INSTALLED, type Running } from './running.js';

const QUESTION = 'When did Stratford hope the labor dialogue would first meet?';
/** A server that lets the bot in while it runs. */
const NEW = '200000000000000009';
const NEW_CHANNEL = '300000000000000009';

let running: Running;
beforeEach(async () => {
  running = await runBotOver([SAMPLES], { cableUrl: 'https://example.org/cables/{id}' });
});
afterEach(async () => {
  await running.stop();
  expect(running.discord.violations.found).toEqual([]);
});

function joins(permissions: bigint): void {
  running.discord.gateway.send(GatewayDispatchEvents.GuildCreate, {
    ...guildOf(NEW),
    roles: [
      { id: NEW, name: '@everyone', permissions: permissions.toString(), position: 0, color: 0 },
    ],
    channels: [
      {
        id: NEW_CHANNEL,
        type: 0,
        name: 'news',
        position: 0,
        permission_overwrites: [],
        parent_id: null,
      },
    ],
  });
}

describe('a server that lets the bot in', () => {
  it('is told once what it does, where it may write, with a button for who may set', async () => {
    const wanted = COMMANDS.map(({ data }, i) => ({
      ...data,
      id: `80000000000000000${String(i)}`,
    }));
    running.discord.commands.set(APPLICATION, wanted);
    const next = running.discord.next();
    joins(PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages);
    const message = await next;
    expect(message.channel).toBe(NEW_CHANNEL);
    const greeting = new Seen(message);
    expect(greeting.markdown).toContain('</ask:800000000000000000> a question in plain English');
    expect(greeting.text).toContain('Shown on the server: everything.');
    expect(greeting.text).toContain('questions are not kept');
    const there: LocalPlace = { channel: NEW_CHANNEL, server: NEW };
    const manager = running.person({ ...there, permissions: PermissionFlagsBits.ManageGuild });
    const panel = await manager.pressed(greeting, 'Change what is shown');
    expect(panel.text).toContain('Settings: what is shown');
    expect(panel.isPrivate).toBe(true);
    const other = await running.person(there).pressed(greeting, 'Change what is shown');
    expect(other.text).toContain('Only who may manage the server');
    const help = await running.person(there).slash('help');
    expect(help.markdown).toContain('</cable:800000000000000001>');
  });

  it('is told so by its owner where the bot may write nowhere', async () => {
    const next = running.discord.next();
    joins(0n);
    const message = await next;
    expect(message.channel).not.toBe(NEW_CHANNEL);
    expect(new Seen(message).text).toContain('quotes diplomatic cables');
  });
});

describe('ids in answers', () => {
  it('are links to their source where the operator says where that is', async () => {
    const person = running.person();
    const link = '[07BEIJING1689](<https://example.org/cables/07BEIJING1689>)';
    const answer = await person.slash('ask', { question: QUESTION });
    expect(answer.markdown).toContain(`**${link} ¶3 (SBU)**`);
    for (const other of [
      await person.slash('cable', { id: '07BEIJING1689' }),
      await person.slash('quote', { id: '07BEIJING1689', paragraphs: '4' }),
      await person.slash('search', { words: 'Jiang' }),
      await person.slash('refs', { id: '07BEIJING1689' }),
      await person.slash('ask', { question: 'all cables from Beijing in 2007' }),
    ]) {
      expect(other.markdown).toContain(link);
    }
  });
});

describe.each([
  ['a server', IN_SERVER],
  ['direct messages', IN_DIRECT],
  ['somebody’s own installation', USER_INSTALLED],
])('what a command posts for all in %s', (_, place) => {
  it('can be dismissed by whoever asked, and by no other', async () => {
    const person = running.person(place);
    for (const [name, values] of [
      ['ask', { question: 'What did the Oxus Pipeline Treaty say?' }],
      ['cable', { id: '07BEIJING1689' }],
      ['quote', { id: '07BEIJING1689', paragraphs: '4' }],
      ['search', { words: 'Jiang' }],
      ['related', { id: '07BEIJING1689' }],
      ['refs', { id: '07BEIJING1689' }],
      ['stats', {}],
      ['cable', { id: '07NOWHERE1' }],
    ] as const) {
      const posted = await person.slash(name, values);
      expect(posted.isPrivate).toBe(false);
      const refused = seen(await running.person(place).press(posted, 'Dismiss'));
      expect(refused.text, name).toContain('Only who asked');
      expect(await person.press(posted, 'Dismiss'), name).toEqual({ kind: 'removed' });
    }
  });
});

describe('where Discord shows what people’s own apps write to them alone', () => {
  it('they are told so, and the answer can be shared nowhere but there', async () => {
    const forced: LocalPlace = { ...USER_INSTALLED, forcedPrivate: true };
    const person = running.person(forced);
    const answer = await person.slash('ask', { question: QUESTION });
    expect(answer.isPrivate).toBe(true);
    expect(answer.text).toMatch(/^Discord shows this to you alone/);
    expect(answer.text).toContain('mid-April 2007');
    expect(answer.labels).not.toContain('Dismiss');
  });
});

describe('a message in whose form Discord finds fault', () => {
  it('goes as a file, with its buttons', async () => {
    running.discord.refusesForm = ({ components }) =>
      JSON.stringify(components).includes('mid-April');
    const person = running.person();
    const answer = await person.slash('ask', { question: QUESTION });
    expect(answer.text).toContain('here it is as a file');
    expect(answer.message.files[0]?.text).toContain('mid-April 2007');
    expect(answer.message.files[0]?.text).toContain('07BEIJING1689 ¶3 (SBU), Embassy Beijing');
    expect(answer.message.files[0]?.text).not.toContain('**');
    expect(answer.labels).toContain('Dismiss');
    expect(running.log.join('')).toContain('it goes as a file');
  });
});

describe('a mention where the bot may not attach files', () => {
  it('is answered without them, and told what is wanting', async () => {
    const person = running.person(IN_DIRECT);
    const panel = await person.slash('preferences');
    await person.choose(panel, 'Citations: bibtex');
    running.discord.refusesForm = () => false;
    const quoted = await person.says('07BEIJING1689 ¶4');
    expect(quoted.message.files).toHaveLength(1);
    joins(PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages);
    const there = person.at({ channel: NEW_CHANNEL, server: NEW });
    const next = running.discord.next(({ channel, sent }) => {
      return channel === NEW_CHANNEL && JSON.stringify(sent).includes('Jiang said');
    });
    there.writes('<@100000000000000000> 07BEIJING1689 ¶4');
    const without = new Seen(await next);
    expect(without.message.files).toEqual([]);
    expect(without.text).toContain('give me Attach Files');
  });
});

it('an answer has room on a telephone: five buttons, one menu, a screen and a half of text', async () => {
  const answer = await running.person().slash('ask', { question: QUESTION });
  expect(answer.labels).toEqual(['Follow-up', 'Answers it', 'Does not', 'Keep', 'Dismiss']);
  expect(answer.components.filter(({ options }) => options !== undefined)).toHaveLength(1);
  expect(answer.text.length).toBeLessThan(1600);
  expect(answer.message.channel).toBe(CHANNEL);
});
