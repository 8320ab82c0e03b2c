/**
 * TAGS in capitals, in their order, each once. They stand between blanks or commas, some as links
 * `[ETRD](#)` (sample 06GUANGZHOU32397). Person tags keep their form: `KISSINGER, HENRY`.
 */
export function readTags(value: string): string[] {
  const plain = value
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1 ')
    .replace(/\r\n|\r/g, '\n')
    .replace(/\n(?=[^\n]*\S)/g, (_, offset: number, whole: string) =>
      wraps(whole, offset) ? ' ' : '\u0000',
    );
  const first = plain.split('\u0000')[0] ?? '';
  const persons: string[] = [];
  const rest = first.toUpperCase().replace(/\(([A-Z'’ -]+, [A-Z. '’-]+)\)/g, (_, name: string) => {
    persons.push(name.trim());
    return ' ';
  });
  const tags = rest.split(/[\s,;#/]+/).map((tag) => tag.replace(/^[^A-Z0-9]+|[^A-Z0-9]+$/g, ''));
  return [...new Set([...tags.filter((tag) => tag !== ''), ...persons])];
}

/** A line of tags goes on when it ends with a comma or the next one holds nothing but tags. */
function wraps(value: string, offset: number): boolean {
  const before = value.slice(0, offset).trimEnd();
  const next = value.slice(offset + 1).split('\n')[0] ?? '';
  return before === '' || before.endsWith(',') || /^[A-Z0-9 ,]{2,}$/.test(next.trim());
}
