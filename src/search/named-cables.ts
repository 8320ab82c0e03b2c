import { fullYear, parseCableId } from '../cable/id.js';

/** A text without the ids of some cables, in any form: what is asked of them. */
export function withoutIds(text: string, ids: readonly string[]): string {
  return ids.reduce((left, id) => {
    const parts = parseCableId(id);
    if (parts === null) return left;
    const post = Array.from(parts.post).join(String.raw`[\s.'-]?`);
    const year = parts.year === null ? '' : String.raw`(?:(?:19|20)?${parts.year}[\s-]*)?`;
    const printed = new RegExp(
      String.raw`(?<![\p{L}\p{N}])${year}${post}[\s-]*0*${parts.number}(?!\p{N})`,
      'giu',
    );
    return left.replace(printed, ' ').replace(/\s+/g, ' ').trim();
  }, text);
}

/** Of cables of any year that a question names by post and number, those of a year in it, where there are any. */
export function ofYears(ids: readonly string[], years: readonly number[]): readonly string[] {
  const within = ids.filter((id) => {
    const year = parseCableId(id)?.year ?? null;
    return year !== null && years.includes(fullYear(year));
  });
  return within.length > 0 ? within : ids;
}

/** Whether a word of a question is part of the id of a cable that it names. */
export function isOfId(word: string, ids: readonly string[]): boolean {
  return ids.some((id) => {
    const { post = '', number = '', year = null } = parseCableId(id) ?? {};
    if (word.replace(/^0+/, '') === number || post.toLowerCase().includes(word)) return true;
    if (year !== null && (word === year || word === String(fullYear(year)))) return true;
    return word === id.toLowerCase();
  });
}
