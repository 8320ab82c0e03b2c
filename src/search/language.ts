import { ara, deu, eng, fra, por, rus, spa } from 'stopword';

/** Languages that are told from English, by their codes in ISO 639-1. */
export const LANGUAGES = ['es', 'fr', 'de', 'pt', 'ru', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What is told to who asks in it. */
export const READS_ENGLISH: Readonly<Record<Language, string>> = {
  es: 'Pilcrow lee inglés: pregunte en inglés. Se han buscado los nombres de su pregunta.',
  fr: 'Pilcrow lit l’anglais : posez votre question en anglais. Les noms de votre question ont été cherchés.',
  de: 'Pilcrow liest Englisch: Bitte fragen Sie auf Englisch. Die Namen in Ihrer Frage wurden gesucht.',
  pt: 'O Pilcrow lê inglês: pergunte em inglês. Os nomes da sua pergunta foram procurados.',
  ru: 'Pilcrow читает по-английски: задайте вопрос на английском. Имена из вашего вопроса использованы для поиска.',
  ar: 'يقرأ Pilcrow الإنجليزية: اكتب سؤالك بالإنجليزية. تم البحث عن الأسماء الواردة في سؤالك.',
};

const ENGLISH = new Set(eng);

/** Words that join others in each language, and not in English. */
export const JOINING: Readonly<Record<Language, ReadonlySet<string>>> = {
  es: notEnglish(spa),
  fr: notEnglish(fra),
  de: notEnglish(deu),
  pt: notEnglish(por),
  ru: notEnglish(rus),
  ar: notEnglish(ara),
};

function notEnglish(words: readonly string[]): ReadonlySet<string> {
  return new Set(words.filter((word) => !ENGLISH.has(word)));
}

/** The detector of languages: read when a question asks for it, since few do and it takes 85 MB. */
async function detector() {
  const { eld } = await import('eld/extrasmall');
  eld.setLanguageSubset(['en', ...LANGUAGES]);
  return eld;
}

/** How much surer than of English. */
const SURER = 0.05;
const MUCH_SURER = 0.2;
/** Between two capitals it is part of a name: `Ministerio de Cultura`, `Sakher el Materi`. */
const IN_NAME =
  /(?<=\p{Lu}[\p{L}’'-]*\s)\p{Ll}{1,4}(?=\s\p{Lu})|(?:\p{Lu}[\p{L}’'-]*\s)+\p{Lu}[\p{L}’'-]*/gu;

/**
 * The language of a question that is not in English, or null. Names alone are no language: one of the
 * language's own joining words must stand among them, and no more English ones.
 */
export async function languageOf(question: string): Promise<Language | null> {
  const text = question.replace(/["“«][^"”»]*["”»]/g, ' ');
  if (mostly(text, /\p{Script=Cyrillic}/gu)) return 'ru';
  if (mostly(text, /\p{Script=Arabic}/gu)) return 'ar';
  const words = wordsIn(text.replace(IN_NAME, ' '));
  if (!LANGUAGES.some((each) => words.some((word) => JOINING[each].has(word)))) return null;
  const result = (await detector()).detect(text);
  const language = LANGUAGES.find((each) => each === result.language);
  if (language === undefined) return null;
  const scores = result.getScores();
  const surer = (scores[language] ?? 0) - (scores['en'] ?? 0);
  if (surer < SURER) return null;
  const joining = words.filter((word) => JOINING[language].has(word)).length;
  const english = wordsIn(text).filter(
    (word) => ENGLISH.has(word) && !JOINING[language].has(word),
  ).length;
  return joining > 0 && joining + (surer > MUCH_SURER ? 1 : 0) > english ? language : null;
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}’'-]+/gu) ?? [];
}

function mostly(text: string, letters: RegExp): boolean {
  return (text.match(letters) ?? []).length * 2 > (text.match(/\p{L}/gu) ?? []).length;
}
