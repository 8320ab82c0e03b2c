/** Signs that act, in Discord's markdown; each pattern matches the one sign that gets a backslash. */
const ACTING = [
  /\\(?=[^0-9A-Z\s]|$)/gi, // a backslash before what it would take away
  /[*`<]/g, // behind a `<` may come a mention, an emoji, a time, an address
  /(?<![0-9A-Z])_|_(?![0-9A-Z])/gi, // within a word it is a letter
  /(?<=~)~|~(?=~)/g,
  /(?<=\|)\||\|(?=\|)/g,
  /@(?=everyone|here)/g,
  /:(?=\/\/)/g,
  /:(?=[^\s:]{1,80}:)|(?<=:[^\s:]{1,80}):/g, // `:smile:`
];
/** A list, a heading or small print, where it begins a line. */
const AT_LINE_START = [
  /^([^\S\n\r\u2028\u2029]*)[-+#>](?=[\s#>]|$)/gm,
  /^([^\S\n\r\u2028\u2029]*\d{1,9})[.)](?=\s|$)/gm,
];
/** The name of a link and the beginning of its address: the bracket before them acts. */
const LINK_AHEAD = /\]\(/;

/**
 * Text of others as Discord's markdown: every character shows as itself. Where `strong` ranges
 * [start, end) of the text are given, they are bold, line by line.
 */
export function escapeMarkdown(
  text: string,
  strong: readonly (readonly [start: number, end: number])[] = [],
): string {
  const escaped = new Uint8Array(text.length);
  for (const pattern of ACTING) {
    for (const { index } of text.matchAll(pattern)) escaped[index] = 1;
  }
  if (LINK_AHEAD.test(text)) {
    for (const { index } of text.matchAll(/\[/g)) escaped[index] = 1;
  }
  for (const pattern of AT_LINE_START) {
    for (const { index, 1: before = '' } of text.matchAll(pattern))
      escaped[index + before.length] = 1;
  }
  const slice = (from: number, to: number): string => {
    const out: string[] = [];
    for (let at = from; at < to; at++)
      out.push(escaped[at] === 1 ? `\\${text[at] ?? ''}` : (text[at] ?? ''));
    return out.join('');
  };
  let markdown = '';
  let last = 0;
  for (const [start, end] of strong) {
    markdown += slice(last, start) + bold(slice(start, end));
    last = end;
  }
  return markdown + slice(last, text.length);
}

/** What `escapeMarkdown` was given. */
export function unescapeMarkdown(markdown: string): string {
  return markdown.replace(/\\([^\sA-Z0-9])/gi, '$1');
}

/** What bold signs add to a line. */
const BOLD_SIGNS = '****'.length;

/** The most characters that a text has as markdown: whatever may get a backslash counts twice. */
export function markdownCost(text: string, strong: boolean): number {
  const escapes = text.match(/[\\*_~`|<>[\]@:+#.)-]/g)?.length ?? 0;
  return text.length + escapes + (strong ? BOLD_SIGNS * text.split('\n').length : 0);
}

/** Bold text, line by line, blanks at a line's ends left out; what goes in is escaped already. */
export function bold(escaped: string): string {
  return escaped.replace(/[^\n]+/g, (line) => line.replace(/\S(?:.*\S)?/s, '**$&**'));
}

/** Small print, line by line. */
export function small(content: string): string {
  return content.replace(/^(?=.)/gm, '-# ');
}

/** A label that has room: its end is cut where it is too long, and says so. */
export function cut(label: string, most: number): string {
  if (label.length <= most) return label;
  const kept = label.slice(0, most - 1);
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

/** The same, cut behind a word. */
export function cutAtWord(label: string, most: number): string {
  if (label.length <= most) return label;
  const kept = /^(.*\S)\s/s.exec(label.slice(0, most))?.[1];
  return kept === undefined ? cut(label, most) : `${kept} …`;
}
