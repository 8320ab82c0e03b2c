import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { unreadIn } from '../../src/cable/audit.js';
import { readCable, readFields } from '../../src/cable/read.js';
import { readItems } from '../../src/sources/read.js';
import { SHARED } from '../support/files.js';
import { pilcrow } from '../support/pilcrow.js';

/** What no field takes of the heads of ../shared's cables, as docs/conformance.md has it: it only falls. */
const MOST: Readonly<Record<string, { readonly line: number; readonly token: number }>> = {
  'cablegate-html.tar.xz': { line: 43, token: 142 },
  'nara-telegrams.tar.xz': { line: 3, token: 17 },
};

describe('what no field of a head takes', () => {
  const body = `C O N F I D E N T I A L MADRID 000001

SIPDIS

STATE FOR EUR/WE

E.O. 12958: DECL: 03/14/2017
TAGS: PREL

GLORP
SUBJECT: BOATS

REF: A. MADRID 426 WIBBLE
     B. SMITH-JONES E-MAIL 3/14/07

1. (C) Text.
SMITH
`;

  it('is told with its place; captions, addresses and e-mails are read', () => {
    const { cable, preamble } = readFields('07MADRID1', { header: '', body, head: {} });
    expect(unreadIn(cable, preamble)).toEqual([
      { kind: 'line', text: 'GLORP', at: body.indexOf('GLORP') },
      { kind: 'token', text: 'WIBBLE', at: body.indexOf('WIBBLE') },
    ]);
  });

  it('is printed by parse --audit, a line of JSON each, with a count', async () => {
    const file = path.join(import.meta.dirname, '..', '..', 'samples', '001_f0863c296af1ceca.txt');
    const { out, err, code } = await pilcrow(['parse', '--audit', file]);
    expect(code).toBe(0);
    for (const line of out
      .trim()
      .split('\n')
      .filter((each) => each !== '')) {
      expect(JSON.parse(line)).toMatchObject({ id: expect.any(String) as string });
    }
    expect(err).toMatch(
      /unread in the heads of 1 cables: \d+ lines, \d+ tokens of reference lines/,
    );
  });

  for (const [name, most] of Object.entries(MOST)) {
    const file = path.join(SHARED, 'cables', name);
    it.skipIf(!existsSync(file))(
      `is no more than docs/conformance.md says, of ${name}`,
      async () => {
        const counts = { line: 0, token: 0 };
        for await (const item of readItems(file)) {
          const reading = item.kind === 'cable' ? readCable(item.cable) : null;
          if (reading?.ok !== true) continue;
          for (const { kind } of unreadIn(reading.cable, reading.preamble)) counts[kind]++;
        }
        expect(counts.line).toBeLessThanOrEqual(most.line);
        expect(counts.token).toBeLessThanOrEqual(most.token);
      },
    );
  }
});
