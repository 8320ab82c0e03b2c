import { canonicalId, idMatchesIn } from '../cable/id.js';

/** A cable that somebody names, and paragraphs of it as {@link readParagraphs} reads them; null: none is named. */
export interface NamedPlace {
  readonly id: string;
  readonly paragraphs: string | null;
}

/** What says that paragraphs are named, in English and in languages whose papers quote cables. */
export const PARAGRAPH_WORD = String.raw`(?:¶{1,2}|§{1,2}|paragraph(?:s|e|es)?|par[aá]grafos?|p[aá]rrafos?|paragraf\w{0,3}|absatz|punkt|пункт\w{0,3}|абзац\w{0,3}|paras?\.?|pars?\.|grafs?\.?|abs\.|pkt\.?|п\.|p\.?(?=\d))`;
const ORDINALS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');
const CARDINALS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const ORDINAL = String.raw`(?:${ORDINALS.join('|')}|\d{1,3}(?:st|nd|rd|th))`;
/** `¶4`, `¶¶4-6`, `paragraph four`, `para. 4`, `Absatz 4`, `ninth paragraph`. */
const PARAGRAPH = String.raw`(?:${PARAGRAPH_WORD}\s?(\d{1,4}(?:\s?[-–]\s?¶?\d{1,4})?(?!\d)|(?:${CARDINALS.join('|')})\b)|(?:the )?(${ORDINAL}) para(?:graph|\.)?(?!\p{L}))`;
/** What leads from a paragraph to the cable that it is of. */
const OF_NEXT = String.raw` (?:of|in|from) (?:(?:the )?(?:cable|telegram) )?`;
/** What stands between an id and its paragraph: `, `, ` at `, `** `, and what a note says of the cable: `, September 23, 2009, SECRET, `. */
const SAID_OF_CABLE = String.raw`(?:[*_]{0,3}[\s,;:(|]{0,4}(?:at |in )?|[*_]{0,3},?\s[^.;:()"“”\n¶]{1,80}, )`;
const PARAGRAPHS = new RegExp(
  String.raw`^${SAID_OF_CABLE}(?:${PARAGRAPH}|(summary)\b)(?!${OF_NEXT}$)`,
  'iu',
);
/** `07MADRID545:5`, `07MADRID545 #5`, `07MADRID545, point 5`. */
const NUMBER_BEHIND =
  /^(?:[:/]|,?\s?#|,?\s(?:at )?(?:point|item)\s)(\d{1,3}(?:[-–]\d{1,3})?)(?![\p{L}\p{N}/:]|[.,]\d)/iu;
/** `paragraph 4 of`, `the fifth paragraph of the cable`, `¶4, `, as they stand before an id. */
const PARAGRAPHS_OF = new RegExp(
  String.raw`(?<![\p{L}\p{N}¶§])${PARAGRAPH}(?:,\s|${OF_NEXT})$`,
  'iu',
);
/** Characters before an id, and behind it, that are looked at for them. */
const BEFORE = 60;
const BEHIND = 130;
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
  const matches = idMatchesIn(text);
  return matches.map(({ id, from, to }, i) => {
    const next = matches[i + 1]?.from ?? text.length;
    const behind = PARAGRAPHS.exec(text.slice(to, Math.min(next, to + BEHIND)));
    if (behind !== null) {
      const [whole, numbers, ordinal, summary] = behind;
      const paragraphs = summary?.toLowerCase() ?? numberOf(numbers ?? ordinal ?? '');
      return { place: { id, paragraphs }, from, to: to + whole.length };
    }
    const number = NUMBER_BEHIND.exec(text.slice(to, Math.min(next, to + BEHIND)));
    if (number !== null) {
      const [whole, paragraphs = ''] = number;
      return { place: { id, paragraphs }, from, to: to + whole.length };
    }
    const before = PARAGRAPHS_OF.exec(text.slice(Math.max(0, from - BEFORE), from));
    if (before === null) return { place: { id, paragraphs: null }, from, to };
    const [whole, numbers, ordinal] = before;
    return {
      place: { id, paragraphs: numberOf(numbers ?? ordinal ?? '') },
      from: from - whole.length,
      to,
    };
  });
}

/** `4-6` as it is; `fifth`, `5th`, `five`: 5. */
function numberOf(told: string): string {
  const word = told.toLowerCase();
  const place = Math.max(ORDINALS.indexOf(word), CARDINALS.indexOf(word));
  return place < 0 ? told.replace(/(?<=\d)(?:st|nd|rd|th)$/i, '') : String(place + 1);
}

function once(places: readonly NamedPlace[]): NamedPlace[] {
  return [
    ...new Map(places.map((place) => [`${place.id} ${place.paragraphs ?? ''}`, place])).values(),
  ];
}
