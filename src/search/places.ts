import { POSTS } from '../cable/tables/posts.js';
import { wordsOf } from '../cable/terms.js';

/** Other names of countries → the posts' table's. People and languages count as the country. */
const PEOPLES: readonly (readonly [country: string, ...names: string[]])[] = [
  ['United Kingdom', 'britain', 'british', 'uk', 'england', 'english', 'scotland', 'scottish'],
  ['United States', 'america', 'american'],
  ['China', 'chinese', 'prc'],
  ['South Korea', 'south korean', 'rok', 'seoul'],
  ['Russia', 'russian', 'soviet', 'ussr', 'kremlin'],
  ['Spain', 'spanish'],
  ['France', 'french'],
  ['Germany', 'german', 'frg'],
  ['Italy', 'italian'],
  ['Turkey', 'turkish', 'turks'],
  ['Ireland', 'irish'],
  ['Netherlands', 'dutch', 'holland'],
  ['Switzerland', 'swiss'],
  ['Poland', 'polish'],
  ['Sweden', 'swedish'],
  ['Denmark', 'danish'],
  ['Iceland', 'icelandic'],
  ['Finland', 'finnish'],
  ['Norway', 'norwegian'],
  ['Greece', 'greek'],
  ['Cyprus', 'cypriot'],
  ['Czech Republic', 'czech'],
  ['Iraq', 'iraqi'],
  ['Iran', 'iranian'],
  ['Israel', 'israeli'],
  ['Yemen', 'yemeni'],
  ['Saudi Arabia', 'saudi', 'saudis', 'ksa'],
  ['United Arab Emirates', 'uae', 'emirati'],
  ['Kuwait', 'kuwaiti'],
  ['Pakistan', 'pakistani'],
  ['Afghanistan', 'afghan'],
  ['Kazakhstan', 'kazakh'],
  ['Kyrgyzstan', 'kyrgyz'],
  ['Turkmenistan', 'turkmen'],
  ['Uzbekistan', 'uzbek'],
  ['Tajikistan', 'tajik'],
  ['Burma', 'burmese', 'myanmar'],
  ['Thailand', 'thai'],
  ['Philippines', 'filipino', 'philippine'],
  ['Japan', 'japanese'],
  ['Vietnam', 'vietnamese'],
  ['Sri Lanka', 'lankan'],
  ['Nepal', 'nepali', 'nepalese'],
  ['New Zealand', 'zealander', 'kiwi'],
  ['Peru', 'peruvian'],
  ['Ecuador', 'ecuadorian'],
  ['Argentina', 'argentine', 'argentinian'],
  ['Brazil', 'brazilian'],
  ['Chile', 'chilean'],
  ['Honduras', 'honduran'],
  ['Haiti', 'haitian'],
  ['Mexico', 'mexican'],
  ['Zimbabwe', 'zimbabwean'],
  ['Egypt', 'egyptian'],
  ['Lebanon', 'lebanese'],
  ['Morocco', 'moroccan'],
  ['Congo', 'congolese'],
];

/** Letters behind which a country's name is its people's: `iraq` → `iraqi`, `cuba` → `cuban`. */
const PEOPLE = ['', 'n', 'an', 'ian', 'i', 'ese'];

interface NamedPlace {
  /** The words of its name, as wordsOf gives them. */
  readonly words: readonly string[];
  readonly posts: readonly string[];
}

let places: ReadonlyMap<string, readonly NamedPlace[]> | null = null;

/** Every name of a city or country that has posts, by its first word. */
function namedPlaces(): ReadonlyMap<string, readonly NamedPlace[]> {
  if (places !== null) return places;
  const posts = new Map<string, Set<string>>();
  const add = (name: string, post: string): void => {
    const words = wordsOf(name).join(' ');
    posts.set(words, (posts.get(words) ?? new Set()).add(post));
  };
  for (const [post, , city, country] of POSTS) {
    add(city, post);
    if (country === null || country === 'United States') continue;
    for (const ending of PEOPLE) add(`${country}${ending}`, post);
    for (const [of, ...names] of PEOPLES)
      if (of === country) for (const name of names) add(name, post);
  }
  const byFirst = new Map<string, NamedPlace[]>();
  for (const [name, of] of posts) {
    const words = name.split(' ');
    const [first = ''] = words;
    byFirst.set(first, [...(byFirst.get(first) ?? []), { words, posts: [...of] }]);
  }
  for (const named of byFirst.values()) named.sort((a, b) => b.words.length - a.words.length);
  places = byFirst;
  return byFirst;
}

/** A place that a text names: the range of its words, and the posts there. */
export interface PlaceMention {
  readonly first: number;
  readonly end: number;
  readonly posts: readonly string[];
}

/** Whether some words are the name of a city or country with posts, and nothing else. */
export function isPlace(words: readonly string[]): boolean {
  const [place] = placesIn(words);
  return place?.first === 0 && place.end === words.length;
}

/** The cities and countries with posts that a text names, in order, the longest names first. */
export function placesIn(words: readonly string[]): PlaceMention[] {
  const found: PlaceMention[] = [];
  const byFirst = namedPlaces();
  for (let first = 0; first < words.length;) {
    const named = byFirst
      .get(words[first] ?? '')
      ?.find((place) => place.words.every((word, i) => words[first + i] === word));
    if (named === undefined) first++;
    else {
      found.push({ first, end: first + named.words.length, posts: named.posts });
      first += named.words.length;
    }
  }
  return found;
}
