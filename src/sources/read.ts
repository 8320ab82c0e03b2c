import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { messageOf } from '../errors.js';
import { gunzip, untar, unxz, unzip, type ArchiveEntry } from './archives.js';
import { collect, counted, peek, TooLarge, type Content } from './content.js';
import { decode, utf16Of } from './decode.js';
import type { FieldMap } from './field-map.js';
import { formOf, PEEKED, SOURCE_FORMS, type SourceForm } from './forms.js';
import { ExpansionBudget, ExpansionError, SOURCE_LIMITS, type SourceLimits } from './limits.js';
import { packingOf } from './packing.js';
import { SourceError } from './source-error.js';
import type { SourceItem } from './source.js';
import { telegramsOf } from './telegrams.js';

/** Bytes read from the disk at once. */
const READ_AT_ONCE = 256 * 1024;

/** How a file is read. */
export interface ReadOptions {
  /** Is told the bytes read of the file, for progress. */
  readonly onBytes?: (bytes: number) => void;
  readonly limits?: SourceLimits;
  readonly forms?: readonly SourceForm[];
  /** The names that fields have in JSON, CSV and front matter, where they are not ours. */
  readonly map?: FieldMap | null;
}

/** What goes down through the layers of a file. */
interface Layers extends Required<ReadOptions> {
  readonly budget: ExpansionBudget;
  readonly depth: number;
}

/**
 * Reads the cables of a file of any format, archives included, one by one. The format is told from
 * the content. What cannot be read is yielded as set aside; it never throws.
 */
export async function* readItems(
  file: string,
  {
    onBytes = () => undefined,
    limits = SOURCE_LIMITS,
    forms = SOURCE_FORMS,
    map = null,
  }: ReadOptions = {},
): AsyncGenerator<SourceItem> {
  /** Set aside one after the other; of a stretch too long to read, one item says how it goes on. */
  let stretch = 0;
  let items = 0;
  let last: SourceItem | null = null;
  for await (const item of everyItem(file, { onBytes, limits, forms, map })) {
    items++;
    const bad = item.kind === 'setAside' && item.line !== undefined && item.file === last?.file;
    if (!bad && stretch > limits.badStretch) yield goesOn(last, stretch - limits.badStretch);
    stretch = bad ? stretch + 1 : 0;
    last = item;
    if (stretch <= limits.badStretch) yield item.kind === 'cable' ? withSource(item) : item;
  }
  if (stretch > limits.badStretch) yield goesOn(last, stretch - limits.badStretch);
  if (items === 0) yield { kind: 'setAside', file, reason: 'no cable in it' };
}

/** A cable with the name of its file, where it does not state another: folders of this machine are nobody's business. */
function withSource(item: Extract<SourceItem, { kind: 'cable' }>): SourceItem {
  const [file = '', ...inside] = item.file.split('!');
  const source = [path.basename(file), ...inside].join('!');
  return { ...item, cable: { source, ...item.cable } };
}

function goesOn(last: SourceItem | null, more: number): SourceItem {
  const file = last?.file ?? '';
  const reason = `${more} more in a row that are no cables, up to line ${last?.line ?? 0}`;
  return { kind: 'setAside', file, reason, count: more };
}

async function* everyItem(
  file: string,
  reading: Required<ReadOptions>,
): AsyncGenerator<SourceItem> {
  try {
    const found = await stat(file);
    const budget = new ExpansionBudget(found.isFile() ? found.size : 0, reading.limits);
    const bytes = counted(createReadStream(file, { highWaterMark: READ_AT_ONCE }), (count) => {
      if (!found.isFile()) budget.grow(count); // a pipe: how much comes is not known before
      reading.onBytes(count);
    });
    const content = { name: file, bytes, ...(found.isFile() && { onDisk: file }) };
    yield* readContent(content, { ...reading, budget, depth: 0 });
  } catch (error) {
    yield setAsideFor(error, file);
  }
}

/** Throws a {@link SourceError} with the name of the innermost file where the stream ends badly. */
async function* readContent(content: Content, layers: Layers): AsyncGenerator<SourceItem> {
  const { name } = content;
  const { limits, depth } = layers;
  const peeked = await peek(content.bytes, PEEKED).catch((error: unknown) => {
    throw named(error, name);
  });
  const whole: Content = { ...content, bytes: peeked.bytes };
  try {
    if (peeked.head.length === 0) {
      yield { kind: 'setAside', file: name, reason: 'an empty file' };
      return;
    }
    const packing = packingOf(peeked.head);
    if (packing !== null && typeof packing === 'object') {
      const reason = `a ${packing.unread} archive, which is not read; unpack it first`;
      yield { kind: 'setAside', file: name, reason };
      return;
    }
    if (packing !== null && depth >= limits.depth) {
      const reason = `archives inside archives, more than ${depth} deep`;
      yield { kind: 'setAside', file: name, reason };
      return;
    }
    if (utf16Of(peeked.head) !== null) {
      const decoded = decode(await collect(whole.bytes, limits.wholeFile));
      if (!decoded.ok) yield { kind: 'setAside', file: name, reason: decoded.reason };
      else {
        const utf8 = Buffer.from(decoded.text, 'utf8');
        yield* readContent({ name, bytes: Readable.from([utf8]) }, layers);
      }
      return;
    }
    switch (packing) {
      case 'gzip':
        yield* readExpanded({ name, bytes: gunzip(whole.bytes) }, layers);
        return;
      case 'xz':
        yield* readExpanded({ name, bytes: unxz(whole.bytes) }, layers);
        return;
      case 'tar':
        yield* readEntries(name, untar(whole), layers);
        return;
      case 'zip':
        yield* readZip(whole, layers);
        return;
      case null: {
        // `cables.csv.gz` holds `cables.csv`.
        const form = formOf(peeked.head, name.replace(/(?:\.(?:gz|xz))+$/i, ''), layers.forms);
        if (form === null) return;
        for await (const item of form.read(whole, limits, layers.map)) {
          if (item.kind === 'cable') yield* telegramsOf(item);
          else yield item;
        }
      }
    }
  } catch (error) {
    if (!(error instanceof TooLarge)) throw named(error, name);
    yield { kind: 'setAside', file: name, reason: error.message };
  } finally {
    await peeked.close();
  }
}

function named(error: unknown, name: string): SourceError {
  const failure =
    error instanceof SourceError
      ? error
      : new SourceError(`cannot be read: ${messageOf(error)}`, { cause: error });
  failure.file ??= name;
  return failure;
}

function setAsideFor(error: unknown, name: string): SourceItem {
  const { file, message } = named(error, name);
  return { kind: 'setAside', file: file ?? name, reason: message };
}

/** The stream, each chunk of it taken from the budget. */
function spending(bytes: AsyncIterable<Uint8Array>, budget: ExpansionBudget) {
  return counted(bytes, (count) => {
    budget.spend(count);
  });
}

function readExpanded({ name, bytes }: Content, layers: Layers): AsyncGenerator<SourceItem> {
  const spent = { name, bytes: spending(bytes, layers.budget) };
  return readContent(spent, { ...layers, depth: layers.depth + 1 });
}

async function* readEntries(
  archive: string,
  entries: AsyncIterable<ArchiveEntry>,
  layers: Layers,
): AsyncGenerator<SourceItem> {
  for await (const entry of entries) {
    if (entry.kind === 'refused') {
      yield { kind: 'setAside', file: entry.name, reason: entry.reason };
      continue;
    }
    try {
      yield* readContent(entry, { ...layers, depth: layers.depth + 1 });
    } catch (error) {
      // A file that ends badly costs itself; the archive that does costs what is behind.
      const own = error instanceof SourceError && error.archive === archive;
      if (own || !(error instanceof SourceError) || error instanceof ExpansionError) throw error;
      yield setAsideFor(error, entry.name);
    }
  }
}

async function* readZip(
  { name, bytes, onDisk }: Content,
  layers: Layers,
): AsyncGenerator<SourceItem> {
  const { limits, budget, onBytes } = layers;
  // A zip's directory is at its end: inside another archive it must be held whole.
  const source = onDisk ?? Buffer.from(await collect(bytes, limits.wholeFile));
  const entries = unzip(name, source, onDisk === undefined ? () => undefined : onBytes);
  yield* readEntries(name, expanding(entries, budget), layers);
}

/** A zip's files expand as they are read; those of a tar were counted as the stream that it is. */
async function* expanding(
  entries: AsyncIterable<ArchiveEntry>,
  budget: ExpansionBudget,
): AsyncGenerator<ArchiveEntry> {
  for await (const entry of entries) {
    yield entry.kind === 'file' ? { ...entry, bytes: spending(entry.bytes, budget) } : entry;
  }
}
