import { ComponentType, GatewayDispatchEvents, PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLES } from '../support/files.js';
import { CHANNEL, SERVER, type LocalPlace } from './payloads.js';
import { pageOf, setCeiling } from './panel.js';
import { seen } from './person.js';
import { IN_DIRECT, IN_SERVER, runBotOver, USER_INSTALLED, type Running } from './running.js';

const MANAGER: LocalPlace = { ...IN_SERVER, permissions: PermissionFlagsBits.ManageGuild };
const FOURTH = '¶4.  (SBU)  Jiang said he would report the proposal';
const BOT = '<@100000000000000000>';

let running: Running;
beforeAll(async () => {
  running = await runBotOver([SAMPLES], { messageContent: true });
});
afterAll(async () => {
  await running.stop();
  expect(running.discord.violations.found).toEqual([]);
});

/** What the bot posts into the channel while something is done, once all that came before was dealt with. */
async function postedBy(work: () => void): Promise<number> {
  const before = running.discord.rest.requests.length;
  work();
  await running.person().says(`${BOT} 07BEIJING1689 ¶5`);
  const since = running.discord.rest.requests.slice(before);
  return since.filter(({ path }) => /^\/channels\/\d+\/messages$/.test(path)).length - 1;
}

describe.each([
  ['a server', IN_SERVER],
  ['direct messages', IN_DIRECT],
])('a mention in %s', (_, place) => {
  it('of a cable and a paragraph gives that quote alone', async () => {
    const quote = await running.person(place).says(`${BOT} 07BEIJING1689 ¶4`);
    expect(quote.text).toContain(FOURTH);
    expect(quote.text).not.toContain('¶5');
    const several = await running.person(place).says(`${BOT} 07 Beijing 1689, paragraphs 4-5`);
    expect(several.text).toContain('¶5.  (U)  AUSTR Stratford cleared');
  });

  it('of a cable alone gives its card, whose pages turn for whoever asked', async () => {
    const card = await running.person(place).says(`${BOT} 07BEIJING1689`);
    expect(card.text).toContain('From: Embassy Beijing');
    expect(card.labels).toContain('Dismiss');
  });

  it('of a question that has the form of an id is answered as a question', async () => {
    for (const question of ['Who met Stratford on May 4, 2009?', 'and on May 4, 2009?']) {
      const answer = await running.person(place).says(`${BOT} ${question}`);
      expect(answer.text).toContain(question);
      expect(answer.text).not.toContain('No cable 09');
    }
  });

  it('of what is not there says so', async () => {
    const none = await running.person(place).says(`${BOT} 07BEIJING1689 ¶44`);
    expect(none.text).toContain('from ¶1 to ¶5');
  });
});

describe('what stands between double brackets in a message', () => {
  it('is left alone until the server wants it', async () => {
    expect(await postedBy(() => void running.person().writes('See [[07BEIJING1689 ¶4]].'))).toBe(0);
    const panel = await pageOf(running.person(MANAGER), 'How answers look');
    await running.person(MANAGER).press(panel, 'Quote [[…]] in messages');
    expect(panel.text).toContain('is quoted beneath it');
  });

  it('is quoted beneath it; of a cable alone its summary', async () => {
    const person = running.person();
    const quoted = await person.says('As [[07BEIJING1689 ¶4]] has it.');
    expect(quoted.text).toContain(FOURTH);
    expect(quoted.text).toContain('07BEIJING1689 ¶4 (SBU), Embassy Beijing, 2007-03-14');
    const summary = await person.says('As [[07 Beijing 1689]] has it.');
    expect(summary.text).toContain('07BEIJING1689 ¶1 (SBU)');
    expect(await person.press(quoted, 'Dismiss')).toEqual({ kind: 'removed' });
  });

  it('is quoted as far as a message goes, what is left out told, and what makes no sense passed by', async () => {
    const person = running.person();
    const quoted = await person.says('[[07BEIJING1689 ¶¶1-9]] [[07BEIJING1689 ¶6-4]]');
    expect(quoted.text).toContain('07BEIJING1689 ¶4 (SBU)');
    expect(quoted.text).toContain('and 1 more that it names');
  });

  it('is left alone in code, in a quote, where it is not held, and behind another bot', async () => {
    const person = running.person();
    const posted = await postedBy(() => {
      person.writes('`[[07BEIJING1689 ¶4]]`');
      person.writes('```\n[[07BEIJING1689 ¶4]]\n```');
      person.writes('> [[07BEIJING1689 ¶4]]\nno');
      person.writes('>>> one\n[[07BEIJING1689 ¶4]]');
      person.writes('[[07NOWHERE1 ¶4]] and [[nothing]]');
      running.discord.gateway.send(GatewayDispatchEvents.MessageCreate, {
        ...{ id: running.discord.id(), channel_id: CHANNEL, guild_id: SERVER, type: 0 },
        author: { id: '1', username: 'other', discriminator: '0', avatar: null, bot: true },
        ...{ content: '[[07BEIJING1689 ¶4]]', mentions: [], attachments: [], embeds: [] },
      });
    });
    expect(posted).toBe(0);
  });

  it('is left alone for whoever does not want it', async () => {
    const person = running.person();
    const panel = await person.slash('preferences');
    await person.press(panel, 'Leave my [[…]] alone');
    expect(await postedBy(() => void person.writes('[[07BEIJING1689 ¶4]]'))).toBe(0);
    await person.press(panel, 'Quote my [[…]]');
    expect((await person.says('[[07BEIJING1689 ¶4]]')).text).toContain(FOURTH);
  });
});

describe.each([
  ['a server', IN_SERVER],
  ['direct messages', IN_DIRECT],
  ['somebody’s own installation', USER_INSTALLED],
])('/preferences in %s', (_, place) => {
  it('make answers private and whole, change the citation, and are deleted by a button', async () => {
    const person = running.person(place);
    const panel = await person.slash('preferences');
    expect(panel.isPrivate).toBe(true);
    await person.press(panel, 'Answer me alone');
    await person.press(panel, 'Whole paragraphs');
    const question = 'When did Stratford hope the labor dialogue would first meet?';
    const answer = await person.slash('ask', { question });
    expect(answer.isPrivate).toBe(true);
    expect(answer.text).toContain('¶3.  (SBU)  Stratford said he envisioned');
    expect(answer.text).not.toContain('[…]');
    expect(answer.labels).toContain('Share');
    await person.choose(panel, 'Citations: chicago');
    const pasted = await person.choose(answer, 'As plain text');
    expect(pasted.markdown).toContain('— Embassy Beijing, “USTR Proposes');
    await person.press(answer, 'Answers it');
    const deleted = seen(await person.press(panel, 'Delete what is kept of me'));
    expect(deleted.text).toContain('Deleted: your preferences and 1 verdict.');
    const again = await person.slash('preferences');
    expect(again.text).toContain('as the server has it');
    expect(seen(await person.press(again, 'Delete what is kept of me')).text).toContain(
      'Nothing was kept of you.',
    );
    expect((await person.slash('ask', { question })).isPrivate).toBe(false);
  });
});

describe('/settings', () => {
  it('asks twice before it shows more, and counts what would be shown', async () => {
    const manager = running.person(MANAGER);
    const panel = await manager.slash('settings');
    await manager.choose(panel, 'Paragraphs up to Unclassified (U)');
    expect(panel.text).toContain('not saved yet');
    expect(panel.text).toContain('and 2 of 11 paragraphs');
    await manager.press(panel, 'Save');
    expect(panel.text).toContain('On this server: paragraphs up to Unclassified (U)');
    await manager.choose(panel, 'Paragraphs up to Top secret (TS)');
    await manager.press(panel, 'Save');
    expect(panel.text).toContain('This shows more than before on this server.');
    await manager.press(panel, 'Back');
    expect(panel.text).toContain('On this server: paragraphs up to Unclassified (U)');
    await manager.press(panel, 'Save');
    await manager.press(panel, 'Yes, show it');
    expect(panel.text).toContain('On this server: everything');
  });

  it('asks twice as well where a channel follows the server or its category again', async () => {
    const manager = running.person(MANAGER);
    const set = await setCeiling(manager, { mark: 'U' }, CHANNEL);
    await manager.press(set, 'Follow the server again');
    expect(set.text).toContain('This shows more than before');
    await manager.press(set, 'Yes, show it');
    expect(set.markdown).not.toContain(`In <#${CHANNEL}>`);
    expect(set.text).toContain('everything');
  });

  it('forgets the ceiling of a channel that is deleted, and has room for many', async () => {
    const manager = running.person(MANAGER);
    const channels = Array.from(
      { length: 30 },
      (_, i) => `3100000000000000${String(i).padStart(2, '0')}`,
    );
    for (const channel of channels)
      await setCeiling(manager, { mark: 'C', noforn: false }, channel);
    const panel = await manager.slash('settings');
    expect(panel.text).toContain('and in 22 more channels');
    for (const id of channels) {
      running.discord.gateway.send(GatewayDispatchEvents.ChannelCreate, {
        id,
        guild_id: SERVER,
        type: 0,
        name: 'x',
        permission_overwrites: [],
      });
      running.discord.gateway.send(GatewayDispatchEvents.ChannelDelete, {
        id,
        guild_id: SERVER,
        type: 0,
        name: 'x',
        permission_overwrites: [],
      });
    }
    await running.person().slash('help');
    expect((await manager.slash('settings')).text).not.toContain('more channels');
  });

  it('can be set by who has a role that it names', async () => {
    const role = '500000000000000007';
    const manager = running.person(MANAGER);
    const editor = running.person({ ...IN_SERVER, roles: [role] });
    expect((await editor.slash('settings')).text).toContain('Only who may manage the server');
    const panel = await pageOf(manager, 'Who may set this');
    await manager.select(panel, ComponentType.RoleSelect, 'Roles that may set this', [role]);
    expect(panel.markdown).toContain(`<@&${role}>`);
    const own = await editor.slash('settings');
    expect(own.text).toContain('Settings: what is shown');
    await editor.press(own, 'Who may set this');
    const refused = seen(
      await editor.press(own, 'What is shown'), // back to where it was
    );
    expect(refused.text).toContain('Settings: what is shown');
    const who = await editor.pressed(own, 'Who may set this');
    expect(
      (await editor.select(who, ComponentType.RoleSelect, 'Roles that may set this', [])).text,
    ).toContain('who else may set this');
  });
});
