// Proves src/record/merge.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../../src/record/build-record.ts';
import type { Entry } from '../../../src/record/entry.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SectionId } from '../../../src/record/section.ts';
import { asthma, parts, section } from '../../support/record-parts.ts';
import { entriesFrom } from '../../support/record.ts';

describe('the order of lines', () => {
  const titles = (id: SectionId, ...resources: readonly Resource[]): readonly string[] => {
    const of = (list: readonly Resource[]): readonly string[] =>
      section({ entries: entriesFrom('gp', ...list) }, id).facts.map(({ entries: [entry] }) => entry.title);
    expect(of(resources.toReversed())).toEqual(of(resources));
    return of(resources);
  };
  const procedure = (id: string, performedDateTime?: string): Resource => ({
    resourceType: 'Procedure',
    id,
    status: 'completed',
    code: { text: id },
    ...(performedDateTime && { performedDateTime }),
  });

  it('is newest first, what has a date to come after that, and what has none last', () => {
    expect(
      titles(
        'procedures',
        procedure('none'),
        procedure('to come', '2062-01-01'),
        procedure('first century', '0042'),
        procedure('new', '2026-01-01'),
        procedure('old', '1960'),
      ),
    ).toEqual(['new', 'old', 'first century', 'to come', 'none']);
  });

  it('is by identity where dates are equal', () => {
    expect(titles('procedures', procedure('b', '2020'), procedure('a', '2020'), procedure('c', '2020'))).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('of the records of one line is newest first too, then by identity', () => {
    const entries = [
      ...entriesFrom('hospital', asthma('1', { recordedDate: '2020-01-01' })),
      ...entriesFrom('gp', asthma('1', { recordedDate: '2020-01-01' })),
      ...entriesFrom('council', asthma('1', { recordedDate: '2024-01-01' })),
    ];
    const { facts } = section({ entries }, 'problems');
    expect(facts.map((fact) => fact.entries.map(({ origin }) => origin.source))).toEqual([
      ['council', 'gp', 'hospital'],
    ]);
  });

  it('of what was withdrawn is the same', () => {
    const withdrawn = (id: string, change: object = {}): Resource =>
      asthma(id, { verificationStatus: { coding: [{ code: 'entered-in-error' }] }, ...change });
    const entries = entriesFrom(
      'gp',
      withdrawn('2', { onsetDateTime: '2020' }),
      withdrawn('3', { onsetDateTime: '2024' }),
      withdrawn('1', { onsetDateTime: '2020' }),
    );
    expect(buildRecord(parts({ entries })).withdrawn.map(({ origin }) => origin.resource)).toEqual([
      'Condition/3',
      'Condition/1',
      'Condition/2',
    ]);
  });
});

describe('a statement whose own period is over', () => {
  const flag = (change: object): Resource => ({
    resourceType: 'Flag',
    id: '1',
    code: { text: 'Falls' },
    period: { start: '2019', end: '2020' },
    ...change,
  });
  const stateOf = (entry: Entry): string | undefined =>
    section({ entries: [entry] }, 'risks').facts[0]?.entries[0].state;
  const [entry] = entriesFrom('gp', flag({ status: 'active' }));
  if (!entry) throw new Error('expected an entry');

  it.each([
    ['current', 'past'],
    ['planned', 'past'],
    ['unknown', 'past'],
    ['past', 'past'],
    ['negated', 'negated'],
  ] as const)('was %s and is %s', (state, now) => {
    expect(stateOf({ ...entry, state })).toBe(now);
  });

  it('stands as it was where it has no end', () => {
    const { period: _period, ...open } = entry;
    expect(stateOf({ ...open, state: 'planned' })).toBe('planned');
  });
});
