import type { RawCable } from '../cable/types.js';

/** Where something stands in what was read. */
export interface SourcePlace {
  /** The file, inside an archive as `dump.tar.xz!cable/07MADRID545.html`. */
  readonly file: string;
  /** The line it begins at, from 1, where a file holds more than one cable. */
  readonly line?: number;
}

/** What could not be read as a cable and why. */
export interface SetAside extends SourcePlace {
  readonly reason: string;
  /** How many it stands for, where they are too many to name each. */
  readonly count?: number;
  /** The first characters of it, white space folded, where it is text. */
  readonly start?: string;
}

export type SourceItem =
  | ({ readonly kind: 'cable'; readonly cable: RawCable } & SourcePlace)
  | ({ readonly kind: 'setAside' } & SetAside);

/** A file's cable, or why it holds none. */
export type RawReading =
  { readonly ok: true; readonly cable: RawCable } | { readonly ok: false; readonly reason: string };

/** The same with the line at which it begins. */
export type PlacedReading = RawReading & { readonly line: number };

/** What a source may say of a cable; what is empty it does not say. */
type Stated = {
  readonly [Name in keyof RawCable['head']]?: RawCable['head'][Name] | null | undefined;
};

/** What a source states of a cable, without what is empty. */
export function statedHead(stated: Stated): RawCable['head'] {
  const { date, classification, origin, subject, references, tagsLine, referenceLine, released } =
    stated;
  return {
    ...(tagsLine && { tagsLine }),
    ...(referenceLine && { referenceLine }),
    ...(date && { date }),
    ...(released && { released }),
    ...(classification && { classification }),
    ...(origin && { origin }),
    ...(subject && { subject }),
    ...(references && references.length > 0 && { references }),
  };
}

/** What stands between signs: `06MADRID2657|06MADRID2711`. */
export function listed(text: string, sign: string | RegExp): string[] {
  return text
    .split(sign)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** Characters shown of what is set aside. */
const SHOWN = 60;

/** The first characters of a text, for a report. */
export function startOf(text: string): string {
  return text
    .slice(0, SHOWN * 4)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, SHOWN);
}

/** `cables.csv:7`, `dump.zip!a.html`: a place, for messages. */
export function placeTold({ file, line }: SourcePlace): string {
  return line === undefined ? file : `${file}:${line}`;
}
