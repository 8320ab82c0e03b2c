import { z } from 'zod';

/** Classification levels of a paragraph, lowest first; FOUO and LOU count as SBU. */
export const LEVELS = ['U', 'SBU', 'C', 'S', 'TS'] as const;
export const levelSchema = z.enum(LEVELS);
export type Level = z.infer<typeof levelSchema>;

/** What a span of a body is. */
export const SPAN_KINDS = ['preamble', 'heading', 'paragraph', 'signature', 'trailer'] as const;

/**
 * A half-open range [start, end) of a cable's body, in UTF-16 code units, with the number and the
 * portion mark printed at its start. The spans of a body cover it without a gap or an overlap.
 * `inherited` is true where no mark is printed and the level is the whole cable's.
 */
export const spanSchema = z.object({
  number: z.number().int().nonnegative().nullable(),
  /** 2 for the second paragraph of its number in the cable, 3 for the third; none for the first. */
  nth: z.number().int().min(2).optional(),
  mark: z.string().nullable(),
  level: levelSchema.nullable(),
  caveats: z.array(z.string()),
  inherited: z.boolean(),
  kind: z.enum(SPAN_KINDS),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
});
export type Span = z.infer<typeof spanSchema>;

/** One telegram as a source hands it over: nothing in it has been changed or repaired. */
export interface RawCable {
  /** The id that the source states, or null where the telegram's own lines must tell it. */
  readonly id: string | null;
  readonly header: string;
  readonly body: string;
  /** What stands outside header and body: the page's table, or a text file's head. */
  readonly head: {
    readonly date?: string;
    readonly classification?: string;
    readonly origin?: string;
    readonly subject?: string;
    /** Ids that the source lists as cited (the dump's column). */
    readonly references?: readonly string[];
    /** Lines of an archive's own (`PFOR, US, BL`), read where the cable prints none of its kind. */
    readonly tagsLine?: string;
    readonly referenceLine?: string;
    /** The day on which it was published or declassified, YYYY-MM-DD. */
    readonly released?: string;
  };
  /** The file that it was read from, by its name: `dump.tar.xz!cable/07MADRID545.html`; null where that is lost. */
  readonly source?: string | null;
}
