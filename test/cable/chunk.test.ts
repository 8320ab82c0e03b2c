import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { levelOfClassification } from '../../src/cable/marks/classification.js';
import { chunk, inheritLevels } from '../../src/cable/spans/chunk.js';
import { readCable } from '../../src/cable/read.js';
import { readText } from '../../src/sources/text.js';
import { SAMPLES } from '../support/files.js';
import { publicCables, readPublicCables, type PublicCable } from '../support/public-cables.js';

/** Kind, number and first words of every span, to read at a glance. */
function outline(body: string): string[] {
  return chunk(body).spans.map(({ kind, number, mark, start, end }) => {
    const words = body.slice(start, end).replace(/\s+/g, ' ').trim().slice(0, 28);
    return [kind, number ?? '-', mark ?? '-', words].join(' | ');
  });
}

const PREAMBLE = 'C O N F I D E N T I A L MADRID 000001\n\nTAGS: PREL\nSUBJECT: A SUBJECT\n\n';
const PREAMBLE_SPAN = 'preamble | - | - | C O N F I D E N T I A L MADR';

function paragraphs(text: string): string[] {
  return outline(PREAMBLE + text).filter((line) => line !== PREAMBLE_SPAN);
}

describe('the chunker', () => {
  it.each([
    ['¶1. (SBU) One.', 'paragraph | 1 | (SBU) | ¶1. (SBU) One.'],
    ['1. One.', 'paragraph | 1 | - | 1. One.'],
    ['1) One.', 'paragraph | 1 | - | 1) One.'],
    ['(C) 1. One.', 'paragraph | 1 | (C) | (C) 1. One.'],
    ['1.(C) One.', 'paragraph | 1 | (C) | 1.(C) One.'],
    ['(1). (U) One.', 'paragraph | 1 | (U) | (1). (U) One.'],
  ])('reads the number of %j', (text, expected) => {
    expect(paragraphs(text)).toEqual([expected]);
  });

  it('takes a year or a quantity at a line’s start for text (06PARIS953, 07STATE152317)', () => {
    const text =
      '¶1. (C) One talks of what the party will stand for in the elections of\n2007. In his view ' +
      'nobody knows.\n\n¶2. (C) These shipments represent violations of UNSCRs 1718 and\n1737. \n\n¶3. (C) Three.';
    expect(paragraphs(text)).toEqual([
      'paragraph | 1 | (C) | ¶1. (C) One talks of what th',
      'paragraph | 2 | (C) | ¶2. (C) These shipments repr',
      'paragraph | 3 | (C) | ¶3. (C) Three.',
    ]);
  });

  it('takes the day of a date at a line’s start for text, also behind a page stamp', () => {
    const text =
      '¶1. (C) He hosted a private lunch at his residence, which was on the day of October\n16. It was ' +
      'good.\n\n¶2. (C) They met at the dinner that was held by the ambassador in February\n\nMADRID ' +
      '00000001  002 OF 003\n\n\n28. Keen for insights, he left.\n\n¶3. (C) Three.';
    expect(paragraphs(text).map((line) => line.split(' | ')[1])).toEqual(['1', '2', '3']);
  });

  it('keeps doubled numbers (79TEHRAN8980), missing ones and numbers out of order', () => {
    const text = [1, 2, 2, 5, 4].map((number) => `¶${String(number)}. (C) Text.`).join('\n\n');
    expect(paragraphs(text).map((line) => line.split(' | ')[1])).toEqual(['1', '2', '2', '5', '4']);
  });

  it('keeps numbers that start again behind a table of contents (09BERLIN1626)', () => {
    const text =
      '1. Lead Stories\n\n2. China\n\n1. Lead Stories Summary\n\nText.\n\n2. China\n\nText.';
    expect(paragraphs(text).map((line) => line.split(' | ')[1])).toEqual(['1', '2', '1', '2']);
  });

  it('finds a paragraph that was run in to the line above (02BRASILIA4227)', () => {
    const text =
      '¶1. (C) One wants to grow. 2. (C) Ambassador Reich observed.\n\n¶3. (C) Three, see 4. (C) Four.';
    expect(paragraphs(text).map((line) => line.split(' | ')[1])).toEqual(['1', '2', '3', '4']);
  });

  it('gives a marked paragraph without a number the one that is missing (08LONDON2651)', () => {
    const text = '¶7. (S/NF) Stirrup.\n\nQ (C/NF) Several interlocutors.\n\n¶9. (C/NF) Security.';
    expect(paragraphs(text)).toEqual([
      'paragraph | 7 | (S/NF) | ¶7. (S/NF) Stirrup.',
      'paragraph | 8 | (C/NF) | Q (C/NF) Several interlocuto',
      'paragraph | 9 | (C/NF) | ¶9. (C/NF) Security.',
    ]);
  });

  it('gives a part with a mark of its own its paragraph’s number (06VIENNA515)', () => {
    const text =
      '¶1. (C) Points:\n\n¶A. (S/NF) Question\n\n(S/NF) GOA Response: none.\n\n¶2. (C) Two.';
    expect(paragraphs(text)).toEqual([
      'paragraph | 1 | (C) | ¶1. (C) Points:',
      'paragraph | 1 | (S/NF) | ¶A. (S/NF) Question',
      'paragraph | 1 | (S/NF) | (S/NF) GOA Response: none.',
      'paragraph | 2 | (C) | ¶2. (C) Two.',
    ]);
  });

  it.each([
    ['an item’s (10STATE9565)', '¶3. (U) Points:\n\n¶A. (S/REL UK) Plans', '¶A. (S/REL UK) Plans'],
    [
      'a bullet’s (08BUENOSAIRES235)',
      '¶3. (C) Points:\n-- (S) Finance: debt',
      '-- (S) Finance: debt',
    ],
    ['a bullet’s in a line (08BRASILIA43)', '¶3. (S/NF) Ways. -- (U) The GOB', '-- (U) The GOB'],
    ['one behind a colon (08STATE116943)', '¶3. (U) Fighters: (S//NF) The', '(S//NF) The'],
    [
      'one on a line (09STATE83026)',
      '¶3. (S/REL) Text:\n(U//FOUO) Leadership',
      '(U//FOUO) Leadership',
    ],
  ])('cuts where another mark stands inside a paragraph: %s', (_, text, part) => {
    const body = `¶1. (C) One.\n\n¶2. (C) Two.\n\n${text}\n\n¶4. (C) Four.`;
    const spans = chunk(body).spans.filter((span) => span.number === 3);
    expect(spans.map((span) => body.slice(span.start, span.end).trim()).at(-1)).toBe(part);
    expect(spans).toHaveLength(2);
  });

  it.each([
    'the office (S/WCI) attended.',
    'two points: (A) one; (B) two; (C) three.',
    'under 1.4 (C) and (D).',
    'ways. -- (SBU) the same mark.',
    'the end. (C) 2008 The Times.',
    'Article 2. (C) of the law.',
    'section 501.(C) 3 of it.',
    'points:\n\nA) one\n\nB) two\n\nC) Three is the third.',
    'points:\n\n(A) one\n\n(B) two\n\nrunning on\n\n(C) Three.',
    'text.\n\nU) An item of a list.',
  ])('does not take %j for another mark', (text) => {
    const body = `¶1. (SBU) One ${text}\n\n¶2. (SBU) Two.`;
    expect(chunk(body).spans.filter((span) => span.number === 1)).toHaveLength(1);
  });

  it('leaves bullets, sub-paragraphs and numbered lists in their paragraph (09STATE81957)', () => {
    const text =
      '¶1. (S) Action items:\n\n- a bullet\n\n¶A. a sub-paragraph\n\n1) electricity\n2) rail\n\n¶2. (S) Two.';
    expect(paragraphs(text)).toHaveLength(2);
  });

  it('reads a mark that goes on in the next line (08STATE79112)', () => {
    const text = '¶1. (S//REL CHINA, AFGHANISTAN,\nQATAR) One.\n\n¶2. (S) Two.';
    expect(paragraphs(text)[0]).toMatch(/^paragraph \| 1 \| \(S\/\/REL CHINA/);
  });

  it('takes a lettered list for no marks, and no list for headings (08CARACAS420)', () => {
    expect(paragraphs('1. One:\n\n(b) second\n\n(c) the third thing\n\n2. Two.')).toHaveLength(2);
    const list = '¶1. (C) Phases:\n\nFirst Phase\n\nSecond Phase\n\nThird Phase\n\n¶2. (C) Two.';
    expect(paragraphs(list).map((line) => line.split(' | ')[0])).toEqual([
      'paragraph',
      'paragraph',
    ]);
  });

  it('keeps the number of a paragraph with a list of many items', () => {
    const items = Array.from({ length: 60 }, (_, n) => `${String(n + 1)}) item`).join('\n');
    const text = `¶1. (C) One:\n\n${items}\n\n¶2. (C) Two.`;
    expect(paragraphs(text).map((line) => line.split(' | ')[1])).toEqual(['1', '2']);
  });

  it('lets headings stand alone, above the paragraph that follows', () => {
    const text =
      '¶1. (C) One.\n\n----------\nProtection\n----------\n\n¶2. (U) Two.\n\n//COMMENT//\n\n¶3. (C) Three ' +
      'were not.\nSANCTIONS\n---------\n¶4. (C) Four.';
    expect(paragraphs(text).map((line) => line.split(' | ')[0])).toEqual([
      'paragraph',
      'heading',
      'paragraph',
      'heading',
      'paragraph',
      'heading',
      'paragraph',
    ]);
  });

  it('does not take END SUMMARY or a redaction for a heading', () => {
    const text = '¶1. (C) One.\n\nEND SUMMARY\n\n¶2. (C) Two.\n\nXXXXXXXXXXXX\n\n¶3. (C) Three.';
    expect(paragraphs(text)).toHaveLength(3);
  });

  it('cuts a cable without numbers at its blank lines (10CARACAS107)', () => {
    const text =
      '(SBU) On January 5 Caracas held a meeting.\n\n(S/NF) RSO stated\nthe levels.\n\n- low\n\nREGARDS';
    expect(paragraphs(text).slice(0, 2)).toEqual([
      'paragraph | - | (SBU) | (SBU) On January 5 Caracas h',
      'paragraph | - | (S/NF) | (S/NF) RSO stated the levels',
    ]);
  });

  it('never puts a paragraph with a mark of its own under another’s (unnumbered cables)', () => {
    const text = '(U) Public remarks.\n\n(S) Our source in the palace.\n\n(C) A comment.';
    expect(paragraphs(text).map((line) => line.split(' | ')[2])).toEqual(['(U)', '(S)', '(C)']);
  });

  it('takes no word of a sentence for a signature, nor the end of one for a trailer', () => {
    const wrapped =
      '¶1. (C) The minister said that he had asked the government of the republic for\nfunds';
    expect(paragraphs(wrapped)).toHaveLength(1);
    expect(paragraphs('¶1. (C) He asked what would\nhappen next, and nobody knew...')).toHaveLength(
      1,
    );
  });

  it('finds a signature over the post’s notice (10ANKARA126)', () => {
    const text =
      '¶1. (C) Trust declines, against the government. \nJeffrey \n \n   "Visit Ankara\'s Classified Web Site ' +
      'at http://www.intelink.s \ngov.gov/wiki/Portal:Turkey"';
    expect(paragraphs(text).map((line) => line.split(' | ')[0])).toEqual([
      'paragraph',
      'signature',
      'trailer',
    ]);
  });

  it('finds the signature and the trailer, also at the end of the last line', () => {
    expect(paragraphs('¶1. (C) One.\n\nLAINGEN\n\nCONFIDENTIAL').slice(1)).toEqual([
      'signature | - | - | LAINGEN',
      'trailer | - | - | CONFIDENTIAL',
    ]);
    expect(paragraphs('¶1. (C) One is made. End comment. SOLOMONT')).toEqual([
      'paragraph | 1 | (C) | ¶1. (C) One is made. End com',
      'signature | - | - | SOLOMONT',
    ]);
  });

  it('inherits the cable’s level where no mark is printed, and says so', () => {
    const secret = levelOfClassification('SECRET//NOFORN');
    const spans = inheritLevels(chunk(`${PREAMBLE}1. One.\n\n2. (U) Two.`), secret);
    expect(spans.slice(1)).toMatchObject([
      { mark: null, level: 'S', caveats: ['NOFORN'], inherited: true },
      { mark: '(U)', level: 'U', caveats: [], inherited: false },
    ]);
  });
});

describe('the samples', () => {
  it('06GUANGZHOU32397 shows the artefact “15.” as number 5 and keeps what is printed', () => {
    const reading = readText(readFileSync(path.join(SAMPLES, '000_a451d78a1c05f3da.txt'), 'utf8'));
    if (!reading.ok) throw new Error(reading.reason);
    const read = readCable(reading.cable);
    if (!read.ok) throw new Error(read.reason);
    const { cable } = read;
    const fifth = cable.spans.find((span) => span.number === 5);
    expect(cable.body.slice(fifth?.start, fifth?.end)).toMatch(/^15\. \(SBU\) Representatives/);
    expect(cable.spans.flatMap((span) => span.number ?? [])).toEqual([1, 2, 3, 4, 5]);
    expect(cable.spans.filter((span) => span.kind === 'heading')).toHaveLength(3);
  });
});

describe.skipIf(publicCables === null)('the public cables', () => {
  let cables: PublicCable[] = [];
  beforeAll(async () => {
    cables = await readPublicCables();
  });

  it('have the numbers of the pages’ anchors wherever those are paragraph numbers', () => {
    let anchors = 0;
    const differing: string[] = [];
    for (const { cable } of cables) {
      const numbers = new Map(cable.spans.map((span) => [span.start, span.number]));
      for (const { index, 1: digits } of cable.body.matchAll(/¶(\d+)/g)) {
        anchors++;
        if (numbers.get(index) !== Number(digits)) differing.push(`${cable.id} ¶${digits ?? ''}`);
      }
    }
    // docs/chunking.md lists the kinds: years and days at line starts, items of lists.
    expect(anchors).toBeGreaterThan(8000);
    expect(differing.length).toBeLessThanOrEqual(97);
    const notYears = differing.filter((each) => !/¶(?:1[5-9]|20)\d\d$/.test(each));
    expect(notYears.filter((each) => !/KYIV278|STATE81957/.test(each)).length).toBeLessThanOrEqual(
      20,
    );
  });

  it('have a signature but for those that end without one or break off', () => {
    const unsigned = cables.filter(({ cable }) => cable.signature === null);
    // Looked through by hand.
    const without =
      '02BRASILIA4227 05RIODEJANEIRO1238 06ASUNCION589 06BRIDGETOWN2164 06CARACAS219 06KABUL3934 ' +
      '07LAPAZ383 08RPODUBAI49 08VLADIVOSTOK68 09BEIJING1336 09BERLIN1273 09BERLIN406 ' +
      '09CARACAS1296 09DUSHANBE575 09KABUL3423 09TALLINN114 10BAGHDAD112 10BRUSSELS186 ' +
      '10CARACAS107 10MADRID49 10MAPUTO80';
    expect(unsigned.map(({ cable }) => cable.id).sort()).toEqual(without.split(' '));
  });
});
