import path from 'node:path';
import { inject } from 'vitest';
import { readCable } from '../../src/cable/read.js';
import type { Cable } from '../../src/cable/cable.js';
import type { RawCable } from '../../src/cable/types.js';
import { listFiles } from '../../src/sources/files.js';
import { readItems } from '../../src/sources/read.js';
import { SAMPLES } from './files.js';

/** The folder of the 776 public pages, or null where ../shared is absent. */
export const publicCables = inject('publicCables');

/** A cable with what the page's file held. */
export interface PublicCable {
  readonly file: string;
  readonly raw: RawCable;
  readonly cable: Cable;
}

/** The 776 public cables and the two samples, read by the project's own sources. */
export async function readPublicCables(): Promise<PublicCable[]> {
  const files = await listFiles(publicCables === null ? [SAMPLES] : [publicCables, SAMPLES]);
  const cables: PublicCable[] = [];
  for (const { path } of files) cables.push(...(await readAll(path)));
  return cables;
}

/** Every cable of a file of any format. Throws where one is set aside. */
export async function readAll(path: string): Promise<PublicCable[]> {
  const cables: PublicCable[] = [];
  for await (const item of readItems(path)) {
    if (item.kind !== 'cable') throw new Error(`${item.file}: ${item.reason}`);
    const reading = readCable(item.cable);
    if (!reading.ok) throw new Error(`${item.file}: ${reading.reason}`);
    cables.push({ file: item.file, raw: item.cable, cable: reading.cable });
  }
  return cables;
}

/** The two sample cables. */
export async function sampleCables(): Promise<Cable[]> {
  const names = ['000_a451d78a1c05f3da.txt', '001_f0863c296af1ceca.txt'];
  const read = await Promise.all(names.map((name) => readAll(path.join(SAMPLES, name))));
  return read.flat().map(({ cable }) => cable);
}
