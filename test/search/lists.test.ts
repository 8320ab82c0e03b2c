import { describe, expect, it } from 'vitest';
import { listAskedIn } from '../../src/search/list-question.js';
import { rangeIn, rangeFilters } from '../../src/search/ranges.js';

describe('a stretch of time', () => {
  it.each([
    ['between 1998 and 2001', '1998-01-01', '2001-12-31'],
    ['from April to June 2004', '2004-04-01', '2004-06-30'],
    ['between 3 March 2005 and 2 May 2005', '2005-03-03', '2005-05-02'],
    ['1998-2001', '1998-01-01', '2001-12-31'],
    ["'98 to '01", '1998-01-01', '2001-12-31'],
    ['in 1998 and 1999', '1998-01-01', '1999-12-31'],
    ['before 1991', '', '1990-12-31'],
    ['pre-1991', '', '1990-12-31'],
    ['nothing later than 1991', '', '1991-12-31'],
    ['up to and including May 1991', '', '1991-05-31'],
    ['2004 or earlier', '', '2004-12-31'],
    ['after 2 May 2005', '2005-05-03', ''],
    ['since Sept 2005', '2005-09-01', ''],
    ['from May 2005 onwards', '2005-05-01', ''],
    ['not older than 2005', '2005-01-01', ''],
    ['in the winter of 2005', '2004-12-01', '2005-02-28'],
    ['in the first half of 2005', '2005-01-01', '2005-06-30'],
    ['in Q3 2005', '2005-07-01', '2005-09-30'],
    ['in late 2005', '2005-09-01', '2005-12-31'],
    ['from the 1970s', '1970-01-01', '1979-12-31'],
    ['dated 12 February 2005', '2005-02-12', '2005-02-12'],
    ['on May 9, 2005', '2005-05-09', '2005-05-09'],
  ])('%s', (words, from, to) => {
    expect(rangeIn(`fish ${words}, please`)).toMatchObject({
      words,
      ...(from && { from }),
      ...(to && { to }),
    });
  });

  it('of single months is those months, of every year where none is named', () => {
    const months = (text: string): unknown =>
      rangeFilters(rangeIn(text) ?? { months: [], words: '', isStretch: false });
    expect(months('in March and June 2008')).toEqual({
      from: '2008-03-01',
      to: '2008-06-30',
      month: '3,6',
    });
    expect(months('in January, February and March 2008')).toEqual({
      from: '2008-01-01',
      to: '2008-03-31',
    });
    expect(months('in March and June')).toEqual({ month: '3,6' });
    expect(months('in December')).toEqual({ month: '12' });
  });

  it.each(['in may', 'since he march', 'in general', 'with 1991 sheep'])('is none: %s', (text) => {
    expect(rangeIn(text)).toBeNull();
  });
});

describe('a question for a list of cables', () => {
  it.each([
    ['Please give me all telegrams concerning the herring quota', 'herring quota', {}],
    ['herring cables', 'herring', {}],
    ['did any consulate report on herring?', 'herring', {}],
    [
      'what is there on herring between 2001 and 2003',
      'herring',
      { from: '2001-01-01', to: '2003-12-31' },
    ],
    ['everything the embassy in Lima sent about anchovies', 'anchovies', { origin: 'Lima' }],
    [
      'lima cables on anchovies, 2004',
      'anchovies',
      { origin: 'lima', from: '2004-01-01', to: '2004-12-31' },
    ],
    ['how many cables talk about anchovies', 'anchovies', {}],
    [
      'What did Reykjavik report in 2008?',
      '',
      { origin: 'Reykjavik', from: '2008-01-01', to: '2008-12-31' },
    ],
    ['anything up to 1980', '', { to: '1980-12-31' }],
  ])('%s', (question, topic, filters) => {
    expect(listAskedIn(question)).toMatchObject({ topic, filters, order: null });
  });

  it.each([
    ['the latest on herring', 'herring', 'newest', null],
    ['Which is the oldest cable about herring?', 'herring', 'oldest', 1],
    ['last five telegrams on herring', 'herring', 'newest', 5],
    ['when was the herring quota first mentioned', 'herring quota', 'oldest', 1],
    ['herring, most recent first', 'herring', 'newest', null],
    ['herring in chronological order', 'herring', 'oldest', null],
    ['top 3 newest herring', 'herring', 'newest', 3],
  ])('in an order: %s', (question, topic, order, count) => {
    expect(listAskedIn(question)).toMatchObject({ topic, order, count });
  });

  it('that asks which posts wrote wants one cable of each', () => {
    expect(listAskedIn('which embassies wrote about herring')?.byPost).toBe(true);
    expect(listAskedIn('cables about herring')?.byPost).toBe(false);
  });

  it.each([
    'What do the cables say about herring?',
    'According to the cables, why was the quota raised?',
    'What was the first thing that the minister asked for?',
    'Who were the last three ministers of fishery?',
    'Why were all reports on herring late?',
    'Which quotas were named in the latest talks?',
    'Herring quota 2004',
    'What happened to the quota in May 2004?',
    'Which conditions did the fishermen list?',
  ])('is not: %s', (question) => {
    expect(listAskedIn(question)).toBeNull();
  });

  it('keeps a point of time that belongs to what it is about', () => {
    expect(
      listAskedIn('list all arguments over herring boats in the northern waters in May 2004'),
    ).toMatchObject({ filters: {} });
  });
});
