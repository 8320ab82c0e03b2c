import type { Checked, Graded } from '../../checking/check.js';
import { checkedText, gradesTold, gradeTold } from '../../checking/told.js';
import { escapeMarkdown, cutAtWord, small } from '../markdown.js';
import type { Look } from '../look.js';
import { container, text, type Rendered } from './components.js';
import { textLength } from './message-text.js';
import { citationOf, firstWords } from './quotes.js';

/** Characters of a quotation that are shown again, and of a line that says what differs. */
const TOLD = 240;
const LINE = 300;
/** Lines that say what differs. */
const LINES = 6;
/** Characters of a message that grades may take. */
const ROOM = 3400;

/** Grades, those first that are not exact; what has no room stands in a file. */
export function renderChecked(checked: Checked, look: Look): Rendered {
  const head = text(`**${escapeMarkdown(gradesTold(checked))}**`);
  const sorted = [...checked.quotations].sort(
    (a, b) => Number(a.grade === 'exact') - Number(b.grade === 'exact'),
  );
  const shown: ReturnType<typeof gradeComponent>[] = [];
  let room = ROOM;
  for (const graded of sorted) {
    const component = gradeComponent(graded, look);
    const length = textLength({ components: [component] });
    if (length > room || shown.length === MOST) continue;
    room -= length;
    shown.push(component);
  }
  const left = sorted.length - shown.length;
  if (left === 0) return { components: [head, ...shown] };
  return {
    components: [head, ...shown, text(small(`and ${left} more: all of them stand in the file`))],
    files: [{ name: 'check.txt', content: checkedText(checked) }],
  };
}

/** Quotations of a message, at most: each is two components. */
const MOST = 12;

function gradeComponent(graded: Graded, look: Look) {
  const { head, lines } = gradeTold(graded);
  const { nearest, found } = graded;
  const told = [
    `**${head}** “${escapeMarkdown(cutAtWord(graded.text.replace(/\s+/g, ' '), TOLD))}”`,
    ...lines.slice(0, LINES).map((line) => small(escapeMarkdown(cutAtWord(line, LINE)))),
    ...(nearest === undefined
      ? []
      : [
          small(`the nearest: ${escapeMarkdown(firstWords(nearest, TOLD))}`),
          small(citationOf(nearest, look)),
        ]),
  ].join('\n');
  return container(found?.level ?? nearest?.level ?? null, [text(told)]);
}
