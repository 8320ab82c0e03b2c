import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Cable } from '../../src/cable/cable.js';
import { detailsOf } from '../../src/cable/details.js';
import { passagesOf } from '../../src/cable/passage.js';
import { displayText } from '../../src/quotes/display.js';
import { SHARED } from '../support/files.js';
import { paragraphsOf, readingOfFile } from '../support/reading.js';

const FOLDER = path.join(SHARED, 'conformance', 'awkward');
const isThere = existsSync(FOLDER);
if (!isThere) console.log('../shared is absent: the awkward cables are skipped');

/** What is looked at of a cable. */
function told(cable: Cable): object {
  const details = detailsOf(cable);
  return {
    ...details,
    ...cable,
    to: details.recipients.map(({ name }) => name),
    info: details.infoRecipients.map(({ name }) => name),
    paragraphs: paragraphsOf(cable),
    shown: cable.spans
      .filter(({ kind }) => kind === 'paragraph')
      .map(({ start, end }) => displayText(cable.body.slice(start, end))),
    headings: cable.spans
      .filter(({ kind }) => kind === 'heading')
      .map(({ start, end }) => displayText(cable.body.slice(start, end))),
    searched: passagesOf(cable).map(({ text }) => text),
  };
}

/** What should come out of each input, by the kind of its trouble; README.md there says the same in words. */
const EXPECTED: readonly (readonly [
  kind: string,
  file: string,
  cables: readonly object[],
  setAside?: readonly RegExp[],
])[] = [
  [
    'a second cable under its classification line',
    '01-second-cable-in-body.txt',
    [{ id: '73TEHRAN8233', classifiedBy: [], paragraphs: [/^1\. AFTER THE AUDIENCE/] }],
    [/THEHAGUE174.*73TEHRAN8233/],
  ],
  [
    "a dump's row in a body",
    '02-dump-row-in-body.html',
    [
      { id: '07BERN881', signedBy: ['DOE'], paragraphs: [/CDA met/, /Post will continue/] },
      { id: '07TBILISI2290', level: 'SBU', paragraphs: [/^1\. \(U\)/, /^2\. \(SBU\)/] },
    ],
  ],
  [
    'a label in the text',
    '03-label-in-text-swallows-paragraphs.txt',
    [
      {
        subject: 'REQUEST FOR VETTING',
        paragraphs: [/^The Minister/, /^Post sent/, 'Subject: Harbour bridge', /^The Embassy/],
      },
    ],
  ],
  [
    "the archive's telegram, its paragraphs numbered",
    '04-aad-numbered.txt',
    [
      {
        id: '74LAPAZ5124',
        info: ['AMEMBASSY LIMA'],
        signedBy: ['STEDMAN'],
        shown: [
          '1. THE PRESIDENT OF BOLIVIA SENT A MESSAGE TO THE NEW PRESI- DENT AND THE GOVERN-\n[stamp] MENT PRESS PRAISED HIM.\n[stamp]',
          '2. COMMENT: THE PRESS WAS FRIENDLY.',
        ],
        searched: [/GOVERNMENT PRESS/, 'COMMENT: THE PRESS WAS FRIENDLY.'],
      },
    ],
  ],
  [
    "the archive's telegram, its paragraphs without numbers",
    '05-aad-unnumbered.txt',
    [
      {
        subject: null,
        references: [],
        signedBy: ['STEDMAN'],
        paragraphs: [/^THE PRESIDENT OF BOLIVIA SENT A MESSAGE TO GERALD FORD\./],
      },
    ],
  ],
  [
    'sections numbered with ON',
    '06-section-1-on-2.txt',
    [{ id: '79LAPAZ7472', paragraphs: [/^1\./, /^2\./, /^3\./] }],
  ],
  [
    "a section's header in a paragraph",
    '08-section-header-in-paragraph.txt',
    [
      {
        shown: [
          /^1\./,
          '2. THE DEPUTY PRESENTED AN\n[stamp] ACCUSATION. THE GALLERY WAS FULL.',
          /^3\./,
        ],
      },
    ],
  ],
  [
    'a classification line without a post',
    '09-classification-line-without-post.txt',
    [{ id: '74LAPAZ526', classification: 'LIMITED OFFICIAL USE' }],
  ],
  [
    'a date-time group with a blank before Z',
    '10a-dtg-space-before-z.txt',
    [{ id: '74LAPAZ493', transmission: { sent: '1974-01-24T15:49Z' } }],
  ],
  [
    'a day that no month has',
    '10c-dtg-no-such-day.txt',
    [{ id: '74LAPAZ493', date: null, transmission: { sent: null } }],
  ],
  [
    'a misprinted classification',
    '11a-misprint-uncls.txt',
    [{ id: '74LAPAZ3729', classification: 'UNCLASSIFIED' }],
  ],
  ['airgrams cited', '12-airgram.txt', [{ references: [] }]],
  ['a dated reference', '13a-ref-dated.txt', [{ references: ['73STATE235324'] }]],
  [
    'a reference above the own number',
    '14-ref-number-above-own.txt',
    [{ references: ['73LAPAZ7697'] }],
  ],
  ['a telephone call cited', '15-ref-telecon.txt', [{ references: [] }]],
  [
    'a malformed id',
    '16-malformed-id.csv',
    [{ id: '08MANAMA492', printedId: '08ECTION01OF02MANAMA492' }],
  ],
  [
    'E F T O before the section',
    '17a-efto.txt',
    [{ id: '10KABUL668', classification: 'UNCLASSIFIED//FOR OFFICIAL USE ONLY' }],
  ],
  [
    'CSV with doubled quotes',
    '18-rfc4180.csv',
    [{ id: '09MADRID1', paragraphs: ['1. He said "the boats are blue".', '2. Comment: none.'] }],
  ],
  ['SQL', '19-sql-inserts.sql', [], [/SQL is not read/]],
  [
    'a word broken at a line’s end',
    '20-broken-word.txt',
    [{ searched: [/PROPOSED COMMITMENT NOT TO SELL/, /NONE/] }],
  ],
  ['an accent as a sign of its own', '21-nfd.txt', [{ paragraphs: [/cafe\u0301 keeper/, /none/] }]],
  [
    'a FOIA release',
    '23a-foia-stamp.txt',
    [
      {
        classification: 'CONFIDENTIAL',
        signedBy: ['SMITH'],
        shown: ['1. (C) The minister welcomed the\n[stamp] dialogue.', /None/],
      },
    ],
  ],
  [
    'a reference cut off and printed again',
    '24-ref-cut-off-then-again.txt',
    [{ references: ['04THEHAGUE1701', '04STATE147536'] }],
  ],
  [
    'a damaged label of the references',
    '25-ref-label-damaged.txt',
    [{ references: ['08TRIPOLI199', '08TRIPOLI227'], subject: 'POLITICAL-ECONOMIC REFORM' }],
  ],
  ['a quoted mail', '27-quoted-mail.txt', [{ subject: 'BOATS', paragraphs: [/^¶1/, /^¶2/] }]],
  [
    "the dump's line ends",
    '29-dump-line-ends.txt',
    [
      {
        headings: ['-------\nCOMMENT\n-------'],
        signedBy: ['SMITH'],
        to: ['SECSTATE WASHDC'],
        info: ['AMEMBASSY YAOUNDE'],
        shown: [/End Summary\.$/, '2. (C) Western members were angered.'],
      },
    ],
  ],
  [
    'TAGS without a comma before a name',
    '31-tags.txt',
    [{ tags: ['OCON', 'ECLA', 'UN', 'CDES', 'JOHN DOE'] }],
  ],
  ['a misprinted origin', '32-origin-misprint.txt', [{ origin: 'Embassy La Paz' }]],
  [
    'a summary run in to a damaged reference line',
    '34-summary-run-in-to-ref.txt',
    [{ paragraphs: [/^have signaled/, /^2\./, /^3\./] }],
  ],
];

describe.skipIf(!isThere)('awkward cables', () => {
  for (const [kind, file, cables, setAside = []] of EXPECTED) {
    it(`with ${kind} come out as they should (${file})`, async () => {
      const reading = await readingOfFile(path.join(FOLDER, file));
      expect(reading.cables.map(told)).toMatchObject(cables.map(matchers));
      expect(reading.setAside).toEqual(
        setAside.map((each): unknown => expect.stringMatching(each)),
      );
    });
  }
});

/** Patterns among what is expected, as matchers. */
function matchers(value: object): object {
  const entries = Object.entries(value).map(([name, each]: [string, unknown]) => [
    name,
    Array.isArray(each)
      ? each.map((one: unknown): unknown =>
          one instanceof RegExp ? expect.stringMatching(one) : one,
        )
      : each,
  ]);
  return Object.fromEntries(entries) as object;
}
