/**
 * Shapes of lines that recur in bodies, each with a cable that shows it. A shape that several rules
 * need stands here once.
 */

/** `DUBLIN 00001020  002 OF 003`, `MADRID 00000545 001.2 OF 003`: a page stamp of the transmission. */
export const PAGE_STAMP = /^[A-Z][A-Z .'-]{1,40} \d{8}\s+\d{3}(?:\.\d)?\s+OF\s+\d{3}$/i;

/** The same run in to a line: `financing BRASILIA 00000043 002 OF 004 activity` (08BRASILIA43). */
const RUN_IN_STAMP = /(?<![A-Z])[A-Z]+ \d{8} {1,2}\d{3}(?:\.\d)? OF \d{3}(?!\d)/gi;

/** `PAGE 02 RUEHFRA0170 ...`, `C O N F I D E N T I A L SECTION 02 OF 03 BRASILIA 004227`. */
export const SECTION_STAMP =
  /^(?:PAGE \d{2}\s+[A-Z][A-Z ]{2,20}\s*\d{4,}.{0,50}|(?:C ?O ?N ?F ?I ?D ?E ?N ?T ?I ?A ?L|S ?E ?C ?R ?E ?T|UNCLAS(?:SIFIED)?)\s+SECTION\s+\d{2}\s+OF\s+\d{2}\b.{0,40})$/;

/** `SIPDIS` alone in a body, as in 08LONDON639 in the middle of ¶1. */
export const STRAY_SIPDIS = /^SIPDIS$/;

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

/**
 * The head of a page of the 1970s and 1990s, run in to a line: `CONFIDENTIAL PAGE 02  ROME 01196 01
 * OF 02 082030Z` (conformance vectors of ROME), `PAGE 02        STATE   015113  182333Z`.
 */
const RUN_IN_PAGE =
  /(?:\b(?:UNCLASSIFIED|CONFIDENTIAL|SECRET|LIMITED OFFICIAL USE)\s{0,40})?(?:\\n|\b)PAGE \d{2}\s{1,20}[A-Z]{2,20}(?: [A-Z]{2,20}){0,2}\s{1,10}\d{4,6}(?:\s{1,4}\d{2} OF \d{2})?\s{1,4}\d{6}Z/g;

/** The classification on a line of its own, as it stands above and below a page's head. */
export const RUNNING_CLASSIFICATION = /^(?:UNCLASSIFIED|CONFIDENTIAL|SECRET|LIMITED OFFICIAL USE)$/;

const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

/** A line that is left out where a quote is displayed and where it is searched. */
export function isStamp(line: string): boolean {
  // Most lines are none: the last sign and the first letter tell.
  const last = line.charCodeAt(line.length - 1);
  if (last >= DIGIT_0 && last <= DIGIT_9 && PAGE_STAMP.test(line)) return true;
  return 'PCSU'.includes(line.charAt(0)) && (SECTION_STAMP.test(line) || STRAY_SIPDIS.test(line));
}

/** Lines between a page's head and its classification, at most. */
const MARGIN = 12;

/**
 * Which of a text's lines are stamps: those that are by themselves, and the running classification
 * above or below a page's head.
 */
export function stampsAmong(lines: readonly string[]): boolean[] {
  const stamps = lines.map(isStamp);
  for (const [index, line] of lines.entries()) {
    if (!SECTION_STAMP.test(line)) continue;
    for (const step of [-1, 1]) {
      // `CONFIDENTIAL`, blank lines, `CONFIDENTIAL` above `PAGE 02 …` (90CAPETOWN97 ¶2).
      for (let at = index + step; Math.abs(at - index) <= MARGIN; at += step) {
        const beside = lines[at];
        if (beside === undefined || (beside !== '' && !RUNNING_CLASSIFICATION.test(beside))) break;
        if (beside !== '') stamps[at] = true;
      }
    }
  }
  return stamps;
}

/** The stamps that are run in to a line, each replaced. */
export function replaceRunInStamps(text: string, replacement: string): string {
  return text.replace(RUN_IN_PAGE, replacement).replace(RUN_IN_STAMP, replacement);
}
