import { describe, expect, it } from 'vitest';
import { readableHtml } from '../../src/components/corridor-document/readable-html.ts';

const texts = (html: string): readonly string[] => readableHtml(html).map(({ text }) => text);

describe('readableHtml', () => {
  it('leaves out scripts, styles and comments, also broken ones', () => {
    expect(texts('<style>p{}</style><script>alert(1)</script><!-- <p>no</p> --><p>Yes</p>')).toEqual(['Yes']);
    expect(texts('<p onclick="x">A</p><img src=x onerror=y>')).toEqual(['A']);
  });

  it('never drops a sign that only looks like a tag', () => {
    expect(texts('<p>CRP <5 and Hb > 120</p>')).toEqual(['CRP <5 and Hb > 120']);
    expect(texts('<p>BP 120/80 &lt; target &amp; stable, 5&micro;g</p>')).toEqual(['BP 120/80 < target & stable, 5µg']);
  });

  it('keeps headings, items and the cells of a row apart', () => {
    const html =
      '<h2>Medicines</h2><ul><li>Ramipril</li><li>Apixaban</li></ul><table><tr><th>Test</th><td>5.1</td></tr></table>';
    expect(readableHtml(html)).toEqual([
      { kind: 'heading', text: 'Medicines' },
      { kind: 'item', text: 'Ramipril' },
      { kind: 'item', text: 'Apixaban' },
      { kind: 'row', text: 'Test | 5.1' },
    ]);
  });

  it('reads a hostile letter in time proportional to its length', () => {
    const started = performance.now();
    readableHtml('<'.repeat(200_000));
    readableHtml('<script>'.repeat(50_000));
    readableHtml('<!--'.repeat(100_000));
    // Time that grew with the square of its length would be minutes.
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});
