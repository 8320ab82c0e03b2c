import { displayText } from '../quotes/display.js';
import type { Checked, FoundPlace, Grade, Graded } from './check.js';
import type { Difference } from './differences.js';

/** A grade in words: what it is, and what stands under it. */
export interface GradeTold {
  readonly head: string;
  readonly lines: readonly string[];
}

/** `12 quotations: 9 exact, 2 altered, 1 not found`. */
export function gradesTold({ quotations }: Checked): string {
  if (quotations.length === 0) return 'no quotation of three words or more is in it';
  const counts = (Object.keys(HEADS) as Grade[]).flatMap((grade) => {
    const count = quotations.filter((each) => each.grade === grade).length;
    return count === 0 ? [] : [`${count} ${HEADS[grade]}`];
  });
  return `${quotations.length} quotation${quotations.length === 1 ? '' : 's'}: ${counts.join(', ')}`;
}

const HEADS: Readonly<Record<Grade, string>> = {
  exact: 'exact',
  altered: 'altered',
  misattributed: 'misattributed',
  'not-found': 'not found',
};

/** What is to be said of a quotation. */
export function gradeTold(graded: Graded): GradeTold {
  const { grade, found, claimed, differences = [], others = [] } = graded;
  const lines: string[] = [];
  if (graded.unmarked) lines.push('it stands there without quotation marks');
  if (graded.typographic)
    lines.push('word for word; case, line breaks, stops, marks or what it leaves out differ');
  if (graded.inserted) {
    lines.push(`put in by whoever quotes, and no cable’s: ${graded.inserted.join(' ')}`);
  }
  if (graded.masked) lines.push('a name in it is masked here, and was not compared');
  if (claimed !== undefined && found !== undefined && grade !== 'exact') {
    const { cable, paragraph } = claimed;
    const where = `${cable}${paragraph === undefined ? '' : ` ¶${paragraph}`}`;
    if (grade === 'misattributed' || cable !== found.cable)
      lines.push(`it is said to be of ${where}`);
  }
  lines.push(...differences.map(differenceTold));
  if (others.length > 0) lines.push(`it is put together of ${others.length + 1} places:`);
  lines.push(...[...(found === undefined ? [] : [found]), ...others].map(placeTold));
  if (grade === 'not-found') {
    lines.push(
      claimed === undefined
        ? 'no cable that is held has these words'
        : `neither ${claimed.cable} nor another cable that is held has these words`,
    );
  }
  return { head: HEADS[grade], lines };
}

/** `number: “45” for “40”`. */
export function differenceTold({ kind, theirs, ours }: Difference): string {
  if (ours === '' && theirs === '') return 'words of two places are joined, and nothing says so';
  if (ours === '') return `${kind}: “${theirs}” is added`;
  if (theirs === '') return `${kind}: “${ours}” is left out`;
  return `${kind}: “${theirs}” stands for “${ours}”`;
}

function placeTold({ citation }: FoundPlace): string {
  return `— ${citation}`;
}

/** All grades as text. */
export function checkedText(
  checked: Checked,
  bold: (text: string) => string = (text) => text,
): string {
  const each = checked.quotations.map((graded) => {
    const { head, lines } = gradeTold(graded);
    return [
      `${bold(head)}: “${shortened(graded.text)}”`,
      ...lines.map((line) => `  ${line}`),
      ...nearestTold(graded),
    ].join('\n');
  });
  return `${gradesTold(checked)}\n${each.map((text) => `\n${text}\n`).join('')}`;
}

function nearestTold({ nearest }: Graded): string[] {
  if (nearest === undefined) return [];
  return [`  nearest: ${shortened(displayText(nearest.text))}`, `  — ${nearest.citation}`];
}

/** Characters of a quotation that are told. */
const TOLD = 200;

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= TOLD ? line : `${line.slice(0, TOLD).replace(/\s+\S*$/, '')} […]`;
}
