import { z } from 'zod';
import type { Content } from './content.js';
import { collect, TooLarge } from './content.js';
import { decode } from './decode.js';
import type { Limits } from './limits.js';
import { splitLines } from './split-lines.js';
import { startOf, type Reading, type SourceItem } from './source.js';

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
export function readObject(value: unknown): Reading {
  const parsed = cableObject.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) => `${issue.path.join('.') || 'the value'}: ${issue.message}`,
    );
    return { ok: false, reason: `no cable in JSON: ${problems.join('; ')}` };
  }
  const { id, header, body, date, classification, origin, subject, references } = parsed.data;
  return {
    ok: true,
    cable: {
      id,
      header: header ?? '',
      body,
      head: {
        ...(date && { date: date.slice(0, 10) }),
        ...(classification && { classification }),
        ...(origin && { origin }),
        ...(subject && { subject }),
        ...(references && references.length > 0 && { references }),
      },
    },
  };
}

/** Lines of JSON, a cable each; blank lines are passed over. */
export async function* readJsonLines(content: Content, limits: Limits): AsyncGenerator<SourceItem> {
  const file = content.name;
  for await (const { line, bytes } of splitLines(content.bytes, limits.line)) {
    if (bytes === null) {
      const reason = new TooLarge(limits.line).message.replace('larger', 'a line larger');
      yield { kind: 'setAside', file, line, reason };
      continue;
    }
    const decoded = decode(bytes);
    if (!decoded.ok) {
      yield { kind: 'setAside', file, line, reason: decoded.reason };
      continue;
    }
    if (decoded.text.trim() === '') continue;
    const reading = readJson(decoded.text, readObject);
    if (reading.ok) yield { kind: 'cable', file, line, cable: reading.cable };
    else {
      yield { kind: 'setAside', file, line, reason: reading.reason, start: startOf(decoded.text) };
    }
  }
}

/** A JSON document: a cable, or a list of them. */
export async function* readJsonDocument(
  content: Content,
  limits: Limits,
): AsyncGenerator<SourceItem> {
  const file = content.name;
  const decoded = decode(await collect(content.bytes, limits.wholeFile));
  if (!decoded.ok) {
    yield { kind: 'setAside', file, reason: decoded.reason };
    return;
  }
  let value: unknown;
  try {
    value = JSON.parse(decoded.text);
  } catch (error) {
    const reason = `not JSON: ${error instanceof Error ? error.message : String(error)}`;
    yield { kind: 'setAside', file, reason, start: startOf(decoded.text) };
    return;
  }
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

function readJson(line: string, read: (value: unknown) => Reading): Reading {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return {
      ok: false,
      reason: `not JSON: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  return read(value);
}
