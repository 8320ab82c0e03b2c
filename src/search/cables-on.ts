import { stemOf } from '../cable/terms.js';
import { withoutExcluded } from './exclusions.js';
import { conditionsOf } from './filters.js';
import type { Found } from './found.js';
import { largest } from '../largest.js';
import type { Ranked } from './ranked.js';
import { askedWords, contentStems } from './signals.js';
import { AS_LIKELY } from './shown.js';
import type { CableOrder } from '../corpus/corpus.js';

/** A cable that is about something, by the passage that tells most of it. */
export interface CableOn {
  readonly id: string;
  readonly post: string | null;
  /** YYYY-MM-DD. */
  readonly date: string | null;
  readonly passage: number;
  /** As it was ranked for the topic; null where only its words were found. */
  readonly ranked: Ranked | null;
}

/** The cables about a topic, those that tell most first. */
export interface CablesOn {
  readonly cables: readonly CableOn[];
  /** No more passages were looked for: there may be others. */
  readonly more: boolean;
}

/** A passage that holds this share of a topic's words, by their rarity, is about it. */
const ALL_WORDS = 0.9;
/** So is one that holds this share, and is not further from the topic than the nearest by this much. */
const SOME_WORDS = 0.45;
const AS_NEAR = 0.1;
/** Passages that hold all words of a topic and are looked at, at most. */
const MOST_PASSAGES = 5000;

/**
 * The cables about what was asked: those of its best passages that hold its words, or most of them and are near,
 * then all others that hold all its words in a paragraph.
 */
export async function cablesOn(found: Found): Promise<CablesOn> {
  const near = nearCables(found);
  const known = new Set(near.map(({ id }) => id));
  const { others, more } = await cablesByWords(found);
  return { cables: [...near, ...others.filter(({ id }) => !known.has(id))], more };
}

/** Those of its best passages that hold its words, or most of them and are near. */
function nearCables(found: Found): CableOn[] {
  const { question, ranked, named, corpus } = found;
  const { held } = askedWords({
    ...{ terms: found.heldBy, meant: found.meant },
    overview: corpus.overview,
  });
  const content = contentStems(question, named);
  const best = largest(
    0,
    ranked.map(({ cosine }) => cosine),
  );
  const isOn = (each: Ranked): boolean => {
    const share = held(content, each);
    return share >= ALL_WORDS || (share >= SOME_WORDS && each.cosine >= best - AS_NEAR);
  };
  const first = new Map<string, Ranked>();
  for (const each of ranked) {
    if (!first.has(each.cable.id) && isOn(each)) first.set(each.cable.id, each);
  }
  return [...first].map(([id, each]) => ({
    ...{ id, post: each.cable.post, date: each.cable.date },
    ...{ passage: each.passage.passage, ranked: each },
  }));
}

async function cablesByWords({
  question,
  terms,
  corrections,
  filters,
  corpus,
}: Found): Promise<{ readonly others: CableOn[]; readonly more: boolean }> {
  const corrected = new Map(
    corrections.map(({ word, meant }) => [word, meant.map(({ stem }) => stem)]),
  );
  const stems = question.words.flatMap((word) => corrected.get(word) ?? [stemOf(word)]);
  const held = new Set(terms.map(({ stem }) => stem));
  if (stems.length === 0 || stems.some((stem) => !held.has(stem)))
    return { others: [], more: false };
  const { hits } = await corpus.searchWords({
    phrases: stems.map((stem) => [stem]),
    match: 'all',
    limit: MOST_PASSAGES,
    where: conditionsOf(filters.filter),
  });
  const scoring = await corpus.scoring(
    hits.map(({ passage }) => passage),
    'words alone',
  );
  const all = scoring.passages.flatMap((passage) => {
    const cable = scoring.cables.get(passage.cable);
    return cable === undefined ? [] : [{ passage, cable }];
  });
  const { excludes } = question;
  const kept = excludes === null ? all : withoutExcluded(all, excludes, terms);
  const first = new Map<string, CableOn>();
  for (const { passage, cable } of kept) {
    const { id, post, date } = cable;
    if (!first.has(id)) first.set(id, { id, post, date, passage: passage.passage, ranked: null });
  }
  return { others: [...first.values()], more: hits.length === MOST_PASSAGES };
}

/** Cables by date, those without one last; of one day in the order that they had. */
export function byDate<T extends Pick<CableOn, 'date'>>(
  cables: readonly T[],
  order: CableOrder,
): T[] {
  const dated = cables.filter(({ date }) => date !== null);
  const sign = order === 'newest' ? -1 : 1;
  const sorted = dated.toSorted(
    (a, b) => sign * ((a.date ?? '') < (b.date ?? '') ? -1 : a.date === b.date ? 0 : 1),
  );
  return [...sorted, ...cables.filter(({ date }) => date === null)];
}

/** The best passages of the cables that answer nearly as likely as the first, by their dates, before all others. */
export function inOrder(found: Found, order: CableOrder): Ranked[] {
  const { ranked } = found;
  const best = ranked[0]?.score ?? 0;
  const likely = nearCables(found).filter(
    ({ ranked: of }) => of !== null && of.score >= best - AS_LIKELY,
  );
  const first = byDate(likely, order).flatMap(({ ranked: of }) => of ?? []);
  return [...first, ...ranked.filter((each) => !first.includes(each))];
}

/** The first cable of each post; those of no known post all. */
export function oneOfEachPost<T extends Pick<CableOn, 'post'>>(cables: readonly T[]): T[] {
  const posts = new Set<string>();
  return cables.filter(({ post }) => {
    if (post === null) return true;
    const isNew = !posts.has(post);
    posts.add(post);
    return isNew;
  });
}
