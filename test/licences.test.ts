import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { ROOT } from './support/files.js';

it('docs/licences.md has every package that production installs, with its licence', () => {
  const lock = z
    .object({
      packages: z.record(
        z.string(),
        z.object({ dev: z.boolean().optional(), license: z.string().optional() }),
      ),
    })
    .parse(JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')));
  const installed = Object.entries(lock.packages)
    .filter(([name, { dev }]) => name !== '' && dev !== true)
    .map(([name, { license }]) => `${name.split('node_modules/').at(-1) ?? ''}: ${license ?? ''}`);
  const listed = [
    ...readFileSync(path.join(ROOT, 'docs', 'licences.md'), 'utf8').matchAll(
      /^- \*\*(.+)\*\* \(\d+\): (.+)$/gm,
    ),
  ].flatMap(([, license = '', names = '']) =>
    names.split(', ').map((name) => `${name}: ${license}`),
  );
  expect([...new Set(listed)].sort()).toEqual([...new Set(installed)].sort());
});
