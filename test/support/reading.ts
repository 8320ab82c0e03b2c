import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Cable } from '../../src/cable/cable.js';
import { readCable } from '../../src/cable/read.js';
import { readItems, type ReadOptions } from '../../src/sources/read.js';

/** What a file gives: its cables, and why the rest is set aside. */
export interface Reading {
  readonly cables: readonly Cable[];
  readonly setAside: readonly string[];
}

export async function readingOfFile(file: string, options: ReadOptions = {}): Promise<Reading> {
  const cables: Cable[] = [];
  const setAside: string[] = [];
  for await (const item of readItems(file, options)) {
    const reading = item.kind === 'cable' ? readCable(item.cable) : item;
    if ('cable' in reading) cables.push(reading.cable);
    else setAside.push(reading.reason);
  }
  return { cables, setAside };
}

/** The same of a text, in a folder of the test's own. */
export async function readingOf(
  folder: string,
  name: string,
  content: string | Buffer,
  options: ReadOptions = {},
): Promise<Reading> {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return readingOfFile(file, options);
}

/** The texts of a cable's paragraphs, white space folded. */
export function paragraphsOf({ body, spans }: Cable): string[] {
  return spans
    .filter(({ kind }) => kind === 'paragraph')
    .map(({ start, end }) => body.slice(start, end).replace(/\s+/g, ' ').trim());
}
