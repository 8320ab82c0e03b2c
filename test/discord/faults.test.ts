import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSearchQueue } from '../../src/discord/search-queue.js';
import { SAMPLES } from '../support/files.js';
import { CHANNEL } from './payloads.js';
import { seen } from './person.js';
import { tooMany } from './rest.js';
import { IN_SERVER, indexOf, runBotOver, type Running } from './running.js';

const QUESTION = 'When did Stratford hope the labor dialogue would first meet?';
const DOWN = { status: 502, body: { message: 'Bad Gateway' } };

let index: string;
let running: Running;
beforeAll(async () => {
  index = await indexOf([SAMPLES]);
});
afterAll(() => {
  rmSync(index, { recursive: true, force: true });
});
beforeEach(async () => {
  running = await runBotOver({ index }, { rereads: false });
});
afterEach(async () => {
  await running.stop();
  expect(running.discord.violations.found).toEqual([]);
});

/** The log's lines with so many words in them. */
function logged(words: string): string[] {
  return running.log.filter((line) => line.includes(words));
}

/** Waits until something holds. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('the bot survives', () => {
  it('429 on the answer: it is sent again when Discord says', async () => {
    let times = 0;
    running.discord.rest.fault = ({ method }) =>
      method === 'PATCH' && ++times === 1 ? tooMany(0.3) : null;
    expect((await running.person().slash('ask', { question: QUESTION })).text).toContain(
      'mid-April',
    );
    expect(times).toBe(2);
    await until(() => logged('slows requests down').length === 1);
  });

  it('5xx for a while: the answer comes when Discord is back', async () => {
    // More often than one sending tries: it must be sent again.
    let refused = 0;
    running.discord.rest.fault = ({ method }) =>
      method === 'PATCH' && refused < 5 && ++refused > 0 ? DOWN : null;
    expect((await running.person().slash('ask', { question: QUESTION })).text).toContain(
      'mid-April',
    );
    expect(refused).toBe(5);
  });

  it('5xx when it acknowledges: tried again at once', async () => {
    let times = 0;
    running.discord.rest.fault = ({ path }) =>
      path.endsWith('/callback') && ++times <= 2 ? DOWN : null;
    expect((await running.person().slash('ask', { question: QUESTION })).text).toContain(
      'mid-April',
    );
  });

  it('an acknowledgement that Discord took, its own reply lost', async () => {
    let times = 0;
    running.discord.rest.fault = ({ path }) =>
      path.endsWith('/callback') && ++times === 1 ? { afterwards: DOWN } : null;
    expect((await running.person().slash('ask', { question: QUESTION })).text).toContain(
      'mid-April',
    );
    expect(times).toBe(2);
  });

  it('Discord down while it acknowledges: the log says that the reply is lost, and the next is answered', async () => {
    running.discord.rest.fault = ({ path }) => (path.endsWith('/callback') ? DOWN : null);
    void running.person().command('ask', { question: QUESTION });
    await until(() => logged('the reply is lost').length === 1);
    running.discord.rest.fault = () => null;
    expect((await running.person().slash('ask', { question: QUESTION })).text).toContain(
      'mid-April',
    );
  });

  it('an acknowledgement that Discord no longer takes: told once, with what to do', async () => {
    running.discord.acknowledgeWithin = -1;
    void running.person().command('ask', { question: QUESTION });
    void running.person().command('ask', { question: QUESTION });
    await until(() => logged('though it was answered in time').length > 0);
    const callbacks = (): number =>
      running.discord.rest.requests.filter(({ path }) => path.endsWith('/callback')).length;
    await until(() => callbacks() === 2);
    // What comes after it has been answered: both were dealt with before.
    running.discord.acknowledgeWithin = 60_000;
    await running.person().slash('help');
    expect(logged('though it was answered in time')).toHaveLength(1);
  });

  it('a token that has expired before the answer came', async () => {
    running.discord.tokenHolds = -1;
    void running.person().command('ask', { question: QUESTION });
    await until(() => logged('15 minutes').length === 1);
  });

  it('a message that was deleted under it', async () => {
    const { rest, messages } = running.discord;
    rest.fault = ({ method }) => {
      if (method === 'PATCH') for (const message of messages.values()) message.deleted = true;
      return null;
    };
    void running.person().command('ask', { question: QUESTION });
    await until(() => logged('deleted before its answer came').length === 1);
  });

  it('AutoMod that refuses an answer, and a channel that it may not write to', async () => {
    running.discord.autoMod = ({ components }) => JSON.stringify(components).includes('mid-April');
    const blocked = await running.person().slash('ask', { question: QUESTION });
    expect(blocked.text).toContain('AutoMod does not let me post this answer here');
    await until(() => logged('AutoMod refused').length === 1);
    running.discord.autoMod = () => false;
    running.discord.closed.add(CHANNEL);
    running.person().writes(`<@100000000000000000> ${QUESTION}`);
    await until(() => logged('give it Send Messages').length === 1);
    running.discord.closed.clear();
    expect((await running.person().says(`<@100000000000000000> ${QUESTION}`)).text).toContain(
      'mid-April',
    );
  });

  it('a channel in which it may not attach files: the rest is shown, and what is wanting told', async () => {
    const person = running.person();
    running.discord.mayAttach = false;
    const card = await person.slash('cable', { id: '07BEIJING1689' });
    const file = await person.pressed(card, 'Whole cable as .txt');
    expect(file.text).toContain('I may not attach files here');
    running.discord.mayAttach = true;
    expect((await person.pressed(card, 'Whole cable as .txt')).message.files).toHaveLength(1);
  });

  it('an answer to a mention that Discord took, its receipt lost: it is posted once', async () => {
    let times = 0;
    running.discord.rest.fault = ({ method, path }) =>
      method === 'POST' && path.endsWith('/messages') && ++times === 1
        ? { afterwards: { status: 502 } }
        : null;
    const before = running.discord.messages.size;
    const answer = await running.person().says(`<@100000000000000000> ${QUESTION}`);
    await until(() => times === 2);
    await running.person().slash('help');
    expect(answer.text).toContain('mid-April');
    // The question, its answer, and the help.
    expect(running.discord.messages.size).toBe(before + 3);
  });

  it('connections that drop in the middle of an answer', async () => {
    let times = 0;
    running.discord.rest.fault = ({ method }) =>
      method === 'PATCH' && ++times === 1 ? 'drop' : null;
    expect((await running.person().slash('ask', { question: QUESTION })).text).toContain(
      'mid-April',
    );
  });

  it('a gateway that drops: it resumes, and what was asked meanwhile is answered', async () => {
    const { gateway } = running.discord;
    const first = running.person().slash('ask', { question: QUESTION });
    gateway.drop();
    const second = running.person().slash('ask', { question: QUESTION });
    expect((await first).text).toContain('mid-April');
    expect((await second).text).toContain('mid-April');
    expect(gateway.connections).toEqual(['identify', 'resume']);
    expect(logged('dropped; reconnecting')).toHaveLength(1);
  });

  it('a gateway that is down for several tries: one line when it is lost, one when it is back', async () => {
    const { gateway } = running.discord;
    const before = [logged('dropped; reconnecting'), logged('to Discord is back')];
    gateway.refuseHandshakes = 2;
    gateway.drop();
    await until(() => gateway.refuseHandshakes === 0);
    expect((await running.person().slash('ask', { question: QUESTION })).text).toContain(
      'mid-April',
    );
    await until(() => logged('to Discord is back').length > (before[1]?.length ?? 0));
    expect(logged('dropped; reconnecting')).toHaveLength((before[0]?.length ?? 0) + 1);
    expect(logged('to Discord is back')).toHaveLength((before[1]?.length ?? 0) + 1);
  });

  it('a session that is no longer valid: it identifies again', async () => {
    const { gateway } = running.discord;
    gateway.refuseResume = true;
    gateway.drop();
    await until(() => gateway.connections.filter((each) => each === 'identify').length === 2);
    await gateway.connected();
    expect((await running.person().slash('ask', { question: QUESTION })).text).toContain(
      'mid-April',
    );
    await until(() => gateway.presence !== null);
    await until(() => logged('is back, with a new session').length === 1);
  });

  it('a reply that Discord takes long to accept', async () => {
    running.discord.rest.fault = ({ method }) => (method === 'PATCH' ? { delay: 1500 } : null);
    expect((await running.person().slash('ask', { question: QUESTION })).text).toContain(
      'mid-April',
    );
  });
});

describe('a full queue', () => {
  it('is told to whoever comes too late, and those who wait are answered', async () => {
    await running.stop();
    running = await runBotOver({ index }, { rereads: false }, createSearchQueue(1, 3));
    const asked = Array.from({ length: 30 }, () =>
      running.person().slash('ask', { question: QUESTION }),
    );
    const texts = (await Promise.all(asked)).map(({ text }) => text);
    const answered = texts.filter((text) => text.includes('mid-April')).length;
    const told = texts.filter((text) =>
      text.includes('3 questions are waiting to be answered'),
    ).length;
    expect(answered + told).toBe(30);
    expect(answered).toBeGreaterThanOrEqual(4);
    expect(told).toBeGreaterThan(0);
  });
});

describe('stopping', () => {
  it('finishes what runs first', async () => {
    const asked = running.person().slash('ask', { question: QUESTION });
    await until(() => running.discord.acknowledgements.length === 1);
    await running.bot.stop();
    expect((await asked).text).toContain('mid-April');
    await running.restart();
  });
});

describe('a message command that Discord still offers', () => {
  it('and this version does not have is answered with a word', async () => {
    expect(seen(await running.person(IN_SERVER).command('gone')).text).toContain(
      'no longer has this command',
    );
    expect(logged('run pilcrow deploy')).toHaveLength(1);
  });
});
