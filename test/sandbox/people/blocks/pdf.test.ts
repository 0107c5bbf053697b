import { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { buildPdf } from '../../../../sandbox/people/blocks/pdf.ts';

describe('the letters’ PDF', () => {
  it('is opened by another library, with its title and A4 pages', async () => {
    const document = await PDFDocument.load(buildPdf('A letter', [{ text: 'Dear colleague (urgent)', style: 'body' }]));
    expect(document.getTitle()).toBe('A letter');
    expect(document.getPage(0).getSize()).toEqual({ width: 595, height: 842 });
  });

  it('goes on to another page when one is full', async () => {
    const lines = Array.from({ length: 90 }, (_, index) => ({ text: `Line ${String(index)}`, style: 'body' as const }));
    const document = await PDFDocument.load(buildPdf('Long', lines));
    expect(document.getPageCount()).toBe(2);
  });

  it('escapes what would end a string and keeps what Latin-1 can say', () => {
    const text = buildPdf('x', [{ text: 'a \\ (b) 5 µmol — “quoted”', style: 'body' }]).toString('latin1');
    expect(text).toContain('a \\\\ \\(b\\) 5 µmol - "quoted"');
  });
});
