import path from 'node:path';
import Database from 'better-sqlite3';
import { PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createVerdicts } from '../../src/discord/verdicts.js';
import { SAMPLES } from '../support/files.js';
import type { LocalPlace } from './payloads.js';
import { setCeiling, setCooldown } from './panel.js';
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
    expect((await person.pressed(answer, 'Answers it')).text).toContain('without your name');
    expect((await person.pressed(answer, 'Answers it')).text).toContain('it counts once');
    expect((await person.pressed(answer, 'Does not')).text).toContain(
      'the place of your first one',
    );
    expect(verdictsKept()).toBe(before + 1);
    const other = await running.person().pressed(answer, 'Answers it');
    expect(other.text).toContain('without your name');
    expect(verdictsKept()).toBe(before + 2);
  });

  it('is a limited number of verdicts within an hour', () => {
    let now = Date.parse('2026-11-26T00:00:00Z');
    const verdicts = createVerdicts(() => new Date(now));
    const taken = Array.from({ length: 40 }, () => verdicts.take('1'));
    expect(taken.filter(Boolean)).toHaveLength(30);
    expect(taken.at(-1)).toBe(false);
    expect(verdicts.take('2')).toBe(true);
    now += 3_600_000;
    expect(verdicts.take('1')).toBe(true);
  });
});

describe('where nothing is said of direct messages', () => {
  it('they show what every server does, and /settings says so', async () => {
    const shown = await running.person(MANAGER).slash('settings');
    expect(shown.text).toContain(
      'direct messages and people’s own installations: everything (the lowest that any server has set)',
    );
    expect((await running.person(IN_DIRECT).slash('ask', { question: QUESTION })).text).toContain(
      '07BEIJING1689 ¶3 (SBU)',
    );
    const set = await setCeiling(running.person(MANAGER), { mark: 'U' });
    expect(set.text).toContain('own installations: paragraphs up to Unclassified (U)');
    const under = await running.person(IN_DIRECT).slash('ask', { question: QUESTION });
    expect(under.text).not.toContain('(SBU)');
    expect((await running.person(IN_DIRECT).slash('stats')).text).toContain('2 paragraphs');
    await setCeiling(running.person(MANAGER), {});
  });
});

describe('Find this quote', () => {
  it('has the cooldown of a question', async () => {
    await setCooldown(running.person(MANAGER), 300);
    const person = running.person();
    const message = person.writes('AUSTR Stratford cleared this message.');
    expect((await person.onMessage('Find this quote', message)).text).toContain('Found in');
    expect((await person.onMessage('Find this quote', message)).text).toContain(
      'One question every 300 seconds',
    );
    await setCooldown(running.person(MANAGER), 0);
  });
});
