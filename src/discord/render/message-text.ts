import { unescapeMarkdown } from '../markdown.js';
import type { Rendered } from './components.js';

/** What of a component is text. */
const TEXTS = ['content', 'label', 'description', 'placeholder'];

/**
 * All text of a message's components, as it is counted against its limit: whether Discord counts the labels of
 * buttons and menus with it is not said, so they are.
 */
export function textLength({ components }: Rendered): number {
  let sum = 0;
  const walk = (each: unknown): void => {
    if (typeof each !== 'object' || each === null) return;
    for (const [name, value] of Object.entries(each)) {
      if (typeof value === 'string' && TEXTS.includes(name)) sum += value.length;
      else if (Array.isArray(value)) value.forEach(walk);
    }
  };
  components.forEach(walk);
  return sum;
}

/** All text of a message, as it is read in a file: lines, without what Discord's markdown adds. */
export function plainText({ components }: Rendered): string {
  const lines: string[] = [];
  const walk = (each: unknown): void => {
    if (typeof each !== 'object' || each === null) return;
    if ('content' in each && typeof each.content === 'string') {
      const plain = each.content
        .replace(/^-# /gm, '')
        .replace(/(?<!\\)\*\*/g, '')
        .replace(/(?<!\\)\[([^\]]*)\]\(<[^>]*>\)/g, '$1');
      lines.push(unescapeMarkdown(plain));
    }
    if ('components' in each && Array.isArray(each.components)) each.components.forEach(walk);
  };
  components.forEach(walk);
  return `${lines.join('\n\n')}\n`;
}
