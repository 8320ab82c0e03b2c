import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseCableId } from '../../src/cable/id.js';
import { canonicalPost, embassyIn, postPlace } from '../../src/cable/posts.js';
import { POSTS } from '../../src/cable/tables/posts.js';
import { GEOGRAPHY } from '../../src/cable/tables/geography.js';
import { KNOWN_TAGS } from '../../src/cable/tables/tags.js';
import { publicCables, readPublicCables, type PublicCable } from '../support/public-cables.js';

/** Countries and capitals of today, by other people. */
const countries = z
  .array(z.object({ name: z.object({ common: z.string() }), capital: z.array(z.string()) }))
  .parse(
    JSON.parse(
      readFileSync(
        createRequire(import.meta.url).resolve('world-countries/countries.json'),
        'utf8',
      ),
    ),
  );

describe('a post in an id', () => {
  it.each([
    ['EMBASSYVIENNA', 'VIENNA'],
    ['SECSTATE WASHDC', 'STATE'],
    ['Port-au-Prince', 'PORTAUPRINCE'],
    ['HALIF', 'HALIFAX'],
    ['KUALA LUMP', 'KUALALUMPUR'],
    ['WELLLINGTON', 'WELLINGTON'],
    ['RIODEJANIERO', 'RIODEJANEIRO'],
    ['TALLIN', 'TALLINN'], // cited so by 07TALLINN366
    ['MADRIDSP', 'MADRID'],
    ['BA', 'BUENOSAIRES'],
    ['HCMC', 'HOCHIMINHCITY'],
  ])('%j is %s', (printed, post) => {
    expect(canonicalPost(printed)).toBe(post);
  });

  it.each(['BLABLA', 'ADDIS', 'TEST', 'KIEV', 'KYIV', 'DAKAR', 'DHAKA', 'USDEL', 'MIDAN'])(
    '%s stays as it is: no post is meant, or this one',
    (name) => {
      expect(canonicalPost(name)).toBe(name);
    },
  );

  it('is the embassy where a reference line has a country (09BRASILIA1280 as BRAZIL 1280)', () => {
    expect(embassyIn('Brazil')).toBe('BRASILIA');
    expect(embassyIn('Saudi Arabia')).toBe('RIYADH');
    expect(embassyIn('Madrid')).toBeNull();
    expect(canonicalPost('BRAZIL')).toBe('BRAZIL');
  });

  it('is itself for every post of the table', () => {
    for (const [name] of POSTS) expect(canonicalPost(name)).toBe(name);
  });
});

describe('the table of posts', () => {
  /** Countries that the world knows by other names today, or did not know in 2010. */
  const OTHER_NAMES: Readonly<Record<string, string>> = {
    Burma: 'Myanmar',
    'Czech Republic': 'Czechia',
    'Democratic Republic of the Congo': 'DR Congo',
    'East Timor': 'Timor-Leste',
    Macedonia: 'North Macedonia',
    Swaziland: 'Eswatini',
    Turkey: 'Türkiye',
    Curacao: 'Curaçao',
  };
  /** Embassies that are not in the capital of today, and capitals that are spelt otherwise. */
  const OTHER_SEATS: Readonly<Record<string, string>> = {
    ABIDJAN: 'Yamoussoukro',
    ADEN: "Sana'a",
    ALMATY: 'Astana',
    BELIZE: 'Belmopan',
    BONN: 'Berlin',
    BUJUMBURA: 'Gitega',
    COTONOU: 'Porto-Novo',
    DARESSALAAM: 'Dodoma',
    GRENADA: "St. George's",
    KOLONIA: 'Palikir',
    KOROR: 'Ngerulmud',
    LAPAZ: 'Sucre',
    MBABANE: 'Lobamba',
    RANGOON: 'Naypyidaw',
    SAIGON: 'Hanoi',
    SANAA: "Sana'a",
    TELAVIV: 'Jerusalem',
    THEHAGUE: 'Amsterdam',
    ULAANBAATAR: 'Ulan Bator',
  };

  it('names countries that the world knows, and their capitals', () => {
    const known = new Map(countries.map((each) => [each.name.common, each.capital]));
    for (const [name, kind, city, country] of POSTS) {
      if (country === null) continue;
      const capitals = known.get(OTHER_NAMES[country] ?? country);
      expect(capitals, `${name}: ${country}`).toBeDefined();
      if (kind !== 'E') continue;
      const plain = capitals?.map((capital) => capital.normalize('NFD').replace(/\p{M}/gu, ''));
      expect(plain, name).toContain(OTHER_SEATS[name] ?? city);
    }
  });

  it('gives what is unknown no place', () => {
    expect(postPlace('BLABLA')).toEqual({ city: null, country: null, region: null });
    expect(postPlace('JERUSALEM')).toEqual({
      city: 'Jerusalem',
      country: null,
      region: 'Near East',
    });
    expect(postPlace('MADRID')).toEqual({
      city: 'Madrid',
      country: 'Spain',
      region: 'Europe and Eurasia',
    });
  });
});

describe.skipIf(publicCables === null)('the posts of the public cables', () => {
  let cables: PublicCable[] = [];
  beforeAll(async () => {
    cables = await readPublicCables();
  });

  it('are all in the table, and use the TAGS of their own country', () => {
    const tags = new Map<string, Map<string, number>>();
    for (const { cable } of cables) {
      const post = parseCableId(cable.id)?.post ?? '';
      const counts = tags.get(post) ?? new Map<string, number>();
      tags.set(post, counts);
      for (const tag of cable.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    }
    const without: string[] = [];
    for (const [post, counts] of tags) {
      const { country } = postPlace(post);
      expect(country, post).not.toBeNull();
      const own = [...counts.keys()].some((tag) => GEOGRAPHY[tag] === country);
      if (!own) without.push(post);
    }
    // Departments, missions, an office for Iran, and posts whose one cable is about others.
    expect(without.sort()).toEqual([
      'BRIDGETOWN',
      'CHISINAU',
      'RPODUBAI',
      'SANTIAGO',
      'SHENYANG',
      'STATE',
      'USNATO',
    ]);
  });

  it('use TAGS that the table knows, but for a few', () => {
    const all = cables.flatMap(({ cable }) => cable.tags);
    const unknown = all.filter((tag) => !KNOWN_TAGS.has(tag));
    expect(unknown.length / all.length).toBeLessThan(0.02);
  });
});
