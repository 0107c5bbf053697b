// Proves src/record/merge.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../../src/record/build-record.ts';
import type { Entry, Unread } from '../../../src/record/entry.ts';
import type { SectionId } from '../../../src/record/section.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { asthma, empty, GP, HOSPITAL, parts, section, statuses } from '../../support/record-parts.ts';
import { answered, entriesFrom } from '../../support/record.ts';

describe('what could not be read', () => {
  const missed = (change: Partial<Unread> & { readonly resource?: string }): Unread => ({
    origin: { source: GP.id, resource: change.resource ?? 'Condition/1' },
    resourceType: 'Condition',
    reason: 'must-have-missing',
    ...change,
  });
  const shown = (...unread: readonly Unread[]): readonly string[] =>
    buildRecord(parts({ unread })).unread.map(
      ({ origin, reason, element }) => `${origin.source} ${origin.resource} ${reason} ${element ?? ''}`,
    );

  it('is one when it is sent twice, and several where source, resource, reason or element differ', () => {
    const one = missed({});
    const others = [
      missed({ origin: { source: HOSPITAL.id, resource: 'Condition/1' } }),
      missed({ origin: { source: GP.id, resource: 'Condition/2' } }),
      missed({ reason: 'reader-fault' }),
      missed({ element: 'Condition.code' }),
    ];
    expect(shown(one, { ...one })).toHaveLength(1);
    // The same letters, cut at another place.
    const [here, there] = [
      missed({ origin: { source: 'gp' as SourceId, resource: '1Condition/1' } }),
      missed({ origin: { source: 'gp1' as SourceId, resource: 'Condition/1' } }),
    ];
    expect(shown(here, there)).toHaveLength(2);
    expect(shown(one, ...others)).toHaveLength(5);
  });

  it('stands in one order, whatever came first', () => {
    const [a, b, c] = [missed({}), missed({ element: 'Condition.code' }), missed({ reason: 'reader-fault' })];
    expect(shown(c, b, a)).toEqual(shown(a, b, c));
    expect(shown(a, b, c)).toEqual([
      'gp Condition/1 must-have-missing ',
      'gp Condition/1 must-have-missing Condition.code',
      'gp Condition/1 reader-fault ',
    ]);
  });

  it('is counted each time where it has no name of its own', () => {
    const nameless = missed({ origin: { source: GP.id, resource: '' }, resourceType: '', reason: 'not-a-resource' });
    expect(shown(nameless, nameless)).toHaveLength(2);
  });

  it('leaves only the sections in doubt that would have read it, and none where no section reads its type', () => {
    const said = statuses(
      answered({ allergies: empty('answered'), problems: empty('answered') }),
      answered({ allergies: empty('answered'), problems: empty('answered') }),
    );
    const kind = (id: SectionId, unread: Unread): string =>
      section({ statuses: said, unread: [unread] }, id).absence.kind;
    expect(kind('problems', missed({}))).toBe('incomplete');
    expect(kind('allergies', missed({}))).toBe('nothing-recorded');
    expect(kind('problems', missed({ reason: 'type-not-read' }))).toBe('nothing-recorded');
  });

  it('holds an entry of a section that is not known, by its type, and counts it for its source', () => {
    const [entry] = entriesFrom('gp', asthma('c-17'));
    const strange = { ...entry, section: 'from-the-future' } as unknown as Entry;
    const record = buildRecord(parts({ entries: [strange, ...entriesFrom('gp', asthma('2'))] }));
    expect(record.unread).toEqual([{ origin: strange.origin, resourceType: 'Condition', reason: 'type-not-read' }]);
    expect(record.sources.map(({ entryCount }) => entryCount)).toEqual([2, 0]);
  });
});
