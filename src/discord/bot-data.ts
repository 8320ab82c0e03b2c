import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { lowerOf, NO_CEILING, type Ceiling } from '../cable/ceiling.js';
import { PilcrowError } from '../errors.js';
import { BUSY_MS, Connection } from '../sqlite/connection.js';
import { botDataTrouble, newerBotData } from './bot-data-trouble.js';
import { createDossiers, type Dossiers } from './dossiers.js';
import { createFeedback, type FeedbackData } from './feedback.js';
import {
  DEFAULT_SETTINGS,
  NO_PREFERENCES,
  preferences,
  serverSettings,
  type Preferences,
  type ServerSettings,
} from './settings.js';

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
  `CREATE TABLE person (id TEXT PRIMARY KEY, preferences TEXT NOT NULL) WITHOUT ROWID;
   ALTER TABLE feedback ADD COLUMN voter TEXT;
   CREATE UNIQUE INDEX one_vote ON feedback (voter, question, cable, ordinal);`,
  `CREATE TABLE dossier (
     key INTEGER PRIMARY KEY AUTOINCREMENT,
     owner TEXT NOT NULL,
     position INTEGER NOT NULL,
     receipt TEXT NOT NULL,
     note TEXT NOT NULL,
     added_by TEXT NOT NULL,
     at TEXT NOT NULL
   );
   CREATE UNIQUE INDEX one_quote ON dossier (owner, receipt);
   CREATE INDEX dossier_by_person ON dossier (added_by);`,
  `ALTER TABLE dossier ADD COLUMN server TEXT;
   CREATE INDEX dossier_by_server ON dossier (server);`,
];

/** What the bot keeps: settings of servers, what people prefer, feedback. Small: it is read and written at once. */
export interface BotData extends FeedbackData, Dossiers {
  settingsOf(server: string): ServerSettings;
  saveSettings(server: string, settings: ServerSettings): void;
  /** What every server and every channel shows: the lowest of all ceilings that are set. */
  lowestCeiling(): Ceiling;
  /** The servers of which anything is kept. */
  servers(): string[];
  /** Forgets a server that the bot has left, the dossiers of its channels too. */
  forgetServer(server: string): void;
  preferencesOf(person: string): Preferences;
  savePreferences(person: string, preferences: Preferences): void;
  /** Forgets what somebody has chosen; false where nothing was kept. */
  forgetPerson(person: string): boolean;
  close(): void;
}

/** The name of the bot's own file. */
export const BOT_DATA = 'bot.sqlite';

/** Writes the bot's own file as it is now to another place, while it is in use; false where there is none. */
export function snapshotBotData(folder: string, target: string): boolean {
  const file = path.join(folder, BOT_DATA);
  if (!existsSync(file)) return false;
  const connection = Connection.open(file, botDataTrouble, { timeout: BUSY_MS });
  try {
    connection.run('VACUUM INTO ?', target);
    return true;
  } finally {
    connection.close();
  }
}

/** Opens the bot's own file in a data folder, made where it is missing. Throws a {@link PilcrowError}. */
export function openBotData(folder: string): BotData {
  const file = path.join(folder, BOT_DATA);
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
    servers() {
      const sql = `SELECT id FROM server UNION SELECT server FROM dossier WHERE server IS NOT NULL
        ORDER BY 1`;
      return connection.values(z.string(), sql);
    },
    forgetServer(server) {
      connection.run('DELETE FROM server WHERE id = ?', server);
      connection.run('DELETE FROM dossier WHERE server = ?', server);
      known.delete(server);
      lowest = null;
    },
    preferencesOf(person) {
      const sql = 'SELECT preferences FROM person WHERE id = ?';
      const text = connection.value(z.string(), sql, person);
      return text === null ? NO_PREFERENCES : preferences.parse(JSON.parse(text));
    },
    savePreferences(person, chosen) {
      const sql = 'INSERT OR REPLACE INTO person (id, preferences) VALUES (?, ?)';
      connection.run(sql, person, JSON.stringify(chosen));
    },
    forgetPerson: (person) => connection.run('DELETE FROM person WHERE id = ?', person) > 0,
    ...createFeedback(connection),
    ...createDossiers(connection),
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
