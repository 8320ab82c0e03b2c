import pc from 'picocolors';
import type { Level } from '../cable/types.js';
import { displayText, wrapText } from '../quotes/display.js';
import type { QuotedSpan } from '../quotes/quote.js';
import { segmentsOf, withSigns } from '../quotes/segments.js';
import { cablesTold, type CableList } from '../library/cable-list.js';
import type { Answer, AnswerResult } from '../search/answer.js';
import { voiceTold } from '../search/voice.js';
import type { Output } from './command.js';
import { visible } from './visible.js';

type Paint = (text: string) => string;

/** Lines wider than this are hard to read, however wide the terminal is. */
const WIDEST = 100;

/** How a terminal, or what is no terminal, shows an answer. */
export interface Renderer {
  answer(answer: Answer): string;
  list(list: CableList): string;
  /** A quote's text, and its citation below. */
  quote(quote: QuotedSpan): string;
  dim(text: string): string;
  bold(text: string): string;
  level(level: Level | null, text: string): string;
}

/** Colours by classification level on a terminal that has them; plain text elsewhere. */
export function createRenderer(output: Output): Renderer {
  const inColour = output.terminal && pc.isColorSupported;
  const colours = pc.createColors(inColour);
  const byLevel: Readonly<Record<Level, Paint>> = {
    U: colours.green,
    SBU: colours.cyan,
    C: colours.blue,
    S: colours.red,
    TS: colours.yellow,
  };
  const level = (of: Level | null, text: string): string =>
    of === null ? text : byLevel[of](text);
  const fold = (text: string, indent: string): string => {
    const shown = visible(text);
    const lines = output.terminal
      ? wrapText(shown, Math.min(output.columns, WIDEST) - indent.length)
      : shown;
    return lines.replace(/^(?=.)/gm, indent);
  };

  const result = (each: AnswerResult): string => {
    const text = bolded(
      fold(displayText(withSigns(each.text, each.highlights)), '  '),
      colours.bold,
    );
    const citation = fold(`— ${each.citation}${inheritedNote(each)}`, '  ');
    const voice =
      each.voice === undefined ? '' : `${colours.dim(fold(voiceTold(each.voice), '  '))}\n`;
    const subject = each.subject === null ? '' : `${colours.dim(fold(each.subject, '  '))}\n`;
    // Where nothing can be bold, what answers is told below its paragraph.
    const answers = inColour
      ? []
      : each.highlights.map(([start, end]) => {
          return `${fold(`→ ${displayText(each.text.slice(start, end)).replace(/\n+/g, ' ')}`, '  ')}\n`;
        });
    return `${text}\n${answers.join('')}${level(each.level, citation)}\n${voice}${subject}`;
  };

  const readingOf = (reading: readonly string[]): string =>
    reading.map((each) => `${colours.dim(`(${visible(each)})`)}\n`).join('');

  return {
    answer(answer) {
      const read = readingOf(answer.reading);
      const shown = answer.shown
        .flatMap((i) => answer.results[i] ?? [])
        .map(result)
        .join('\n');
      if (!answer.abstained) return read === '' ? shown : `${read}\n${shown}`;
      const head = colours.bold(
        visible(answer.said ?? `No answer: ${answer.reason ?? 'nothing was found'}.`),
      );
      return shown === ''
        ? `${read}${head}\n`
        : `${read}${head}\nNearest paragraphs, which may not answer:\n\n${shown}`;
    },
    list(list) {
      const { reason, count, cables } = list;
      const read = readingOf(list.reading);
      if (count === 0) {
        return `${read}${colours.bold(visible(`No cables: ${reason ?? 'nothing was found'}.`))}\n`;
      }
      const all = cablesTold(list);
      const head = cables.length < count ? `${all}, ${cables.length} listed` : all;
      const lines = cables.map((each) => {
        const { cable, date, origin, subject } = each;
        const where = [date ?? 'no date', origin ?? 'no origin', subject ?? ''].join('  ').trim();
        const [first = '', ...more] = wrapText(
          visible(displayText(each.text)).replace(/\s+/g, ' '),
          WIDEST - 3,
        ).split('\n');
        const text = `  ${first}${more.length > 0 ? '…' : ''}`;
        return `${level(each.level, cable)}  ${visible(where)}\n${colours.dim(text)}\n`;
      });
      return `${read}${colours.bold(head)}\n\n${lines.join('')}`;
    },
    quote: (quote) =>
      `${visible(displayText(quote.text))}\n${level(quote.level, visible(`— ${quote.citation}`))}\n`,
    dim: (text) => colours.dim(visible(text)),
    bold: (text) => colours.bold(visible(text)),
    level: (of, text) => level(of, visible(text)),
  };
}

/** An inherited level is said to be the cable's, never shown as if a mark were printed. */
function inheritedNote({ inherited, level }: AnswerResult): string {
  return inherited && level !== null ? ` — the cable's level is ${level}` : '';
}

/** Strong segments made bold, line by line. */
function bolded(text: string, bold: Paint): string {
  return segmentsOf(text)
    .map(({ text: piece, strong }) =>
      strong ? piece.replace(/[^\n]+/g, (line) => (line.trim() === '' ? line : bold(line))) : piece,
    )
    .join('');
}
