/** A small, real PDF: one line of Helvetica on each page. `title` goes into its metadata as it is. */
export function samplePdf(pages: readonly string[], title = 'Sample'): string {
  const kids = pages.map((_, index) => `${String(5 + index * 2)} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${String(pages.length)} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    `<< /Title (${literal(title)}) /Author (${literal(title)}) >>`,
    ...pages.flatMap((words, index) => {
      const content = `BT /F1 18 Tf 50 700 Td (${literal(words)}) Tj ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${String(6 + index * 2)} 0 R >>`,
        `<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${String(index + 1)} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = String(objects.length + 1);
  return `${body}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R /Info 4 0 R >>\nstartxref\n${String(body.length)}\n%%EOF\n`;
}

function literal(text: string): string {
  return text.replace(/[^\u0020-\u007e]/g, '?').replace(/[\\()]/g, (mark) => `\\${mark}`);
}
