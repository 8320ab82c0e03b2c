import { EXIT, PilcrowError, type ErrorContext } from '../errors.js';

/** An error in Discord's words: what is wrong, and what to do. */
interface Worded {
  readonly what: string;
  readonly todo: string | null;
}

/** Errors whose words are the terminal's: how they are told where commands have options without dashes. */
const WORDS: Readonly<Record<string, (error: PilcrowError, context: ErrorContext) => Worded>> = {
  FILTER: ({ todo }, { option = '', value = '', problem = '' }) => ({
    what: `${option} ${JSON.stringify(value)} ${problem}`,
    todo: option === 'origin' && todo !== null ? '/stats lists the origins' : todo,
  }),
  FILTER_DATES: (_, { from = '', to = '' }) => ({
    what: `from ${JSON.stringify(from)} is later than to ${JSON.stringify(to)}`,
    todo: null,
  }),
};

/** What is told to whoever asked, or null where it is our own fault, of which only the log has more. */
export function tellable(error: unknown): string | null {
  if (!(error instanceof PilcrowError) || error.exit === EXIT.index) return null;
  const { what, todo } = WORDS[error.code]?.(error, error.context) ?? error;
  const told = todo === null ? what : `${what}; ${todo}`;
  return `${told.slice(0, 1).toUpperCase()}${told.slice(1)}.`.replace(/\s*\n\s*/g, ' ');
}
