import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readClassification } from '../../src/cable/fields/classification.js';
import { citedIds, readReferences } from '../../src/cable/fields/references.js';
import { readDate, readOrigin } from '../../src/cable/header.js';
import { readFields } from '../../src/cable/read.js';
import { publicCables, readPublicCables, type PublicCable } from '../support/public-cables.js';

function fieldsOf(body: string, header = '') {
  return readFields('09TEST1', { header, body, head: {} }).cable;
}

describe('subject', () => {
  it.each([
    ['SUBJECT: ONE LINE \n\nREF: X 1', 'ONE LINE'],
    ['SUBJECT: SUBJECT WHICH HAS a \nSECOND LINE \n\nREF: X 1', 'SUBJECT WHICH HAS a SECOND LINE'],
    ['SUBJECT: UP TO THE REFERENCES\nREF A. RIYADH 1579  B. RIYADH 1408', 'UP TO THE REFERENCES'],
    ['SUBJ: GUINEA - MEETING \n\nClassified by Charge', 'GUINEA - MEETING'],
    ['SUBJECT: RAIDS ON TNK-BP REF: A. MOSCOW 816 Classified By: X', 'RAIDS ON TNK-BP'],
    ['SUBJECT: ACROSS\n\nMADRID 00000001  002 OF 003\n\nTAGS: X', 'ACROSS'],
  ])('of %j', (body, subject) => {
    expect(fieldsOf(`TAGS: PREL\n${body}`).subject).toBe(subject);
  });

  it('is null where none is printed', () => {
    expect(fieldsOf('TAGS: PREL\n\n1. (C) Text.').subject).toBeNull();
  });
});

describe('TAGS', () => {
  it.each([
    ['TAGS: ELAB ETRD CH', ['ELAB', 'ETRD', 'CH']],
    ['TAGS PGOV, PREL, UK', ['PGOV', 'PREL', 'UK']],
    ['TAGS: prel, pgov', ['PREL', 'PGOV']],
    ['TAGS: [ETRD](#) [CH](#)', ['ETRD', 'CH']],
    ['TAGS: PREL,\nPGOV\nSUBJECT: X', ['PREL', 'PGOV']],
    ['E.O. 12958: N/A TAGS: ASEC SNAR BR', ['ASEC', 'SNAR', 'BR']],
    ['TAG PTER, SW', ['PTER', 'SW']],
    ['TAGS: PREL PREL', ['PREL']],
    ['TAGS: [PGOV](#) [PREL](#)\r\n[ECON](#)\r\nSUBJECT: X', ['PGOV', 'PREL', 'ECON']],
    ['TAGS: PREL (KISSINGER, HENRY)', ['PREL', 'KISSINGER, HENRY']],
  ])('of %j', (body, tags) => {
    expect(fieldsOf(body).tags).toEqual(tags);
  });
});

describe('references', () => {
  it.each([
    [
      'A. MADRID 426\n\n¶B. LISBON 750\n¶C. 06 MADRID 538',
      ['09MADRID426', '09LISBON750', '06MADRID538'],
    ],
    ['(A)STATE 071143, (B)BEIJING \n5361', ['09STATE71143', '09BEIJING5361']],
    ['A. (A) PARIS 7682 AND PREVIOUS', ['09PARIS7682']],
    ['A. BRASILIA 2799 AND 2764', ['09BRASILIA2799', '09BRASILIA2764']],
    ['ASUNCION 701 (08)', ['08ASUNCION701']],
    ['SECSTATE 54183', ['09STATE54183']],
    ["A. '08 BUENOS AIRES 1491", ['08BUENOSAIRES1491']],
    ['EMBASSY MADRID E-MAIL TO EUR/WE OF OCTOBER 14', []],
    ['A. STATE CA-3400 NOV 2, 1966', []],
    ['DUBLIN 1\nDUBLIN 00001020  002 OF 003', ['09DUBLIN1']],
  ])('of %j', (value, ids) => {
    expect(citedIds(readReferences(value, { year: '09', post: 'TEST' }))).toEqual(ids);
  });
});

describe('references without any year', () => {
  it('are left out', () => {
    const cited = readReferences('A. MADRID 426 B. 06 LISBON 750', { year: null, post: null });
    expect(citedIds(cited)).toEqual(['06LISBON750']);
    expect(
      readFields('foo', { header: '', body: 'REF: A. MADRID 426', head: {} }).cable.references,
    ).toEqual([]);
  });
});

describe('header', () => {
  it('gives the date of the date-time group', () => {
    expect(readDate('ZNR UUUUU ZZH\nP 140708Z MAR 07\nFM AMEMBASSY BEIJING')).toBe('2007-03-14');
    expect(readDate('R 130458Z AUG 79')).toBe('1979-08-13');
    expect(readDate('P 990708Z MAR 07')).toBeNull();
    expect(readDate('no group')).toBeNull();
  });

  it('gives the post in the archive’s spelling', () => {
    expect(readOrigin('FM AMCONSUL GUANGZHOU')).toBe('Consulate Guangzhou');
    expect(readOrigin('FM SECSTATE WASHDC')).toBe('Secretary of State');
    expect(readOrigin('FM AMEMBASSY PORT AU PRINCE\nTO X')).toBe('Embassy Port Au Prince');
    expect(readOrigin('TO RUEHC/SECSTATE')).toBeNull();
  });
});

describe('classification', () => {
  it.each([
    ['UNCLAS GUANGZHOU 032397\n\nSENSITIVE\nSIPDIS', 'UNCLASSIFIED//FOR OFFICIAL USE ONLY'],
    ['UNCLAS BEIJING 001689', 'UNCLASSIFIED'],
    ['C O N F I D E N T I A L SECTION 01 OF 03 MADRID 000545', 'CONFIDENTIAL'],
    ['S E C R E T STATE 014070\n\n\nNOFORN\n', 'SECRET//NOFORN'],
    ['no such line', null],
  ])('of %j', (body, classification) => {
    expect(readClassification(body)).toBe(classification);
  });
});

describe.skipIf(publicCables === null)('the nine fields of the 778 public cables', () => {
  let cables: PublicCable[] = [];
  beforeAll(async () => {
    cables = await readPublicCables();
  });

  it('are what the page’s table states', () => {
    for (const { raw, cable } of cables.filter((each) => each.raw.id !== null)) {
      expect(cable.id).toBe(raw.id);
      expect(cable).toMatchObject(
        Object.fromEntries(Object.entries(raw.head).filter(([name]) => name !== 'subject')),
      );
    }
  });

  it('agree with header and body where those tell the same', () => {
    const pages = cables.filter((each) => each.file.endsWith('.html'));
    const derived = pages.map(({ raw }) => ({
      date: readDate(raw.header),
      origin: readOrigin(raw.header),
      classification: readClassification(raw.body),
    }));
    const differ = (name: 'date' | 'origin' | 'classification'): number =>
      pages.filter(({ raw }, i) => {
        const value = derived[i]?.[name];
        return value !== null && value !== raw.head[name];
      }).length;
    // docs/chunking.md: the pages' own table is wrong, or the body is another cable's.
    expect(differ('date')).toBe(0);
    expect(differ('origin')).toBe(0);
    // Six bodies say NOFORN where their tables do not.
    expect(differ('classification')).toBeLessThanOrEqual(14);
  });

  it('hold every TAG that the page links', () => {
    for (const { cable, file } of cables.filter((each) => each.file.endsWith('.html'))) {
      const linked = readFileSync(file, 'utf8')
        .split('<pre>')
        .slice(1)
        .join('')
        .matchAll(/<a href='\/tag\/[^']*'>([^<]*)<\/a>/g);
      const tags = [...linked].map((link) => link[1]?.toUpperCase());
      // The page links every word of a term; COUNTER TERRORISM is one tag (docs/conformance.md).
      const words = [...cable.tags, ...cable.tags.flatMap((tag) => tag.split(/,? /))];
      const known = tags.filter((tag) => tag !== 'MOPPS' && tag !== 'EINDETRD' && tag !== 'KDEMAF');
      expect(words, cable.id).toEqual(expect.arrayContaining(known));
    }
  });

  it('have a subject wherever one is printed', () => {
    const without = cables.filter(({ cable }) => cable.subject === null);
    // Looked through by hand: none of these prints one, or the page breaks off before it.
    expect(without.map(({ cable }) => cable.id).sort()).toEqual([
      '02BRASILIA4227',
      '06KABUL3934',
      '08BRASILIA504',
      '08OSLO585',
      '09BRASILIA953',
      '09CARACAS1296',
      '09PESHAWAR2',
      '09SAOPAULO660',
      '09SAOPAULO663',
      '10ABUDHABI9',
      '10RIYADH61',
    ]);
  });
});
