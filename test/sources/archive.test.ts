import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cable } from '../../src/cable/cable.js';
import { detailsOf } from '../../src/cable/details.js';
import { displayText } from '../../src/quotes/display.js';
import { SHARED } from '../support/files.js';
import { readingOfFile } from '../support/reading.js';

const ARCHIVE = path.join(SHARED, 'cables', 'nara-telegrams.tar.xz');
const isThere = existsSync(ARCHIVE);
if (!isThere) console.log("../shared is absent: the National Archives' telegrams are skipped");

/** A telegram with what the archive says of it. */
interface Archived {
  readonly file: string;
  readonly cables: readonly Cable[];
  readonly setAside: readonly string[];
  readonly says: (attribute: string) => string;
}

const letters = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]+/g, '');

/** What may not stand in a paragraph: stamps, distribution, addresses, attributes. */
const NOISE =
  /Declassified|Systematic Review|^PAGE \d\d|Message Attributes|Document Number:|^N{3,5}$|^(?:ACTION|INFO)\s+[A-Z]{1,5}-\d\d|^(?:FM|TO) (?:AM|SEC)|^(?:[ZOPR] ){1,3}\d{6} ?Z|^(?:LIMITED OFFICIAL USE|UNCLASSIFIED|CONFIDENTIAL|SECRET)$/m;

describe.skipIf(!isThere)("the National Archives' telegrams", () => {
  let folder = '';
  let all: Archived[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-archive-'));
    execFileSync('tar', ['-xJf', ARCHIVE, '-C', folder]);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.txt'))
      .map((name) => path.join(folder, name));
    all = await Promise.all(
      files.map(async (file) => {
        const text = readFileSync(file, 'utf8');
        const attributes = text.slice(text.indexOf('Message Attributes'));
        const says = (name: string): string => {
          const value = new RegExp(`^${name}: (.*(?:\\n(?![A-Z][A-Za-z ]+:|\\t).*)*)`, 'm');
          const said = value.exec(attributes)?.[1]?.replace(/\s+/g, ' ').trim() ?? '';
          return said.toLowerCase() === 'n/a' ? '' : said;
        };
        return { file, ...(await readingOfFile(file)), says };
      }),
    );
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** The share of the telegrams with a text of which something holds; those of which it does not are told. */
  function share(holds: (cable: Cable, of: Archived) => boolean): number {
    const read = all.filter(({ cables }) => cables.length > 0);
    const held = read.filter((each) => each.cables[0] !== undefined && holds(each.cables[0], each));
    return held.length / read.length;
  }

  it('are a cable each; one that has no text says so', () => {
    expect(all.filter(({ cables }) => cables.length !== 1)).toMatchObject([
      { cables: [], setAside: ['1974LAPAZ02230 has attributes and no text'] },
    ]);
    expect(all.flatMap(({ setAside }) => setAside)).toHaveLength(1);
  });

  it('have id, date and classification as the archive says', () => {
    const id = share(({ id }, { says }) => {
      const [, year = '', post = '', number = ''] =
        /^\d{2}(\d{2})([A-Z]+)(\d+)$/.exec(says('Document Number')) ?? [];
      // The archive cuts names after five letters: SANJO is SAN JOSE.
      return id.startsWith(`${year}${post}`) && id.endsWith(String(Number(number)));
    });
    const date = share(
      (cable, { says }) =>
        cable.date === new Date(`${says('Draft Date')} UTC`).toISOString().slice(0, 10),
    );
    const classification = share((cable, { says }) =>
      (cable.classification ?? '').startsWith(says('Original Classification')),
    );
    expect(Math.min(id, date, classification)).toBeGreaterThanOrEqual(0.99);
  });

  it('agree with it on origin, subject, TAGS and cited cables in 95 of 100; docs/conformance.md says where not', () => {
    const origin = share((cable, { says }) => {
      const from = letters(says('From').replace(/ OR-[A-Z]$/, ''));
      return from === 'STATE'
        ? cable.origin === 'Secretary of State'
        : letters(cable.origin ?? '').endsWith(from);
    });
    // The archive cuts subjects, and lets the first lines of a text run on into them.
    const subject = share((cable, { says }) => {
      const [ours, theirs] = [
        letters(cable.subject ?? ''),
        letters(says('Subject')).replace(/^U(?=BOL)/, ''),
      ];
      return theirs.startsWith(ours) || ours.startsWith(theirs.slice(0, 60));
    });
    // It adds TAGS of its own; those that are printed are among its.
    const tags = share((cable, { says }) => {
      const theirs = (says('TAGS').match(/\([^)]*\)|[^,\s]+/g) ?? []).map(letters);
      return cable.tags.every((tag) =>
        theirs.some((each) => each.startsWith(letters(tag)) || letters(tag).startsWith(each)),
      );
    });
    const references = share((cable, { says }) => {
      // `STATE 44074`, `79 LA PAZ 5090`, `CABLE STATE 028250`; `JULY 1973` is a date.
      const theirs = [...says('Reference').matchAll(/([A-Z][A-Z ]{2,20}) (\d{2,6})(?! \d{4})\b/g)]
        .map(([, words = '', number = '']) => {
          const post = words.replace(/^(?:AND|CABLE) /, '');
          return { post, number: String(Number(number)) };
        })
        .filter(
          ({ post }) =>
            !/ OF$|DATED|^(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)/.test(post),
        )
        .map(({ post, number }) => `${letters(post)}${number}`);
      return theirs.every((each) => cable.references.some((own) => own.endsWith(each)));
    });
    console.log({ origin, subject, tags, references });
    expect(Math.min(origin, subject, references)).toBeGreaterThanOrEqual(0.95);
    // The archive tagged some anew (79LAPAZ9196 prints OLAB, it says PINS, PINT).
    expect(tags).toBeGreaterThanOrEqual(0.91);
  });

  it('have at least one paragraph, without stamps, distribution or attributes, and lose no character', () => {
    expect(share(({ spans }) => spans.some(({ kind }) => kind === 'paragraph'))).toBe(1);
    expect(
      share(
        ({ body, spans }) =>
          spans.map(({ start, end }) => body.slice(start, end)).join('') === body,
      ),
    ).toBe(1);
    for (const { cables, file } of all) {
      for (const cable of cables) {
        const noisy = cable.spans
          .filter(({ kind }) => kind === 'paragraph')
          .map(({ start, end }) => displayText(cable.body.slice(start, end)))
          .filter((text) => NOISE.test(text));
        expect(noisy, file).toEqual([]);
        const { recipients, infoRecipients } = detailsOf(cable);
        for (const { name } of [...recipients, ...infoRecipients]) {
          expect(name, file).not.toMatch(/^[A-Z]{1,5}-\d\d|\d{6}Z|^PAGE /);
        }
      }
    }
  });
});
