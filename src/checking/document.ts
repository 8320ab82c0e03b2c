/** A paragraph of a text that is checked. */
export interface Block {
  readonly text: string;
  /** It is set off as a quotation: `> …`, `<blockquote>`. */
  readonly quoted: boolean;
  /** Whether it is a heading, where the document's form tells. */
  readonly heading?: boolean;
}

/** Struck out, as Discord and Markdown write it: nobody says it. */
const STRUCK = /~~(?=\S)[^~\n]{1,200}~~/g;

/** Blocks of plain text or of a message: paragraphs, with the lines that begin with `>` set off. */
export function blocksOf(text: string): Block[] {
  const blocks: { lines: string[]; quoted: boolean }[] = [];
  let isOpen = false;
  let all = false; // behind `>>>` everything is quoted
  for (const line of text.replace(STRUCK, ' ').split(/\r?\n/)) {
    const mark = /^\s{0,3}(>>>|>)\s?(.*)$/.exec(line);
    all ||= mark?.[1] === '>>>';
    const quoted = all || mark !== null;
    const own = mark?.[2] ?? line;
    const last = blocks.at(-1);
    if (own.trim() === '') isOpen = false;
    else if (isOpen && last?.quoted === quoted) last.lines.push(own);
    else {
      blocks.push({ lines: [own], quoted });
      isOpen = true;
    }
  }
  return blocks.map(({ lines, quoted }) => ({ text: lines.join('\n'), quoted }));
}
