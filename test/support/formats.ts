import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pack } from 'tar-stream';
import { ZipFile } from 'yazl';
import type { Cable } from '../../src/cable/cable.js';

/** A row of the full dump: every field quoted, `\` before quotes and backslashes. */
export function csvRow(fields: readonly string[]): string {
  const quoted = fields.map((field) => `"${field.replace(/["\\]/g, (sign) => `\\${sign}`)}"`);
  return `${quoted.join(',')}\n`;
}

/** A cable as the dump has it. */
export function dumpRow(cable: Cable, number: number): string {
  const { id, date, origin, classification, references, header, body } = cable;
  return csvRow([
    String(number),
    `${date ?? ''} 12:00`,
    id,
    origin ?? '',
    classification ?? '',
    references.join('|'),
    header,
    body,
  ]);
}

/** A cable as a line of JSON with the contract's names. */
export function jsonLine({
  id,
  date,
  origin,
  classification,
  subject,
  header,
  body,
}: Cable): string {
  return `${JSON.stringify({ id, date, origin, classification, subject, header, body })}\n`;
}

/** A cable in text, behind a head of five lines, as sample 07BEIJING1689 has it; a line break ends the header. */
export function textWithHead(cable: Cable): string {
  const { id, subject, date, classification, origin, header, body } = cable;
  return `${id}\n${subject ?? ''}\n${date ?? ''}\n${classification ?? ''}\n${origin ?? ''}\n${header}\n${body}`;
}

export async function tarOf(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name }, content);
  archive.finalize();
  return collected(archive);
}

export async function zipOf(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [name, content] of Object.entries(files))
    archive.addBuffer(typeof content === 'string' ? Buffer.from(content) : content, name);
  archive.end();
  return collected(archive.outputStream);
}

async function collected(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Writes files of a folder into an archive with the system's tar: xz has no packer in npm. */
export function tarXz(folder: string, archive: string): void {
  execFileSync('tar', ['-cJf', archive, '-C', folder, '.']);
}

export function writeTree(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
