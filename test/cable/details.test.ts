import { beforeAll, describe, expect, it } from 'vitest';
import { detailsOf, type Details } from '../../src/cable/details.js';
import { readReferences } from '../../src/cable/fields/references.js';
import { readFields } from '../../src/cable/read.js';
import { publicCables, readPublicCables, type PublicCable } from '../support/public-cables.js';

function detailsIn(body: string, header = '', id = '09TEST1'): Details {
  const read = readFields(id, { header, body, head: {} });
  expect(detailsOf(read.cable)).toEqual(detailsOf(read.cable, read));
  return detailsOf(read.cable, read);
}

describe('references in detail', () => {
  const of = (value: string) =>
    readReferences(value, { year: '09', post: 'MADRID' }).map(
      (each) => `${each.enum ?? '-'} ${each.kind} ${each.value}`,
    );

  it.each([
    ['A. STATE 1 B. SMITH E-MAIL 10/15/07', ['A cable 09STATE1', 'B email SMITH E-MAIL 10/15/07']],
    ['A. X/Y TELCON 02/16/2010', ['A tel X/Y TELCON 02/16/2010']],
    ['A. TD-314/21795-05; B. 7 FAM 180', ['A report TD-314/21795-05', 'B book 7 FAM 180']],
    ['SEPTEL', ['- septel SEPTEL']],
    ['STATE 1234-1236', ['- cable 09STATE1234', '- cable 09STATE1235', '- cable 09STATE1236']],
    ['STATE 41 THRU 43', ['- cable 09STATE41', '- cable 09STATE42', '- cable 09STATE43']],
    ['STATE 12345-47', ['- cable 09STATE12345', '- cable 09STATE12346', '- cable 09STATE12347']],
    ['QUITO 4525-91', ['- cable 91QUITO4525']],
    ['A. MANILA 2969 B. 2962 AND PREVIOUS', ['A cable 09MANILA2969', 'B cable 09MANILA2962']],
    ['A) 6307', ['A cable 09MADRID6307']],
    ['A. PARIS REPORT B. 2006', ['A report PARIS REPORT']], // 06PARIS1031
    ['A WELLINGTON 721 B WELLINGTON 690', ['A cable 09WELLINGTON721', 'B cable 09WELLINGTON690']],
    ['PARIS POINTS JULY 15', []],
  ])('of %j', (value, references) => {
    expect(of(value)).toEqual(references);
  });
});

describe('classified by', () => {
  it.each([
    ['Classified By: DCM Ann Lee for reasons 1.4 (b).', ['Ann Lee']],
    ['Classified By: Ann Lee, Ambassador; REASON: 1.4(B)', ['Ann Lee']],
    ['Classified By: Martinez, Vilma, Ambassador, DOS, EXEC; REASON:', ['Martinez, Vilma']],
    ['Classified By: DCM William Jordan for reasons 1.4', ['William Jordan']], // 09ALGIERS1162
    ['Classified By: Deputy Political Section Chief Ben Moeling. Reasons', ['Ben Moeling']],
    ['CLASSIFIED BY: XXXXXXXXXXXX, Ambassador, U.S. Embassy Tripoli', []],
    ['Classified By: Ambassador, reason 1.4 (b,d)', []],
    ['Classified By: Derived from DSCG 05-01, b and d', []],
    ['no such line', []],
  ])('of %j', (body, names) => {
    expect(detailsIn(body).classifiedBy).toEqual(names);
  });
});

describe('declassify on', () => {
  it.each([
    ['E.O. 12958: DECL: 11/22/2012', '2012-11-22'],
    ['E.O. 12958: DECL: 08/24/05', '2005-08-24'],
    ['EO 12958 DECL: 2019/07/29', '2019-07-29'], // 09BELGRADE765
    ['E.O. 12958: DECL: 22 NOV 2012', '2012-11-22'],
    ['E.O. 12958: DECLl: 10/29/2018', '2018-10-29'], // 08ISLAMABAD3418
    ['E.O. 12065: GDS 8/12/85 (TOMSETH, VICTOR L.) OR-P', '1985-08-12'], // 79TEHRAN8980
    ['EO 12958 DECL: CLOSURE OF ICTY', 'CLOSURE OF ICTY'], // 06BELGRADE1681
    ['E.O. 12958: DECL: 13/45/2012', null],
    ['E.O. 12356: DECL: OADR', null],
    ['E.O. 12958: DECL: 1.6X1', null],
    ['E.O. 12958: N/A', null],
    ['E.O. 12958: AS AMENDED; DECLASSIFIED JUNE 21, 2006', null], // 72TEHRAN1164
  ])('%j', (body, date) => {
    expect(detailsIn(`${body}\nTAGS: PREL\n`).declassifyOn).toBe(date);
  });
});

describe('summary', () => {
  it.each([
    ['1. (C) Summary: One\ntwo. End summary.\n\n2. (C) More.', 'One\ntwo.'],
    [
      'SUMMARY\n-------\n\n1. (C) One.\n\n2. (C) Two.\n\nTHE REST\n--------\n\n3. (C) More.',
      'One.\nTwo.',
    ],
    ['1. (C) Summary. Only this.\n\n2. (C) More.', 'Only this.'],
    ['1. (C) One. END SUMMARY AND COMMENT.', 'One.'],
    ['1. (C) One.\n\n2. (C) Two.', null],
  ])('of %j', (body, summary) => {
    expect(detailsIn(body).summary).toBe(summary);
  });
});

describe('the header', () => {
  const header = [
    'VZCZCXRO1234',
    'OO RUEHBC',
    'O P 140708Z MAR 07',
    'FM AMEMBASSY BEIJING',
    'TO RUEHC/SECSTATE WASHDC IMMEDIATE 5610',
    'INFO RUEHZN/ALL EUROPEAN POSTS PRIORITY',
    'XMT AMCONSUL MUNICH',
  ].join('\n');

  it('gives addressees with what was left out of a collective', () => {
    const { recipients, infoRecipients } = detailsIn('x', header);
    expect(recipients).toEqual([
      {
        route: 'RUEHC',
        name: 'SECSTATE WASHDC',
        precedence: 'IMMEDIATE',
        mcn: '5610',
        excluded: [],
      },
    ]);
    expect(infoRecipients).toMatchObject([
      { name: 'ALL EUROPEAN POSTS', precedence: 'PRIORITY', excluded: ['AMCONSUL MUNICH'] },
    ]);
  });

  it('gives the moment, the precedence and the transmission’s id', () => {
    expect(detailsIn('x', header).transmission).toEqual({
      sent: '2007-03-14T07:08Z',
      precedence: ['IMMEDIATE', 'PRIORITY'],
      id: 'VZCZCXRO1234',
    });
    expect(detailsIn('x').transmission).toEqual({ sent: null, precedence: [], id: null });
  });

  it('gives captions and the place of the post', () => {
    const body =
      'S E C R E T MADRID 000001\n\nNOFORN\nSIPDIS\nEXDIS\n\nE.O. 12958: N/A\n\n1. (C) NODIS.';
    expect(detailsIn(body).captions).toEqual(['NOFORN', 'SIPDIS', 'EXDIS']);
    expect(detailsIn('x', '', '07MADRID1').place.city).toBe('Madrid');
    expect(detailsIn('x').place).toEqual({ city: null, country: null, region: null });
  });
});

describe.skipIf(publicCables === null)('the details of the public cables', () => {
  let details: { readonly cable: PublicCable; readonly details: Details }[] = [];
  beforeAll(async () => {
    const cables = await readPublicCables();
    details = cables.map((cable) => ({ cable, details: detailsOf(cable.cable) }));
  });

  it('name who classified wherever a name is printed', () => {
    const labelled = details.filter(({ cable }) => /classified by/i.test(cable.cable.body));
    const without = labelled.filter((each) => each.details.classifiedBy.length === 0);
    // No name stands there, or it is taken out; 09KABUL3161 has `Hoyt Y ee`.
    expect(without.map(({ cable }) => cable.cable.id).sort()).toEqual([
      '06KIEV1261',
      '08KYIV2414',
      '09ISLAMABAD2185',
      '09KABUL3161',
      '09KUWAIT110',
      '09SANSALVADOR708',
      '09SANSALVADOR928',
      '09TRIPOLI771',
      '10BAGHDAD167',
      '10BAKU98',
      '10MADRID49',
    ]);
    for (const each of labelled.flatMap((one) => one.details.classifiedBy)) {
      expect(each.length, each).toBeLessThan(40);
    }
  });

  it('have addressees wherever a header names them', () => {
    const without = details.filter(
      ({ cable, details: each }) =>
        /^TO\s/m.test(cable.cable.header) && each.recipients.length === 0,
    );
    expect(without.map(({ cable }) => cable.cable.id)).toEqual([]);
    for (const each of details.flatMap((one) => one.details.recipients)) {
      expect(each.name).toMatch(/^[A-Z0-9 .,/()'&-]+$/);
    }
  });

  it('have a moment wherever the header has a date-time group', () => {
    const without = details.filter(
      ({ cable, details: each }) =>
        /\d{6}Z [A-Z]{3}/.test(cable.cable.header) && each.transmission.sent === null,
    );
    expect(without.map(({ cable }) => cable.cable.id)).toEqual([]);
  });
});
