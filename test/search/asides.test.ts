import { describe, expect, it } from 'vitest';
import { askedFieldIn } from '../../src/search/asked-field.js';
import { namesIn } from '../../src/search/foreign-names.js';
import { languageOf } from '../../src/search/language.js';
import { isSmallTalk } from '../../src/search/small-talk.js';

describe('a question for a field of a cable', () => {
  it.each([
    ['who signed 07TALLINN366', 'signed'],
    ['The cable describing that wedding in Dagestan: who put their name to it?', 'signed'],
    ['what tags were put on the cable about the new synagogue?', 'tags'],
    ['list every tag of madrid 154 from 2010', 'tags'],
    ['How is the cable on the burned bus in Rio titled', 'subject'],
    ["the Stalin's ghost cable, what does it reference?", 'references'],
    ['who cites Oslo 585 from 2008', 'citedBy'],
    ['On whose authority was State 119085 of 2009 classified?', 'classifiedBy'],
    ['Until what date was 10 Kabul 85 meant to stay secret?', 'declassifyOn'],
    ['To whom was the cable on Petraeus sent?', 'recipients'],
    ['info addressees of Tegucigalpa 645, 2009', 'infoRecipients'],
    ['what office wrote 09RPODUBAI316?', 'origin'],
    ['what day and hour did 08TBILISI1341 go out', 'sent'],
    ['09 Oslo 585: is it cited by anything?', 'citedBy'],
    ['is there a cable, any later cable that cites the one on the wedding', 'citedBy'],
    ['By whom was 07TALLINN366 classified?', 'classifiedBy'],
    ['classified-by line of Madrid 154, 2010', 'classifiedBy'],
    ['08.TBILISI.1341 refs', 'references'],
    ['was 10madrid154 addressed to Rome or whom?', 'recipients'],
    ['was the cable on organised crime in Israel even classified?', 'classification'],
  ])('%s', (question, field) => {
    expect(askedFieldIn(question, false)?.field).toBe(field);
  });

  it.each([
    'Who signed the agreement on the harbour?',
    'What did the minister refer to when he spoke of tags on the prices?',
    'To whom was the message of the king sent in 2007?',
    'What does 07TALLINN366 say about the wedding?',
  ])('is not: %s', (question) => {
    expect(askedFieldIn(question, false)).toBeNull();
  });
});

describe('small talk', () => {
  it.each(['thanks', 'Heyyy!', 'test', 'who are you?', '👍', 'danke', 'testing, testing, 1 2 3'])(
    'is: %s',
    (text) => {
      expect(isSmallTalk(text, false)).toBe(true);
    },
  );

  it.each([
    'Thanks! What did the king say?',
    'nuclear test',
    'who was thanked',
    '07TALLINN366',
    'Hello Kitty',
  ])('is not: %s', (text) => {
    expect(isSmallTalk(text, false)).toBe(false);
  });

  it('is not the short question of a conversation', () => {
    expect(isSmallTalk('why?', true)).toBe(false);
  });
});

describe('the language of a question', () => {
  it.each([
    ['¿Qué dijo el ministro sobre Irán?', 'es'],
    ['sarkozy et la turquie', 'fr'],
    ['Was sagte Merkel über Afghanistan?', 'de'],
    ['O que disse Lula sobre a Bolívia?', 'pt'],
    ['Путин и Кадыров', 'ru'],
    ['ماذا قال الملك عن إيران؟', 'ar'],
    ['Le Monde interview with Sarkozy', null],
    ['Ministerio de Cultura Gonzalez-Sinde piracy law', null],
    ['Who met Karzai?', null],
  ])('%s', async (question, language) => {
    expect(await languageOf(question)).toBe(language);
  });

  it('leaves its names to be searched, countries in English', () => {
    expect(namesIn('Что сказал Путин о Грузии?', 'ru')).toBe('Putin Georgia');
    expect(namesIn('ماذا قال الملك عن إيران والعراق؟', 'ar')).toMatch(/Iran Iraq/);
    expect(namesIn('¿Qué dijo el ministro sobre España?', 'es')).toMatch(/Spain/);
  });
});
