import { z } from 'zod';
import { messageOf, problemsOf } from '../errors.js';
import type { Content } from './content.js';
import { collect, largerThanACable } from './content.js';
import { decode } from './decode.js';
import type { SourceLimits } from './limits.js';
import { splitLines } from './split-lines.js';
import { startOf, statedHead, type RawReading, type SourceItem } from './source.js';

const text = z.string().nullish();

/** A cable in JSON, with the contract's names; what else stands in it is read from header and body. */
const cableObject = z.object({
  id: z.string(),
  header: text,
  body: z.string(),
  date: z
    .string()
    .regex(/^$|^\d{4}-\d{2}-\d{2}/, { error: 'should begin with YYYY-MM-DD' })
    .nullish(),
  classification: text,
  origin: text,
  subject: text,
  references: z.array(z.string()).nullish(),
});

/** Reads one JSON value as a cable. */
export function readObject(value: unknown): RawReading {
  const parsed = cableObject.safeParse(value);
  if (!parsed.success) {
    return { ok: false, reason: `no cable in JSON: ${problemsOf(parsed.error, 'the value')}` };
  }
  const { id, header, body, date, ...stated } = parsed.data;
  return {
    ok: true,
    cable: {
      id,
      header: header ?? '',
      body,
      head: statedHead({ ...stated, date: date?.slice(0, 10) }),
    },
  };
}

/** Lines of JSON, a cable each; blank lines are passed over. */
export async function* readJsonLines(
  content: Content,
  limits: SourceLimits,
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
    const reading = value.ok ? readObject(value.value) : value;
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
    const reading = readObject(each);
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
