import { rmSync } from 'node:fs';
import { PermissionFlagsBits } from 'discord.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cable } from '../../src/cable/cable.js';
import { displayText } from '../../src/quotes/display.js';
import { cite } from '../../src/quotes/citation.js';
import { SAMPLES } from '../support/files.js';
import { publicCables, readPublicCables } from '../support/public-cables.js';
import { setCeiling } from './panel.js';
import { plain, type Seen } from './person.js';
import { CEILINGS, lettersOf, nothingLeaves } from './secrets.js';
import { IN_DIRECT, IN_SERVER, quickIndexOf, runBotOver, type Running } from './running.js';

const MANAGER = { ...IN_SERVER, permissions: PermissionFlagsBits.ManageGuild };

describe.skipIf(publicCables === null)('over the 776 public cables', () => {
  let index: string;
  let cables: Cable[];
  let running: Running;
  beforeAll(async () => {
    index = await quickIndexOf([publicCables ?? '', SAMPLES]);
    cables = (await readPublicCables()).map(({ cable }) => cable);
    running = await runBotOver({ index }, { messageContent: true, rereads: false });
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
      while (page.labels.includes('Next')) {
        page = await person.pressed(page, 'Next');
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
    const others = await running.person().pressed(card, 'Next');
    expect(others.message.id).not.toBe(card.message.id);
    expect(others.isPrivate).toBe(true);
    const next = await person.pressed(card, 'Next');
    expect(next.message.id).toBe(card.message.id);
    expect(next.labels).toContain('Previous');
  });

  it('words are found over pages, forth and back', async () => {
    const person = running.person();
    const first = await person.slash('search', {
      words: '"foreign minister" energy',
      from: '2007',
    });
    expect(first.text).toContain('only cables since 2007');
    const second = await person.pressed(first, 'Next');
    expect(second.text).toContain('page 2 of');
    const again = await person.pressed(second, 'Previous');
    expect(again.text).toContain('page 1 of');
    for (const { text } of [first, second, again])
      expect(lettersOf(text).toLowerCase()).toContain('foreignminister');
    const long = await person.slash('search', { words: `government ${'and '.repeat(30)}` });
    expect(long.text).toContain('too long for a button');
  });

  it('cables are listed over pages, forth and back, and each is opened', async () => {
    const person = running.person();
    const first = await person.slash('ask', { question: 'all cables about energy, newest first' });
    expect(first.text).toContain('(the newest first)');
    const dates = (page: Seen): string[] =>
      [...page.text.matchAll(/^\S+ (\d{4}-\d\d-\d\d), /gm)].map(([, date = '']) => date);
    const before = dates(first);
    const text = first.text;
    expect(before).toHaveLength(10);
    const second = await person.pressed(first, 'Next');
    expect(second.message.id).toBe(first.message.id);
    const both = [...before, ...dates(second)];
    expect(both).toEqual(both.toSorted().toReversed());
    const again = await person.pressed(second, 'Previous');
    expect(again.text).toBe(text);
    const opened = await person.choose(again, /^(\S+) \d{4}-/m.exec(text)?.[1] ?? '');
    expect(opened.isPrivate).toBe(true);
    expect(lettersOf(opened.text).toLowerCase()).toContain('energy');
    const others = await running.person().pressed(first, 'Next');
    expect(others.isPrivate).toBe(true);
    const none = await person.slash('ask', { question: 'cables on flibbertigibbets' });
    expect(none.text).toContain('No cables: no cable mentions flibbertigibbets');
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
    await setCeiling(running.person(MANAGER), { mark: 'U' });
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
    const shown = [...found.text.matchAll(/^(\S+) ¶/gm)].map(([, id]) =>
      cables.find((each) => each.id === id),
    );
    for (const cable of shown) expect(cable?.classification).toMatch(/^UNCLASSIFIED$/);
    await setCeiling(running.person(MANAGER), {});
  });

  describe.each(CEILINGS)('under a ceiling of %s', (_, ceiling) => {
    it('nothing above it leaves, on any path', async () => {
      const classified = cables.filter(({ classification }) =>
        /SECRET|CONFIDENTIAL/.test(classification ?? ''),
      );
      const tried = classified.filter((__, i) => i % Math.ceil(classified.length / 3) === 0);
      await nothingLeaves(running, { ceiling, cables, tried, least: 100 });
    });
  });
});

/** The quotes of a page without their citations: each container's second text. */
function quotesOf({ message }: Seen): string {
  return (message.sent.components ?? [])
    .map(({ components }) => plain(components?.[1]?.content ?? ''))
    .join('');
}
