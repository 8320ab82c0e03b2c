import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../src/cable/terms.js';
import { InputError } from '../../src/errors.js';
import { analyse, contentWords, expansionsOf, numbersOfPosts } from '../../src/search/analyse.js';
import { daysOf, monthsIn, withoutDates, yearsIn } from '../../src/search/dates.js';
import { filtersInWords, type Filters } from '../../src/search/filters.js';
import { carriedOver, isFollowUp } from '../../src/search/follow-up.js';
import { placesIn } from '../../src/search/places.js';

describe('a question', () => {
  it('that is empty or too long is refused with what to do', () => {
    for (const question of ['', ' \n ', 'x'.repeat(10_000)]) {
      expect(() => analyse(question)).toThrow(InputError);
    }
    expect(() => analyse('x'.repeat(10_000))).toThrow(/10000 characters; at most 2000/);
  });

  it('is searched by its content words', () => {
    expect(contentWords('What did the Ambassador say about Zapatero’s visit?')).toEqual([
      'ambassador',
      'zapatero',
      'visit',
    ]);
    expect(contentWords('what about it')).not.toEqual([]);
    expect(contentWords('How many chickens does the lion eat?')).not.toContain('does');
  });

  it('with a year behind a post does not name a cable', () => {
    expect(analyse('Embassy Madrid 2007').idsWithoutYear).toEqual([]);
    expect(analyse('cable Rio de Janeiro 329').idsWithoutYear).toContain('RIODEJANEIRO329');
  });

  it('is searched with what its abbreviations stand for, and the other way', () => {
    expect(expansionsOf('What did Poloff hear in the PRC?')).toEqual(
      expect.arrayContaining(['political officer', 'China']),
    );
    expect(expansionsOf('the deputy chief of mission')).toContain('DCM');
    // Small letters are words of their own: `who`, `eta`.
    expect(expansionsOf('a com in the au')).not.toContain('African Union');
    expect(analyse('Gaddafi and his guards').stems.get('qadhafi')).toBeLessThan(1);
  });

  it('weighs the words of earlier questions less than its own', () => {
    const { stems } = analyse('and the wedding?', ['Who danced in the palace?']);
    expect(stems.get('wed')).toBe(1);
    expect(stems.get('palac')).toBeLessThan(1);
  });

  it('names places by cities, countries and peoples, dates by years and months', () => {
    const { posts, years, months } = analyse('What did the Spanish judge do in Cuba in May 2007?');
    expect(posts).toContain('MADRID');
    expect(posts).toContain('HAVANA');
    expect(years).toEqual([2007]);
    expect(months).toEqual([5]);
    expect(monthsIn('they may march')).toEqual([3]);
    expect(yearsIn('2,007 men, 1968, and 2010.')).toEqual([1968, 2010]);
    expect(
      placesIn(wordsOf('from Rio de Janeiro to Paris')).map(({ posts: [post] }) => post),
    ).toEqual(['RIODEJANEIRO', 'PARIS']);
  });
});

describe('dates', () => {
  it.each([
    ['2007', '2007-01-01', '2007-12-31'],
    ['2008-02', '2008-02-01', '2008-02-29'],
    ['2007-03-14', '2007-03-14', '2007-03-14'],
    ['March 2007', '2007-03-01', '2007-03-31'],
    ['14 mar 2007', '2007-03-14', '2007-03-14'],
  ])('%s are the days from %s to %s', (text, from, to) => {
    expect(daysOf(text)).toEqual({ from, to });
  });

  it.each(['', 'soon', '2007-13', '2007-02-30', '07', 'Foo 2007'])('%j are none', (text) => {
    expect(daysOf(text)).toBeNull();
  });

  it('go out of a question whole', () => {
    expect(withoutDates('What did he say in March 2007 about oil?')).toBe(
      'What did he say about oil?',
    );
  });
});

describe('filters in words', () => {
  it.each([
    [
      'cables from Embassy Madrid in 2007 about judges',
      { origin: 'Madrid', from: '2007-01-01', to: '2007-12-31' },
      'cables about judges',
    ],
    [
      'What do cables from Rio de Janeiro say of samba?',
      { origin: 'Rio de Janeiro' },
      'What do cables say of samba?',
    ],
    ['nuclear talks, only secret ones', { classification: 'S' }, 'nuclear talks'],
    ['Iran, only confidential paragraphs', { mark: 'C' }, 'Iran'],
    [
      'only secret cables tagged PREL since 2009 about Iran',
      { tag: 'PREL', classification: 'S', from: '2009-01-01' },
      'cables about Iran',
    ],
    [
      'telegrams sent between 2005 and 2006 on oil',
      { from: '2005-01-01', to: '2006-12-31' },
      'telegrams on oil',
    ],
    ['cables after March 2008 on oil', { from: '2008-04-01' }, 'cables on oil'],
    ['cables before 2008-03-14 on oil', { to: '2008-03-13' }, 'cables on oil'],
  ])('%j narrows', (question, filters, rest) => {
    expect(filtersInWords(question)).toEqual({ filters, rest });
  });

  it.each([
    'What did the embassy in Madrid report in 2007?',
    'Who offered to carry messages from Karzai around the turn of 2007?',
    'the private cable network it was laying in 2008',
    'What do the cables say about the coup in 2009?',
    'Was it only from fear that he kept the secret?',
    'cables from Mordor',
  ])('%j names a preference alone', (question) => {
    expect(filtersInWords(question)).toEqual({ filters: {}, rest: question });
  });
});

describe('a follow-up', () => {
  it.each(['and in 2008?', 'why?', 'What about Spain?', 'why did he refuse?', 'Did they agree?'])(
    '%j leans on the question before',
    (question) => {
      expect(isFollowUp(question)).toBe(true);
    },
  );

  it('that stands alone does not lean', () => {
    expect(isFollowUp('What did Zapatero tell the Ambassador about Cuba?')).toBe(false);
  });

  it.each([
    ['and in 2008?', 'Did oil prices fall in Madrid in 2007?', 'Did oil prices fall in Madrid?'],
    ['What about France?', 'Did oil prices fall in Spain in 2007?', 'Did oil prices fall in 2007?'],
    [
      'and the price of gas in winter then, why did it rise?',
      'Did oil fall in 2007?',
      'Did oil fall in 2007?',
    ],
  ])('%j changes one thing and keeps the rest', (question, before, kept) => {
    expect(carriedOver(question, [before])).toEqual({
      before: [kept],
      filters: {},
      told: [`read with: ${kept}`],
    });
  });

  it('keeps the filters of the question before, and changes the one it names', () => {
    const before = 'cables from Embassy Madrid in 2007 about judges';
    const filters = (question: string): Filters => carriedOver(question, [before]).filters;
    const madrid = { origin: 'Madrid', from: '2007-01-01', to: '2007-12-31' };
    expect(filters('and what did the judges say?')).toEqual(madrid);
    expect(filters('and in 2008?')).toEqual({ ...madrid, from: '2008-01-01', to: '2008-12-31' });
    expect(filters('what about Paris?')).toEqual({ ...madrid, origin: 'paris' });
    expect(analyse('only secret ones', [before]).stated).toEqual({
      ...madrid,
      classification: 'S',
    });
  });
});

describe('a cable that is named by its number and its post apart', () => {
  it.each([
    ['The 1974 La Paz telegram number 3715, with which name does it close?', 'LAPAZ3715'],
    ['Give me the subject line of cable 724 from Madrid of 2008.', 'MADRID724'],
    ['Who signed the Cape Town cable no. 97?', 'CAPETOWN97'],
    ['what is in message #12 of Rio de Janeiro', 'RIODEJANEIRO12'],
  ])('%s', (question, id) => {
    expect(numbersOfPosts(question)).toContain(id);
  });

  it.each([
    'all cables 2008 from Moscow',
    'The two telegrams 2007 Madrid sent',
    'Two cables of Rome',
  ])('is none in: %s', (question) => {
    expect(numbersOfPosts(question).filter((each) => /MOSCOW|MADRID|ROME/.test(each))).toEqual([]);
  });
});
