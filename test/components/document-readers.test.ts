import { describe, expect, it } from 'vitest';
import { readCda } from '../../src/components/corridor-document/viewer/cda-page.ts';
import { decodeText } from '../../src/components/corridor-document/viewer/charset.ts';
import { readFhirDocument } from '../../src/components/corridor-document/viewer/fhir-page.ts';
import { textOf } from '../../src/components/corridor-document/viewer/prose.ts';
import { readContent } from '../../src/components/corridor-document/viewer/read-content.ts';
import { proseOfRtf } from '../../src/components/corridor-document/viewer/rtf-prose.ts';
import { scrubHtml } from '../../src/components/corridor-document/viewer/scrub-html.ts';
import { readXml } from '../../src/components/corridor-document/viewer/xml-tree.ts';
import { documentsEnGB as words } from '../../src/words/documents-en-GB.ts';
import { documentsCy } from '../../src/words/documents-cy.ts';

const bytes = (text: string, as: BufferEncoding = 'utf8'): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.from(text, as));
const rtf = (text: string): string => textOf(proseOfRtf(text, '[picture]')).trim();
const SAID = { pictureMissing: '[picture]', emptySection: '[empty]' };

describe('XML', () => {
  it('knows no entity of the file’s own, so that none can grow or lead out of it', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY e SYSTEM "file:///etc/passwd">]><a>&b;&e;</a>';
    expect(readXml(bomb)?.children).toEqual(['&b;&e;']);
  });

  it('is not read when it is not well formed, without end or without bottom', () => {
    for (const text of ['', 'words', '<a>', '<a></b>', '<a/><b/>', '<a><!-- ', '<a b="</a>', '<a>'.repeat(5_000)])
      expect(readXml(text), text.slice(0, 20)).toBeUndefined();
  });

  it('keeps words of comments’ neighbours, CDATA and numbered characters', () => {
    const root = readXml('<?xml version="1.0"?><x:a y="1 &gt; 0">B&#233;b&#xe9;<!-- no --><![CDATA[<5]]></x:a>');
    expect(root).toEqual({ name: 'a', attributes: { y: '1 > 0' }, children: ['Bébé', '<5'] });
  });

  it('reads a hostile file in time proportional to its length', () => {
    const started = performance.now();
    readXml('<'.repeat(200_000));
    readXml('<a b="'.repeat(50_000));
    readXml(`<a>${'<!--'.repeat(100_000)}`);
    // Time that grew with the square of its length would be minutes.
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});

describe('RTF', () => {
  it('never loses words to a group it doesn’t know, to a broken end or to a picture', () => {
    expect(rtf('{\\rtf1 Dear {\\unknownword Dr} Ashdown')).toBe('Dear Dr Ashdown');
    expect(rtf('{\\rtf1 A{\\pict\\pngblip 89504e47}B\\par}}}} C}')).toMatch(/^A\[picture\]\nB\n?\s*C$/);
    expect(rtf('{\\rtf1 A{\\pict\\bin4 {{{{}B}')).toMatch(/A\[picture\]\s*B/);
  });

  it('leaves out what is no word of the letter', () => {
    const head = '{\\fonttbl{\\f0 Arial;}}{\\colortbl;\\red0;}{\\*\\generator Word;}{\\info{\\author Somebody}}';
    expect(rtf(`{\\rtf1\\ansi${head}\\f0 Words{\\field{\\*\\fldinst HYPERLINK "x"}{\\fldrslt  here}}}`)).toBe(
      'Words here',
    );
  });

  it('reads letters of Unicode, of the file’s code page and of a font’s own set', () => {
    expect(rtf("{\\rtf1\\ansi\\ansicpg1252 na\\'efve \\u8804?5 \\uc2\\u945 ab.}")).toBe('naïve ≤5 α.');
    expect(rtf("{\\rtf1\\ansi{\\fonttbl{\\f1\\fcharset204 Arial;}}{\\f1 \\'ec\\'e3}}")).toBe('мг');
  });

  it('keeps bold, lines and tables', () => {
    const prose = proseOfRtf(
      '{\\rtf1 {\\b Plan}\\par One\\line two\\par\\trowd\\intbl Na\\cell 140\\cell\\row\\pard After}',
      '',
    );
    expect(prose.map((part) => (typeof part === 'string' ? part : part.kind))).toEqual([
      'subheading',
      'paragraph',
      'table',
      'paragraph',
    ]);
    expect(textOf(prose)).toContain('140');
  });

  it('reads a hostile file in time proportional to its length', () => {
    const started = performance.now();
    rtf('{'.repeat(300_000));
    rtf("{\\rtf1 \\'".repeat(50_000));
    rtf('\\b'.repeat(100_000));
    // Time that grew with the square of its length would be minutes.
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});

describe('character sets', () => {
  it('refuses bytes that no text has, and letters nobody named', () => {
    expect(decodeText(Uint8Array.from([0, 1, 2, 3]))).toBeUndefined();
    expect(decodeText(bytes('na\u00efve', 'latin1'))).toBeUndefined();
    expect(decodeText(bytes('na\u00efve', 'latin1'), 'utf-7')).toBeUndefined();
  });

  it('reads UTF-8 whatever it is said to be, UTF-16 by its mark or its shape, and an older set by its name', () => {
    expect(decodeText(bytes('naïve'), 'windows-1252')).toEqual({ text: 'naïve', charset: 'utf-8' });
    expect(decodeText(bytes('\ufeffDr', 'utf16le'))?.text).toBe('Dr');
    expect(decodeText(bytes('<a/>', 'utf16le'))).toEqual({ text: '<a/>', charset: 'utf-16le' });
    expect(decodeText(bytes('na\u00efve', 'latin1'), 'windows-1252')?.text).toBe('naïve');
    expect(decodeText(bytes('<?xml version="1.0" encoding="ISO-8859-1"?><a>\u00e9</a>', 'latin1'))?.text).toContain(
      'é',
    );
  });
});

describe('HTML written anew', () => {
  it('lets nothing through that styles, loads, runs or leads away', () => {
    const hostile =
      '<p style="x" onclick=x CLASS=a>A<script>b</script><a href="javascript:x">C</a><img src="https://x"><svg><p>d</svg><style>e</style><iframe src=x>f</iframe>';
    expect(scrubHtml(hostile)).toBe('<p>A<a>C</a>[▨]');
  });

  it('keeps a sign that only looks like a tag, a table’s spans and what a form says', () => {
    expect(scrubHtml('CRP <5 & Hb > 120')).toBe('CRP &lt;5 &amp; Hb &gt; 120');
    expect(scrubHtml('<td colspan=2 width="9">x</td>')).toBe('<td colspan="2">x</td>');
    expect(scrubHtml('<input type=checkbox checked>Yes<input value="12 &lt; 14">')).toBe('☑Yes12 &lt; 14');
  });

  it('keeps a picture only when it came with the letter', () => {
    const own = '<img src="data:image/png;base64,iVBORw0KGgo=">';
    expect(scrubHtml(own)).toBe(own);
    expect(scrubHtml('<img src="data:image/svg+xml;base64,PHN2Zz4=" alt="Logo">')).toBe('[▨ Logo]');
  });
});

describe('a clinical document', () => {
  it('says of a heading without words that it has none', () => {
    const root = readXml(
      '<ClinicalDocument><component><structuredBody><component><section><title>Allergies</title><text/></section></component></structuredBody></component></ClinicalDocument>',
    );
    expect(root && textOf(readCda(root, SAID).prose)).toBe('Allergies\n[empty]\n');
  });

  it('is opened to the file it carries', () => {
    const inner = Buffer.from('{\\rtf1 Dear Dr}').toString('base64');
    const cda = `<ClinicalDocument><title>T</title><component><nonXMLBody><text mediaType="application/pdf" representation="B64">${inner}</text></nonXMLBody></component></ClinicalDocument>`;
    const content = readContent(bytes(cda), 'text/xml', words);
    expect(content.show === 'page' && [content.form, textOf(content.page.prose), content.page.facts]).toEqual([
      'cda',
      'Dear Dr\n',
      [{ what: 'title', value: 'T' }],
    ]);
  });

  it('of FHIR shows the narrative of its sections, and as text what is not well formed', () => {
    const page = readFhirDocument(
      {
        resourceType: 'Bundle',
        entry: [
          {
            resource: {
              resourceType: 'Composition',
              title: 'Transfer',
              section: [
                { title: 'Plan', text: { div: '<div><p>Review</p></div>' } },
                { title: 'Broken', text: { div: '<div>5 < 6' } },
              ],
            },
          },
        ],
      },
      '[empty]',
    );
    expect(page && textOf(page.prose)).toBe('Plan\nReview\nBroken\n<div>5 < 6\n');
  });
});

describe('what is opened', () => {
  it.each([
    ['a PDF said to be HTML', '%PDF-1.7', 'text/html', 'pdf'],
    ['HTML said to be a PDF', '<!doctype html><p>x', 'application/pdf', 'html'],
    ['a piece of HTML', '<div>Dear Dr</div>', 'text/plain', 'html'],
    ['a drawing with a script', '<svg onload="x">', 'image/svg+xml', 'page'],
    ['a TIFF said to be a PNG', 'MM\0*', 'image/png', 'none'],
    ['markup that breaks off', '<?xml version="1.0"?><ClinicalDocument><title>', 'text/xml', 'none'],
  ])('%s is what it is', (_what, text, type, show) => {
    expect(readContent(bytes(text, 'latin1'), type, words).show).toBe(show);
  });
});

describe('words of the viewer', () => {
  it('are in both languages, none left in English', () => {
    const said = (value: unknown): readonly string[] =>
      typeof value === 'string'
        ? [value]
        : typeof value === 'object' && value !== null
          ? Object.values(value).flatMap(said)
          : [];
    const english = new Set(said(words).filter((text) => text.includes(' ')));
    expect(said(documentsCy).filter((text) => english.has(text))).toEqual([]);
  });
});
