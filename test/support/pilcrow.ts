import { execFile } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './files.js';

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** One thread for the model, and no second reader: to load them takes longer than most commands do. */
const LIGHT = { PILCROW_WORKERS: '1', PILCROW_RERANKER: 'off' };
/** Nothing set: what a user has who sets nothing. */
export const AS_IT_COMES = { PILCROW_WORKERS: undefined, PILCROW_RERANKER: undefined };

/** Runs the built command line, as a user does. */
export function pilcrow(
  args: readonly string[],
  input = '',
  env: Record<string, string | undefined> = {},
  cwd = ROOT,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [path.join(ROOT, 'dist', 'cli', 'main.js'), ...args],
      { cwd, env: { ...process.env, ...LIGHT, ...env }, maxBuffer: 1 << 28 },
      (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
      },
    );
    child.stdin?.end(input);
  });
}
