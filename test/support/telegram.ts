/** A telegram in text with a head, as sample 07BEIJING1689 has it, for tests that need many. */
export function telegram(id: string, paragraphs: readonly string[], subject = 'A SUBJECT'): string {
  const post = id.slice(2).replace(/\d+$/, '');
  const number = /\d+$/.exec(id)?.[0] ?? '1';
  const body = paragraphs.map((text, index) => `¶${String(index + 1)}. (C) ${text}`).join('\n\n');
  return [
    id,
    subject,
    'Wed Mar 14 00:00:00 +0100 2007',
    'CONFIDENTIAL',
    `Embassy ${post.charAt(0)}${post.slice(1).toLowerCase()}`,
    'VZCZCXYZ0017',
    `FM AMEMBASSY ${post}`,
    `TO RUEHC/SECSTATE WASHDC PRIORITY 5610C O N F I D E N T I A L ${post} ${number.padStart(6, '0')}`,
    '',
    'E.O. 12958: DECL: 03/14/2017',
    'TAGS: PREL',
    `SUBJECT: ${subject}`,
    '',
    body,
    'RANDT',
    '',
  ].join('\n');
}
