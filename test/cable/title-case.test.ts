import { describe, expect, it } from 'vitest';
import { titleCase } from '../../src/cable/title-case.js';

const BODY = [
  'SUBJECT: UNIFIL AND MCCAIN: THE VIEW FROM MADRID, U.S. TALKS WITH MFA',
  'VIEW OF THE MATTER IN CAPITALS',
  'The view from Madrid is that UNIFIL needs help, said Senator McCain.',
].join('\n');

describe('a subject in capitals', () => {
  it('leaves `A/S`, and is told nothing by a line in capitals behind a small label', () => {
    const body = 'Subject: REQUEST FOR INSPECTOR\n\nWe ask.';
    expect(titleCase('A/S DOE: REQUEST FOR INSPECTOR', body)).toBe(
      'A/S DOE: Request for Inspector',
    );
  });

  it('is written as the cable’s own text writes it', () => {
    expect(titleCase('UNIFIL AND MCCAIN: THE VIEW FROM MADRID, U.S. TALKS WITH MFA', BODY)).toBe(
      'UNIFIL and McCain: The View from Madrid, U.S. Talks with MFA',
    );
  });

  it('is left alone where it has a small letter', () => {
    expect(titleCase('FM Doe on NATO', BODY)).toBe('FM Doe on NATO');
  });

  it('gets one capital a word where the text has none of them', () => {
    expect(titleCase('PROSPECTS OF AGRICULTURE', '')).toBe('Prospects of Agriculture');
  });
});
