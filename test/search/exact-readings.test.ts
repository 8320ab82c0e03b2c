import { describe, expect, it } from 'vitest';
import { passagesOf } from '../../src/cable/passage.js';
import { readFields } from '../../src/cable/read.js';
import { stemsOf } from '../../src/cable/terms.js';
import { exclusionIn } from '../../src/search/exclusions.js';
import { filtersInWords } from '../../src/search/filters.js';
import { holdsPhrase, readingsOf } from '../../src/search/phrases.js';

describe('a phrase stands in a paragraph', () => {
  it.each([
    ['over a line’s end', 'the harbour\nis closed', 'harbour is closed'],
    ['over a stamp', 'the\nDUBLIN 00001020  002 OF 003\n\nharbour', 'the harbour'],
    ['with a word broken at a line’s end', 'THE COM-\nMITMENT NOT', 'commitment not'],
    ['with a hyphen at a line’s end', 'an anti-\nimperialist march', 'anti-imperialist march'],
    ['with an accent as a sign of its own', 'the cafe\u0301 keeper', 'café keeper'],
    ['with a ligature', 'the ﬁrst oﬃcer', 'first officer'],
    ['with other quotation marks', 'he said “no”', 'said "no"'],
    ['with a comma between thousands', 'it cost 699,666 dollars', 'cost 699666 dollars'],
  ])('%s', (_, text, phrase) => {
    expect(holdsPhrase(readingsOf(text), phrase)).toBe(true);
  });

  it('and not where its words stand apart', () => {
    expect(holdsPhrase(readingsOf('the harbour that is closed'), 'harbour is closed')).toBe(false);
  });
});

describe('a word that a line’s end breaks', () => {
  const textsOf = (body: string): string[] =>
    passagesOf(readFields('07MADRID1', { header: '', body, head: {} }).cable).flatMap(
      ({ text, otherReadings }) => [text, otherReadings],
    );

  it('is read as its cable’s other words tell', () => {
    const body =
      'SUBJECT: A\n\n1. The counter-\nterrorism unit met the govern-\nment.\n\n2. The government likes counter-terrorism.\n';
    expect(textsOf(body)[0]).toBe('The counter-terrorism unit met the government.');
  });

  it('is found in both readings where nothing tells', () => {
    const [text = '', other = ''] = textsOf(
      'SUBJECT: A\n\n1. They paid com-\npensation to forty heirs.\n',
    );
    expect(stemsOf(`${text} ${other}`)).toEqual(
      expect.arrayContaining(stemsOf('com pensation compensation')),
    );
  });
});

describe('what a question leaves out', () => {
  it.each([
    ['cables that are not about Iran', 'that are not about Iran'],
    ['enrichment -Iran', '-Iran'],
    ['cables from Tehran but not 1973', 'but not 1973'],
    ['strikes, but not in 2008', 'but not in 2008'],
    ['strikes except in France', 'except in France'],
    ['strike without Greece', 'without Greece'],
    ['herring quota NOT Iceland', 'NOT Iceland'],
    ['herring -iceland', '-iceland'],
    ['herring, skip Iceland', 'skip Iceland'],
    ['herring boats (no trawlers)', 'no trawlers'],
    ['herring minus the quota talks', 'minus the quota talks'],
    ['views on herring, Iceland not included', 'Iceland not included'],
    ["views on herring, 'Iceland' excepted", "'Iceland' excepted"],
  ])('is known in %j', (question, words) => {
    expect(exclusionIn(question)?.words).toBe(words);
  });

  it('is told, and nothing is left out, where a sentence asks with it', () => {
    for (const question of [
      'Which countries besides Iceland catch herring?',
      'Apart from the minister, who spoke of herring?',
    ]) {
      expect(exclusionIn(question)?.isAsked).toBe(true);
    }
    expect(exclusionIn('herring except in Iceland')?.isAsked).toBe(false);
  });

  it('is a place or a year only where nothing else is named', () => {
    expect(exclusionIn('herring, but not in Iceland')?.posts).toEqual(new Set(['REYKJAVIK']));
    const quota = exclusionIn('herring, not the Icelandic quota of 2005');
    expect([quota?.posts.size, quota?.years]).toEqual([0, []]);
    expect(quota?.stems).toContain('2005');
  });

  it.each([
    'Why did the minister not attend?',
    'a quota of herring that satisfied anyone but not enough of them',
    'the minister says herring are not sprats',
    'What would happen without Russia?',
    'What did the regional bosses, but not Merkel herself, say?',
    'a 10-year plan for Iran - Iraq trade',
  ])('is nothing in %j', (question) => {
    expect(exclusionIn(question)).toBeNull();
  });
});

describe('what happened on a day', () => {
  it.each(['2010-02-12', '12 February 2010', 'February 12, 2010', '12.2.2010'])(
    'is a question for the cables of %s',
    (day) => {
      const { filters, rest } = filtersInWords(`what happened on ${day}?`);
      expect(filters).toMatchObject({ from: '2010-02-12', to: '2010-02-12' });
      expect(rest.trim()).toBe('');
    },
  );
});
