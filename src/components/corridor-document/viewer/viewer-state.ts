import type { Entry } from '../../../record/entry.ts';
import type { Fact } from '../../../record/fact.ts';
import type { DocumentFailure, DocumentWords } from '../../../words/document-words.ts';
import type { Openable } from '../../openable.ts';
import type { Content } from './read-content.ts';

/** Where the viewer is with one document. */
export type ViewState =
  | { readonly is: 'loading' }
  | { readonly is: 'failed'; readonly why: DocumentFailure; readonly code: string }
  | { readonly is: 'open'; readonly content: Content; readonly original: Blob };

export type NotShown = keyof DocumentWords['notShown'];

/** The launcher's codes (docs/errors.md), by what a reader can do about them. */
const FAILURES: Readonly<Record<string, DocumentFailure>> = {
  'source.timeout': 'late',
  'document.late': 'late',
  'source.unavailable': 'silent',
  'source.breaker_open': 'silent',
  'source.auth': 'silent',
  'source.too_large': 'large',
  'document.too_large': 'large',
  'document.not_found': 'gone',
  'document.refused': 'kind',
  'source.withheld': 'withheld',
  'access.refused': 'refused',
  'source.wrong_patient': 'person',
  'source.details_differ': 'person',
  'source.ambiguous': 'person',
  'session.expired': 'over',
  'session.missing': 'over',
  'audit.unavailable': 'log',
};

/** An error says its code and nothing else; anything longer is not one of ours. */
export function failureOf(error: unknown): { readonly why: DocumentFailure; readonly code: string } {
  const said = error instanceof Error ? error.message : '';
  const code = /^[a-z]{1,20}\.[a-z0-9_]{1,40}$/.test(said) ? said : 'document.failed';
  return { why: Object.hasOwn(FAILURES, code) ? (FAILURES[code] ?? 'other') : 'other', code };
}

/** Other versions of the same document among the documents in view, as its source links them. */
export function versionsOf(
  wanted: Openable,
  all: readonly Fact[],
): { readonly later: Fact | undefined; readonly earlier: readonly Fact[] } {
  const { source, resource } = wanted.entry.origin;
  const here = (entry: Entry): boolean => entry.origin.source === source;
  const replaces = (entry: Entry, other: string): boolean =>
    entry.links.some(({ rel, to }) => rel === 'replaces' && to === other);
  const later = all.find(({ entries }) =>
    entries.some((entry) => here(entry) && entry.state !== 'in-error' && replaces(entry, resource)),
  );
  const earlier = all.filter(({ entries }) =>
    entries.some((entry) => here(entry) && replaces(wanted.entry, entry.origin.resource)),
  );
  return { later, earlier };
}
