/** Words that stand small within a title (Chicago Manual of Style, 17th edition, 8.159), unless it begins with them. */
const SMALL = new Set(
  'a an the and but or nor for as at by from in into of off on onto out over per to up via with vs'.split(
    ' ',
  ),
);
const WORD = /\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)*/gu;
/** A word that the text does not have and is no longer than this stays as it is: `MFA`, `GTMO`. */
const ACRONYM = 4;
/** What is longer is no subject, but a text without one. */
const LONGEST = 1000;
/** Characters before and behind a word that tell whether it begins a title, or is initials. */
const BEFORE = 4;
/** Text that is looked at for how a cable writes a word. */
const LOOKED_AT = 60_000;

/**
 * A subject in capitals in title case; any other as it is. A word is written as the cable's own text has it most often
 * (`McCain`, `Madrid`); one that it has in capitals among other words is an acronym and stays (`UNIFIL`), as does one that it
 * does not have and that is short, has no vowel, or a full stop in it (`MFA`, `U.S.`); every other gets one capital.
 */
export function titleCase(subject: string, body: string): string {
  if (subject.length > LONGEST || /\p{Ll}/u.test(subject)) return subject;
  const words = new Set(subject.match(WORD)?.map((word) => word.toLowerCase()));
  const written = formsIn(body.slice(0, LOOKED_AT), words);
  let isFirst = true;
  return subject.replace(WORD, (word, at: number) => {
    const before = subject.slice(Math.max(0, at - BEFORE), at);
    const begins = isFirst || /[:;?!–—]\s*["“‘']?$|--\s*$/.test(before);
    isFirst = false;
    const isInitials =
      /^\.\p{L}/u.test(subject.slice(at + word.length, at + word.length + BEFORE)) ||
      /\p{L}\.$/u.test(before) ||
      // `A/S`
      (word.length === 1 && (/\p{L}\/$/u.test(before) || subject.charAt(at + 1) === '/'));
    if (isInitials || /\d$/.test(before)) return word;
    const small = word.toLowerCase();
    if (SMALL.has(small) && !begins) return small;
    const { own, capitals } = written.get(small) ?? { own: null, capitals: 0 };
    if (own !== null) return own === small ? capitalised(small) : own;
    if (capitals > 0 || word.length <= ACRONYM || !/[AEIOUY]/.test(word.normalize('NFD')))
      return word;
    return capitalised(small);
  });
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

interface Written {
  /** As it stands most often with a small letter in it; null where it never does. */
  readonly own: string | null;
  /** How often in capitals. */
  readonly capitals: number;
}

/** Whether most letters of a line are small. */
function isMixed(line: string): boolean {
  return line.replace(/\P{Ll}/gu, '').length > line.replace(/\P{Lu}/gu, '').length;
}

/** How a text writes some words. */
function formsIn(text: string, words: ReadonlySet<string>): Map<string, Written> {
  const counts = new Map<string, Map<string, number>>();
  // Lines in capitals, the subject's own among them, tell nothing: `Subject: REQUEST FOR AN INSPECTOR`.
  const lines = text.split('\n').filter(isMixed);
  for (const [word] of lines.join('\n').matchAll(WORD)) {
    const small = word.toLowerCase();
    if (!words.has(small)) continue;
    const forms = counts.get(small) ?? new Map<string, number>();
    counts.set(small, forms);
    forms.set(word, (forms.get(word) ?? 0) + 1);
  }
  return new Map(
    [...counts].map(([small, forms]) => {
      const mixed = [...forms].filter(([form]) => form !== form.toUpperCase());
      const [own] = mixed.sort((a, b) => b[1] - a[1])[0] ?? [null];
      return [small, { own, capitals: forms.get(small.toUpperCase()) ?? 0 }];
    }),
  );
}
