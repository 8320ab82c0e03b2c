import { isWithin, showsAll, showsCable, type Ceiling } from '../cable/ceiling.js';
import { masked, namedWords } from '../cable/masks.js';
import { stemOf, wordsOf } from '../cable/terms.js';
import { shownText } from '../quotes/quote.js';
import type { CableSummary, Corpus } from '../corpus/corpus.js';

/** A cable as it is offered while somebody types. */
export interface Completion {
  readonly id: string;
  /** Null where it has none, or where it may not be shown. */
  readonly subject: string | null;
}

/** Every cable's id and subject, and who cites whom, in memory. */
export interface Catalogue {
  /** Cables whose id begins with what was typed, then those whose subject holds all its words. */
  complete(typed: string, limit: number, ceiling: Ceiling): Completion[];
  /** A cable of which a ceiling shows something, or null. */
  summary(id: string, ceiling: Ceiling): CableSummary | null;
  /** The cables of which words are, to the letter, of a name that they ask to protect. */
  readonly masking: (words: string) => string[];
  /** The cables that cite one, in order, whose references a ceiling shows. */
  citing(id: string, ceiling: Ceiling): CableSummary[];
}

/** `beijing16` is looked for behind the year's two digits. */
const YEAR = 2;

interface Entry {
  readonly summary: CableSummary;
  /** In small letters, for looking in; with the names masked that the cable asks to protect. */
  readonly subject: string;
}

/** Summaries read at once. */
const A_PAGE = 1000;

/** Reads the catalogue of a corpus that shows everything: each use of it is under a ceiling. */
export async function readCatalogue(corpus: Corpus): Promise<Catalogue> {
  const summaries: CableSummary[] = [];
  for (let after = ''; ;) {
    const page = await corpus.summaries(after, A_PAGE);
    summaries.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < A_PAGE) return createCatalogue(summaries);
    after = last.id;
  }
}

/** Makes the catalogue of cables in order of their ids. */
export function createCatalogue(summaries: Iterable<CableSummary>): Catalogue {
  const entries: Entry[] = [];
  const byId = new Map<string, CableSummary>();
  const citing = new Map<string, string[]>();
  for (const summary of summaries) {
    const subject = masked(summary.subject ?? '', summary.protectedNames).text;
    entries.push({ summary, subject: subject.toLowerCase() });
    byId.set(summary.id, summary);
    for (const cited of summary.references) {
      const by = citing.get(cited);
      if (by === undefined) citing.set(cited, [summary.id]);
      else by.push(summary.id);
    }
  }
  const masking = new Map<string, string[]>();
  for (const { summary } of entries) {
    const { id, protectedNames } = summary;
    for (const word of namedWords(protectedNames)) {
      const known = masking.get(word);
      if (known === undefined) masking.set(word, [id]);
      else known.push(id);
    }
  }
  return {
    masking: (words) =>
      wordsOf(words).flatMap((word) => masking.get(word) ?? masking.get(stemOf(word)) ?? []),
    complete(typed, limit, ceiling) {
      const id = typed
        .toUpperCase()
        .replace(/[^A-Z0-9]/g, '')
        .replace(/^((?:\d{2})?[A-Z]+)0+/, '$1');
      const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
      const all = showsAll(ceiling);
      const found: Entry[] = [];
      const bySubject: Entry[] = [];
      // One pass over a quarter of a million entries takes some 20 ms: an index of words would be
      // another copy of them all.
      for (const entry of entries) {
        if (entry.summary.id.startsWith(id) || entry.summary.id.startsWith(id, YEAR)) {
          if (all || isHeld(entry.summary, ceiling)) found.push(entry);
        } else if (
          bySubject.length < limit &&
          words.every((word) => entry.subject.includes(word))
        ) {
          if (showsCable(ceiling, entry.summary)) bySubject.push(entry);
        }
        if (found.length === limit) break;
      }
      return [...found, ...bySubject].slice(0, limit).map(({ summary }) => ({
        id: summary.id,
        subject: showsCable(ceiling, summary) ? subjectUnder(summary, ceiling) : null,
      }));
    },
    summary(id, ceiling) {
      const summary = byId.get(id);
      return summary !== undefined && isHeld(summary, ceiling) ? under(summary, ceiling) : null;
    },
    citing: (id, ceiling) =>
      (citing.get(id) ?? []).flatMap((each) => {
        const summary = byId.get(each);
        return summary !== undefined && showsCable(ceiling, summary)
          ? [under(summary, ceiling)]
          : [];
      }),
  };
}

function subjectUnder(summary: CableSummary, ceiling: Ceiling): string | null {
  return summary.subject && shownText(summary, summary.subject, ceiling).text;
}

function under(summary: CableSummary, ceiling: Ceiling): CableSummary {
  return { ...summary, subject: subjectUnder(summary, ceiling) };
}

/** Whether a ceiling shows anything of a cable: one of which it shows nothing is as if it were not there. */
function isHeld({ audience }: CableSummary, ceiling: Ceiling): boolean {
  return audience.some((reach) => isWithin(ceiling, reach));
}
