import { createHash } from 'node:crypto';
import { z } from 'zod';
import { folded } from './citation.js';

/** Where a quote stands: a span, by its index among the cable's, or lines of its header or its body. */
export type QuotePlace =
  number | { readonly in: 'header' | 'body'; readonly start: number; readonly end: number };

/** What lets anybody check a quote again: where it stands, and a hash of what it says. */
export interface Receipt {
  /** The cable's id. */
  readonly cable: string;
  readonly place: QuotePlace;
  /** 16 characters of base64url: 96 bits. */
  readonly hash: string;
  /** It is of the text with the names masked that the cable asks to protect. */
  readonly masked: boolean;
}

const RECEIPT =
  /^([0-9A-Z.'-]{3,60})\/(\d{1,5}|([hb])(\d{1,8})-(\d{1,8}))\/([\w-]{16})(\/masked)?$/;

/** `07BEIJING1689/4/Qm3xT8rK2v1ZbYcA`; of lines `07BEIJING1689/b120-160/…`; of a text with masked names `…/masked`. */
export function receiptOf(
  cable: string,
  place: QuotePlace,
  text: string,
  isMasked = false,
): string {
  const at =
    typeof place === 'number'
      ? String(place)
      : `${place.in === 'header' ? 'h' : 'b'}${place.start}-${place.end}`;
  return `${cable}/${at}/${receiptHash(cable, text)}${isMasked ? '/masked' : ''}`;
}

/** What a page or a message puts into long words. */
const UNSEEN = /[\u00AD\u200B-\u200D\u2060\uFEFF]/g;

/** A receipt as somebody pasted it, alone or with words around it; the first of several, null where there is none. */
export function readReceipt(text: string): Receipt | null {
  return readReceipts(text)[0] ?? null;
}

/** All receipts in a text, in their order. */
export function readReceipts(text: string): Receipt[] {
  const plain = text.replace(UNSEEN, '');
  // Alone it may be broken over lines, or have its id in words.
  const whole = plain.replace(/\s+/g, '');
  const words = plain.split(/[\s`<>()[\]“”"]+/);
  const found = RECEIPT.test(whole.replace(/[.,;:]+$/, '')) ? [whole] : words;
  const receipts = found.flatMap((word): Receipt[] => {
    const match = RECEIPT.exec(word.replace(/[.,;:]+$/, ''));
    if (match === null) return [];
    const [, printed = '', ordinal = '', where, start, end, hash = '', isMasked] = match;
    const place: QuotePlace =
      where === undefined
        ? Number(ordinal)
        : { in: where === 'h' ? 'header' : 'body', start: Number(start), end: Number(end) };
    const cable = printed.replace(/^(?:19|20)(?=\d{2}[A-Z])/, '');
    return [{ cable, place, hash, masked: isMasked !== undefined }];
  });
  return [...new Map(receipts.map((receipt) => [JSON.stringify(receipt), receipt])).values()];
}

/** {@link readReceipt} at a boundary. */
export const receiptSchema = z.string().regex(RECEIPT);

/**
 * The hash of a cable's text. White space counts as one blank: the same text has other line ends in other forms. Each
 * other character counts, and the cable's id, so that nobody moves a receipt to another cable.
 */
export function receiptHash(cable: string, text: string): string {
  return createHash('sha256')
    .update(`${cable}\n${folded(text)}`)
    .digest('base64url')
    .slice(0, 16);
}
