import path from 'node:path';
import Database from 'better-sqlite3';
import { PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVerdicts } from '../../src/discord/verdicts.js';
import { SAMPLES } from '../support/files.js';
import type { LocalPlace } from './payloads.js';
import { seen } from './person.js';
import { IN_DIRECT, IN_SERVER, runBotOver, type Running } from './running.js';

const QUESTION = 'When did Stratford hope the labor dialogue would first meet?';
const MANAGER: LocalPlace = { ...IN_SERVER, permissions: PermissionFlagsBits.ManageGuild };

let running: Running;
beforeAll(async () => {
  running = await runBotOver([SAMPLES]);
});
afterAll(async () => {
  await running.stop();
  expect(running.discord.violations.found).toEqual([]);
});

/** Kept from the garbage collector, as src/sqlite/connection.ts keeps its own. */
const kept: Database.Database[] = [];
function verdictsKept(): number {
  const file = path.join(running.config.discord.data, 'bot.sqlite');
  const database = new Database(file, { readonly: true });
  kept.push(database);
  const { count } = database.prepare('SELECT count(*) AS count FROM feedback').get() as {
    count: number;
  };
  database.close();
  return count;
}

describe('what a button carries', () => {
  it('dismisses no answer but the one that it stands under', async () => {
    const asker = running.person();
    const thief = running.person();
    const theirs = await asker.slash('ask', { question: QUESTION });
    const own = await thief.slash('ask', { question: QUESTION });
    const stolen = own.button('Dismiss').custom_id;
    const refused = seen(await thief.pressId(theirs, stolen));
    expect(refused.text).toContain('does not belong to this message');
    expect(refused.isPrivate).toBe(true);
    expect(theirs.message.deleted).toBe(false);
    expect(await asker.press(theirs, 'Dismiss')).toEqual({ kind: 'removed' });
  });

  it('judges no paragraph but those of its answer, each once a person', async () => {
    const person = running.person();
    const answer = await person.slash('ask', { question: QUESTION });
    const before = verdictsKept();
    for (const id of ['1|good|07BEIJING1689.999', '1|wrong|99NOWHERE1.1']) {
      const refused = seen(await person.pressId(answer, id));
      expect(refused.text).toContain('does not belong to this message');
    }
    expect(verdictsKept()).toBe(before);
    expect((await person.pressed(answer, 'Good')).text).toContain('without your name');
    expect((await person.pressed(answer, 'Good')).text).toContain('judged this paragraph already');
    expect(verdictsKept()).toBe(before + 1);
    expect((await running.person().pressed(answer, 'Good')).text).toContain('without your name');
  });

  it('is a limited number of verdicts within an hour', () => {
    let now = Date.parse('2026-11-26T00:00:00Z');
    const verdicts = createVerdicts(() => new Date(now));
    const place = (ordinal: number) => ({ cable: '07MADRID1', ordinal });
    const taken = Array.from({ length: 40 }, (_, n) => verdicts.take('1', 'good', 'Q', place(n)));
    expect(taken.filter((each) => each === 'new')).toHaveLength(30);
    expect(taken.at(-1)).toBe('too many');
    expect(verdicts.take('2', 'good', 'Q', place(1))).toBe('new');
    now += 3_600_000;
    expect(verdicts.take('1', 'good', 'Q', place(39))).toBe('new');
  });
});

describe('where nothing is said of direct messages', () => {
  it('they show what every server does, and /settings says so', async () => {
    const shown = await running.person(MANAGER).slash('settings show');
    expect(shown.text).toContain(
      'Direct messages and people’s own installations: everything (the lowest that any server has set)',
    );
    expect((await running.person(IN_DIRECT).slash('ask', { question: QUESTION })).text).toContain(
      '07BEIJING1689 ¶3 (SBU)',
    );
    const set = await running.person(MANAGER).slash('settings ceiling', { mark: 'U' });
    expect(set.text).toContain('own installations: paragraphs up to U');
    const under = await running.person(IN_DIRECT).slash('ask', { question: QUESTION });
    expect(under.text).not.toContain('(SBU)');
    expect((await running.person(IN_DIRECT).slash('stats')).text).toContain('2 paragraphs');
    await running.person(MANAGER).slash('settings ceiling', { mark: 'TS' });
  });
});

describe('Find this quote', () => {
  it('has the cooldown of a question', async () => {
    await running.person(MANAGER).slash('settings cooldown', { seconds: 300 });
    const person = running.person();
    const message = person.writes('AUSTR Stratford cleared this message.');
    expect((await person.onMessage('Find this quote', message)).text).toContain('Found in');
    expect((await person.onMessage('Find this quote', message)).text).toContain(
      'One question every 300 seconds',
    );
    await running.person(MANAGER).slash('settings cooldown', { seconds: 0 });
  });
});
