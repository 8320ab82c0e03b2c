import { remembered } from './remembered.js';
import { distance } from 'fastest-levenshtein';
import { isSwapped } from './swapped.js';
import { POSTS, REGIONS, type PostKind } from './tables/posts.js';
import { GEOGRAPHY } from './tables/geography.js';

/** Where a cable was sent from; what is not known is null. */
export interface PostPlace {
  readonly city: string | null;
  readonly country: string | null;
  /** The Department's geographic bureau, as in `Near East`. */
  readonly region: string | null;
}

interface Post extends PostPlace {
  readonly name: string;
  readonly kind: PostKind;
}

const BY_NAME: ReadonlyMap<string, Post> = new Map(
  POSTS.map(([name, kind, city, country, region]) => [
    name,
    { name, kind, city, country, region: REGIONS[region] },
  ]),
);

/** Other spellings of a post in an id → the canonical one. Rules below find misprints. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['SECSTATE', 'STATE'], // 09STATE14070 is cited as "SECSTATE 14070"
  ['DEPSTATE', 'STATE'],
  ['HAGUE', 'THEHAGUE'], // "08 HAGUE 468"
  ['MEXICOCITY', 'MEXICO'], // "MEXICO CITY 2636"
  ['PANAMACITY', 'PANAMA'],
  ['GUATEMALACITY', 'GUATEMALA'],
  ['KUWAITCITY', 'KUWAIT'],
  ['RIO', 'RIODEJANEIRO'], // "RIO 329" in 09RIODEJANEIRO357
  ['RIODEJAN', 'RIODEJANEIRO'], // "08 RIO DE JAN 138"
  ['BA', 'BUENOSAIRES'], // "BA 1485"
  ['BAIRES', 'BUENOSAIRES'],
  ['BKK', 'BANGKOK'], // "08BKK23"
  ['BSB', 'BANDARSERIBEGAWAN'],
  ['KL', 'KUALALUMPUR'],
  ['POS', 'PORTOFSPAIN'],
  ['POM', 'PORTMORESBY'],
  ['DAR', 'DARESSALAAM'],
  ['TEGUS', 'TEGUCIGALPA'],
  ['TEGUC', 'TEGUCIGALPA'],
  ['STPETE', 'STPETERSBURG'],
  ['SAINTPETERSBURG', 'STPETERSBURG'],
  ['HCMC', 'HOCHIMINHCITY'], // "06 HCMC 1497"
  ['HOCHIMINH', 'HOCHIMINHCITY'], // "HO CHI MINH 10"
  ['VAT', 'VATICAN'], // "04VAT123"
  ['HOLYSEE', 'VATICAN'],
  ['UNVIE', 'UNVIEVIENNA'], // "UNVIE 544"
  ['USUN', 'USUNNEWYORK'],
  ['USEU', 'USEUBRUSSELS'],
  ['USMISSIONUSNATO', 'USNATO'],
  ['UNESCOPARIS', 'UNESCOPARISFR'], // "UNESCO PARIS FR 000087"
  ['USUNROME', 'UNROME'],
  ['USAU', 'USAUADDISABABA'],
  ['USDA', 'USDAFAS'], // "02USDA12"
  ['USCUSTOMSA', 'USCBP'], // "10USCUSTOMSA12"
  ['USCUSTOMS', 'USCBP'],
]);

/** What an address puts before a post: `05EMBASSYVIENNA1`. */
const BEFORE = /^(?:AM|US)?(?:EMBASSY|EMB|CONSULATE|CONSUL|CONGEN|MISSION)(?=[A-Z]{3})/;
/** What an address puts behind it: `03SECDEFWASH12`, `SECSTATEWASHDC`. */
const BEHIND = /(?<=[A-Z]{5})WASH(?:DC|INGTONDC|INGTON)?$/;

/** `BRAZIL 1280` means the embassy in Brazil. */
const EMBASSY_OF: ReadonlyMap<string, string> = new Map(
  [...BY_NAME.values()]
    .filter((post) => post.kind === 'E' && post.country !== null)
    .map((post) => [lettersOf(post.country ?? ''), post.name]),
);

/** A cut-off name must hold so many letters and lack no more than {@link MOST_MISSING}. */
const SHORTEST_BEGINNING = 5;
const MOST_MISSING = 3;
/** Names this short are not mended: one letter changes one post into another. */
const SHORTEST_MISPRINT = 5;
/** From this length on two letters may be wrong: `RIODEJANIERO`. */
const LONG_NAME = 9;

/**
 * A post's name as ids spell it: capitals without blanks, other spellings, cut-off names and
 * misprints resolved (`EMBASSYVIENNA`, `HALIF`, `WELLLINGTON`). An unknown post stays as it is.
 */
export function canonicalPost(printed: string): string {
  return canonical(printed);
}

/** Printed names kept with their post: most of a corpus are those of the table. */
const MOST_KEPT = 20_000;
const canonical = remembered(MOST_KEPT, closestPost);

function closestPost(printed: string): string {
  const stated = statedPost(printed);
  if (BY_NAME.has(stated)) return stated;
  return withoutCountry(stated) ?? beginning(stated) ?? misprint(stated) ?? stated;
}

/**
 * A post's name as a cable's own id states it: known spellings resolved, nothing guessed. Two cables
 * whose posts differ by a letter are two cables.
 */
export function statedPost(printed: string): string {
  const name = lettersOf(printed);
  const bare = name.replace(BEHIND, '').replace(BEFORE, '');
  return exact(name) ?? exact(bare) ?? bare;
}

export function isKnownPost(name: string): boolean {
  return BY_NAME.has(name);
}

/**
 * The post that a reference line means by a country's name (`BRAZIL 1280`), or null. In an id or a
 * question a country before a number is no post: `in Iraq 3 soldiers`.
 */
export function embassyIn(country: string): string | null {
  return EMBASSY_OF.get(lettersOf(country)) ?? null;
}

/** The place of a post by its name in ids; unknown posts have no place. */
export function postPlace(post: string): PostPlace {
  const { city = null, country = null, region = null } = BY_NAME.get(post) ?? {};
  return { city, country, region };
}

/** The posts whose cities have several words, by their initials, where no two share them: `HK`, `HCMC`. */
const BY_INITIALS: ReadonlyMap<string, string> = new Map(
  [...BY_NAME.values()]
    .map((post, _, all) => ({ post, initials: initialsOf(post), all }))
    .filter(({ initials, all }) => {
      return (
        initials.length > 1 && all.filter((each) => initialsOf(each) === initials).length === 1
      );
    })
    .map(({ initials, post }) => [initials, post.name]),
);

function initialsOf({ city }: Post): string {
  return (city ?? '')
    .split(/[\s-]+/)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
}

/**
 * The post that a reference line means by a short form: its initials (`HK 1123`), or its name cut behind a word's
 * first letter (`PORT A 76`); null where there is none or more than one.
 */
export function shortenedPost(printed: string): string | null {
  const initials = BY_INITIALS.get(printed.toUpperCase());
  if (initials !== undefined) return initials;
  if (!/ [A-Z]$/i.test(printed)) return null;
  const letters = lettersOf(printed);
  const found = [...BY_NAME.keys()].filter((post) => post.startsWith(letters));
  return found.length === 1 ? (found[0] ?? null) : null;
}

function lettersOf(text: string): string {
  return text.toUpperCase().replace(/[^A-Z]/g, '');
}

function exact(name: string): string | null {
  if (BY_NAME.has(name)) return name;
  return SPELLINGS.get(name) ?? null;
}

/** The post with its country's two letters behind: `MADRIDSP`. */
function withoutCountry(name: string): string | null {
  const post = BY_NAME.get(name.slice(0, -2));
  if (post === undefined || post.country === null) return null;
  return GEOGRAPHY[name.slice(-2)] === post.country ? post.name : null;
}

/** The one post that begins like this: `KUALALUMP`. */
function beginning(name: string): string | null {
  if (name.length < SHORTEST_BEGINNING) return null;
  const longer = [...BY_NAME.keys()].filter(
    (post) => post.startsWith(name) && post.length - name.length <= MOST_MISSING,
  );
  return longer.length === 1 ? (longer[0] ?? null) : null;
}

/** The one post (or other spelling) nearest to a misprint. */
function misprint(name: string): string | null {
  if (name.length < SHORTEST_MISPRINT) return null;
  const most = name.length >= LONG_NAME ? 2 : 1;
  let nearest: string[] = [];
  let least = most;
  for (const known of [...BY_NAME.keys(), ...SPELLINGS.keys()]) {
    if (known.length < SHORTEST_MISPRINT || Math.abs(known.length - name.length) > most) continue;
    const far = isSwapped(name, known) ? 1 : distance(name, known);
    if (far > least) continue;
    const post = exact(known) ?? known;
    if (far < least) nearest = [];
    least = far;
    if (!nearest.includes(post)) nearest.push(post);
  }
  return nearest.length === 1 ? (nearest[0] ?? null) : null;
}
