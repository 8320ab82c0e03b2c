import anyAscii from 'any-ascii';
import { JOINING, type Language } from './language.js';

/** Letters of a country's name that stand in all its cases: `Грузия`, `Грузии`, `Грузию`. */
const ENDING = 2;
const SHORTEST = 4;
/** What Arabic joins to a word, and its article: `والعراق`. */
const JOINED = /^[وبلفك]/u;
const ARTICLE = /^[وبلفك]?(?:ال)?/u;

/** What the cables still call otherwise. */
const TODAY = new Map([
  ['Türkiye', 'Turkey'],
  ['Myanmar (Burma)', 'Burma'],
  ['Czechia', 'Czech Republic'],
]);

/** The countries' names in a language, without their endings, with their English ones. */
const COUNTRIES = new Map<Language, ReadonlyMap<string, string>>();

function countriesIn(language: Language): ReadonlyMap<string, string> {
  const known = COUNTRIES.get(language);
  if (known !== undefined) return known;
  const own = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const names = new Map<string, string>();
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i));
  for (const code of letters.flatMap((a) => letters.map((b) => a + b))) {
    const [name, meant] = [own.of(code), english.of(code)];
    if (name !== undefined && meant !== undefined)
      names.set(stemOf(name, language), TODAY.get(meant) ?? meant);
  }
  COUNTRIES.set(language, names);
  return names;
}

function stemOf(word: string, language: Language): string {
  const lower = word.toLowerCase();
  return language === 'ru' ? lower.slice(0, Math.max(SHORTEST, lower.length - ENDING)) : lower;
}

/**
 * The words of a question in another language that a corpus in English may hold: the countries in English,
 * the others in Latin letters, without the language's own joining words.
 */
export function namesIn(question: string, language: Language): string {
  const countries = countriesIn(language);
  return (question.match(/[\p{L}\p{M}\p{N}’'-]+/gu) ?? [])
    .filter((word) => !JOINING[language].has(word.toLowerCase()))
    .map((word) => {
      const forms =
        language === 'ar' ? [word, word.replace(JOINED, ''), word.replace(ARTICLE, '')] : [word];
      const country = forms.map((each) => countries.get(stemOf(each, language)));
      return country.find((each) => each !== undefined) ?? anyAscii(word);
    })
    .join(' ');
}
