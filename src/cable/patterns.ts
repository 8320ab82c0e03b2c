/**
 * Shapes of lines that recur in bodies, each with a cable that shows it. A shape that several rules
 * need stands here once.
 */

/** `DUBLIN 00001020  002 OF 003`, `MADRID 00000545 001.2 OF 003`: a page stamp of the transmission. */
export const PAGE_STAMP = /^[A-Z][A-Z .'-]{1,40} \d{8}\s+\d{3}(?:\.\d)?\s+OF\s+\d{3}$/i;

/** The same run in to a line: `financing BRASILIA 00000043 002 OF 004 activity` (08BRASILIA43). */
export const RUN_IN_STAMP = /(?<![A-Za-z])[A-Z]+ \d{8} {1,2}\d{3}(?:\.\d)? OF \d{3}(?!\d)/gi;

/** `PAGE 02 RUEHFRA0170 ...`, `C O N F I D E N T I A L SECTION 02 OF 03 BRASILIA 004227`. */
export const SECTION_STAMP =
  /^(?:PAGE \d{2}\s+[A-Z][A-Z ]{2,20}\s*\d{4,}.{0,50}|(?:C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|S ?E ?C ?R ?E ?T|UNCLAS(?:SIFIED)?)\s+SECTION\s+\d{2}\s+OF\s+\d{2}\b.{0,40})$/;

/** `SIPDIS` alone in a body, as in 08LONDON639 in the middle of ¶1. */
export const STRAY_SIPDIS = /^SIPDIS$/;

/** `-------`, `- - - - -`, `=====`, `*****`: a rule under or over a heading. */
export const RULE = /^(?=.*[-=_*~])[-=_*~.\s]{3,}$/;

/** `XXXXXXXXXXXX`, `xxxxx`, `[NAME REMOVED]`: nothing but a redaction. */
export const REDACTION = /^(?:(?:[xX]{4,}|\[[A-Z ]{1,40}REMOVED\])(?:[\s.,]+|$))+$/;

/** `-- text`, `- text`, `• text`, `B7 text`, `* text`, `o text`: an item of a list. */
export const BULLET = /^(?:-{1,3}\s{0,2}|[•·*]\s*|o\s+|B7\s+)(?=[^\s\-=*])/;

/** `A. text`, `(a) text`, `¶B. text`: a sub-paragraph. */
export const SUB_PARAGRAPH = /^¶?\(?(?:[A-Za-z]|[ivx]{1,4})[.)]\s/;

/** A line that is left out where a quote is displayed and where it is searched. */
export function isStamp(line: string): boolean {
  return PAGE_STAMP.test(line) || SECTION_STAMP.test(line) || STRAY_SIPDIS.test(line);
}
