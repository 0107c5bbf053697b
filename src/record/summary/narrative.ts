import type { Fact } from '../fact.ts';
import type { SourceId } from '../source.ts';

/** The part of a section that people read (Composition.section.text): one line a fact, and what is missing. */
export function narrative(
  facts: readonly Fact[],
  nameOf: (source: SourceId) => string,
  gap: string | undefined,
): object {
  const lines = facts.map((fact) => `<li>${escape(lineOf(fact, nameOf))}</li>`).join('');
  const list = lines === '' ? '' : `<ul>${lines}</ul>`;
  const missing = gap === undefined ? '' : `<p>${escape(gap)}</p>`;
  return {
    status: 'generated',
    div: `<div xmlns="http://www.w3.org/1999/xhtml">${list}${missing}${list + missing === '' ? '<p>—</p>' : ''}</div>`,
  };
}

function lineOf({ entries }: Fact, nameOf: (source: SourceId) => string): string {
  const [entry] = entries;
  const value = (entry as { readonly value?: unknown }).value;
  const said = typeof value === 'string' ? `${entry.title}: ${value}` : entry.title;
  const standing = entry.statusAsRecorded ?? entry.state;
  const doubts = entry.cautions.length > 0 ? ` [${entry.cautions.join(', ')}]` : '';
  const sources = [...new Set(entries.map(({ origin }) => nameOf(origin.source)))].join('; ');
  return `${said} (${standing}${entry.date ? `, ${entry.date}` : ', date not known'})${doubts}: ${sources}`;
}

const MARKS: { readonly [mark: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => MARKS[mark] ?? '');
}
