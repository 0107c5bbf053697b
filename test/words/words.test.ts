import { describe, expect, it } from 'vitest';
import { confirmCy } from '../../src/words/confirm-cy.ts';
import { confirmEnGB } from '../../src/words/confirm-en-GB.ts';
import { contextCy } from '../../src/words/context-cy.ts';
import { contextEnGB } from '../../src/words/context-en-GB.ts';
import { cy } from '../../src/words/cy.ts';
import { FINDING } from '../../src/words/finding.ts';
import { OWN_ORDER } from '../../src/words/own-order.ts';
import { HANDOVER_WORDS } from '../../src/words/handover-words.ts';
import { MESSAGE_WORDS } from '../../src/words/message-words.ts';
import { RECONCILIATION } from '../../src/words/reconciliation.ts';
import { SINCE } from '../../src/words/since.ts';
import { enGB } from '../../src/words/en-GB.ts';

/** Every key with its path; functions count as words too. */
function keys(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => keys(inner, `${path}/${key}`));
}

function sentences(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(sentences) : [];
}

describe('the words', () => {
  it('speak of one organisation in words, not as a count of one', () => {
    for (const { absence, banner, sources } of [enGB, cy])
      for (const said of [
        absence.nothing,
        absence.soFar,
        banner.allergiesNone,
        banner.alertsNone,
        (n: number) => sources.ofAnswered(n, n),
      ]) {
        expect(said(1)).not.toMatch(/\d|#/);
        expect(said(2)).toMatch(/\b2\b/);
      }
    expect(enGB.sources.ofAnswered(1, 1)).toBe('The one asked has answered');
    expect(enGB.absence.nothing(1)).toBe('Nothing recorded by the one that answered.');
  });

  it('are the same keys in Welsh as in English', () => {
    expect(keys(cy)).toEqual(keys(enGB));
    expect(keys(confirmCy)).toEqual(keys(confirmEnGB));
    expect(keys(contextCy)).toEqual(keys(contextEnGB));
    expect(keys(SINCE['cy'])).toEqual(keys(SINCE['en-GB']));
    expect(keys(FINDING['cy'])).toEqual(keys(FINDING['en-GB']));
    expect(keys(OWN_ORDER['cy'])).toEqual(keys(OWN_ORDER['en-GB']));
    expect(keys(RECONCILIATION['cy'])).toEqual(keys(RECONCILIATION['en-GB']));
    expect(keys(HANDOVER_WORDS['cy'])).toEqual(keys(HANDOVER_WORDS['en-GB']));
    expect(keys(MESSAGE_WORDS['cy'])).toEqual(keys(MESSAGE_WORDS['en-GB']));
  });

  it('are never empty and hold no unfilled count', () => {
    for (const sentence of [...sentences(enGB), ...sentences(cy)]) expect(sentence).toMatch(/\S/);
    expect(enGB.gaps.silent(1)).toBe('1 did not answer');
    expect(enGB.sources.items(1234)).toBe('1,234 items');
    expect(cy.sources.items(2)).toBe('2 eitem');
  });

  it('do not say that something is excluded, which hints that it exists', () => {
    for (const sentence of sentences(enGB)) expect(sentence).not.toMatch(/excluded|redacted|hidden/i);
  });
});
