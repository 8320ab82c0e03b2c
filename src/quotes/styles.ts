import { CITATION_STYLES, type CitationStyle } from './style-table.js';

export type StyleName = (typeof CITATION_STYLES)[number]['name'];
export const STYLE_NAMES: readonly StyleName[] = CITATION_STYLES.map(({ name }) => name);
export const DEFAULT_STYLE: StyleName = CITATION_STYLES[0].name;

export function styleOf(name: StyleName): CitationStyle {
  const style = CITATION_STYLES.find((each) => each.name === name);
  if (style === undefined) throw new RangeError(`no style ${name}`);
  return style;
}
