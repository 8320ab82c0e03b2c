/** What a dossier says, for a form to set. */
export interface DossierText {
  readonly title: string;
  readonly quotes: readonly {
    readonly text: string;
    readonly note: string;
    readonly citation: string;
    readonly receipt: string;
    readonly remark: string | null;
  }[];
  /** Quotes that may not be shown, or are not held. */
  readonly left: number;
  /** Cables once, by their ids. */
  readonly bibliography: readonly string[];
}

/** `2 more quotes are no longer held, or may not be shown here`; null of none. */
export function leftTold(left: number): string | null {
  if (left === 0) return null;
  const verb = left === 1 ? 'quote is' : 'quotes are';
  return `${left} more ${verb} no longer held, or may not be shown here.`;
}
