import { trimmedLine } from '../lines.js';
import { replaceRunInStamps } from '../stamps.js';

/** Who a cable was sent to. */
export interface Recipient {
  /** The routing indicator before the slash: `RUEHC`. */
  readonly route: string | null;
  readonly name: string;
  /** `IMMEDIATE`, `NIACT IMMEDIATE`, as printed behind the name. */
  readonly precedence: string | null;
  /** The message continuity number: how many the sender has sent this addressee. */
  readonly mcn: string | null;
  /** Posts left out of a collective address, behind `XMT`. */
  readonly excluded: readonly string[];
}

/** The addressees of a header, those who are to act and those who are to know. */
export interface Addressees {
  readonly recipients: Recipient[];
  readonly infoRecipients: Recipient[];
}

/** A row of the dump that is run in to a header, up to the header that it brings (06GENEVA1673). */
const DUMP_ROW = /\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2})?\t[^\r\n]*/g;

/** A recipient while its list is read. */
type Address = Recipient & { readonly excluded: string[] };

const ADDRESS =
  /^(?:([A-Z0-9]{4,8}) ?\/)? ?(\S(?:.*?\S)??)(?: ((?:NIACT )?(?:IMMEDIATE|FLASH)|PRIORITY|ROUTINE))?(?: (\d{1,7}))?(?: ((?:NIACT )?(?:IMMEDIATE|FLASH)|PRIORITY|ROUTINE))?$/;
/** `BT` ends the header; `DRAFTED BY:` is the office's own (09STATE63860). */
const END =
  /^(?:BT|#\d+|(?:[ZOPR] ){1,3}\d{6} ?Z\b.*|(?:SOURCE|DRAFTED BY|APPROVED BY|ORIGIN)\b.*|UNCLAS\b.*|C O N F I D E N T I A L.*|S E C R E T.*|CONFIDENTIAL.*|SECRET .*)$/;

/**
 * Reads the lines behind TO and INFO: `TO RUEHC/SECSTATE WASHDC IMMEDIATE 3355`, further addressees
 * on a line each, `XMT` before those who are left out of a collective.
 */
export function readAddressees(header: string): Addressees {
  const recipients: Address[] = [];
  const infoRecipients: Address[] = [];
  let list: Address[] | null = null;
  let excluding = false;
  // What stands above the origin is the distribution in the Department: `INFO  OCT-01  ISO-00` (74LAPAZ5124).
  const from = /^[ \t]*(?:[ZOPR][ \t]+){1,3}\d{6}[ \t]?Z\b/m.exec(header)?.index ?? 0;
  const paged = /\bPAGE\b| OF /.test(header);
  const sent = header.slice(from);
  const lines = sent.includes('\t') ? sent.replace(DUMP_ROW, '') : sent;
  for (const raw of lines.split(/\r\n|\n|\r/)) {
    let line = trimmedLine(paged ? replaceRunInStamps(raw, ' ') : raw).replace(/\s+/g, ' ');
    const section = /^(TO|INFO|FM|ZEN)(?=\s|$)\s*/.exec(line);
    if (section !== null) {
      line = line.slice(section[0].length);
      list = section[1] === 'TO' ? recipients : section[1] === 'INFO' ? infoRecipients : null;
      excluding = false;
    } else if (END.test(line)) list = null;
    if (list === null || line === '') continue;
    const [address = '', ...left] = line.split(/\bXMT\b\s*\/?\s*/);
    const last = list.at(-1);
    if (address !== '') {
      const routed = /^[A-Z0-9]{4,8}\s?\//.test(address);
      if (excluding && !routed && last !== undefined) exclude(list, [address]);
      else {
        const recipient = readAddress(address);
        if (recipient !== null) list.push(recipient);
        excluding = false;
      }
    }
    if (left.length > 0) {
      excluding = true;
      exclude(list, left);
    }
  }
  if (!header.includes('\t')) return { recipients, infoRecipients };
  return { recipients: each(recipients), infoRecipients: each(infoRecipients) };
}

/** Each once: a header may stand twice in a dump. */
function each(list: readonly Address[]): Address[] {
  const keys = new Map(list.map((address) => [JSON.stringify(address), address]));
  return [...keys.values()];
}

function exclude(list: readonly Address[], names: readonly string[]): void {
  const more = names.flatMap((name) => name.split(',')).map((name) => name.trim());
  for (const name of more) if (name !== '') list.at(-1)?.excluded.push(name);
}

function readAddress(line: string): Address | null {
  const match = ADDRESS.exec(line.trim().replace(/\s+/g, ' '));
  const name = match?.[2]?.replace(/[,;]+$/, '').trim();
  if (!name || !/[A-Z]{2}/i.test(name)) return null;
  return {
    route: match?.[1] ?? null,
    name,
    precedence: match?.[3] ?? match?.[5] ?? null,
    mcn: match?.[4] ?? null,
    excluded: [],
  };
}
