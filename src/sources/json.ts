import { messageOf } from '../errors.js';
import type { Content } from './content.js';
import { collect, largerThanACable } from './content.js';
import { decode } from './decode.js';
import { readFieldsOf, type FieldMap } from './field-map.js';
import type { SourceLimits } from './limits.js';
import { splitLines } from './split-lines.js';
import { startOf, type SourceItem } from './source.js';

/** Lines of JSON, a cable each; blank lines are passed over. */
export async function* readJsonLines(
  content: Content,
  limits: SourceLimits,
  map: FieldMap | null,
): AsyncGenerator<SourceItem> {
  const file = content.name;
  for await (const { line, bytes } of splitLines(content.bytes, limits.line)) {
    if (bytes === null) {
      const reason = `a line ${largerThanACable(limits.line)}`;
      yield { kind: 'setAside', file, line, reason };
      continue;
    }
    const decoded = decode(bytes);
    if (!decoded.ok) {
      yield { kind: 'setAside', file, line, reason: decoded.reason };
      continue;
    }
    if (decoded.text.trim() === '') continue;
    const value = parsedJson(decoded.text);
    const reading = value.ok ? readFieldsOf(value.value, map) : value;
    if (reading.ok) yield { kind: 'cable', file, line, cable: reading.cable };
    else {
      yield { kind: 'setAside', file, line, reason: reading.reason, start: startOf(decoded.text) };
    }
  }
}

/** A JSON document: a cable, or a list of them. */
export async function* readJsonDocument(
  content: Content,
  limits: SourceLimits,
  map: FieldMap | null,
): AsyncGenerator<SourceItem> {
  const file = content.name;
  const decoded = decode(await collect(content.bytes, limits.wholeFile));
  if (!decoded.ok) {
    yield { kind: 'setAside', file, reason: decoded.reason };
    return;
  }
  const parsed = parsedJson(decoded.text);
  if (!parsed.ok) {
    yield { kind: 'setAside', file, reason: parsed.reason, start: startOf(decoded.text) };
    return;
  }
  const { value } = parsed;
  const values: unknown[] = Array.isArray(value) ? value : [value];
  for (const [index, each] of values.entries()) {
    const reading = readFieldsOf(each, map);
    if (reading.ok) yield { kind: 'cable', file, cable: reading.cable };
    else {
      const where = Array.isArray(value) ? `value ${index + 1}: ` : '';
      const start = startOf(JSON.stringify(each));
      yield { kind: 'setAside', file, reason: `${where}${reading.reason}`, start };
    }
  }
}

function parsedJson(
  json: string,
):
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string } {
  try {
    return { ok: true, value: JSON.parse(json) };
  } catch (error) {
    return { ok: false, reason: `not JSON: ${messageOf(error)}` };
  }
}
