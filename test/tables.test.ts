import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { FilterRow, PassageFilter } from '../src/search/filter-table.js';
import type { CitationStyle } from '../src/quotes/style-table.js';
import type { SourceForm } from '../src/sources/forms.js';
import { vectorOf } from './contracts/vector-index.js';
import { temporaryFolder } from './support/files.js';

/*
 * One row is added to each table, before anything else reads it, and nothing else is changed: what users
 * see of it is there. All modules are loaded behind that, by the tests themselves.
 */
beforeAll(async () => {
  // First, since nearly everything reads cables.
  const { STORED_FIELDS } = await import('../src/cable/field-table.js');
  Object.assign(STORED_FIELDS, {
    drafter: {
      schema: z.string().nullable(),
      read: ({ signed }: { signed: string | null }) => signed?.toLowerCase() ?? null,
      shown: {
        label: 'Drafted by',
        on: ['terminal', 'card'],
        entries: (value: string | null) => (value === null ? [] : [value]),
      },
    },
  });
  const { FILTERS } = await import('../src/search/filter-table.js');
  const signed: FilterRow = {
    options: [
      {
        name: 'signed',
        value: 'name',
        help: 'only cables that somebody signed',
        inDiscord: { description: 'Only cables that somebody signed', longest: 12 },
      },
    ],
    read: ([name = '']) => ({
      filter: { signed: name.toUpperCase() } as PassageFilter, // in src it stands in the interface too
      told: `cables signed by ${name.toUpperCase()}`,
    }),
    conditions: (filter) =>
      'signed' in filter
        ? [{ field: 'stored', name: 'signature', among: [String(filter.signed)] }]
        : [],
    stated: {
      turn: 9,
      read(question) {
        const [found, name = ''] = /,? signed by (\p{Lu}\p{L}+)/u.exec(question) ?? [];
        if (found === undefined) return null;
        return { filters: { signed: name }, rest: question.replace(found, '') };
      },
    },
  };
  (FILTERS as unknown as FilterRow[]).push(signed);
  const { CITATION_STYLES } = await import('../src/quotes/style-table.js');
  const ris: CitationStyle = {
    name: 'slip-ris',
    text: ({ cable, mark, classification }) =>
      `TY  - RPRT\nID  - ${cable}\nN1  - ${mark ?? ''} ${classification ?? ''}\nER  -`,
    isProse: false,
    file: { ending: 'slip', join: (texts) => texts.join('\n') },
  };
  (CITATION_STYLES as unknown as CitationStyle[]).push(ris);
  const { SOURCE_FORMS } = await import('../src/sources/forms.js');
  const slips: SourceForm = {
    name: 'slips',
    how: '`%SLIP`',
    told: ({ text }) => (text.startsWith('%SLIP') ? 'surely' : 'no'),
    async *read({ name: file }) {
      const cable = { id: '07MADRID1', header: '', body: '1. (U) A slip.\n', head: {} };
      yield await Promise.resolve({ kind: 'cable' as const, file, cable });
    },
  };
  (SOURCE_FORMS as SourceForm[]).push(slips);
});

describe('one row is all that it takes to add', () => {
  it('a filter: its option in the terminal and on Discord, its words in a question, what it narrows', async () => {
    const { filtersSchema, filtersInWords, readFilters, conditionsOf } =
      await import('../src/search/filters.js');
    const { addFilters } = await import('../src/cli/options.js');
    const { filterOptions } = await import('../src/discord/commands/options.js');
    const { COMMANDS } = await import('../src/discord/registry.js');
    const command = addFilters(new Command('ask'));
    command.parse(['--signed', 'Randt'], { from: 'user' });
    expect(command.opts()).toMatchObject({ signed: 'Randt' });
    expect(filterOptions.map(({ name }) => name)).toContain('signed');
    expect(JSON.stringify(COMMANDS.map(({ data }) => data))).toContain('that somebody signed');
    const stated = filtersInWords('Who met whom, signed by Randt?');
    expect(stated).toMatchObject({ filters: { signed: 'Randt' }, rest: 'Who met whom?' });
    expect(filtersSchema.safeParse({ signed: 'Randt' }).success).toBe(true);
    const vocabulary = { posts: () => [], idsOfAnyYear: () => [] };
    const { filter, told } = readFilters(stated.filters, vocabulary);
    expect(told).toEqual(['cables signed by RANDT']);
    // It narrows, in whatever engine: a stored field needs no column.
    const { cableOf, change, MODEL, recordFor } = await import('./support/records.js');
    const { EmbeddedEngine } = await import('../src/embedded/engine.js');
    const engine = new EmbeddedEngine(path.join(temporaryFolder(), 'index'));
    const cables = ['07MADRID1', '07MADRID2'].map((id) => cableOf(id, ['The wedding.']));
    await change(engine, (building) => building.put(cables.map(recordFor)));
    const generation = await engine.open(MODEL);
    const corpus = await generation.corpus();
    const count = async (given: PassageFilter): Promise<number> =>
      (await corpus.nearest(vectorOf(1), { where: conditionsOf(given), limit: 9 })).searched;
    expect(await count(filter)).toBe(2);
    expect(await count(readFilters({ signed: 'Moon' } as object, vocabulary).filter)).toBe(0);
    await generation.close();
  });

  it('a filter that a follow-up carries', async () => {
    const { ACTIONS } = await import('../src/discord/actions.js');
    const { fieldsIn, idOf } = await import('../src/discord/custom-id.js');
    const filters = { signed: 'Randt', origin: 'Madrid' };
    expect(fieldsIn(ACTIONS.follow, idOf(ACTIONS.follow, filters))).toEqual(filters);
  });

  it('a citation style: its name in both places, and its file', async () => {
    const { STYLE_NAMES, styleOf } = await import('../src/quotes/styles.js');
    const { quote } = await import('../src/discord/commands/quote.js');
    const { renderQuotePages } = await import('../src/discord/render/quote-pages.js');
    const { quotedSpan } = await import('../src/quotes/quote.js');
    const { cableOf } = await import('./support/records.js');
    const name = STYLE_NAMES.at(-1) ?? 'plain';
    expect(name).toBe('slip-ris');
    expect(JSON.stringify(quote.data)).toContain('"slip-ris"');
    const cable = cableOf('07MADRID545', ['The wedding was grand.']);
    const ordinal = cable.spans.findIndex(({ kind }) => kind === 'paragraph');
    const span = cable.spans[ordinal];
    if (span === undefined) throw new Error('no paragraph');
    const quoted = quotedSpan(cable, ordinal, span);
    expect(styleOf(name).text(quoted)).toContain('N1  - (C) CONFIDENTIAL');
    const { files } = renderQuotePages([quoted], {
      ...{ page: 0, style: name, turnTo: String },
      look: { whole: false, id: String },
    });
    expect(files).toMatchObject([{ name: '07MADRID545.slip' }]);
  });

  it('a source form: files of it are read', async () => {
    const { readItems } = await import('../src/sources/read.js');
    const file = path.join(temporaryFolder(), 'a.slip');
    writeFileSync(file, '%SLIP 1\nwhatever');
    const items = [];
    for await (const item of readItems(file)) items.push(item);
    expect(items).toMatchObject([{ kind: 'cable', cable: { id: '07MADRID1' } }]);
  });

  it('a stored field of a cable: read, stored, given back, listed, and in JSON', async () => {
    const { cableOf, change, MODEL, recordFor } = await import('./support/records.js');
    const { cableJson, shownFieldsOf } = await import('../src/cable/details.js');
    const { EmbeddedEngine } = await import('../src/embedded/engine.js');
    const { redact } = await import('../src/library/shown-cable.js');
    const cable = cableOf('07MADRID545', ['The wedding was grand.']);
    expect(cable).toMatchObject({ signature: 'RANDT', drafter: 'randt' });
    const engine = new EmbeddedEngine(path.join(temporaryFolder(), 'index'));
    await change(engine, (building) => building.put([recordFor(cable)]));
    const generation = await engine.open(MODEL);
    const [held] = await (await generation.corpus()).cables(['07MADRID545']);
    await generation.close();
    if (held === undefined) throw new Error('not held');
    expect(held).toEqual(cable);
    const drafted = { label: 'Drafted by', entries: ['randt'] };
    expect(shownFieldsOf(held, 'terminal')).toContainEqual(expect.objectContaining(drafted));
    expect(cableJson(held)).toMatchObject({ drafter: 'randt' });
    // What belongs to the whole cable is not shown above a ceiling, without another word.
    const low = redact(held, { mark: 'TS', classification: 'U', noforn: true });
    expect(JSON.stringify(low)).not.toContain('randt');
    const all = redact(held, { mark: 'TS', classification: 'TS', noforn: true });
    expect(JSON.stringify(all)).toContain('randt');
  });
});
