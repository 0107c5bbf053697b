/**
 * Writes a letter as a small, real PDF 1.4: pages of Helvetica text with headings. Written here because the
 * community is built in one synchronous, deterministic step and the library for PDFs is asynchronous.
 */
export type PdfLine = { readonly text: string; readonly style: 'title' | 'heading' | 'body' | 'small' };

const PAGE = { width: 595, height: 842, margin: 56 };
const STYLES = {
  title: { font: 'F2', size: 15, lead: 24 },
  heading: { font: 'F2', size: 11, lead: 20 },
  body: { font: 'F1', size: 10, lead: 14 },
  small: { font: 'F1', size: 8, lead: 12 },
} as const;

export function buildPdf(title: string, lines: readonly PdfLine[]): Buffer {
  const pages = paginate(lines.flatMap(wrap));
  const kids = pages.map((_, index) => `${String(6 + index * 2)} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${String(pages.length)} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
    `<< /Title (${escape(title)}) /Producer (Corridor sandbox) /CreationDate (D:20240101000000Z) >>`,
    ...pages.flatMap((page, index) => {
      const content = [...page, footer(index + 1, pages.length)].join('\n');
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${String(PAGE.width)} ${String(PAGE.height)}] ` +
          `/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${String(7 + index * 2)} 0 R >>`,
        `<< /Length ${String(Buffer.byteLength(content, 'latin1'))} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  return assemble(objects);
}

/** Objects, the table of where each begins, and the trailer: all offsets are bytes of the Latin-1 form. */
function assemble(objects: readonly string[]): Buffer {
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${String(index + 1)} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = String(objects.length + 1);
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R /Info 5 0 R >>\nstartxref\n${String(body.length)}\n%%EOF\n`;
  return Buffer.from(`${body}xref\n0 ${size}\n0000000000 65535 f \n${table}${trailer}`, 'latin1');
}

function paginate(lines: readonly PdfLine[]): readonly (readonly string[])[] {
  const pages: string[][] = [[]];
  let y = PAGE.height - PAGE.margin;
  for (const line of lines) {
    const style = STYLES[line.style];
    if (y - style.lead < PAGE.margin + 20) {
      pages.push([]);
      y = PAGE.height - PAGE.margin;
    }
    y -= style.lead;
    pages.at(-1)?.push(textAt(PAGE.margin, y, style, line.text));
  }
  return pages;
}

function footer(page: number, of: number): string {
  return textAt(
    PAGE.margin,
    34,
    STYLES.small,
    `Invented for demonstration: no real person. Page ${String(page)} of ${String(of)}`,
  );
}

function textAt(x: number, y: number, style: { readonly font: string; readonly size: number }, text: string): string {
  return `BT /${style.font} ${String(style.size)} Tf ${String(x)} ${String(y)} Td (${escape(text)}) Tj ET`;
}

/** Breaks at spaces by the measured width of Helvetica. */
function wrap(line: PdfLine): readonly PdfLine[] {
  const room = ((PAGE.width - 2 * PAGE.margin) / STYLES[line.style].size) * 1000;
  const rows: string[] = [''];
  for (const word of line.text.split(' ')) {
    const row = rows.at(-1) ?? '';
    const candidate = row === '' ? word : `${row} ${word}`;
    if (widthOf(candidate, STYLES[line.style].font === 'F2') <= room || row === '') rows[rows.length - 1] = candidate;
    else rows.push(word);
  }
  return rows.map((text) => ({ ...line, text }));
}

/** Adobe's widths of Helvetica for the characters 32 to 126, in thousandths of the size; bold runs a little wider. */
const WIDTHS =
  '278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584'
    .split(' ')
    .map(Number);

function widthOf(text: string, bold: boolean): number {
  let width = 0;
  for (const letter of text) width += WIDTHS[letter.charCodeAt(0) - 32] ?? 556;
  return bold ? width * 1.07 : width;
}

/** WinAnsi text of a PDF string: the few characters letters need beyond Latin-1 become plain ones. */
function escape(text: string): string {
  return text
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2013\u2014]/g, '-')
    .replace(/[^\u0020-\u00ff]/g, '?')
    .replace(/[\\()]/g, (mark) => `\\${mark}`);
}
