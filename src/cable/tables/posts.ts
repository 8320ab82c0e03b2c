import { AFRICA } from './posts/africa.js';
import { AMERICAS } from './posts/americas.js';
import { EAST_ASIA } from './posts/east-asia.js';
import { EUROPE } from './posts/europe.js';
import { HOME } from './posts/home.js';
import { NEAR_EAST } from './posts/near-east.js';
import { SOUTH_ASIA } from './posts/south-asia.js';
import type { PostKind, PostRow } from './posts/post-row.js';

/**
 * The posts that cables name in their ids, each with its place.
 *
 * Source: written by hand from the origins of the public cables and the Department of State's own
 * names for its posts between 1966 and 2010, closed ones included; the regions are the Department's
 * geographic bureaus. Cities and countries are the ones of 2010. Checked in test/cable/posts.test.ts:
 * the country of every embassy against npm's `world-countries`, and every post of the public cables
 * against the TAGS that it uses most. A post that is not listed has no place: it is left unknown.
 */

export type { PostKind } from './posts/post-row.js';

/** The Department's geographic bureaus. `US` is home, where no bureau is responsible. */
export const REGIONS = {
  AF: 'Africa',
  EAP: 'East Asia and the Pacific',
  EUR: 'Europe and Eurasia',
  NEA: 'Near East',
  SCA: 'South and Central Asia',
  WHA: 'Western Hemisphere',
  US: null,
} as const;

const BUREAUS: readonly (readonly [region: keyof typeof REGIONS, posts: readonly PostRow[]])[] = [
  ['AF', AFRICA],
  ['EAP', EAST_ASIA],
  ['EUR', EUROPE],
  ['NEA', NEAR_EAST],
  ['SCA', SOUTH_ASIA],
  ['WHA', AMERICAS],
  ['US', HOME],
];

export type Post = readonly [
  name: string,
  kind: PostKind,
  city: string,
  country: string | null,
  region: keyof typeof REGIONS,
];

/** Every post, in order of its name in ids. */
export const POSTS: readonly Post[] = BUREAUS.flatMap(([region, posts]) =>
  posts.map((row): Post => [...row, region]),
).sort(([a], [b]) => (a < b ? -1 : 1));
