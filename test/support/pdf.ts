const LINES_A_PAGE = 60;

/** A PDF of pages of text in a fixed pitch, as simple as one can be. */
export function pdfOf(text: string): Buffer {
  const lines = text.split('\n');
  const pages: string[][] = [];
  for (let at = 0; at < lines.length; at += LINES_A_PAGE) {
    pages.push(lines.slice(at, at + LINES_A_PAGE));
  }
  const kids = pages.map((_, index) => `${String(4 + 2 * index)} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${String(pages.length)} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>',
    ...pages.flatMap((page, index) => {
      const shown = page.map((line) => `(${line.replace(/[\\()]/g, (sign) => `\\${sign}`)}) Tj T*`);
      const stream = `BT /F1 10 Tf 12 TL 50 740 Td\n${shown.join('\n')}\nET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${String(5 + 2 * index)} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
        `<< /Length ${String(stream.length)} >>\nstream\n${stream}\nendstream`,
      ];
    }),
  ];
  let file = '%PDF-1.4\n';
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(file.length);
    file += `${String(index + 1)} 0 obj\n${object}\nendobj\n`;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = String(objects.length + 1);
  return Buffer.from(
    `${file}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${String(file.length)}\n%%EOF\n`,
    'latin1',
  );
}
