import { linesOf } from '../lines.js';

/** Handling captions of the Foreign Affairs Handbook (5 FAH-2), as they stand in the data. */
const CAPTIONS: readonly (readonly [caption: string, printed: RegExp])[] = [
  ['SIPDIS', /\bSIPDIS\b/],
  ['NODIS', /\bNODIS\b/],
  ['EXDIS', /\bEXDIS\b/],
  ['LIMDIS', /\bLIMDIS\b/],
  ['STADIS', /\bSTADIS\b/],
  ['NOFORN', /\bNO ?FORN\b/],
  ['SENSITIVE', /^SENSITIVE\b/],
  ['TERREP', /\bTERREP\b/],
  ['CHEROKEE', /\bCHEROKEE\b/],
  ['ROGER CHANNEL', /\bROGER(?: CHANNEL|S)?\b/],
  ['CODEWORD', /\bCODE ?WORD\b/],
  ['EYES ONLY', /\bEYES ONLY\b/],
  ['DS CHANNEL', /\bDS CHANNEL\b/],
  ['MED CHANNEL', /\bMED CHANNEL\b/],
  ['DISSENT CHANNEL', /\bDISSENT CHANNEL\b/],
  ['NOCONTRACT', /\bNOCONTRACT\b/],
  ['ORCON', /\bORCON\b/],
];

/** Most lines hold none. */
export const ANY_CAPTION = new RegExp(CAPTIONS.map(([, printed]) => printed.source).join('|'));

/** They stand above the executive order line, or in its place. */
const LINES = 20;
const FARTHEST = 3000;

/** The handling captions between the classification line and the fields, in their order, each once. */
export function captionsOf(body: string): string[] {
  const captions: string[] = [];
  for (const { trimmed } of linesOf(body.slice(0, FARTHEST)).slice(0, LINES)) {
    if (/^(?:E\.?\s?O\.?\s?1|TAGS?\b|SUBJ|¶?1\s?\.)/i.test(trimmed)) break;
    const line = trimmed.toUpperCase();
    if (!ANY_CAPTION.test(line)) continue;
    for (const [caption, printed] of CAPTIONS) {
      if (printed.test(line) && !captions.includes(caption)) captions.push(caption);
    }
  }
  return captions;
}
