import { rmSync } from 'node:fs';
import { PermissionFlagsBits } from 'discord.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { showsCable, showsSpan, type Ceiling } from '../../src/cable/ceiling.js';
import type { Cable } from '../../src/cable/cable.js';
import { displayText } from '../../src/quotes/display.js';
import { cite } from '../../src/quotes/citation.js';
import { SAMPLES } from '../support/files.js';
import { publicCables, readPublicCables } from '../support/public-cables.js';
import { plain, type Person, type Seen } from './person.js';
import { pressAll } from './press-all.js';
import { IN_DIRECT, IN_SERVER, quickIndexOf, runBotOver, type Running } from './running.js';

const MANAGER = { ...IN_SERVER, permissions: PermissionFlagsBits.ManageGuild };

/** Letters and figures alone: how a text is folded, escaped or bold does not matter. */
function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '');
}

describe.skipIf(publicCables === null)('over the 776 public cables', () => {
  let index: string;
  let cables: Cable[];
  let running: Running;
  beforeAll(async () => {
    index = await quickIndexOf([publicCables ?? '', SAMPLES]);
    cables = (await readPublicCables()).map(({ cable }) => cable);
    running = await runBotOver({ index });
  });
  afterAll(async () => {
    await running.stop();
    rmSync(index, { recursive: true, force: true });
    expect(running.discord.violations.found).toEqual([]);
  });

  it('every kind of paragraph is quoted exactly, over as many pages as it needs', async () => {
    const person = running.person();
    const paragraphs = cables.flatMap((cable) =>
      cable.spans
        .filter(({ kind, number }) => kind === 'paragraph' && number !== null)
        .map((span) => ({ cable, span })),
    );
    const longest = paragraphs.toSorted(
      (a, b) => b.span.end - b.span.start - (a.span.end - a.span.start),
    );
    const some = [...longest.slice(0, 10), ...paragraphs.filter((_, i) => i % 400 === 0)];
    for (const { cable, span } of some) {
      let page = await person.slash('quote', { id: cable.id, paragraphs: String(span.number) });
      const shown: string[] = [quotesOf(page)];
      expect(page.text).toContain(cite(cable, span));
      while (page.labels.includes('▶')) {
        page = await person.pressed(page, '▶');
        shown.push(quotesOf(page));
      }
      const same = cable.spans.filter(({ number }) => number === span.number);
      const wanted = same.map(({ start, end }) => displayText(cable.body.slice(start, end)));
      expect(lettersOf(shown.join('')), `${cable.id} ¶${String(span.number)}`).toBe(
        lettersOf(wanted.join('')),
      );
    }
  });

  it('a card has pages, which turn in place for whoever asked and as a copy for others', async () => {
    const long = cables.toSorted((a, b) => b.spans.length - a.spans.length)[0];
    const person = running.person();
    const card = await person.slash('cable', { id: long?.id ?? '' });
    const others = await running.person().pressed(card, '▶');
    expect(others.message.id).not.toBe(card.message.id);
    expect(others.isPrivate).toBe(true);
    const next = await person.pressed(card, '▶');
    expect(next.message.id).toBe(card.message.id);
    expect(next.labels).toContain('◀');
  });

  it('words are found over pages, forth and back', async () => {
    const person = running.person();
    const first = await person.slash('search', {
      words: '"foreign minister" energy',
      from: '2007',
    });
    expect(first.text).toContain('only cables since 2007');
    const second = await person.pressed(first, '▶');
    expect(second.text).toContain('page 2 of');
    const again = await person.pressed(second, '◀');
    expect(again.text).toContain('page 1 of');
    for (const { text } of [first, second, again])
      expect(lettersOf(text).toLowerCase()).toContain('foreignminister');
    const long = await person.slash('search', { words: `government ${'and '.repeat(30)}` });
    expect(long.text).toContain('too long for a button');
  });

  it('every public cable’s card, file and references are within Discord’s limits', async () => {
    const person = running.person(IN_DIRECT);
    for (const { id } of cables.filter((_, i) => i % 16 === 0)) {
      const card = await person.slash('cable', { id });
      expect(card.text).toContain(id);
      await person.pressed(card, 'Whole cable as .txt');
      await person.pressed(card, 'References');
    }
  });

  it('questions are answered, or told why not, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }),
        async (question) => {
          const reply = await running.person().slash('ask', { question });
          expect(reply.text.length).toBeGreaterThan(10);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('a phrase, a name and a TAG above a ceiling are as if they were not there', async () => {
    await running.person(MANAGER).slash('settings ceiling', { mark: 'U' });
    const secret = cables.flatMap(({ body, spans }) =>
      spans
        .filter(({ level, kind }) => level === 'S' && kind === 'paragraph')
        .map(({ start, end }) => ({ text: body.slice(start, end) })),
    );
    const phrase = secret
      .flatMap(
        ({ text }) => /[a-z]+(?: [a-z]+){5}/.exec(text.slice(60).replace(/\s+/g, ' '))?.[0] ?? [],
      )
      .at(0);
    if (phrase === undefined) throw new Error('no phrase');
    const held = await running.person().slash('ask', { question: `who said "${phrase}"` });
    const made = await running
      .person()
      .slash('ask', { question: 'who said "zeppelins over nowhere sang"' });
    expect(held.text.replace(phrase, '').replace(/“.*”/, '')).toBe(
      made.text.replace('zeppelins over nowhere sang', '').replace(/“.*”/, ''),
    );
    expect(held.text).toContain('no paragraph holds the words');
    const found = await running.person().slash('search', { words: 'the', tag: 'PTER' });
    const shown = [...found.text.matchAll(/— (\S+) ¶/g)].map(([, id]) =>
      cables.find((each) => each.id === id),
    );
    for (const cable of shown) expect(cable?.classification).toMatch(/^UNCLASSIFIED$/);
    await running.person(MANAGER).slash('settings ceiling', { mark: 'TS' });
  });

  describe.each([
    ['U', { mark: 'U', classification: 'U', noforn: true }],
    ['SBU', { mark: 'SBU', classification: 'SBU', noforn: true }],
    ['C without NOFORN', { mark: 'C', classification: 'C', noforn: false }],
    ['S, of unclassified cables alone', { mark: 'S', classification: 'U', noforn: true }],
  ] as const)('under a ceiling of %s', (_, ceiling) => {
    it('nothing above it leaves, on any path', async () => {
      await running.person(MANAGER).slash('settings ceiling', { ...ceiling });
      const { requests } = running.discord.rest;
      const from = requests.length;
      const classified = cables.filter(({ classification }) =>
        /SECRET|CONFIDENTIAL/.test(classification ?? ''),
      );
      const tried = classified.filter((__, i) => i % Math.ceil(classified.length / 3) === 0);
      for (const cable of tried) await tryEverything(running.person(), cable);
      const sent = lettersOf(
        JSON.stringify(requests.slice(from).map(({ body, files }) => [body, files])).replaceAll(
          '\\n',
          ' ',
        ),
      );
      const secrets = secretsOf(cables, ceiling);
      expect(secrets.length).toBeGreaterThan(100);
      expect(secrets.filter(({ piece }) => sent.includes(piece))).toEqual([]);
      expect(requests.length - from).toBeGreaterThan(tried.length * 10);
      await running.person(MANAGER).slash('settings ceiling', { mark: 'TS' });
    });
  });
});

/** The quotes of a page without their citations: each container's first text. */
function quotesOf({ message }: Seen): string {
  return (message.sent.components ?? [])
    .map(({ components }) => plain(components?.[0]?.content ?? ''))
    .join('');
}

/** Every command about a cable, and every button and menu entry of what comes back, two presses deep. */
async function tryEverything(person: Person, cable: Cable): Promise<void> {
  const { id } = cable;
  const first = cable.spans.find(({ kind, number }) => kind === 'paragraph' && number !== null);
  const body = cable.body.slice(first?.start, first?.end).replace(/\s+/g, ' ');
  const words = (/\b[A-Z]{7,}(?: [A-Z]+){2}/i.exec(body.slice(30)) ?? ['government'])[0];
  await person.type('cable', 'id', id);
  await person.type('cable', 'id', (cable.subject ?? 'x').slice(0, 20));
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
    await person.onMessage('Find this quote', person.writes(body.slice(0, 1500))),
    await person.onMessage('Ask the cables about this', person.writes(broken(body.slice(0, 300)))),
    await person.says(`<@100000000000000000> ${words} ${id}`),
  ];
  for (const reply of replies) await pressAll(person, reply, 2);
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
function secretsOf(cables: readonly Cable[], ceiling: Ceiling): Secret[] {
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
