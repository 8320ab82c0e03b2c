import { escapeMarkdown } from './markdown.js';

/** How quotes look where they are shown. */
export interface Look {
  /** Paragraphs are shown whole: as the server has it, or whoever asks. */
  readonly whole: boolean;
  /** A cable's id as markdown: a link to its source where the operator has said where that is. */
  readonly id: (id: string) => string;
}

/** Stands for the id in the address of a cable's source. */
export const ID_IN_ADDRESS = '{id}';

/** Ids as links to `https://…/{id}`, or as they are. */
export function linkedIds(address: string | null): Look['id'] {
  return (id) =>
    address === null
      ? escapeMarkdown(id)
      : `[${escapeMarkdown(id)}](<${address.replaceAll(ID_IN_ADDRESS, encodeURIComponent(id))}>)`;
}
