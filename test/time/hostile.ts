/** A text of some length that repeats a piece. */
const repeated =
  (piece: string) =>
  (length: number): string =>
    piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** A text of numbered lines, each with a number of its own. */
function numbers(length: number): string {
  const lines: string[] = [];
  for (let size = 0, n = 1; size < length; n++) {
    const line = `${String(n % 9999)}. word`;
    lines.push(line);
    size += line.length + 1;
  }
  return lines.join('\n');
}

/** Texts that nobody writes: each makes some reader look far, or look again. */
export const heldOut: Readonly<Record<string, (length: number) => string>> = {
  'plain words': repeated('The minister met the ambassador on Tuesday. '),
  'one long word': repeated('a'),
  blanks: repeated(' '),
  'line breaks': repeated('\n'),
  'carriage returns': repeated('\r'),
  'blank lines with blanks': repeated('\n \n'),
  'opening brackets': repeated('('),
  marks: repeated('(S//NF) '),
  'marks of two levels': repeated('(U) Open. (S) Closed. '),
  'marks that do not end': repeated('(S/NF '),
  'letters of items': repeated('(A) one (B) two (C) three '),
  stars: repeated('*'),
  backslashes: repeated('\\'),
  dashes: repeated('- '),
  rules: repeated('-----\n'),
  headings: repeated('Heading\n-------\n\n'),
  'short lines': repeated('Word\n\n'),
  'numbered lines': repeated('1. text\n'),
  'numbered paragraphs in a line': repeated('1. (U) The minister said so and so. '),
  'numbers of their own': numbers,
  'marked paragraphs': repeated('¶1. (C) Text.\n\n(S) More.\n\n'),
  redactions: repeated('XXXXXXXXXXXX '),
  labels: repeated('REF: A. STATE 12 SUBJECT: X TAGS: PREL '),
  'classification lines': repeated('SECRET MADRID 000123 '),
  telegrams: repeated('P 140708Z MAR 07\nFM AMEMBASSY X\nSECRET MADRID 12\nBEGIN TEXT\n'),
  'page stamps': repeated('MADRID 00000545  002 OF 003\n'),
  'quotation marks': repeated('"'),
  ampersands: repeated('&a '),
  'full stops': repeated('. A'),
  initials: repeated('A.'),
  crosses: repeated('X'),
  slashes: repeated('/'),
  'opening square brackets': repeated('['),
  'line separators': repeated('\u2028'),
  'a rule that runs on into a word': (length) => `Word ${'-'.repeat(length)} word`,
  'blanks between two words': (length) => `USLO${' '.repeat(length)}x`,
  'a word and a sign': (length) => `${'a'.repeat(length)}!`,
  'a mail’s line': (length) => `From ${'a'.repeat(length)}`,
  commas: repeated(','),
  digits: repeated('1'),
  capitals: repeated('A B '),
  tags: repeated('<b>x</b>'),
  'open tags': repeated('<b>'),
  attributes: (length) => `<a ${repeated('b=1 ')(length)}>`,
  entities: repeated('&amp;&#8217;'),
  'control characters': repeated('\u001b['),
  'letters beyond the plane': repeated('\u{1d5d4}'),
  'signs of highlights': repeated('\ue000x\ue001'),
};
