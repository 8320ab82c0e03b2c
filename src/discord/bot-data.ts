import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { lowerOf, NO_CEILING, type Ceiling } from '../cable/ceiling.js';
import { PilcrowError } from '../errors.js';
import { BUSY_MS, Connection } from '../sqlite/connection.js';
import { botDataTrouble, newerBotData } from './bot-data-trouble.js';
import { DEFAULT_SETTINGS, serverSettings, type ServerSettings } from './settings.js';

/** Each step brings the file from the version before it to the next; a step is never changed. */
const MIGRATIONS = [
  `CREATE TABLE server (id TEXT PRIMARY KEY, settings TEXT NOT NULL) WITHOUT ROWID;
   CREATE TABLE feedback (
     key INTEGER PRIMARY KEY,
     at TEXT NOT NULL,
     question TEXT NOT NULL,
     cable TEXT NOT NULL,
     ordinal INTEGER NOT NULL,
     verdict TEXT NOT NULL CHECK (verdict IN ('good', 'wrong'))
   );`,
];

/** What somebody says of a paragraph that was given as an answer. Who says it is not kept. */
export interface Feedback {
  readonly at: string;
  readonly question: string;
  readonly cable: string;
  readonly ordinal: number;
  readonly verdict: 'good' | 'wrong';
}

/** What the bot keeps: settings of servers, and feedback. Small: it is read and written at once. */
export interface BotData {
  settingsOf(server: string): ServerSettings;
  saveSettings(server: string, settings: ServerSettings): void;
  /** What every server and every channel shows: the lowest of all ceilings that are set. */
  lowestCeiling(): Ceiling;
  /** The servers of which anything is kept. */
  servers(): string[];
  /** Forgets a server that the bot has left. */
  forgetServer(server: string): void;
  addFeedback(feedback: Feedback): void;
  feedback(): number;
  close(): void;
}

/** Verdicts that are kept: the oldest go. */
const KEPT = 100_000;
const FILE = 'bot.sqlite';

/** Opens the bot's own file in a data folder, made where it is missing. Throws a {@link PilcrowError}. */
export function openBotData(folder: string): BotData {
  const file = path.join(folder, FILE);
  const connection = openFile(folder, file);
  const known = new Map<string, ServerSettings>();
  let lowest: Ceiling | null = null;
  return {
    settingsOf(server) {
      const kept = known.get(server);
      if (kept !== undefined) return kept;
      const text = connection.value(z.string(), 'SELECT settings FROM server WHERE id = ?', server);
      const settings = text === null ? DEFAULT_SETTINGS : serverSettings.parse(JSON.parse(text));
      known.set(server, settings);
      return settings;
    },
    saveSettings(server, settings) {
      const sql = 'INSERT OR REPLACE INTO server (id, settings) VALUES (?, ?)';
      connection.run(sql, server, JSON.stringify(settings));
      known.set(server, settings);
      lowest = null;
    },
    lowestCeiling() {
      lowest ??= connection
        .values(z.string(), 'SELECT settings FROM server ORDER BY id')
        .map((text) => serverSettings.parse(JSON.parse(text)))
        .flatMap(({ ceiling, channels }) => [ceiling, ...Object.values(channels)])
        .reduce(lowerOf, NO_CEILING);
      return lowest;
    },
    servers: () => connection.values(z.string(), 'SELECT id FROM server ORDER BY id'),
    forgetServer(server) {
      connection.run('DELETE FROM server WHERE id = ?', server);
      known.delete(server);
      lowest = null;
    },
    addFeedback({ at, question, cable, ordinal, verdict }) {
      const sql =
        'INSERT INTO feedback (at, question, cable, ordinal, verdict) VALUES (?, ?, ?, ?, ?)';
      connection.run(sql, at, question, cable, ordinal, verdict);
      connection.run('DELETE FROM feedback WHERE key <= (SELECT max(key) FROM feedback) - ?', KEPT);
    },
    feedback: () => connection.value(z.number(), 'SELECT count(*) FROM feedback') ?? 0,
    close() {
      connection.close();
    },
  };
}

function openFile(folder: string, file: string): Connection {
  try {
    mkdirSync(folder, { recursive: true });
    const connection = Connection.open(file, botDataTrouble, { timeout: BUSY_MS });
    connection.exec('PRAGMA journal_mode = WAL');
    migrate(connection, file);
    return connection;
  } catch (cause) {
    const isOfFile = cause instanceof Error && 'code' in cause && !(cause instanceof PilcrowError);
    throw isOfFile ? botDataTrouble(file, cause) : cause;
  }
}

function migrate(connection: Connection, file: string): void {
  const version = connection.value(z.number(), 'PRAGMA user_version') ?? 0;
  if (version > MIGRATIONS.length) throw newerBotData(file, version, MIGRATIONS.length);
  connection.transaction(() => {
    for (const step of MIGRATIONS.slice(version)) connection.exec(step);
    connection.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}
