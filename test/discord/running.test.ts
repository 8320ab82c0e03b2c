import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { GatewayDispatchEvents } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import { runIngest } from '../../src/app.js';
import { openBotData } from '../../src/discord/bot-data.js';
import { startBot } from '../../src/discord/client.js';
import { createLog, redacted } from '../../src/discord/log.js';
import type { Vote } from '../../src/discord/feedback.js';
import { DEFAULT_SETTINGS, NO_PREFERENCES } from '../../src/discord/settings.js';
import { readQuestions } from '../../src/evaluation/questions.js';
import { listFiles } from '../../src/sources/files.js';
import { botDataTrouble } from '../../src/discord/bot-data-trouble.js';
import { Connection } from '../../src/sqlite/connection.js';
import { ROOT, SAMPLES, temporaryFolder } from '../support/files.js';
import { telegram } from '../support/telegram.js';
import { LocalDiscord } from './local-discord.js';
import { APPLICATION, SERVER } from './payloads.js';
import { indexOf, IN_DIRECT, IN_SERVER, runBotOver } from './running.js';

const QUESTION = 'When did Stratford hope the labor dialogue would first meet?';
const MAIN = path.join(ROOT, 'dist', 'cli', 'main.js');

let index: string;
beforeAll(async () => {
  index = await indexOf([SAMPLES]);
});
afterAll(() => {
  rmSync(index, { recursive: true, force: true });
});

/** Runs the command line with some environment, in a folder of its own; stops it when it says so. */
async function pilcrow(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  stopAt?: string,
  stop: (child: ChildProcess) => void = (child) => child.kill('SIGTERM'),
): Promise<{ code: number | null; out: string; err: string }> {
  const { PATH } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: temporaryFolder(),
    env: { PATH, PILCROW_INDEX: index, ...env },
  });
  let out = '';
  let err = '';
  let stopped = false;
  child.stdin.end();
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
    if (stopAt !== undefined && !stopped && err.includes(stopAt)) {
      stopped = true;
      stop(child);
    }
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (signal !== null) err += `ended by ${signal}`;
  return { code, out, err };
}

describe('pilcrow start with a token', () => {
  it('runs the bot, shows how many cables it holds, and leaves when it is told to', async () => {
    const discord = await LocalDiscord.start();
    const env = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
    const { code, err } = await pilcrow(['start'], env, 'connected to Discord');
    expect(err).toContain('told to leave');
    expect(code).toBe(0);
    expect(err).not.toContain(discord.token);
    expect(JSON.stringify(discord.gateway.presence)).toContain('¶ 2 cables');
    await discord.close();
  });

  it.each([
    ['no token', { DISCORD_TOKEN: '' }, /DISCORD_TOKEN is not set; create an application/],
    [
      'an address that is none',
      { DISCORD_API_URL: 'discord' },
      /DISCORD_API_URL should be an address/,
    ],
    [
      'an id that is none',
      { DISCORD_APPLICATION_ID: 'me' },
      /DISCORD_APPLICATION_ID should be the number/,
    ],
    ['a ceiling that is none', { PILCROW_DM_CEILING: 'X' }, /PILCROW_DM_CEILING should be U, SBU/],
  ])('says in one line what is wrong with %s', async (_, env, told) => {
    const discord = await LocalDiscord.start();
    const { code, err } = await pilcrow(['bot'], { DISCORD_API_URL: discord.apiUrl, ...env });
    expect(code).toBe(2);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toMatch(told);
    await discord.close();
  });

  it.each([
    ['a wrong token', { DISCORD_TOKEN: 'x.y.z' }, /does not know the token in DISCORD_TOKEN/],
    [
      'an intent that is not allowed',
      { DISCORD_MESSAGE_CONTENT: '1' },
      /does not allow the Message Content intent/,
    ],
  ])('says in one line, and with 4, that Discord refuses %s', async (_, env, told) => {
    const discord = await LocalDiscord.start();
    const { code, err } = await pilcrow(['bot'], {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      ...env,
    });
    expect(code).toBe(4);
    expect(err).toMatch(told);
    expect(err.trim().split('\n')).toHaveLength(1);
    await discord.close();
  });

  it('serves its health, its readiness and its metrics to this machine, and no question', async () => {
    const running = await runBotOver({ index }, { port: 0 });
    const at = `http://127.0.0.1:${String(running.bot.port)}`;
    const get = async (name: string): Promise<[number, string]> => {
      const response = await fetch(at + name);
      return [response.status, await response.text()];
    };
    await running.person().slash('ask', { question: QUESTION });
    expect(await get('/healthz')).toEqual([200, 'ok\n']);
    expect(await get('/readyz')).toEqual([200, 'ready\n']);
    expect((await get('/'))[0]).toBe(404);
    expect((await fetch(`${at}/metrics`, { method: 'POST' })).status).toBe(405);
    const [status, metrics] = await get('/metrics');
    expect(status).toBe(200);
    expect(metrics).toMatch(/^pilcrow_questions_total\{outcome="answered"\} 1$/m);
    expect(metrics).toMatch(/^pilcrow_questions_total\{outcome="withheld"\} 0$/m);
    for (const stage of ['queue', 'search', 'whole']) {
      expect(metrics).toContain(`pilcrow_question_seconds_count{stage="${stage}"} 1`);
    }
    expect(metrics).toMatch(/^pilcrow_index_cables 2$/m);
    expect(metrics).toMatch(/^pilcrow_index_vector_share 1$/m);
    expect(metrics).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
    expect(metrics).not.toMatch(/Stratford/);
    const started = running.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(started.find(({ msg }) => msg === 'Pilcrow is running')).toMatchObject({
      level: 'info',
      generation: 2,
      cables: 2,
      embedded: 11,
    });
    await running.stop();
    await expect(get('/healthz')).rejects.toThrow();
  });

  it('makes the vectors that are lacking beside itself where it is told to, and opens them', async () => {
    const words = path.join(temporaryFolder(), 'index');
    const config = { ...readConfig({}), index: words };
    const files = await listFiles([SAMPLES]);
    await runIngest(config, files, { progress: () => undefined, wordsOnly: true });
    const running = await runBotOver({ index: words }, { embed: true, port: 0 });
    const share = async (): Promise<string> => {
      const metrics = await (
        await fetch(`http://127.0.0.1:${String(running.bot.port)}/metrics`)
      ).text();
      return /^pilcrow_index_vector_share (.*)$/m.exec(metrics)?.[1] ?? '';
    };
    expect(await share()).toBe('0');
    while ((await share()) !== '1') {
      await new Promise((resolve) => setTimeout(resolve, 50));
      await running.bot.refresh();
    }
    expect(running.log.join('')).toContain('vectors that are lacking are being made');
    await running.stop();
  });

  it('tells of a packet that nobody can read in a line of the log, and ends with 70', async () => {
    const discord = await LocalDiscord.start();
    const env = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
    const { code, err } = await pilcrow(['bot'], env, 'connected to Discord', () => {
      discord.gateway.send(GatewayDispatchEvents.MessageCreate, null);
    });
    expect(code).toBe(70);
    const last: unknown = JSON.parse(err.trim().split('\n').at(-1) ?? '');
    expect(last).toMatchObject({
      level: 'error',
      msg: expect.stringContaining('leaving') as string,
    });
    await discord.close();
  });

  it('waits for a Discord that cannot be reached, says so once, and leaves when it is told to', async () => {
    const env = { DISCORD_TOKEN: 'x.y.z', DISCORD_API_URL: 'http://127.0.0.1:9/api' };
    const { code, err } = await pilcrow(['bot'], env, 'it is tried again until it can be');
    expect(err).toMatch(/cannot be reached at http:\/\/127\.0\.0\.1:9\/api/);
    expect(err.split('it is tried again')).toHaveLength(2);
    expect(code).toBe(0);
  });

  it('waits for a gateway that refuses handshakes with growing pauses, and starts when it is back', async () => {
    const discord = await LocalDiscord.start();
    discord.gateway.refuseHandshakes = 3;
    const env = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
    const { code, err } = await pilcrow(['bot'], env, 'connected to Discord');
    expect(discord.gateway.handshakes).toBe(4);
    expect(err.split('it is tried again')).toHaveLength(2);
    expect(err).toContain('told to leave');
    expect(code).toBe(0);
    await discord.close();
  });
});

describe('a gateway that lets nobody in', () => {
  it('is left when the bot is told to', async () => {
    const discord = await LocalDiscord.start();
    discord.gateway.refuseHandshakes = 1_000_000;
    const env = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
    const { code, err } = await pilcrow(['bot'], env, 'it is tried again');
    expect(err).toContain('told to leave');
    expect(code).toBe(0);
    await discord.close();
  });
});

describe('a connection that drops in mid-start', () => {
  it('is made again, and the bot starts', async () => {
    const discord = await LocalDiscord.start();
    discord.gateway.dropAtIdentify = 1;
    const env = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
    const { code, err } = await pilcrow(['bot'], env, 'connected to Discord');
    expect(discord.gateway.connections).toEqual(['identify', 'identify']);
    expect(err).toContain('told to leave');
    expect(code).toBe(0);
    await discord.close();
  });
});

describe('pilcrow deploy', () => {
  it('shows the difference, registers the commands, and prints the invitation', async () => {
    const discord = await LocalDiscord.start();
    const env = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
    const dry = await pilcrow(['deploy', '--dry-run'], env);
    expect(dry.out).toContain('+ ask');
    expect(discord.commands.size).toBe(0);
    const first = await pilcrow(['deploy'], env);
    expect(first.code).toBe(0);
    expect(first.out).toContain('+ Find this quote');
    expect(first.out).toContain('~ what the application says of itself');
    expect(discord.application).toMatchObject({
      integration_types_config: { 1: { oauth2_install_params: { permissions: 0 } } },
    });
    expect(first.out).toContain('&scope=applications.commands&integration_type=1');
    expect(first.out).toContain(
      `https://discord.com/oauth2/authorize?client_id=${APPLICATION}&scope=bot+applications.commands&permissions=`,
    );
    expect(discord.commands.get(APPLICATION)).toHaveLength(17);
    expect(discord.commands.get(APPLICATION)?.[1]).toMatchObject({
      name: 'cable',
      name_localizations: { de: 'depesche', 'pt-BR': 'telegrama' },
      options: [
        { description_localizations: { fr: 'Comme 07BEIJING1689, ou des mots de l’objet' } },
        {},
      ],
    });
    const second = await pilcrow(['deploy'], env);
    expect(second.out).toContain('  ask');
    expect(second.out).not.toMatch(/^[+~-] /m);
    discord.commands.set(APPLICATION, [
      { name: 'old', type: 1 },
      { name: 'ask', type: 1, description: 'x' },
    ]);
    const third = await pilcrow(['deploy', '--json'], env);
    expect(JSON.parse(third.out)).toMatchObject({ changed: ['ask'], removed: ['old'] });
    await pilcrow(['deploy', '--guild', SERVER], env);
    expect(discord.commands.get(SERVER)).toHaveLength(17);
    expect(discord.violations.found).toEqual([]);
    await discord.close();
  });

  it('shows without a network, and without a token, what would be registered', async () => {
    const env = { DISCORD_API_URL: 'http://127.0.0.1:9/api' };
    const without = await pilcrow(['deploy', '--dry-run'], env);
    expect(without.code).toBe(0);
    expect(without.out).toContain('+ ask');
    expect(without.out).toContain('Discord was not asked what it holds');
    expect(without.out).toContain('set DISCORD_APPLICATION_ID');
    const token = 'MTAwMDAwMDAwMDAwMDAwMDAw.GAbcde.local-discord-test-token-0123456789abcd';
    const withToken = await pilcrow(['deploy', '--dry-run'], { ...env, DISCORD_TOKEN: token });
    expect(withToken.out).toContain(`client_id=${APPLICATION}&scope=bot`);
  });

  it('says what is wrong in one line', async () => {
    const discord = await LocalDiscord.start();
    const api = { DISCORD_API_URL: discord.apiUrl };
    expect((await pilcrow(['deploy'], api)).err).toContain('DISCORD_TOKEN is not set');
    const wrong = await pilcrow(['deploy'], { ...api, DISCORD_TOKEN: 'x.y.z' });
    expect(wrong.err).toContain('does not know the token');
    expect(wrong.code).toBe(4);
    expect((await pilcrow(['deploy', '--guild', 'x'], api)).code).toBe(2);
    await discord.close();
  });
});

describe('a running bot', () => {
  it('opens a new generation of the index without a restart', async () => {
    const folder = temporaryFolder();
    cpSync(index, folder, { recursive: true });
    const running = await runBotOver({ index: folder });
    const person = running.person();
    expect((await person.slash('cable', { id: '09MADRID1' })).text).toContain('No cable 09MADRID1');
    const more = path.join(temporaryFolder(), 'cable.txt');
    writeFileSync(more, telegram('09MADRID1', ['A paragraph about zeppelins.']));
    await runIngest({ ...readConfig({}), index: folder }, await listFiles([more]), {
      progress: () => undefined,
    });
    const asking = person.slash('ask', { question: QUESTION });
    await running.bot.refresh();
    expect((await asking).text).toContain('mid-April');
    expect((await person.slash('cable', { id: '09MADRID1' })).text).toContain('zeppelins');
    expect(JSON.stringify(running.discord.gateway.presence)).toContain('¶ 3 cables');
    expect(running.log.join('')).toContain('a new index is open');
    await running.stop();
  });

  it('keeps the index it has where the new one cannot be opened', async () => {
    const folder = temporaryFolder();
    cpSync(index, folder, { recursive: true });
    const running = await runBotOver({ index: folder });
    writeFileSync(path.join(folder, 'manifest.json'), '{}');
    await running.bot.refresh();
    expect(running.log.join('')).toContain('a newer index could not be opened');
    expect((await running.person().slash('ask', { question: QUESTION })).text).toContain(
      'mid-April',
    );
    await running.stop();
  });

  it('shows no more in direct messages than their own ceiling', async () => {
    const running = await runBotOver(
      { index },
      { directCeiling: { mark: 'U', classification: 'U', noforn: true } },
    );
    const direct = await running.person(IN_DIRECT).slash('ask', { question: QUESTION });
    expect(direct.text).not.toContain('mid-April');
    expect((await running.person(IN_DIRECT).says(QUESTION)).text).not.toContain('mid-April');
    expect((await running.person(IN_SERVER).slash('ask', { question: QUESTION })).text).toContain(
      'mid-April',
    );
    await running.stop();
  });

  it('links cable ids in messages where a server wants it and the intent is there', async () => {
    const discord = await LocalDiscord.start();
    discord.allowedIntents = 1 << 15;
    const config = { ...readConfig({}), index };
    const log: string[] = [];
    const folder = temporaryFolder();
    const data = openBotData(folder);
    data.saveSettings(SERVER, { ...DEFAULT_SETTINGS, links: true });
    data.close();
    const bot = await startBot(
      {
        ...config,
        discord: {
          ...config.discord,
          token: discord.token,
          apiUrl: discord.apiUrl,
          data: folder,
          messageContent: true,
        },
      },
      createLog('debug', { write: (line) => void log.push(line) }),
    );
    const next = discord.next();
    discord.say(discord.id(), IN_SERVER, 'See 07BEIJING1689 and 07NOWHERE12.');
    const linked = await next;
    expect(JSON.stringify(linked.sent.components)).toContain(
      'USTR PROPOSES BILATERAL LABOR DIALOGUE',
    );
    expect(JSON.stringify(linked.sent.components)).not.toContain('NOWHERE');
    await bot.stop();
    expect(discord.violations.found).toEqual([]);
    await discord.close();
  });
});

describe('what the bot keeps', () => {
  it('is a file that a newer version brings up to date, and refuses from a newer one', () => {
    const folder = temporaryFolder();
    const data = openBotData(folder);
    expect(data.settingsOf('1')).toEqual(DEFAULT_SETTINGS);
    data.saveSettings('1', { ...DEFAULT_SETTINGS, cooldown: 7 });
    const vote = { at: '2026-11-22', question: 'Q', cable: '07BEIJING1689', ordinal: 3 };
    expect(data.vote({ ...vote, verdict: 'good', voter: 'a' })).toBe('new');
    expect(data.vote({ ...vote, verdict: 'good', voter: 'a' })).toBe('again');
    expect(data.vote({ ...vote, verdict: 'wrong', voter: 'a' })).toBe('changed');
    expect(data.vote({ ...vote, verdict: 'good', voter: 'b' })).toBe('new');
    data.close();
    const again = openBotData(folder);
    expect(again.settingsOf('1').cooldown).toBe(7);
    expect(again.feedback().map(({ verdict }) => verdict)).toEqual(['wrong', 'good']);
    expect(again.forgetVotes(() => 'b')).toBe(1);
    expect(again.deleteFeedback('2026-11-22')).toBe(0);
    expect(again.deleteFeedback(null)).toBe(1);
    const quote = { receipt: 'r', note: '', addedBy: 'a', at: '2026-11-22' };
    again.addToDossier('channel:5', { ...quote, server: '2' });
    again.addToDossier('person:a', quote);
    expect(again.servers()).toEqual(['1', '2']);
    again.forgetServer('1');
    again.forgetServer('2');
    expect(again.settingsOf('1')).toEqual(DEFAULT_SETTINGS);
    expect(again.servers()).toEqual([]);
    expect(again.dossier('channel:5')).toEqual([]);
    expect(again.dossier('person:a')).toHaveLength(1);
    again.close();
    const newer = Connection.open(path.join(folder, 'bot.sqlite'), botDataTrouble, {});
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    expect(() => openBotData(folder)).toThrow(/written by a newer Pilcrow/);
    const blocked = path.join(folder, 'blocked');
    mkdirSync(path.join(blocked, 'bot.sqlite'), { recursive: true });
    expect(() => openBotData(blocked)).toThrow(/cannot open .*bot\.sqlite.*PILCROW_DATA/);
  });

  it('is brought up to date from the first version, with what was kept', () => {
    const folder = temporaryFolder();
    const first = Connection.open(path.join(folder, 'bot.sqlite'), botDataTrouble, {});
    first.exec(`CREATE TABLE server (id TEXT PRIMARY KEY, settings TEXT NOT NULL) WITHOUT ROWID;
      CREATE TABLE feedback (key INTEGER PRIMARY KEY, at TEXT NOT NULL, question TEXT NOT NULL,
        cable TEXT NOT NULL, ordinal INTEGER NOT NULL,
        verdict TEXT NOT NULL CHECK (verdict IN ('good', 'wrong')));
      INSERT INTO server VALUES ('1', '{"cooldown":9,"links":true}');
      INSERT INTO feedback (at, question, cable, ordinal, verdict)
        VALUES ('2026-11-01', 'Q', '07MADRID1', 1, 'good'), ('2026-11-02', 'Q', '07MADRID1', 1, 'good');
      PRAGMA user_version = 1`);
    first.close();
    const data = openBotData(folder);
    expect(data.settingsOf('1')).toEqual({ ...DEFAULT_SETTINGS, cooldown: 9, links: true });
    expect(data.feedback()).toHaveLength(2);
    expect(data.preferencesOf('7')).toEqual(NO_PREFERENCES);
    expect(data.deleteFeedback('2026-11-02')).toBe(1);
    data.close();
  });

  it('is listed, exported as graded questions and deleted by pilcrow feedback', async () => {
    const folder = temporaryFolder();
    const data = openBotData(folder);
    const spans = [3, 4, 5].map((ordinal) => ({ cable: '07BEIJING1689', ordinal }));
    for (const [i, place] of spans.entries()) {
      const verdict = i === 1 ? 'wrong' : 'good';
      data.vote({ at: '2026-11-22', question: QUESTION, ...place, verdict, voter: 'a' });
    }
    data.vote({
      at: '2026-11-23',
      question: 'Why?',
      ...spans[0],
      verdict: 'wrong',
      voter: 'a',
    } as Vote);
    data.close();
    const env = { PILCROW_DATA: folder };
    const listed = await pilcrow(['feedback', 'list'], env);
    expect(listed.out).toMatch(/^2026-11-22 {2}answers {5}07BEIJING1689 ¶\d {2}When did Stratford/);
    expect(listed.out).toContain('2026-11-23  does not');
    const json = await pilcrow(['feedback', 'list', '--json'], env);
    expect(JSON.parse(json.out)).toHaveLength(4);
    const exported = await pilcrow(['feedback', 'export'], env);
    expect(exported.err).toContain('left out: 1 question of which nobody says what answers');
    const file = path.join(folder, 'questions.jsonl');
    writeFileSync(file, exported.out);
    const [question, ...others] = await readQuestions(file);
    expect(others).toEqual([]);
    expect(question).toMatchObject({ q: QUESTION, type: 'feedback', cable: '07BEIJING1689' });
    expect(question?.paras).toHaveLength(2);
    const bad = await pilcrow(['feedback', 'delete', '--before', 'soon'], env);
    expect(bad.code).toBe(2);
    const before = await pilcrow(['feedback', 'delete', '--before', '2026-11-23'], env);
    expect(before.out).toBe('deleted 3 verdicts\n');
    expect((await pilcrow(['feedback', 'delete', '--json'], env)).out).toBe('{"deleted":1}\n');
    expect((await pilcrow(['feedback', 'list'], env)).err).toContain('nobody has judged');
  });

  it('has no tokens in its log', () => {
    expect(redacted('PATCH /webhooks/123456789012345678/aW50ZXJhY3Rpb24.x-y_z/messages')).toBe(
      'PATCH /webhooks/123456789012345678/[token]/messages',
    );
    expect(redacted('Bot MTAwMDAwMDAwMDAwMDAwMDAw.GAbcde.0123456789012345678901234567')).toBe(
      '[token]',
    );
  });
});
