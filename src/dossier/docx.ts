import { Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx';
import { leftTold, type DossierText } from './text.js';

/** A document of a dossier, quotes in Word's own style `Quote`, so that `pilcrow check` finds them set off. */
export async function docxOf({
  title,
  quotes,
  left,
  bibliography,
}: DossierText): Promise<Uint8Array> {
  const more = leftTold(left);
  const document = new Document({
    title,
    creator: 'Pilcrow',
    styles: {
      paragraphStyles: [
        { id: 'Normal', name: 'Normal', quickFormat: true },
        {
          id: 'Quote',
          name: 'Quote',
          basedOn: 'Normal',
          paragraph: { indent: { left: 720 }, spacing: { before: 120, after: 120 } },
        },
      ],
    },
    sections: [
      {
        children: [
          new Paragraph({ text: title, heading: HeadingLevel.TITLE }),
          ...quotes.flatMap(({ text, note, citation, receipt, remark }) => [
            ...(note === '' ? [] : linesOf(note)),
            ...linesOf(text, 'Quote'),
            new Paragraph({ children: [new TextRun(`— ${citation}`)] }),
            ...(remark === null
              ? []
              : [new Paragraph({ children: [new TextRun({ text: remark })] })]),
            new Paragraph({ children: [new TextRun({ text: `Receipt: ${receipt}`, size: 16 })] }),
          ]),
          ...(more === null ? [] : [new Paragraph({ text: more })]),
          ...(bibliography.length === 0
            ? []
            : [new Paragraph({ text: 'Bibliography', heading: HeadingLevel.HEADING_1 })]),
          ...bibliography.map((text) => new Paragraph({ text })),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

/** XML has no control characters: a cable's are shown as what stands for one that cannot be. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\v\f\u000e-\u001f\ufffe\uffff]/g;

function linesOf(text: string, style?: string): Paragraph[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(
      (line) => new Paragraph({ ...(style && { style }), text: line.replace(CONTROLS, '\ufffd') }),
    );
}
