import { readClassificationLine } from './classification-line.js';
import type { TextRange } from './sentences.js';

/**
 * Lines that the transmission or an archive put into a text: they are left out, with a sign, where a quote is
 * displayed, and without one where it is searched. Each shape with a cable that shows it.
 */

/** `DUBLIN 00001020  002 OF 003`, `MADRID 00000545 001.2 OF 003`: a page stamp of the transmission. */
const PAGE_STAMP = /^[A-Z][A-Z .'-]{1,40} \d{8}\s+\d{3}(?:\.\d)?\s+OF\s+\d{3}$/i;

/** What is left of one where the post was run in to the line above (08TRIPOLI402). */
const HALF_STAMP = /^\d{3}(?:\.\d)?\s+OF\s+\d{3}$/;

/** The same run in to a line: `financing BRASILIA 00000043 002 OF 004 activity` (08BRASILIA43). */
const RUN_IN_STAMP = /(?<![A-Z])[A-Z]+ \d{8} {1,2}\d{3}(?:\.\d)? OF \d{3}(?!\d)/gi;

/** `PAGE 02 RUEHFRA0170 ...`, `PAGE 02  LA PAZ 00590  292141Z`: the head of a page. */
const PAGE_HEAD = /^PAGE \d{2}\s+[A-Z][A-Z ]{2,20}\s*\d{4,}.{0,50}$/;

/**
 * The classification line above a section: `C O N F I D E N T I A L SECTION 02 OF 03 BRASILIA 004227`, `LIMITED
 * OFFICIAL USE SECTION 2 OF 2 LA PAZ 7472`, `UNCLAS FINAL SECTION OF 2 LA PAZ 1`.
 */
function isSectionLine(line: string): boolean {
  if (line.length > LONGEST_SECTION_LINE || !COUNTED.test(line)) return false;
  return !/\p{Ll}/u.test(line) && (readClassificationLine(line)?.section ?? null) !== null;
}

const LONGEST_SECTION_LINE = 110;
/** A section is counted: `1 OF 2`, `01 ON 02`, `3 0F 3`, `FINAL`. */
const COUNTED = / [O0][FNR] ?\d| FINAL /;

/** Alone in a body, as in 08LONDON639 in the middle of ¶1. */
const STRAY_SIPDIS = 'SIPDIS';

/**
 * What an archive stamps on a page that it releases: the National Archives' line, the Department's line of a
 * release under FOIA with its `RELEASE IN PART` and the exemptions under it.
 */
const RELEASE_STAMP =
  /^(?:.{0,60}Declassified\/Released\s+(?:US|U\.S\.) Department of State\b.{0,120}|UNCLASSIFIED U\.S\. Department of State Case No\..{0,120}|(?:UNCLASSIFIED )?RELEASED? IN (?:PART|FULL)(?:\s.{0,60})?|[B1]\d?(?:\.\d)?(?:\([A-Z0-9]+\))*(?:\s?[,;]\s?[B1]\d?(?:\.\d)?(?:\([A-Z0-9]+\))*)+|B\d|1\.4\([A-Z]\))$/;

/** The end of a section's transmission (the end of the telegram is its trailer). */
const END_OF_TRANSMISSION = /^N{3,5}(?:[A-Z]{3}\d{4})?$/;

/**
 * The head of a page of the 1970s and 1990s, run in to a line: `CONFIDENTIAL PAGE 02  ROME 01196 01
 * OF 02 082030Z` (conformance vectors of ROME), `PAGE 02        STATE   015113  182333Z`.
 */
const RUN_IN_PAGE =
  /(?:\b(?:UNCLASSIFIED|CONFIDENTIAL|SECRET|LIMITED OFFICIAL USE)\s{0,40})?(?:\\n|\b)PAGE \d{2}\s{1,20}[A-Z]{2,20}(?: [A-Z]{2,20}){0,2}\s{1,10}\d{4,6}(?:\s{1,4}\d{2} OF \d{2})?\s{1,4}\d{6}Z/g;

/** The classification on a line of its own, as it stands above and below a page's head. */
export const RUNNING_CLASSIFICATION =
  /^(?:UNCLASSIFIED|CONFIDENTIAL|(?:TOP )?SECRET|LIMITED OFFICIAL USE)(?:\s+[A-Z]{3}\d{4})?$/;

const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

/** A line that is a stamp by itself. */
export function isStamp(line: string): boolean {
  // Most lines are none: the last sign and the first letter tell.
  const last = line.charCodeAt(line.length - 1);
  if (last >= DIGIT_0 && last <= DIGIT_9 && / OF /i.test(line)) {
    if (PAGE_STAMP.test(line) || HALF_STAMP.test(line)) return true;
  }
  switch (line.charAt(0)) {
    case 'P':
      return line.startsWith('PAGE ') && PAGE_HEAD.test(line);
    case 'C':
    case 'L':
    case 'T':
      return isSectionLine(line);
    case 'S':
      return line === STRAY_SIPDIS || isReleased(line) || isSectionLine(line);
    case 'U':
      return isSectionLine(line) || RELEASE_STAMP.test(line);
    case 'N':
      return END_OF_TRANSMISSION.test(line);
    case 'B':
    case 'R':
    case '1':
      return line.length < LONGEST_EXEMPTION && RELEASE_STAMP.test(line);
    default:
      return isReleased(line);
  }
}

const LONGEST_EXEMPTION = 90;

function isReleased(line: string): boolean {
  return line.includes('Declassified/Released') && RELEASE_STAMP.test(line);
}

/** Lines between a page's head and its classification, at most. */
const MARGIN = 12;

/**
 * Which of a text's lines are stamps: those that are by themselves, the running classification above or below a
 * page's head, and the header that a further section brings with it.
 */
export function stampsAmong(lines: readonly string[]): boolean[] {
  const stamps = lines.map(isStamp);
  for (const [index, line] of lines.entries()) {
    if (stamps[index] !== true) continue;
    if (isSectionLine(line)) markSectionHeader(lines, index, stamps);
    else if (!PAGE_HEAD.test(line) && !END_OF_TRANSMISSION.test(line)) continue;
    for (const step of [-1, 1]) {
      // `CONFIDENTIAL`, blank lines, `CONFIDENTIAL` above `PAGE 02 …` (90CAPETOWN97 ¶2).
      for (let at = index + step; Math.abs(at - index) <= MARGIN; at += step) {
        const beside = lines[at];
        if (beside === undefined) break;
        if (RUNNING_CLASSIFICATION.test(beside)) stamps[at] = true;
        else if (beside !== '' && stamps[at] !== true) break;
      }
    }
  }
  return stamps;
}

/** Lines of a section's header, at most: a circular of the 1970s names dozens of posts. */
const LONGEST_HEADER = 120;
const DATE_TIME_GROUP = /^(?:[ZOPR] ){1,3}\s*\d{6} ?Z [A-Z]{3} \d{2}\b/;
/**
 * What stands above the date-time group: the distribution (`ACTION ARA-15`, `INFO  OCT-01  ADS-00`, `/095 W`),
 * who drafted it, the line of the telegraph office, `VZCZC…`, `DE RUEHLP #7472`, `ZNR UUUUU ZZH`.
 */
const ABOVE_GROUP =
  /^(?:(?:ACTION|INFO|ORIGIN)\s+[A-Z]{1,5}-\d{2}\b.*|(?:[A-Z]{1,5}-\d{2}\s*)+(?:\/\d{3} [WR]?)?|\/\d{3} [WR]?|\d{1,3}|-{6}.*|(?:DRAFTED|APPROVED) BY\b.*|[A-Z/.& -]{1,30}[:;]\s?\S{1,40}|VZCZC\w+|(?:[ZOPR]{2} )?RUEH\w+|DE RUEH\w+ .*|Z[NE][RY] .*)$/;

/** Marks the header above a further section's classification line, from its page's head on. */
function markSectionHeader(lines: readonly string[], section: number, stamps: boolean[]): void {
  let group = section - 1;
  const from = Math.max(0, section - LONGEST_HEADER);
  while (group >= from && !DATE_TIME_GROUP.test(lines[group] ?? '')) group--;
  if (group < from) return;
  const header = lines.slice(group + 1, section);
  if (
    !header.some((line) => /^FM\s/.test(line)) ||
    header.some((line) => /^\s*\d{1,2}\./.test(line))
  )
    return;
  let first = group;
  while (first > from) {
    const above = lines[first - 1] ?? '';
    if (above !== '' && stamps[first - 1] !== true && !ABOVE_GROUP.test(above)) break;
    first--;
  }
  const last = lastRepeated(lines, section);
  for (let at = first; at <= last; at++) if (lines[at] !== '') stamps[at] = true;
}

/** Lines behind a section's classification line in which its fields stand again. */
const REPEATED = 20;
const FIELD = /^(?:E\.?\s?O\.?\s?1|TAGS?|SUBJ(?:ECT)?\b|REFS?\b)\s*[:.\d]/i;

/** The last line of the fields that a section repeats, with what stands between them; else its own line. */
function lastRepeated(lines: readonly string[], section: number): number {
  let last = section;
  for (let at = section + 1; at <= section + REPEATED && at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (/^¶?\d{1,2}\s?\./.test(line)) break;
    if (FIELD.test(line)) last = at;
    // A field goes on to the next blank line.
    else if (last === at - 1 && last > section && line !== '') last = at;
  }
  return last;
}

/** The stamps that are run in to a line, each replaced. */
export function replaceRunInStamps(text: string, replacement: string): string {
  return text.replace(RUN_IN_PAGE, replacement).replace(RUN_IN_STAMP, replacement);
}

/** The stamps that are run in to a line, by their ranges in a text. */
export function runInStamps(text: string): TextRange[] {
  return [RUN_IN_PAGE, RUN_IN_STAMP].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ index, 0: stamp }): TextRange => [
      index,
      index + stamp.length,
    ]),
  );
}
