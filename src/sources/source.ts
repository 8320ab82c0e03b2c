import type { RawCable } from '../cable/types.js';

/** What a source yields: a cable, or what could not be read as one and why. */
export type SourceItem =
  | { readonly kind: 'cable'; readonly file: string; readonly cable: RawCable }
  | { readonly kind: 'setAside'; readonly file: string; readonly reason: string };
