import { both, reachOfCable, reachOfSpan, type Reach } from '../cable/ceiling.js';
import { parseCableId, postAndNumber } from '../cable/id.js';
import { masked } from '../cable/masks.js';
import { passagesOf, type Passage, type ReadPassage } from '../cable/passage.js';
import { searchText } from '../cable/search-text.js';
import { placedSentences } from '../cable/placed-sentences.js';
import type { TextRange } from '../cable/sentences.js';
import { shinglesToFind } from '../cable/span-words.js';
import { stemsOf } from '../cable/terms.js';
import { storedFieldsOf, type Cable } from '../cable/cable.js';
import type { Span } from '../cable/types.js';
import { sha256OfText } from '../sha256.js';
import { audienceText, reachText } from './audience.js';
import { holdingsOf, type Holding } from './holding.js';
import { hashOfFields, hashOfSpan } from './row-hash.js';
import { countedTerms, difference, lengthOf, sumOf, termsIn, type TermList } from './term-list.js';

/**
 * All that is stored of a cable: an engine writes it down, and computes nothing of its own but the keys of its terms. In
 * the lists here a term's key is its place among the cable's own stems. Names that the cable asks to protect are in
 * none of them but `names`: where they are masked a cable is found, ranked and read as if it had others.
 */
export interface CableRecord {
  readonly cable: Cable;
  /** Tells its content from another's, whatever its format was. */
  readonly hash: string;
  /** As ids name it. */
  readonly post: string | null;
  readonly postAndNumber: string;
  readonly noforn: boolean;
  readonly headerHash: string;
  readonly bodyHash: string;
  /** Its stored fields, as JSON (cable/field-table.ts). */
  readonly fields: string;
  /** Of its fields: compared whenever they are read. */
  readonly rowHash: string;
  /** Who may see any part of it (audience.ts). */
  readonly audience: string;
  /** How high a ceiling must be to show all of its passages and its subject. */
  readonly whole: string;
  /** The stems of its terms, each once. */
  readonly stems: readonly string[];
  /** Words of the whole, and how often each term stands in it. */
  readonly length: number;
  readonly terms: TermList;
  /** Those of the names in its passages that it asks to protect. */
  readonly names: TermList;
  /** The terms of what stands before each of its passages: subject, origin, date and TAGS. */
  readonly context: TermList;
  /** The stems of what stands in none of its passages: header, preamble, headings, signature. */
  readonly around: string;
  /** The same as it is printed, where it has such names; otherwise empty. */
  readonly aroundPrinted: string;
  readonly spans: readonly SpanRecord[];
  readonly passages: readonly PassageRecord[];
  /** Who may see that a term stands in it. */
  readonly holdings: readonly Holding[];
}

export interface SpanRecord {
  readonly span: Span;
  readonly audience: string;
  readonly rowHash: string;
  /** Where its sentences stand in its exact text; of a passage alone. */
  readonly sentences: readonly (TextRange | null)[];
  /** The shingles of words by which a quotation of it is found. */
  readonly shingles: readonly string[];
}

export interface PassageRecord {
  /** Index of its span among the cable's. */
  readonly ordinal: number;
  readonly audience: string;
  /** A mark is printed: an inherited level is none. */
  readonly marked: boolean;
  readonly level: Span['level'];
  readonly noforn: boolean;
  /** 0 for the cable's first passage, 1 for its last. */
  readonly position: number;
  readonly role: Passage['role'];
  /** Words of text and heading. */
  readonly length: number;
  /** The same by its own words, where its heading may not be shown. */
  readonly ownRole: Passage['role'];
  readonly ownLength: number;
  /** The terms of text and heading, and of the heading alone. */
  readonly terms: TermList;
  readonly heading: TermList;
  /** The terms of the names in its text that the cable asks to protect. */
  readonly names: TermList;
  /** What the full text holds of it: stems with blanks between them. */
  readonly words: { readonly context: string; readonly heading: string; readonly text: string };
  /** The same of its text as it is printed, where it has such names; otherwise empty. */
  readonly printed: string;
  /** Tells what it is embedded by from all else: its vectors are kept under it. */
  readonly content: string;
}

/** Tells a cable's text from another: the same content has the same hash, whatever its format. */
export function contentHash(cable: Cable): string {
  const { id, date, classification, origin, subject, references, header, body } = cable;
  return sha256OfText(
    JSON.stringify([id, date, classification, origin, subject, references, header, body]),
  );
}

/** Hexadecimal digits of a passage's content: 128 bits. */
const CONTENT = 32;

/** Tells what a passage is embedded by: the same text behind the same line has the same vectors in every cable. */
export function passageContent({ context, sentences }: ReadPassage): string {
  return sha256OfText(JSON.stringify([context, sentences])).slice(0, CONTENT);
}

/** Computes what is stored of a cable and of its passages, which are in their order. */
export function recordOf(cable: Cable, passages = passagesOf(cable)): CableRecord {
  const whole = reachOfCable(cable);
  const reaches = cable.spans.map((span) => reachOfSpan(cable, span));
  const paragraphs = reaches.filter((_, ordinal) => cable.spans[ordinal]?.kind === 'paragraph');
  const headerHash = sha256OfText(cable.header);
  const bodyHash = sha256OfText(cable.body);
  const fields = JSON.stringify(storedFieldsOf(cable));
  // TAGS are searched with what stands before a passage, but they are not embedded.
  const context = [passages[0]?.context ?? '', ...cable.tags].join(' ');
  const printed = printedPassages(cable);
  const stems = new Stems();
  const contextWords = stems.of(context);
  const counted = passages.map((passage): CountedPassage => {
    const text = stems.ofPassage(passage);
    const heading = stems.of(passage.heading);
    const asPrinted = printed.get(passage.ordinal);
    const full = asPrinted === undefined ? text : stems.ofPassage(asPrinted);
    return {
      passage,
      text: text.terms,
      heading: heading.terms,
      names: difference(countedTerms(full.terms), countedTerms(text.terms)),
      words: { context: contextWords.text, heading: heading.text, text: text.text },
      printed: full.text === text.text ? '' : full.text,
      reach: reaches[passage.ordinal] ?? whole,
    };
  });
  const terms = countedTerms([
    ...contextWords.terms,
    ...counted.flatMap(({ text, heading }) => [...text, ...heading]),
  ]);
  return {
    cable,
    hash: contentHash(cable),
    post: parseCableId(cable.id)?.post ?? null,
    postAndNumber: postAndNumber(cable.id),
    noforn: cable.caveats.includes('NOFORN'),
    headerHash,
    bodyHash,
    fields,
    rowHash: hashOfFields({ id: cable.id, headerHash, bodyHash, fields }),
    audience: textOf([whole, ...paragraphs]),
    whole: reachText(counted.reduce((all, { reach }) => both(all, reach), whole)),
    length: lengthOf(terms),
    stems: stems.all,
    terms,
    names: sumOf(counted.map(({ names }) => names)),
    context: countedTerms(contextWords.terms),
    ...aroundOf(cable),
    spans: spansOf(cable, bodyHash, reaches, passages),
    passages: counted.map((each, index) => {
      return passageRecord(cable, each, positionAmong(index, counted.length));
    }),
    holdings: holdingsOf(
      contextWords.terms,
      whole,
      counted.map(({ names, ...each }) => ({ ...each, names: termsIn(names) })),
    ),
  };
}

/** Characters of a header that are read for who is named in it: a circular to all posts has 5,000. */
const LONGEST_HEADER = 20_000;

function aroundOf(cable: Cable): Pick<CableRecord, 'around' | 'aroundPrinted'> {
  const { protectedNames } = cable;
  const around = stemsAround(cable, protectedNames);
  if (protectedNames.length === 0) return { around, aroundPrinted: '' };
  const printed = stemsAround(cable, []);
  return { around, aroundPrinted: printed === around ? '' : printed };
}

function stemsAround({ header, subject, body, spans }: Cable, names: readonly string[]): string {
  const rest = spans.filter(({ kind }) => kind !== 'paragraph' && kind !== 'trailer');
  const texts = [
    header.slice(0, LONGEST_HEADER),
    subject ?? '',
    ...rest.map(({ start, end }) => body.slice(start, end)),
  ];
  // As they are printed, and with words that a line's end breaks in one.
  const readings = texts
    .map((text) => masked(text, names).text)
    .flatMap((text) => [...new Set([text, searchText(text)])]);
  return readings.flatMap(stemsOf).join(' ');
}

/** 0 for the first of so many, 1 for the last. */
export function positionAmong(index: number, count: number): number {
  return count < 2 ? 0 : index / (count - 1);
}

/** Its passages as they are printed, by their ordinals, where it asks to protect a name. */
function printedPassages(cable: Cable): ReadonlyMap<number, Passage> {
  if (cable.protectedNames.length === 0) return new Map();
  const passages = passagesOf({ ...cable, protectedNames: [] });
  return new Map(passages.map((passage) => [passage.ordinal, passage]));
}

function spansOf(
  { id, body, spans, protectedNames }: Cable,
  bodyHash: string,
  reaches: readonly Reach[],
  passages: readonly Passage[],
): SpanRecord[] {
  const at = new Map(passages.map((passage) => [passage.ordinal, passage]));
  return spans.map((span, ordinal) => {
    const reach = reaches[ordinal];
    const text = body.slice(span.start, span.end);
    const read = masked(text, protectedNames);
    const sentences = placedSentences(read.text, at.get(ordinal)?.sentences ?? []).map(
      (place) => place && read.back(place),
    );
    return {
      span,
      audience: textOf(reach === undefined ? [] : [reach]),
      rowHash: hashOfSpan({ id, bodyHash }, ordinal, span, sentences),
      sentences,
      shingles: shinglesToFind(text, span),
    };
  });
}

/** The stems of a cable, in the order in which they are met. */
class Stems {
  readonly #places = new Map<string, number>();

  get all(): string[] {
    return [...this.#places.keys()];
  }

  /** The terms of a text in order, and their stems with blanks between them. */
  of(text: string): { readonly terms: readonly number[]; readonly text: string } {
    const stems = stemsOf(text);
    return { terms: stems.map((stem) => this.#placeOf(stem)), text: stems.join(' ') };
  }

  /** The same of a passage's text in all its readings. */
  ofPassage({ text, otherReadings }: Passage): ReturnType<Stems['of']> {
    const [own, other] = [this.of(text), this.of(otherReadings)];
    // A word that only the other reading has counts once.
    const known = new Set(own.terms);
    return {
      terms: [...own.terms, ...new Set(other.terms.filter((term) => !known.has(term)))],
      text: [own.text, other.text].filter((each) => each !== '').join(' '),
    };
  }

  #placeOf(stem: string): number {
    const known = this.#places.get(stem);
    if (known !== undefined) return known;
    const place = this.#places.size;
    this.#places.set(stem, place);
    return place;
  }
}

interface CountedPassage {
  readonly passage: Passage;
  readonly text: readonly number[];
  readonly heading: readonly number[];
  readonly names: TermList;
  readonly words: PassageRecord['words'];
  readonly printed: string;
  readonly reach: Reach;
}

function passageRecord(
  cable: Cable,
  { passage, text, heading, reach, ...of }: CountedPassage,
  position: number,
): PassageRecord {
  const { ordinal, role, ownRole } = passage;
  const span = cable.spans[ordinal];
  if (span === undefined) throw new RangeError(`${cable.id} has no span ${ordinal}`);
  return {
    ordinal,
    audience: textOf([reach]),
    marked: span.mark !== null,
    level: span.level,
    noforn: span.caveats.includes('NOFORN'),
    position,
    role,
    length: text.length + heading.length,
    ownRole,
    ownLength: text.length,
    terms: countedTerms([...text, ...heading]),
    heading: countedTerms(heading),
    ...of,
    content: passageContent(passage),
  };
}

function textOf(reaches: readonly Reach[]): string {
  return audienceText(reaches.map(reachText));
}
