import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_CEILING } from '../../src/cable/ceiling.js';
import { masked, namePlaces } from '../../src/cable/masks.js';
import { readCable } from '../../src/cable/read.js';
import type { Cable } from '../../src/cable/cable.js';
import { EmbeddedEngine } from '../../src/embedded/engine.js';
import { createLibrary, type Library, type LibraryView } from '../../src/library/library.js';
import { publicCables, readPublicCables, type PublicCable } from '../support/public-cables.js';
import { change, recordFor } from '../support/records.js';
import { createWordEmbedder } from '../support/word-embedder.js';

const embedder = createWordEmbedder();
/** Cables that ask for nothing, beside those that do. */
const OTHERS = 30;

const NEXT = new Map(
  ['aeiou', 'bcdfghjklmnpqrstvwxyz'].flatMap((letters) =>
    Array.from(letters, (letter, i) => [letter, letters[(i + 1) % letters.length] ?? ''] as const),
  ),
);

/** Another name of as many letters. */
function otherName(name: string): string {
  return name.replace(/\p{L}/gu, (letter) => {
    const next = NEXT.get(letter.toLowerCase()) ?? 'x';
    return letter === letter.toLowerCase() ? next : next.toUpperCase();
  });
}

/** The same text with others in the place of the names that are masked in it. */
function withOthers(text: string, names: readonly string[]): string {
  let out = '';
  let last = 0;
  for (const [from, to] of namePlaces(text, names)) {
    out += text.slice(last, from) + otherName(text.slice(from, to));
    last = to;
  }
  return out + text.slice(last);
}

/** A cable as it would be with others in the place of those whom it asks to protect, or null where they are not read so. */
function twinOf({ raw, cable }: PublicCable): Cable | null {
  const reading = readCable({ ...raw, body: withOthers(raw.body, cable.protectedNames) });
  if (!reading.ok) return null;
  const twin = reading.cable;
  const shown = (each: Cable): string =>
    JSON.stringify([masked(each.body, each.protectedNames).text, each.spans]);
  return shown(twin) === shown(cable) ? twin : null;
}

describe.skipIf(publicCables === null)('names that public cables ask to protect', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pilcrow-names-'));
  const opened: (() => Promise<void>)[] = [];
  let pairs: { readonly cable: Cable; readonly twin: Cable }[] = [];
  let own: LibraryView | null = null;
  let twins: LibraryView | null = null;
  let shown: LibraryView | null = null;

  async function libraryOf(name: string, cables: readonly Cable[]): Promise<Library> {
    const engine = new EmbeddedEngine(path.join(folder, name));
    await change(
      engine,
      (building) => building.put(cables.map(recordFor)),
      embedder,
      (passage) => embedder.embedPassage(passage.context, passage.sentences),
    );
    const generation = await engine.open(embedder);
    opened.push(() => generation.close());
    return createLibrary({ generation, embedder, reranker: null, clock: () => 0 });
  }

  beforeAll(async () => {
    const all = await readPublicCables();
    pairs = all.flatMap((each) => {
      if (each.cable.protectedNames.length === 0) return [];
      const twin = twinOf(each);
      return twin === null ? [] : [{ cable: each.cable, twin }];
    });
    const others = all
      .map(({ cable }) => cable)
      .filter(({ protectedNames }) => protectedNames.length === 0)
      .slice(0, OTHERS);
    const hiding = { ...NO_CEILING, masked: true as const };
    const library = await libraryOf('own', [...pairs.map(({ cable }) => cable), ...others]);
    own = await library.libraryFor(hiding);
    shown = await library.libraryFor();
    const changed = await libraryOf('twins', [...pairs.map(({ twin }) => twin), ...others]);
    twins = await changed.libraryFor(hiding);
  });
  afterAll(async () => {
    for (const close of opened) await close();
    rmSync(folder, { recursive: true });
  });

  /** All that a question and a search give. */
  async function given(view: LibraryView | null, name: string, sentence: string): Promise<string> {
    if (view === null) throw new Error('not opened');
    const all = [
      await view.ask(`What did ${name} say?`, { limit: 10 }),
      await view.ask(sentence, { limit: 10 }),
      await view.ask(`And ${name}?`, { limit: 5, history: [sentence] }),
      await view.ask(`What was said by “${name}”?`, { limit: 5 }),
      await view.ask(`Who met ${name.slice(0, -1)}x in Caracas?`, { limit: 5 }),
      await view.list(`All cables on ${name}`, { from: 0, limit: 20 }),
      await view.words(`"${name}"`, { filters: {}, from: 0, limit: 20 }),
      await view.words(name, { filters: {}, from: 0, limit: 20 }),
      await view.findQuote(sentence, 5),
      await view.explain(`What did ${name} say?`, {}),
      await view.complete(name, 20),
    ];
    return JSON.stringify(all);
  }

  it('make no difference to anything that is asked, found or searched where they are masked', async () => {
    expect(pairs.length).toBeGreaterThanOrEqual(18);
    for (const { cable, twin } of pairs) {
      const { body, spans, protectedNames: names } = cable;
      const [name = ''] = names;
      const paragraph = spans.find(
        ({ kind, start, end }) =>
          kind === 'paragraph' && namePlaces(body.slice(start, end), names).length > 0,
      );
      const text = body.slice(paragraph?.start, paragraph?.end).slice(0, 200).replace(/\s+/g, ' ');
      // A right guess, and a wrong one: over the cables as they are, and over those with the other name.
      for (const guess of [name, otherName(name)]) {
        const asked = guess === name ? text : withOthers(text, names);
        expect(await given(own, guess, asked), `${guess} of ${cable.id}`).toBe(
          await given(twins, guess, asked),
        );
      }
      expect(twin.id).toBe(cable.id);
    }
  });

  it('are found, searched and listed where they are shown', async () => {
    for (const { cable } of pairs) {
      const [name = ''] = cable.protectedNames;
      const words = await shown?.words(`"${name}"`, { filters: {}, from: 0, limit: 99 });
      expect(words?.page.map(({ cable: id }) => id)).toContain(cable.id);
      const answer = await shown?.ask(`What did ${name} say?`, { limit: 10 });
      expect(answer?.results.map(({ cable: id }) => id)).toContain(cable.id);
    }
  });
});
