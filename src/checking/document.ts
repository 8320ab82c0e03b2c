/** A paragraph of a text that is checked. */
export interface Block {
  readonly text: string;
  /** It is set off as a quotation: `> …`, `<blockquote>`. */
  readonly quoted: boolean;
  /** Whether it is a heading, where the document's form tells. */
  readonly heading?: boolean;
}

/** What is seen nowhere, and stands in words: where they may be broken, and marks of Markdown for a part of one. */
const IN_WORDS = /[\u00AD\u200B-\u200D\u2060\uFEFF]|(?<=[\p{L}\p{N}])\*{1,3}(?=[\p{L}\p{N}'’])/gu;

/** A text without what is not seen in its words. */
export function withoutUnseen(text: string): string {
  return text.replace(IN_WORDS, '');
}

/** Struck out, as Discord and Markdown write it: nobody says it. */
const STRUCK = /~~(?=\S)[^~\n]{1,200}~~/g;

/** Whether what is set off around a block sets off something itself: somebody's mail, with a quotation in it. */
function isMail(blocks: readonly { readonly depth: number }[], at: number): boolean {
  const from = blocks.findLastIndex(({ depth }, i) => i < at && depth === 0) + 1;
  const to = blocks.findIndex(({ depth }, i) => i > at && depth === 0);
  return blocks.slice(from, to < 0 ? undefined : to).some(({ depth }) => depth > 1);
}

/** Blocks of plain text or of a message: paragraphs, with the lines that begin with `>` set off. */
export function blocksOf(text: string): Block[] {
  const blocks: { lines: string[]; depth: number }[] = [];
  let isOpen = false;
  let all = false; // behind `>>>` everything is quoted
  let depth = 0;
  for (const line of withoutUnseen(text.replace(STRUCK, ' ')).split(/\r?\n/)) {
    const [mark, signs] = /^\s{0,3}(>>>(?!\s?>)|>(?:\s?>){0,15})/.exec(line) ?? ['', ''];
    all ||= signs === '>>>' && depth === 0;
    depth = all ? 1 : signs.replace(/\s/g, '').length;
    const own = line.slice(all && signs !== '>>>' ? 0 : mark.length).replace(/^\s/, '');
    const last = blocks.at(-1);
    if (own.trim() === '') isOpen = false;
    else if (isOpen && last?.depth === depth) last.lines.push(own);
    else {
      blocks.push({ lines: [own], depth });
      isOpen = true;
    }
  }
  return blocks.map(({ lines, depth }, at) => ({
    text: lines.join('\n'),
    quoted: depth > 1 || (depth === 1 && !isMail(blocks, at)),
  }));
}
