import { EXIT, messageOf, PilcrowError } from '../errors.js';
import { codeOf, fileTroubleOf, type FileTrouble } from '../sqlite/trouble.js';

/** What to do about the bot's own file, by what is the matter with it. */
const CURES: Readonly<Record<FileTrouble, string>> = {
  full: 'make room on the disk',
  busy: 'another bot has it locked: stop that one',
  readonly: 'check the folder and its permissions, or set PILCROW_DATA',
  'cannot open': 'check the folder and its permissions, or set PILCROW_DATA',
  io: 'check the disk and its space',
  memory: 'free some memory',
  damaged:
    'restore it from a backup, or move it away: it is then begun anew, without settings and feedback',
};

/** What SQLite, or the file system, complains of in the bot's own file. */
export function botDataTrouble(file: string, cause: unknown): PilcrowError {
  const trouble = troubleOf(cause);
  const closed = trouble === 'cannot open' || trouble === 'readonly';
  const what =
    trouble === 'damaged' ? `${file} is damaged` : `cannot ${closed ? 'open' : 'use'} ${file}`;
  return new PilcrowError(
    'BOT_DATA',
    {
      what: `${what} (${messageOf(cause)})`,
      todo: CURES[trouble],
      context: { file, trouble },
      cause,
    },
    EXIT.index,
  );
}

function troubleOf(cause: unknown): FileTrouble {
  const code = codeOf(cause);
  // Node's own codes (EACCES) are the file system's; what has none is a row of another shape.
  return code === '' || code.startsWith('SQLITE') ? fileTroubleOf(cause) : 'cannot open';
}

/** A file of a version that this program does not know. */
export function newerBotData(file: string, version: number, known: number): PilcrowError {
  return new PilcrowError(
    'BOT_DATA_NEWER',
    {
      what: `${file} was written by a newer Pilcrow (version ${version}, this one knows ${known})`,
      todo: 'update Pilcrow',
      context: { file, version },
    },
    EXIT.index,
  );
}
