import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GatewayDispatchEvents, PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLES } from '../support/files.js';
import { telegram } from '../support/telegram.js';
import { setCeiling, setCooldown } from './panel.js';
import { SERVER, type LocalPlace } from './payloads.js';
import { seen, type Person, type Seen } from './person.js';
import { IN_SERVER, runBotOver, type Running } from './running.js';

const MANAGER: LocalPlace = { ...IN_SERVER, permissions: PermissionFlagsBits.ManageGuild };
const NAME = 'Testino';

const folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-protected-'));
let running: Running;
beforeAll(async () => {
  const file = path.join(folder, 'protected.txt');
  const paragraphs = [
    `The airline’s manager Omar ${NAME} (strictly protect) said on May 4 that 40 pilots would strike.`,
    `${NAME}’s deputy did not agree, and flew home to Lisbon.`,
  ];
  writeFileSync(file, telegram('08OSLO629', paragraphs));
  running = await runBotOver([SAMPLES, file]);
  await setCooldown(running.person(MANAGER), 0);
});
afterAll(async () => {
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
  expect(running.discord.violations.found).toEqual([]);
});

const everything = (of: Seen): string => JSON.stringify([of.text, of.components, of.message]);

describe('/check and Check quotes', () => {
  it('grade what a message quotes, and say what was changed', async () => {
    const person = running.person();
    const own = 'deputy did agree, and flew home to Lisbon';
    const checked = await person.slash('check', { text: `“${own}” (08OSLO629 ¶2)` });
    expect(checked.isPrivate).toBe(true);
    expect(checked.text).toContain('1 altered');
    expect(checked.text).toContain('negation');
    const message = person.writes(
      '> deputy did not agree, and flew home to Lisbon\n— 08OSLO629 ¶1',
    );
    const onMessage = await person.onMessage('Check quotes', message);
    expect(onMessage.text).toContain('1 misattributed');
    expect(onMessage.text).toContain('08OSLO629 ¶2 (C)');
    const none = await person.slash('check', { text: 'nothing is quoted here' });
    expect(none.text).toContain('no quotation');
    expect(seen(await person.command('check', {})).text).toContain('Give a text or a document');
  });

  it('tell nothing of a cable above the ceiling', async () => {
    const manager = running.person(MANAGER);
    await setCeiling(manager, { mark: 'U', classification: 'U' });
    const checked = await running
      .person()
      .slash('check', { text: '“deputy did not agree, and flew home to Lisbon” (08OSLO629)' });
    expect(checked.text).toContain('1 not found');
    expect(checked.text).not.toContain('¶2');
    await setCeiling(manager, { mark: 'TS', classification: 'TS' });
  });
});

describe('names that a cable asks to protect', () => {
  it('leave by no command, with a word that says so', async () => {
    const person = running.person();
    const quoted = await person.slash('quote', { id: '08OSLO629', paragraphs: '1-2' });
    expect(quoted.text).toContain('█████');
    expect(quoted.text).toContain('PILCROW_PROTECTED_NAMES');
    const all = [
      quoted,
      await person.slash('cable', { id: '08OSLO629' }),
      await person.pressed(quoted, 'Context'),
      await person.pressed(quoted, 'Plain text'),
      await person.pressed(quoted, 'Verify'),
      await person.pressed(quoted, 'Keep'),
      await person.slash('dossier export', { form: 'markdown' }),
      await person.slash('ask', { question: 'Who flew home to Lisbon?' }),
      await person.slash('check', {
        text: '“said on May 4 that 45 pilots would strike” (08OSLO629)',
      }),
    ];
    for (const each of all) expect(everything(each)).not.toContain(NAME);
    expect(all[4]?.text).toContain('It holds');
    const found = await person.slash('search', { words: 'pilots' });
    expect(found.text).toContain('█████');
    const byName = await person.slash('search', { words: NAME });
    expect(byName.text).not.toContain('08OSLO629');
    const asked = await person.slash('ask', { question: `What did ${NAME} say of pilots?` });
    expect(asked.text).not.toContain('08OSLO629');
  });
});

describe('/dossier', () => {
  const file = (of: Seen): string => of.message.files.map(({ text }) => text).join('');
  const numbers = (of: Seen): string[] => of.text.match(/07BEIJING1689 ¶\d/g) ?? [];

  it('keeps quotes with notes, orders them, and hands them out with receipts', async () => {
    const person = running.person();
    const added = await person.slash('dossier add', {
      id: '07BEIJING1689',
      paragraphs: '1-3',
      note: 'for the chapter on labor',
    });
    expect(added.isPrivate).toBe(true);
    expect(added.text).toContain('3 quotes');
    expect(added.text).toContain('for the chapter on labor');
    const first = numbers(added);
    const chosen = await person.choose(added, '1.');
    const moved = await person.pressed(chosen, 'Down');
    expect(numbers(moved)).not.toEqual(first);
    const removed = await person.pressed(moved, 'Remove');
    expect(removed.text).toContain('2 quotes');
    for (const form of ['markdown', 'text', 'csl-json', 'docx']) {
      const exported = await person.slash('dossier export', { form });
      expect(exported.message.files).toHaveLength(1);
      if (form !== 'docx') expect(file(exported)).toContain('07BEIJING1689');
    }
    const deleted = await person.slash('dossier delete');
    expect(deleted.text).toContain('2 of its quotes');
    expect((await person.slash('dossier show')).text).toContain('is empty');
  });

  it('is nobody else’s, whatever is pressed, and is judged again at every showing', async () => {
    const owner = running.person();
    const other = running.person();
    const kept = await owner.slash('dossier add', { id: '08OSLO629', paragraphs: '2' });
    expect((await other.slash('dossier show')).text).toContain('is empty');
    const pressed = await other.pressId(
      kept,
      kept.components.find(({ custom_id: id }) => id?.includes('|arrange|'))?.custom_id ?? '',
    );
    expect(seen(pressed).text).not.toContain('08OSLO629');
    const manager = running.person(MANAGER);
    await setCeiling(manager, { mark: 'U', classification: 'U' });
    const under = await owner.slash('dossier show');
    expect(under.text).toContain('not to be shown here');
    expect(under.text).not.toContain('08OSLO629');
    const exported = await owner.slash('dossier export', { form: 'text' });
    expect(file(exported)).not.toContain('08OSLO629');
    expect(file(exported)).toContain('1 more quote');
    await setCeiling(manager, { mark: 'TS', classification: 'TS' });
  });

  it('of a channel is seen there, changed by who added, and forgotten with the person', async () => {
    const [one, two] = [running.person(), running.person()] as [Person, Person];
    const added = await one.slash('dossier add', {
      id: '08OSLO629',
      paragraphs: '2',
      whose: 'channel',
    });
    expect(added.text).toContain('This channel’s dossier');
    const seenByTwo = await two.slash('dossier show', { whose: 'channel' });
    expect(seenByTwo.text).toContain('08OSLO629');
    const chosen = await two.choose(seenByTwo, '1.');
    expect(seen(await two.press(chosen, 'Remove')).text).toContain('Somebody else has added');
    const preferences = await one.slash('preferences');
    const forgotten = await one.pressed(
      preferences,
      preferences.labels.find((label) => /delete|forget/i.test(label)) ?? '',
    );
    expect(forgotten.text).toContain('1 quote of dossiers');
    expect((await two.slash('dossier show', { whose: 'channel' })).text).toContain('is empty');
  });

  it('of a channel goes with it', async () => {
    const id = '300000000000000061';
    const channel = { id, guild_id: SERVER, type: 0, name: 'x', permission_overwrites: [] };
    const there = running.person().at({ channel: id, server: SERVER });
    running.discord.gateway.send(GatewayDispatchEvents.ChannelCreate, channel);
    const added = { id: '07BEIJING1689', paragraphs: '2', whose: 'channel' };
    expect((await there.slash('dossier add', added)).text).toContain('07BEIJING1689 ¶2');
    running.discord.gateway.send(GatewayDispatchEvents.ChannelDelete, channel);
    running.discord.gateway.send(GatewayDispatchEvents.ChannelCreate, channel);
    expect((await there.slash('dossier show', { whose: 'channel' })).text).toContain('is empty');
  });
});
