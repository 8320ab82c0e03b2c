import { isStamp } from '../cable/stamps.js';
import { readHead } from './head.js';

/** Lines above a classification line that are looked at for its header. */
const LONGEST_HEAD = 120;

/** What a telegram's own lines above its classification line look like. */
const HEADER_LINE =
  /^(?:VZCZC.*|(?:[ZOPR]{2} )?RUEH.*|DE RUE.*|Z[NE][RYN] .*|(?:[ZOPR] ){1,3}\s*\d{6} ?Z [A-Z]{3} \d{2}.*|(?:FM|TO|INFO|ACTION|ORIGIN)\s.*|(?:(?:AM|US)?(?:EMBASSY|CONSUL|CONGEN|MISSION|INT)|SECSTATE|SECDEF|WHITE ?HOUSE|CIA|NSC|DIA|JCS|CJCS|JOINT STAFF|CDR|USCINC|DEPT OF|TREASURY|NATO|EUROPEAN|ALL)\b.*|RU?[A-Z0-9]{3,8}\/.*|XMT .*|BT|-{6}.*|[A-Z]{1,5}-\d{2}\b.*|\/\d{3} [WR].*|\d{1,3}|(?:DRAFTED|APPROVED) BY.*|Message Text|N{3,5}|E ?O ?\d+|#\d+|.*Declassified\/Released.*|PAGE \d\d.*|\d{2}[A-Z]{3,}\d+|UNCLASSIFIED|CONFIDENTIAL|SECRET|LIMITED OFFICIAL USE)$/;

/** Where the lines above a classification line begin that are its telegram's. */
export function headAbove(body: string, start: number, from: number): number {
  let at = start;
  let top = start;
  for (let count = 0; count < LONGEST_HEAD && at > from; count++) {
    const line = lineAbove(body, at);
    const text = line.text.replace(/\\$/, '').trim();
    if (text !== '' && !HEADER_LINE.test(text) && !isStamp(text)) break;
    at = line.start;
    if (text !== '') top = at;
  }
  // A head of five lines: id, subject, date, classification, origin.
  for (let lines = 0, above = top; lines < 8 && above > from; lines++) {
    above = lineAbove(body, above).start;
    if (above >= from && readHead(body.slice(above, above + 4000)) !== null) return above;
  }
  return Math.max(mailAbove(body, top), from);
}

function lineAbove(body: string, at: number): { start: number; text: string } {
  const start = at <= 0 ? 0 : body.lastIndexOf('\n', at - 2) + 1;
  return { start, text: body.slice(start, at) };
}

const MAIL_LINE =
  /^(?:From \S.*\d{4}$|(?:From|To|Cc|Subject|Date|Sent|Message-ID|Received|MIME-Version|Return-Path|Content-[\w-]+|X-[\w-]+): )/;

/** A mail's lines above its telegram, its headers and what its sender wrote. */
const MAIL_LINES = 60;

/** Where the mail that brings a telegram begins, or the telegram itself. */
function mailAbove(text: string, start: number): number {
  let first = start;
  let headers = 0;
  for (let at = start, line = 0; at > 0 && line < MAIL_LINES; line++) {
    const above = text.lastIndexOf('\n', at - 2) + 1;
    const words = text.slice(above, at).trim();
    if (MAIL_LINE.test(words)) {
      headers++;
      if (headers > 1 || words.startsWith('From ') || line < 3) first = above;
    } else if (/^(?:N{2,5}|BT)$/.test(words)) break;
    at = above;
  }
  return first;
}
