import { execFile } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './files.js';

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the built command line, as a user does. */
export function pilcrow(
  args: readonly string[],
  input = '',
  env: Record<string, string> = {},
  cwd = ROOT,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [path.join(ROOT, 'dist', 'cli', 'main.js'), ...args],
      { cwd, env: { ...process.env, ...env }, maxBuffer: 1 << 28 },
      (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
      },
    );
    child.stdin?.end(input);
  });
}
