import { PermissionFlagsBits } from 'discord.js';
import { expect } from 'vitest';
import { showsCable, showsSpan, type Ceiling } from '../../src/cable/ceiling.js';
import type { Cable } from '../../src/cable/cable.js';
import { displayText } from '../../src/quotes/display.js';
import type { Person } from './person.js';
import { pageOf, setCeiling } from './panel.js';
import { pressAll } from './press-all.js';
import { IN_SERVER, type Running } from './running.js';

/** Letters and figures alone: how a text is folded, escaped or bold does not matter. */
export function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Every command about a cable, and every button and menu entry of what comes back, two presses deep. */
export async function tryEverything(
  person: Person,
  cable: Cable,
  alwaysShown: string,
): Promise<void> {
  const { id } = cable;
  const first = cable.spans.find(({ kind, number }) => kind === 'paragraph' && number !== null);
  const body = cable.body.slice(first?.start, first?.end).replace(/\s+/g, ' ');
  const words = (/\b[A-Z]{7,}(?: [A-Z]+){2}/i.exec(body.slice(30)) ?? ['government'])[0];
  await person.type('cable', 'id', id);
  await person.type('cable', 'id', (cable.subject ?? 'x').slice(0, 20));
  for (const typed of ['', '1', '2']) await person.type('quote', 'paragraphs', typed, { id });
  const replies = [
    await person.slash('ask', { question: `What does ${id} say?` }),
    await person.slash('ask', { question: broken(`${cable.subject ?? ''} ${words}`) }),
    await person.slash('cable', { id }),
    await person.slash('quote', { id, paragraphs: '1-9' }),
    await person.slash('quote', { id, paragraphs: 'summary', style: 'chicago' }),
    await person.slash('quote', { id, paragraphs: '1-3', style: 'bibtex' }),
    await person.slash('quote', { id, paragraphs: '1-3', style: 'csl-json' }),
    await person.slash('search', { words: `"${words}"` }),
    await person.slash('related', { id }),
    await person.slash('refs', { id }),
    await person.slash('dossier add', { id, paragraphs: '1-9' }),
    await person.slash('dossier export', { form: 'markdown' }),
    await person.onMessage('Find this quote', person.writes(body.slice(0, 1500))),
    await person.onMessage('Ask the cables about this', person.writes(broken(body.slice(0, 300)))),
    await person.onMessage('Quote what this cites', person.writes(`${id} ¶1-9, and ${id}`)),
    await person.says(`<@100000000000000000> ${words} ${id}`),
    await person.says(`<@100000000000000000> ${id} ¶1-9`),
    await person.says(`<@100000000000000000> ${id}`),
    await person.says(`Read [[${id}]], [[${id} ¶1-9]] and [[${alwaysShown}]].`),
  ];
  for (const reply of replies) await pressAll(person, reply, 2);
}

/** A paragraph that every ceiling shows: quoted with others, so that there is something to wait for. */
function alwaysShownOf(cables: readonly Cable[]): string {
  for (const { id, spans } of cables) {
    const span = spans.find(({ level, number, kind }) => {
      return kind === 'paragraph' && level === 'U' && number !== null;
    });
    if (span !== undefined) return `${id} ¶${String(span.number)}`;
  }
  throw new Error('no paragraph that is unclassified');
}

/** Words of a secret without being it: what somebody asks is shown to them again. */
function broken(text: string): string {
  return text
    .split(/\s+/)
    .filter((_, i) => i % 3 !== 1)
    .join(' ')
    .slice(0, 200);
}

interface Secret {
  readonly cable: string;
  readonly piece: string;
}

/** Letters of a piece that tells one text from all others. */
const PIECE = 40;

/** Pieces of what is above a ceiling, which stand in nothing that is under it. */
export function secretsOf(cables: readonly Cable[], ceiling: Ceiling): Secret[] {
  const shown: string[] = [];
  const hidden: Secret[] = [];
  const hide = (cable: Cable, text: string): void => {
    const letters = lettersOf(text);
    for (const at of [10, letters.length >> 1]) {
      const piece = letters.slice(at, at + PIECE);
      if (piece.length === PIECE) hidden.push({ cable: cable.id, piece });
    }
  };
  for (const cable of cables) {
    const whole = showsCable(ceiling, cable);
    const subject = lettersOf(cable.subject ?? '');
    if (whole) shown.push(subject);
    else if (subject.length >= 20) hidden.push({ cable: cable.id, piece: subject });
    for (const span of cable.spans) {
      const text = cable.body.slice(span.start, span.end);
      const isShown = showsSpan(ceiling, cable, span);
      if (isShown) shown.push(lettersOf(displayText(text)));
      // A mark says how secret something is, and is no secret itself.
      else if (span.kind === 'paragraph')
        hide(cable, displayText(text.replace(span.mark ?? '', '')));
    }
  }
  const all = shown.join('');
  return hidden.filter(({ piece }) => !all.includes(piece));
}

/** Ceilings under which everything is tried. */
export const CEILINGS = [
  ['U', { mark: 'U', classification: 'U', noforn: true }],
  ['SBU', { mark: 'SBU', classification: 'SBU', noforn: true }],
  ['C without NOFORN', { mark: 'C', classification: 'C', noforn: false }],
  ['S, of unclassified cables alone', { mark: 'S', classification: 'U', noforn: true }],
] as const;

/** Does everything with some cables under a ceiling; nothing that is above it may be sent. */
export async function nothingLeaves(
  running: Running,
  {
    ceiling,
    cables,
    tried,
    least,
  }: {
    readonly ceiling: Ceiling;
    readonly cables: readonly Cable[];
    readonly tried: readonly Cable[];
    /** Secrets that there must be, or the test is blind. */
    readonly least: number;
  },
): Promise<void> {
  const manager = running.person({ ...IN_SERVER, permissions: PermissionFlagsBits.ManageGuild });
  const panel = await pageOf(manager, 'How answers look');
  if (panel.labels.includes('Quote [[…]] in messages')) {
    await manager.press(panel, 'Quote [[…]] in messages');
  }
  await setCeiling(manager, ceiling);
  const alwaysShown = alwaysShownOf(cables);
  const { requests } = running.discord.rest;
  const from = requests.length;
  for (const cable of tried) await tryEverything(running.person(), cable, alwaysShown);
  const sent = lettersOf(
    JSON.stringify(requests.slice(from).map(({ body, files }) => [body, files])).replaceAll(
      '\\n',
      ' ',
    ),
  );
  const secrets = secretsOf(cables, ceiling);
  expect(secrets.length).toBeGreaterThan(least);
  expect(secrets.filter(({ piece }) => sent.includes(piece))).toEqual([]);
  expect(requests.length - from).toBeGreaterThan(tried.length * 10);
  await setCeiling(manager, {});
}
