import { rulesExtended, SimpleMarkdown } from 'discord-markdown-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bold, escapeMarkdown, unescapeMarkdown } from '../../src/discord/markdown.js';
import { pagesOf } from '../../src/discord/render/pages.js';
import { displayText } from '../../src/quotes/display.js';
import { segmentsOf, withSigns } from '../../src/quotes/segments.js';
import { publicCables, readPublicCables } from '../support/public-cables.js';

interface Node {
  readonly type: string;
  readonly content?: string | readonly Node[] | undefined;
}
const node: z.ZodType<Node> = z.lazy(() =>
  z.looseObject({ type: z.string(), content: z.union([z.string(), z.array(node)]).optional() }),
);

/** Discord's programs show the name of an emoji between colons as a picture; the parser leaves that out. */
const shortcode = {
  order: 1,
  match: (source: string) => /^:[^\s:\\]+:/.exec(source),
  parse: ([content]: readonly string[]) => ({ content }),
};
const parser = SimpleMarkdown.parserFor({ ...rulesExtended, shortcode });

/** What a reader sees of markdown, as a parser made by others reads it; bold is the only form allowed. */
function read(markdown: string): { text: string; strong: string } {
  let strong = '';
  const walk = (nodes: readonly Node[], inside: boolean): string =>
    nodes
      .map(({ type, content }) => {
        if (type === 'br' || type === 'newline') return '\n';
        if (type !== 'text' && type !== 'strong')
          throw new Error(`${type} in ${markdown.slice(0, 200)}`);
        const text =
          typeof content === 'string' ? content : walk(content ?? [], inside || type === 'strong');
        if (type === 'strong') strong += text;
        return text;
      })
      .join('');
  const nodes = z.array(node).parse(parser(markdown, { inline: true }));
  return { text: walk(nodes, false), strong };
}

/** Discord's own lists are not in that parser: no line may begin as one of theirs does. */
const LIST = /^ *(?:[-*+]|\d+\.) /m;

function expectRead(text: string): void {
  const pages = pagesOf([{ text, strong: false }], 1500);
  expect(pages.map(({ markdown }) => read(markdown).text).join('')).toBe(text);
  for (const { markdown } of pages) {
    expect(markdown).not.toMatch(LIST);
    expect(markdown.length).toBeLessThanOrEqual(1500);
  }
}

const signs = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'*_~`|<>[]()\\@#-+.:!&/ \n0123456789aZ'.split(''),
        '**',
        '__',
        '||',
        '~~',
        '```',
        '> ',
        '>>> ',
        '# ',
        '-# ',
        '- ',
        '1. ',
        '12) ',
        '@everyone',
        '@here',
        '<@123456789012345678>',
        '<@&123456789012345678>',
        '<#123456789012345678>',
        '<:name:123456789012345678>',
        '<t:1173873600:R>',
        '</ask:123456789012345678>',
        ':smile:',
        ':piñata:',
        ':+1::skin-tone-2:',
        '[a](https://x.org)',
        'https://x.org/a_b_',
        '<https://x.org>',
        '¯\\_(ツ)_/¯',
        '¶4. (SBU) ',
      ),
      fc.string({ maxLength: 6 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join('').replace(/\r/g, ''));

describe('text of others as Discord’s markdown', () => {
  it('reads as itself, whatever signs are in it', () => {
    fc.assert(fc.property(signs, expectRead), { numRuns: 3000 });
  });

  it('has a backslash only where a sign would act', () => {
    const plain =
      'COR-2 at 10:30 [C/NF] a_b 5 > 4; x@state.gov | ~20% (U) #1 -x 3.5 e.g. \\n. 7) 12.';
    expect(escapeMarkdown(plain)).toBe(plain);
    expect(escapeMarkdown(':smile: 10:30:45')).toBe('\\:smile\\: 10\\:30\\:45');
    expect(escapeMarkdown('- a\n> b\n# c\n1. d\n[e](f)')).toBe(
      '\\- a\n\\> b\n\\# c\n1\\. d\n\\[e](f)',
    );
  });

  it('is what it was when the escapes are taken away', () => {
    fc.assert(
      fc.property(signs, (text) => {
        expect(unescapeMarkdown(escapeMarkdown(text))).toBe(text);
      }),
    );
  });

  it('has the answering sentence bold, and nothing else', () => {
    const text = '¶1. (C) One *two*. Three_four_ five.\n- six';
    const segments = segmentsOf(withSigns(text, [[19, 36]]));
    const [page] = pagesOf(segments, 1000);
    expect(read(page?.markdown ?? '')).toEqual({ text, strong: 'Three_four_ five.' });
    expect(bold('a\n b ')).toBe('**a**\n **b** ');
  });
});

describe.skipIf(publicCables === null)('every paragraph of the 776 cables', () => {
  it('reads as the exact quote', async () => {
    let paragraphs = 0;
    for (const { cable } of await readPublicCables()) {
      for (const { kind, start, end } of cable.spans) {
        if (kind !== 'paragraph' && kind !== 'heading') continue;
        paragraphs++;
        expectRead(displayText(cable.body.slice(start, end)));
      }
    }
    expect(paragraphs).toBeGreaterThan(9000);
  });
});
