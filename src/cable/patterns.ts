/**
 * Shapes of lines that recur in bodies, each with a cable that shows it. A shape that several rules
 * need stands here once.
 */

/** What the National Archives' attributes stand under: nothing behind it is the telegram's. */
export const ATTRIBUTES_LINE = /^[ \t]*Message Attributes[ \t]*\r?$/;

/** `-------`, `- - - - -`, `=====`, `*****`: a rule under or over a heading. */
export const RULE = /^(?=[-=_*~.\s]{3})[.\s]*[-=_*~][-=_*~.\s]*$/;

/** `XXXXXXXXXXXX`, `xxxxx`, `[NAME REMOVED]`: nothing but a redaction. */
const REDACTION = /^(?:(?:[xX]{4,}|\[[A-Z ]{1,40}REMOVED\])(?:[\s.,]+|$))+$/;

const LONGEST_REDACTION = 2000;

/** Whether a line is nothing but redactions; longer ones are none (and would exhaust the matcher). */
export function isRedaction(line: string): boolean {
  return line.length <= LONGEST_REDACTION && REDACTION.test(line);
}

/** `-- text`, `- text`, `• text`, `B7 text`, `* text`, `o text`: an item of a list. */
export const BULLET = /^(?:-{1,3}\s{0,2}|[•·*]\s*|o\s+|B7\s+)(?=[^\s\-=*])/;

/** `A. text`, `(a) text`, `¶B. text`: a sub-paragraph. */
export const SUB_PARAGRAPH = /^¶?\(?(?:[A-Za-z]|[ivx]{1,4})[.)]\s/;
