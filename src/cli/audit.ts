import { unreadIn, type Unread } from '../cable/audit.js';
import { readCable } from '../cable/read.js';
import type { FieldMap } from '../sources/field-map.js';
import { readItems } from '../sources/read.js';
import { placeTold } from '../sources/source.js';
import { json, type Context } from './command.js';
import { visible } from './visible.js';

/**
 * Prints what no field took of the heads of files' cables, a line each (contract), and how many there are of each
 * kind on standard error.
 */
export async function auditFiles(
  files: readonly string[],
  map: FieldMap | null,
  { output, someSetAside }: Context,
): Promise<void> {
  const counts: Record<Unread['kind'], number> = { line: 0, token: 0 };
  let cables = 0;
  let setAside = 0;
  for (const file of files) {
    for await (const item of readItems(file, { map })) {
      const reading = item.kind === 'cable' ? readCable(item.cable) : item;
      if (!('ok' in reading) || !reading.ok) {
        setAside++;
        output.err(visible(`set aside: ${placeTold(item)}: ${reading.reason}\n`));
        continue;
      }
      cables++;
      for (const { kind, text, at } of unreadIn(reading.cable, reading.preamble)) {
        counts[kind]++;
        output.out(json({ id: reading.cable.id, kind, text, at }));
      }
    }
  }
  const { line, token } = counts;
  output.err(
    `unread in the heads of ${cables} cables: ${line} lines, ${token} tokens of reference lines\n`,
  );
  if (setAside > 0) someSetAside();
}
