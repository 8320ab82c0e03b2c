import { z } from 'zod';
import type { SpanPlace } from '../corpus/corpus.js';
import { levelSchema } from '../cable/types.js';
import { receiptSchema } from '../quotes/receipt.js';
import { STYLE_NAMES } from '../quotes/styles.js';
import { FILTER_OPTIONS, filtersSchema, type Filters } from '../search/filters.js';
import { fittingId, type Carrying } from './custom-id.js';
import { OURS } from './limits.js';

/**
 * What becomes of the message that something is pressed in:
 * - `private`: a reply that is seen by whoever pressed alone; `same`: one as private as the message
 *   pressed; `public`: one for all;
 * - `in place`: the message pressed is changed, if it is the presser's; otherwise they get a copy;
 * - `modal`: a form is opened;
 * - `remove`: the message pressed is removed, if the handler gives nothing; otherwise that is replied.
 */
export type Does = 'private' | 'same' | 'public' | 'in place' | 'modal' | 'remove';

/** What a button, menu or modal does, and the codec of what it carries. */
export interface Action<Fields, D extends Does = Does> extends Carrying<Fields> {
  readonly does: D;
  /**
   * What it carries holds for the message that it stands in and for no other: who may remove it, which
   * answer is judged.
   */
  readonly bound: boolean;
}

const cable = z.string().regex(/^[0-9A-Z.'-]{3,60}$/);
const place = z.object({ cable, ordinal: z.number().int().min(0) });
const page = z.codec(z.string().regex(/^\d{1,6}$/), z.number().int().min(0), {
  decode: Number,
  encode: String,
});

/** `07MADRID545.4`: a span by its cable and its place in it. */
const span = z.codec(z.string(), place, {
  decode(text) {
    const at = text.lastIndexOf('.');
    return { cable: text.slice(0, at), ordinal: at < 0 ? -1 : Number(text.slice(at + 1)) };
  },
  encode: spanText,
});

/** Spans one after the other, between commas. */
const spans = z.codec(z.string(), z.array(span), {
  decode: (text) => text.split(',').filter(Boolean),
  encode: (places) => places.join(','),
});

/** The filters that a follow-up carries, in the order in which a button holds them. */
const CARRIED = FILTER_OPTIONS.flatMap(({ name, inDiscord }) => (inDiscord === null ? [] : [name]));
const filters = z.codec(z.array(z.string()), filtersSchema, {
  decode: filtersFrom,
  encode: filtersText,
});

const words = z.codec(
  z.tuple([z.string(), z.string()], z.string()),
  z.object({ page, words: z.string(), filters: filtersSchema }),
  {
    decode: ([at, text, ...rest]) => ({ page: at, words: text, filters: filtersFrom(rest) }),
    encode: (carried): [string, string, ...string[]] => [
      carried.page,
      carried.words,
      ...filtersText(carried.filters),
    ],
  },
);

const cables = z.codec(
  z.tuple([z.string()], z.string()),
  z.object({ page, filters: filtersSchema }),
  {
    decode: ([at, ...rest]) => ({ page: at, filters: filtersFrom(rest) }),
    encode: (carried): [string, ...string[]] => [carried.page, ...filtersText(carried.filters)],
  },
);

/** Spans read at once, at most: no button asks for more. */
const MOST_SPANS = 60;
const reading = z
  .tuple([span, page, page])
  .refine(([{ ordinal }, to]) => to >= ordinal && to - ordinal < MOST_SPANS);

/** What is done with a ceiling that is being set. */
const STEPS = [
  'channel',
  'mark',
  'classification',
  'noforn',
  'save',
  'confirmed',
  'follow',
  'followed',
  'back',
] as const;
export type DraftStep = (typeof STEPS)[number];
const yes = z.codec(z.enum(['0', '1']), z.boolean(), {
  decode: (text) => text === '1',
  encode: (is) => (is ? '1' : '0'),
});
/** A ceiling that is being set, of a channel, or of the server where none is named: mark, classification, NOFORN. */
const draft = z.tuple([
  z.enum(STEPS),
  z.string().regex(/^\d{0,20}$/),
  levelSchema,
  levelSchema,
  yes,
]);

/** Whose dossier is meant: one's own, or that of the channel where something is pressed. */
const whose = z.enum(['mine', 'channel']);
export type Whose = z.infer<typeof whose>;
const key = page;

/** Pages of a server's settings. */
export const PANEL_PAGES = ['shown', 'answers', 'who'] as const;
export type PanelPage = (typeof PANEL_PAGES)[number];

/** Characters of `4-6`, with room for signs and blanks. */
export const PARAGRAPHS = 12;

/** Every action; its name stands in `custom_id`s, those of old messages too. */
export const ACTIONS = {
  /** Paragraphs that were found and not shown; the same, for the channel. */
  more: action('more', 'private', z.tuple([spans])),
  share: action('share', 'public', z.tuple([spans])),
  good: action('good', 'private', z.tuple([span]), true),
  wrong: action('wrong', 'private', z.tuple([span]), true),
  /** A follow-up's form, and what is sent with it. */
  follow: action('follow', 'modal', filters),
  followed: action('followed', 'same', filters),
  /** By whom the answer was asked for. */
  dismiss: action('dismiss', 'remove', z.tuple([z.string()]), true),
  open: action('open', 'private', z.tuple([span])),
  turn: action('turn', 'in place', z.tuple([cable, page])),
  pick: action('pick', 'private', z.tuple([cable])),
  /** From a span to another, both included, and the page. */
  read: action('read', 'private', reading),
  leaf: action('leaf', 'in place', reading),
  context: action('context', 'private', z.tuple([span])),
  file: action('file', 'private', z.tuple([cable])),
  quotes: action(
    'quotes',
    'in place',
    z.tuple([cable, z.string().max(PARAGRAPHS), z.enum(STYLE_NAMES), page]),
  ),
  refs: action('refs', 'private', z.tuple([cable])),
  words: action('words', 'in place', words),
  /** A page of the cables that the question above it asks for, and the filters that it was asked with. */
  cables: action('cables', 'in place', cables),
  /** Opens what is chosen in a menu. */
  choose: action('choose', 'private', z.tuple([])),
  /** A quote as it is pasted elsewhere. */
  plain: action('plain', 'private', z.tuple([span])),
  /** Whether a quote's receipt still holds. */
  verify: action('verify', 'private', z.tuple([receiptSchema])),
  /** Puts a quote into one's own dossier. */
  keep: action('keep', 'private', z.tuple([receiptSchema])),
  /** A page of a dossier; a quote of it chosen, moved or removed; a note to it asked for, and sent off. */
  dossier: action('dossier', 'in place', z.tuple([whose, page])),
  arrange: action(
    'arrange',
    'in place',
    z.tuple([whose, z.enum(['choose', 'up', 'down', 'remove']), key, page]),
  ),
  noting: action('noting', 'modal', z.tuple([whose, key, page])),
  noted: action('noted', 'in place', z.tuple([whose, key, page])),
  /** Settings of a server: opened, turned, a ceiling being set, one setting changed. */
  settings: action('settings', 'private', z.tuple([])),
  panel: action('panel', 'in place', z.tuple([z.enum(PANEL_PAGES)])),
  draft: action('draft', 'in place', draft),
  set: action('set', 'in place', z.tuple([z.string(), z.string()])),
  /** What somebody prefers: one thing changed; all forgotten. */
  prefer: action('prefer', 'in place', z.tuple([z.string(), z.string()])),
  forget: action('forget', 'in place', z.tuple([])),
};

function action<Fields, D extends Does>(
  name: string,
  does: D,
  fields: z.ZodType<Fields, readonly string[]>,
  bound = false,
): Action<Fields, D> {
  return { name, does, fields, bound };
}

/** A span as buttons and menus name it: `07MADRID545.4`. */
export function spanText({ cable: id, ordinal }: SpanPlace): string {
  return `${id}.${ordinal}`;
}

/** What a menu opens of a span: it whole, what stands around it, it as plain text, its cable, or it as another answer. */
export type Opening = z.infer<typeof opening>;
const OPENINGS = ['whole', 'around', 'plain', 'cable', 'result'] as const;
const opening = z.object({ what: z.enum(OPENINGS), place });

/** `around:07MADRID545.4`. */
export function openingText({ what, place: of }: Opening): string {
  return `${what}:${spanText(of)}`;
}

/** What a menu's value opens; an older one names a span alone. Throws where it names none. */
export function openingIn(value: string | undefined): Opening {
  const [, what = 'whole', named] = /^(?:([a-z]+):)?(.*)$/.exec(value ?? '') ?? [];
  return opening.parse({ what, place: span.parse(named) });
}

function filtersFrom(fields: readonly string[]): Filters {
  const stated = CARRIED.map((name, i) => [name, fields[i] ?? ''] as const);
  return Object.fromEntries(stated.filter(([, value]) => value !== ''));
}

function filtersText(stated: Filters): string[] {
  return CARRIED.map((name) => stated[name] ?? '');
}

/** As many of the spans as fit behind an action, in their order. */
export function fittingSpans(of: Action<[SpanPlace[]]>, places: readonly SpanPlace[]): SpanPlace[] {
  const fitting: SpanPlace[] = [];
  for (const { cable: id, ordinal } of places.slice(0, OURS.moreAtOnce)) {
    const next = { cable: id, ordinal };
    if (fittingId(of, [[...fitting, next]]) === null) break;
    fitting.push(next);
  }
  return fitting;
}
