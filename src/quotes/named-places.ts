import { canonicalId, idMatchesIn } from '../cable/id.js';

/** A cable that somebody names, and paragraphs of it as {@link readParagraphs} reads them; null: none is named. */
export interface NamedPlace {
  readonly id: string;
  readonly paragraphs: string | null;
}

/** What says that paragraphs are named, in English and in languages whose papers quote cables. */
export const PARAGRAPH_WORD = String.raw`(?:¶{1,2}|§{1,2}|paragraph(?:s|e|es)?|par[aá]grafos?|p[aá]rrafos?|paragraf\w{0,3}|absatz|punkt|пункт\w{0,3}|абзац\w{0,3}|paras?\.?|pars?\.|grafs?\.?|abs\.|pkt\.?|п\.|p\.?(?=\d))`;
/** `¶4`, `¶¶4-6`, `paragraph 4`, `para. 4`, `Absatz 4`, or `summary`, as they stand behind an id. */
const PARAGRAPHS = new RegExp(
  String.raw`^[\s,;:(|]{0,4}(?:${PARAGRAPH_WORD}\s?(\d{1,4}(?:\s?[-–]\s?¶?\d{1,4})?)(?!\d)|(summary)\b)`,
  'iu',
);
const ORDINALS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');
/** `paragraph 4 of`, `the fifth paragraph of the cable`, as they stand before an id. */
const PARAGRAPHS_OF = new RegExp(
  String.raw`(?<![\p{L}\p{N}¶§])(?:${PARAGRAPH_WORD}\s?(\d{1,4}(?:\s?[-–]\s?\d{1,4})?)|(${ORDINALS.join('|')}|\d{1,3}(?:st|nd|rd|th)) paragraph) (?:of|in|from) (?:(?:the )?(?:cable|telegram) )?$`,
  'iu',
);
/** Characters before an id that are looked at for them. */
const BEFORE = 60;
/** The same alone behind an id: `07BEIJING1689 4-6`. */
const BARE = /^(.*[^\s,;:])[\s,;:]+(\d{1,4}(?:\s?[-–]\s?\d{1,4})?)$/;

/** A text that is nothing but a cable's id, and paragraphs of it if it names some; null for anything else. */
export function namedPlace(text: string): NamedPlace | null {
  const plain = text
    .trim()
    .replace(/^\[\[([^[\]]*)\]\]$/, '$1')
    .trim();
  const [only] = placesAt(plain);
  if (only !== undefined && only.from === 0 && only.to === plain.length) return only.place;
  const whole = canonicalId(plain);
  if (whole !== null) return { id: whole, paragraphs: null };
  const bare = BARE.exec(plain);
  const id = canonicalId(bare?.[1] ?? '');
  return id === null ? null : { id, paragraphs: bare?.[2] ?? null };
}

/** The places that running text names, each once: `see 07BEIJING1689 ¶4, and 06 Madrid 2657`. */
export function namedPlaces(text: string): NamedPlace[] {
  return once(placesAt(text).map(({ place }) => place));
}

/** What Discord shows as code, or as a quote of what another has written. */
const CODE_OR_QUOTE = [/```[\s\S]*?(?:```|$)/g, /`[^`]+`/g, /^ *>>> [\s\S]*/gm, /^ *> .*/gm];
const DOUBLE_BRACKETS = /\[\[([^[\]\n]{3,80})\]\]/g;

/** The places between double brackets, each once; those in code and in quotes are left alone. */
export function bracketedPlaces(text: string): NamedPlace[] {
  const own = CODE_OR_QUOTE.reduce((left, pattern) => left.replace(pattern, ' '), text);
  return once(
    [...own.matchAll(DOUBLE_BRACKETS)].flatMap(([, inner = '']) => namedPlace(inner) ?? []),
  );
}

/** The places that running text names, with the range of each in it. */
export function placesAt(text: string): { place: NamedPlace; from: number; to: number }[] {
  return idMatchesIn(text).map(({ id, from, to }) => {
    const behind = PARAGRAPHS.exec(text.slice(to, to + 40));
    if (behind !== null) {
      const [whole, numbers, summary = ''] = behind;
      const paragraphs = numbers ?? summary.toLowerCase();
      return { place: { id, paragraphs }, from, to: to + whole.length };
    }
    const before = PARAGRAPHS_OF.exec(text.slice(Math.max(0, from - BEFORE), from));
    if (before === null) return { place: { id, paragraphs: null }, from, to };
    const [whole, numbers, ordinal = ''] = before;
    const paragraphs = numbers ?? numberOf(ordinal);
    return { place: { id, paragraphs }, from: from - whole.length, to };
  });
}

/** `fifth`, `5th`: 5. */
function numberOf(ordinal: string): string {
  const place = ORDINALS.indexOf(ordinal.toLowerCase());
  return String(place < 0 ? Number.parseInt(ordinal, 10) : place + 1);
}

function once(places: readonly NamedPlace[]): NamedPlace[] {
  return [
    ...new Map(places.map((place) => [`${place.id} ${place.paragraphs ?? ''}`, place])).values(),
  ];
}
