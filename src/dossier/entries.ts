import type { LibraryView } from '../library/library.js';
import { readReceipt } from '../quotes/receipt.js';
import type { QuotedSpan } from '../quotes/quote.js';

/** A quote of a dossier as it may be shown now. */
export interface DossierEntry {
  readonly note: string;
  readonly receipt: string;
  /** Null where it is no longer held, or may not be shown here. */
  readonly quote: QuotedSpan | null;
  /** The cable has another text since; the quote is what it said. */
  readonly replaced: boolean;
}

/** What may be shown of quotes that were kept, in their order: each is judged again, every time. */
export function entriesOf(
  library: Pick<LibraryView, 'verify'>,
  quotes: readonly { readonly receipt: string; readonly note: string }[],
): Promise<DossierEntry[]> {
  return Promise.all(
    quotes.map(async ({ receipt: text, note }): Promise<DossierEntry> => {
      const receipt = readReceipt(text);
      const verified = receipt === null ? null : await library.verify(receipt);
      const base = { note, receipt: text };
      switch (verified?.state) {
        case 'holds':
          return { ...base, quote: verified.quote, replaced: false };
        case 'replaced':
          return { ...base, quote: verified.before, replaced: true };
        case 'not held':
        case undefined:
          return { ...base, quote: null, replaced: false };
      }
    }),
  );
}
