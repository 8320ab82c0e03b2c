import { Document, Packer, Paragraph } from 'docx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksOf } from '../../src/checking/document.js';
import { quotationsIn } from '../../src/checking/quotations.js';
import { segmentsOf } from '../../src/checking/spoken.js';
import { readDocument } from '../../src/checking/read-document.js';
import { comparedWords } from '../../src/cable/words.js';

const found = (text: string): string[] => quotationsIn(blocksOf(text)).map((each) => each.text);
const claims = (text: string): string[] =>
  quotationsIn(blocksOf(text)).map(({ claimed }) =>
    claimed.map(({ id, paragraphs }) => `${id} ${paragraphs ?? ''}`.trim()).join(', '),
  );

describe('quotations', () => {
  it.each([
    ['He said “we will not go” twice.', ['we will not go']],
    ['He said "we will not go" twice.', ['we will not go']],
    ['Er sagte „we will not go“ zweimal.', ['we will not go']],
    ['Il a dit « we will not go » deux fois.', ['we will not go']],
    ['Er sagte »we will not go« zweimal.', ['we will not go']],
    ['He said ‘the ministers’ men will not go,’ twice.', ['the ministers’ men will not go,']],
    ["The '90s were the ministers' best years.", []],
    ['It is a "red line" and a “smoking gun”.', []],
    [
      'He said "they want "HAMAStan" in Gaza and never Lebanon" twice.',
      ['they want "HAMAStan" in Gaza and never Lebanon'],
    ],
    ['He said “nobody ever closes this mark. (09BAMAKO776 ¶4)', ['nobody ever closes this mark.']],
    ['> we will not go\n> at all', ['we will not go\nat all']],
    ['> we will not go (09BAMAKO776 ¶4)', ['we will not go']],
    [
      '> “we will not go”\n> “nor will they go” 09BAMAKO776',
      ['we will not go', 'nor will they go'],
    ],
    [
      'Bob wrote:\n> Look at 10PARIS58:\n> > we will not go\n> > at all',
      ['we will not go\nat all'],
    ],
    ['>> See 10PARIS58:\n>>\n>> we will not go', ['we will not go']],
    ['“we w\u00adill n\u200bot go”, “n**or w**ill they”', ['we will not go', 'nor will they']],
    ['《We will not go》 and ❝nor will they❞', ['We will not go', 'nor will they']],
    ["``We will not go,'' and don''t.", ['We will not go,']],
    ['He said """we will not go""" twice.', ['we will not go']],
    ['Han sa ”we will not go” och ”nor will they”.', ['we will not go', 'nor will they']],
    ['It says “ we will not go ” and " nor will they ".', ['we will not go', 'nor will they']],
    ['It says “\nwe will not go\n” twice.', ['we will not go']],
    ['Er sagte ‚we will not go‘ zweimal.', ['we will not go']],
    [
      "They wrote ,,we will not go'' and ''nor will they'' twice.",
      ['we will not go', 'nor will they'],
    ],
    ['[quote=Bob]we will not go[/quote] and ″nor will they″', ['we will not go', 'nor will they']],
    ['A 5" pipe, a 6" one and 7 " more were sold.', []],
    ['The cable "10ROME1" tells, as “07BEIJING1689” and "10ROME1.html" do.', []],
    [
      'He said "we will not go."1 They said "nor will they."',
      ['we will not go.', 'nor will they.'],
    ],
  ])('are found in %s', (text, expected) => {
    expect(found(text).map((each) => each.trim())).toEqual(expected);
  });

  it.each([
    ['“We will not go” (09BAMAKO776 ¶4).', ['09BAMAKO776 4']],
    ['In 09BAMAKO776 ¶4, the post wrote: “We will not go”', ['09BAMAKO776 4']],
    ['> We will not go\n\n— 09BAMAKO776 ¶4', ['09BAMAKO776 4']],
    [
      '“We will not go” and “nor will they go” are from 09BAMAKO776 and 09PARIS1039, respectively.',
      ['09BAMAKO776', '09PARIS1039'],
    ],
    [
      '“We will not go” and “nor will they go” (both from 09BAMAKO776).',
      ['09BAMAKO776', '09BAMAKO776'],
    ],
    ['Bob wrote:\n> Look at 10PARIS58:\n> > we will not go', ['10PARIS58']],
    [
      '“We will not go” (09BAMAKO776 #4), “nor will they” (09BAMAKO776:5).',
      ['09BAMAKO776 4', '09BAMAKO776 5'],
    ],
    [
      'From 09BAMAKO776 ¶5:\n\n> We will not go\n\n> nor will they go',
      ['09BAMAKO776 5', '09BAMAKO776 5'],
    ],
    ['“We will not go.”[^1]\n\nMore.\n\n[^1]: 09BAMAKO776 ¶5', ['09BAMAKO776 5']],
    ['09BAMAKO776 ¶3\n\n“We will not go.”', ['09BAMAKO776 3']],
    ['In 09BAMAKO776 much is said.\n\n“We will not go” (¶7).', ['09BAMAKO776 7']],
    ['“We will not go” (09BAMAKO776 ¶3, ¶4).', ['09BAMAKO776 3, 09BAMAKO776 4']],
    ['“We will not go from 2000 and 2007.”', ['']],
    // A paragraph before the cable.
    ['In paragraph 4 of 09BAMAKO776 the post wrote “we will not go”.', ['09BAMAKO776 4']],
    ['“We will not go” (paras. 4-6 of cable 09BAMAKO776).', ['09BAMAKO776 4-6']],
    ['The fifth paragraph of 09BAMAKO776 has “we will not go”.', ['09BAMAKO776 5']],
    ['“We will not go” (from the 11th paragraph of 09BAMAKO776)', ['09BAMAKO776 11']],
    ['“We will not go”, page 4 of 09BAMAKO776', ['09BAMAKO776']],
    // A paragraph alone, right before the quotation: of the cable that was named last.
    [
      '09BAMAKO776, ¶4, reads: “We will not go.” But ¶5 says “nor will they go.”',
      ['09BAMAKO776 4', '09BAMAKO776 5'],
    ],
    ['09BAMAKO776 tells more. In paragraph 6 it says: “We will not go.”', ['09BAMAKO776 6']],
    [
      '(09BAMAKO776 ¶4): “We will go.” (Same cable, para 5): “Nor will they.”',
      ['09BAMAKO776 4', '09BAMAKO776 5'],
    ],
    [
      '09BAMAKO776 tells more. In paragraph 6 of the treaty stands “we will not go.”',
      ['09BAMAKO776'],
    ],
    ['> We will not go\n\nEmbassy Bamako, 09BAMAKO776', ['09BAMAKO776']],
    // A paragraph in words, and one behind what is said of the cable.
    ['“We will not go” (09BAMAKO776, paragraph nine).', ['09BAMAKO776 9']],
    ['“We will not go” (09BAMAKO776, ninth paragraph).', ['09BAMAKO776 9']],
    ['“We will not go” (¶9, 09BAMAKO776).', ['09BAMAKO776 9']],
    ['“We will not go” (09BAMAKO776 at ¶9).', ['09BAMAKO776 9']],
    ['“We will not go” (09BAMAKO776 ¶9 in full).', ['09BAMAKO776 9']],
    ['“We will not go” (**09BAMAKO776** ¶9 (C), *Embassy Bamako*).', ['09BAMAKO776 9']],
    ['“We will not go” (cable 09BAMAKO776 of May 2009, ¶9).', ['09BAMAKO776 9']],
    ['“We will not go” (09BAMAKO776, and paragraph 5 of 07OSLO629).', ['09BAMAKO776, 07OSLO629 5']],
    [
      '“We will not go” (Embassy Bamako, “Mali’s Road,” cable 09BAMAKO776, May 3, 2009, SECRET, ¶9).',
      ['09BAMAKO776 9'],
    ],
    [
      '> We will not go\n\nEmbassy Bamako, “Mali’s Road,” cable 09BAMAKO776, May 3, 2009, ¶9.',
      ['09BAMAKO776 9'],
    ],
    // What stands behind any of those before is not said of it.
    [
      '“We will not go” (09BAMAKO776 ¶4). Then “nor will they go” (07OSLO629). Later “where will you go”.',
      ['09BAMAKO776 4', '07OSLO629', ''],
    ],
    ['> We will not go\n\nSource: U.S. Embassy Bamako, cable 09BAMAKO776', ['09BAMAKO776']],
    // A paragraph in other words, and an address.
    ['„We will not go“ (09BAMAKO776, Absatz 4).', ['09BAMAKO776 4']],
    ['“We will not go” (09BAMAKO776, par. 4).', ['09BAMAKO776 4']],
    ['“We will not go” (https://example.org/09BAMAKO776_a.html).', ['09BAMAKO776']],
    // Each before its quotation: either of those around one will do.
    [
      '09BAMAKO776: “we will not go”; 07OSLO629: “nor will they go”.',
      ['09BAMAKO776, 07OSLO629', '07OSLO629'],
    ],
    // What stands right behind one is not said of the next.
    ['“We will not go” 09BAMAKO776\n“Nor will they go”', ['09BAMAKO776', '']],
    [
      '> We will not go\n\nSource: 09BAMAKO776 ¶4\n\nHe said “nor will they go”.',
      ['09BAMAKO776 4', ''],
    ],
    [
      '“We will not go.”[1] “Nor they go.”[2]\n\n[1] 09BAMAKO776 ¶5\n[2] Ibid., para. 7',
      ['09BAMAKO776 5', '09BAMAKO776 7'],
    ],
  ])('claim what stands near them in %s', (text, expected) => {
    expect(claims(text)).toEqual(expected);
  });

  it('are read of Markdown, HTML and .docx alike', async () => {
    const document = new Document({
      sections: [
        { children: [new Paragraph({ text: 'They wrote “we will not go” (09BAMAKO776 ¶4).' })] },
      ],
    });
    const forms: (readonly [string, Uint8Array])[] = [
      ['a.md', Buffer.from('They *wrote* “we will **not** go” (09BAMAKO776 ¶4).')],
      [
        'a.html',
        Buffer.from('<table><tr><td>“we will not go”</td><td>09BAMAKO776 ¶4</td></tr></table>'),
      ],
      [
        'b.html',
        Buffer.from('<p><a href="https://example.org/09BAMAKO776_a.html">“we will not go”</a></p>'),
      ],
      ['a.docx', new Uint8Array(await Packer.toBuffer(document))],
    ];
    for (const [name, bytes] of forms) {
      const [quotation] = quotationsIn(await readDocument({ name, bytes }));
      expect(quotation?.text, name).toBe('we will not go');
      expect(quotation?.claimed[0]?.id, name).toBe('09BAMAKO776');
    }
  });

  it('claim what notes name, in the forms that pages have', async () => {
    const markdown =
      '“We will not go.”[^1] “Nor they go.”[^2]\n\n[^1]: 09BAMAKO776\n[^2]: 07OSLO629 ¶2';
    const html =
      '<h2>07PARIS1</h2><p><q>We will not go.</q><sup><a href="#fn1">1</a></sup></p><h2>Rabat</h2><p><q>Nor they go.</q></p>' +
      '<blockquote>We will all go.<sup>2</sup><footer>— Embassy Oslo, <cite>07OSLO629</cite></footer></blockquote>' +
      '<ol><li id="fn1">09BAMAKO776</li></ol>';
    const of = async (name: string, text: string): Promise<string[]> =>
      quotationsIn(await readDocument({ name, bytes: Buffer.from(text) })).map(
        (each) => `${each.text} ${each.claimed[0]?.id ?? ''}`,
      );
    expect(await of('a.md', markdown)).toEqual([
      'We will not go. 09BAMAKO776',
      'Nor they go. 07OSLO629',
    ]);
    expect(await of('a.html', html)).toEqual([
      'We will not go. 09BAMAKO776',
      'Nor they go. ',
      'We will all go. 07OSLO629',
    ]);
    // Notes without an id are numbered by their place; what is set off may say where it is from.
    const others =
      '<p><q cite="https://example.org/cable/07OSLO629.html">We will go.</q></p><ol><li>One.</li></ol>' +
      '<p><q>We will not go.</q><sup>2</sup></p><blockquote cite="https://example.org/09BAMAKO776">' +
      '<p>Nor they go.</p></blockquote><h2>Notes</h2><ol><li>A map.</li><li>07OSLO629</li></ol>';
    const sections =
      '<p><q>We will not go.</q><sup>3</sup></p><section role="doc-endnotes"><ol start="3"><li>07OSLO629</li></ol></section>';
    expect(await of('b.html', others)).toEqual([
      'We will go. 07OSLO629',
      'We will not go. 07OSLO629',
      'Nor they go. 09BAMAKO776',
    ]);
    expect(await of('c.html', sections)).toEqual(['We will not go. 07OSLO629']);
    // As pandoc and mammoth write a note.
    const paragraph =
      '<p><q>We will not go.</q><sup><a href="#fn1">[1]</a></sup></p><ol><li id="fn1"><p>07OSLO629 <a href="#r1">↑</a></p></li></ol>';
    expect(await of('d.html', paragraph)).toEqual(['We will not go. 07OSLO629']);
  });

  it('have no words that are struck out, or that nobody sees', async () => {
    for (const [name, text] of [
      ['a.md', '“We will ~~not~~ go twice.”'],
      ['a.txt', '“We will ~~not~~ go twice.”'],
      ['a.html', '<p>“We will <del>not</del><s>not</s> go <i hidden>at all</i> twice.”</p>'],
      [
        'b.html',
        '<p>“We will <span style="color: red; display:none"><br>not</span> go twice.”</p>',
      ],
    ] as const) {
      const [quotation] = quotationsIn(await readDocument({ name, bytes: Buffer.from(text) }));
      expect(quotation?.text.replace(/\s+/g, ' '), name).toBe('We will go twice.');
    }
  });

  it('are refused in what is no text, with what to do', async () => {
    for (const bytes of [Buffer.from('%PDF-nothing'), Buffer.from('PK-nothing'), Buffer.from('')]) {
      await expect(readDocument({ name: 'a', bytes })).rejects.toThrow(
        /^a (?:cannot be read|holds no text)/,
      );
    }
    const bytes = Buffer.from('neither of them');
    await expect(readDocument({ name: 'a.pdf', bytes })).rejects.toThrow(/begin as a \.pdf does/);
  });

  it('never throw, and lie in their block, whatever the text', () => {
    const signs = fc.constantFrom(
      '"',
      '“',
      '”',
      '‘',
      '’',
      "'",
      '«',
      '»',
      '„',
      '>',
      ' ',
      '\n',
      'a',
      'word ',
      '(09BAMAKO776 ¶4)',
      '[^1]',
      '…',
    );
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 60 }), (parts) => {
        const blocks = blocksOf(parts.join(''));
        for (const { text, block, start, end } of quotationsIn(blocks)) {
          expect(blocks[block]?.text.slice(start, end)).toBe(text);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('are found in time that grows with the text', () => {
    const time = (text: string): number => {
      const started = performance.now();
      found(text);
      return performance.now() - started;
    };
    for (const hostile of ['"', '“', '”a ', '‘a ', '"a" ', '> ', '(09BAMAKO776 ', '[1] Ibid. ']) {
      time(hostile.repeat(2000));
      const [short, long] = [time(hostile.repeat(10_000)), time(hostile.repeat(40_000))];
      expect(long, hostile).toBeLessThan(16 * Math.max(short, 20)); // a square would be 16 times
    }
  });
});

describe('words of a quotation', () => {
  it.each(['…', '...', '. . .', '[…]', '* * *', '***', '[* * *]'])('are cut at %s', (sign) => {
    const cut = segmentsOf(`We will not go ${sign} nor will they.`);
    expect(cut.map(({ words, gap }) => [words.length, gap])).toEqual([
      [4, null],
      [3, 'ellipsis'],
    ]);
  });

  it('count signs beside digits, and no others', () => {
    const words = (text: string): string[] => comparedWords(text).map(({ folded }) => folded);
    expect(words('4-7, P5+1 and −3')).toEqual(['4', '-', '7', 'p', '5', '+', '1', 'and', '-', '3']);
    expect(words('co-operation — 1,500 men, USTR?s didn,t')).toEqual([
      'co',
      'operation',
      '1500',
      'men',
      "ustr's",
      "didn't",
    ]);
  });
});
