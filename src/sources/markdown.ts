import { parse } from 'yaml';
import { firstClassificationLine } from '../cable/classification-lines.js';
import { messageOf } from '../errors.js';
import type { Content } from './content.js';
import { readFieldsOf, type FieldMap } from './field-map.js';
import type { SourceLimits } from './limits.js';
import type { RawReading, SourceItem } from './source.js';
import { readWhole } from './whole.js';

/** Front matter: what stands between two lines of `---` at a file's beginning. */
const FRONT_MATTER = /^---[ \t]*\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;

/** Reads markdown with front matter in YAML: its fields under their names, and the cable behind it. */
export function readMarkdown(
  content: Content,
  limits: SourceLimits,
  map: FieldMap | null,
): AsyncGenerator<SourceItem> {
  return readWhole(content, limits, (text) => [{ ...readOne(text, map), line: 1 }]);
}

function readOne(text: string, map: FieldMap | null): RawReading {
  const [whole, yaml] = FRONT_MATTER.exec(text) ?? [];
  if (whole === undefined || yaml === undefined) {
    return { ok: false, reason: 'front matter that does not end: a second line of --- is missing' };
  }
  let stated: unknown;
  try {
    stated = parse(yaml);
  } catch (error) {
    return { ok: false, reason: `front matter that is no YAML: ${messageOf(error)}` };
  }
  if (typeof stated !== 'object' || stated === null || Array.isArray(stated)) {
    return { ok: false, reason: 'front matter without a cable’s fields (id, date …)' };
  }
  const rest = withoutFence(text.slice(whole.length));
  const line = firstClassificationLine(rest);
  const hasHeader = line !== null && /^[ \t]*FM\s/m.test(rest.slice(0, line.start));
  const start = hasHeader ? line.start : 0;
  const bodyName = map?.get('body') ?? 'body';
  const headerName = map?.get('header') ?? 'header';
  const value = { ...stated, [headerName]: rest.slice(0, start), [bodyName]: rest.slice(start) };
  return readFieldsOf(value, map);
}

/** A cable inside a block of code stands in it as it is. */
function withoutFence(text: string): string {
  const fenced = /^\s*```[^\n]*\n([\s\S]*?)\n```\s*$/.exec(text)?.[1];
  return fenced ?? text;
}
