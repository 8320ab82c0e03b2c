import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { IndexError, messageOf } from '../errors.js';
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
  /** Forgets a server that the bot has left. */
  forgetServer(server: string): void;
  addFeedback(feedback: Feedback): void;
  feedback(): number;
  close(): void;
}

const FILE = 'bot.sqlite';

/** Opens the bot's own file in a data folder, made where it is missing. Throws {@link IndexError}. */
export function openBotData(folder: string): BotData {
  const file = path.join(folder, FILE);
  let database: Database.Database;
  try {
    mkdirSync(folder, { recursive: true });
    database = new Database(file, { timeout: 1000 });
    database.pragma('journal_mode = WAL');
    migrate(database, file);
  } catch (error) {
    if (error instanceof IndexError) throw error;
    throw new IndexError(
      'BOT_DATA',
      `cannot open ${file} (${messageOf(error)}); check the folder and its permissions, or set PILCROW_DATA`,
      { cause: error },
    );
  }
  const select = database.prepare<[string], { settings: string }>(
    'SELECT settings FROM server WHERE id = ?',
  );
  const known = new Map<string, ServerSettings>();
  return {
    settingsOf(server) {
      const kept = known.get(server);
      if (kept !== undefined) return kept;
      const row = select.get(server);
      const settings =
        row === undefined ? DEFAULT_SETTINGS : serverSettings.parse(JSON.parse(row.settings));
      known.set(server, settings);
      return settings;
    },
    saveSettings(server, settings) {
      database
        .prepare('INSERT OR REPLACE INTO server (id, settings) VALUES (?, ?)')
        .run(server, JSON.stringify(settings));
      known.set(server, settings);
    },
    forgetServer(server) {
      database.prepare('DELETE FROM server WHERE id = ?').run(server);
      known.delete(server);
    },
    addFeedback({ at, question, cable, ordinal, verdict }) {
      database
        .prepare(
          'INSERT INTO feedback (at, question, cable, ordinal, verdict) VALUES (?, ?, ?, ?, ?)',
        )
        .run(at, question, cable, ordinal, verdict);
    },
    feedback: () =>
      z
        .object({ count: z.number() })
        .parse(database.prepare('SELECT count(*) AS count FROM feedback').get()).count,
    close() {
      database.close();
    },
  };
}

function migrate(database: Database.Database, file: string): void {
  const version = z.number().parse(database.pragma('user_version', { simple: true }));
  if (version > MIGRATIONS.length) {
    throw new IndexError(
      'BOT_DATA_NEWER',
      `${file} was written by a newer Pilcrow (version ${version}, this one knows ${MIGRATIONS.length}); update Pilcrow`,
    );
  }
  database.transaction(() => {
    for (const step of MIGRATIONS.slice(version)) database.exec(step);
    database.pragma(`user_version = ${MIGRATIONS.length}`);
  })();
}
