import { firstClassificationLine } from './classification-lines.js';
import { ANY_CAPTION } from './fields/captions.js';
import { RULE } from './patterns.js';

/**
 * What stands above the fields by custom: the classification line, captions, for whom and from whom the cable is
 * (`STATE FOR SY/PRS`, `FOR: IPS/IBS`, `DEPT PASS USTR`, `FROM THE AMBASSADOR`), `SENSITIVE BUT UNCLASSIFIED`.
 */
export function isCustom(text: string): boolean {
  if (
    RULE.test(text) ||
    ANY_CAPTION.test(text.toUpperCase()) ||
    /^(?:UNCLAS|SENSITIVE)/i.test(text)
  )
    return true;
  if (PRESS_DATE.test(text) || COPY.test(text)) return true;
  if (MAY_BE_CLASSIFIED.test(text) && firstClassificationLine(text) !== null) return true;
  if (text.length > 75) return false;
  return OFFICE.test(text) || (ADDRESS.test(text) && !/\.["”)]?$/.test(text));
}

/** Offices in Washington, for whom a cable is passed on; the line may end with a full stop. */
const OFFICE =
  /^(?:DEPARTMENT|DEPT|STATE|NSC|TREASURY|WHITE HOUSE|OSD|DOD|USAID|ENERGY|[A-Z]{1,5}\/[A-Z/]{1,12}:?)\s(?:.{1,40}\s)?(?:FOR|PASS(?:ED)?)\b/;

/** Few lines are looked at for a classification. */
const MAY_BE_CLASSIFIED = /S ?E ?C ?R|C ?O ?N ?F|U ?N ?C ?L|LIMITED|S ?E ?R ?C/i;

/** What the press puts above a cable: `Friday, 27 August 2004, 08:08` (04RANGOON1100). */
const PRESS_DATE = /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{1,2} [A-Z][a-z]{2,8} \d{4}/;
/** `C O R R E C T E D COPY (MRN 729 VICE 716)` (74LAPAZ729), `SY CHANNEL`. */
const COPY = /^(?:C ?O ?R ?R ?E ?C ?T ?E ?D\s+C ?O ?P ?Y|[A-Z]{2,12} CHANNEL)\b/;

const ADDRESS =
  /^(?:(?:ALSO )?(?:FOR|FROM|PASS(?: TO)?|ATTN|ATTENTION|TO)\b\s*(?::\s*)?\S|[A-Z][\w/&,.()' -]{0,50}?\s(?:FOR|PASS(?:ED)?(?: TO)?|ALSO FOR|PLEASE PASS)\b)/i;
