import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/record/entry.ts';
import type { Resource } from '../../src/record/resource.ts';
import { settleVersions } from '../../src/record/settle-versions.ts';
import { entryFrom } from '../support/record.ts';

const version = (title: string, meta: object = {}, id = '1'): Entry => {
  const resource: Resource = { resourceType: 'Condition', id, code: { text: title }, meta };
  return entryFrom(resource);
};
const settled = (...entries: readonly Entry[]): readonly string[] =>
  settleVersions(entries).map(({ id, title }) => `${id} ${title}`);
/** Both ways round: which came first must not matter. */
const bothWays = (a: Entry, b: Entry): readonly (readonly string[])[] => [settled(a, b), settled(b, a)];

describe('two versions of one resource', () => {
  it('are both kept where nothing says which is later', () => {
    const kept = ['gp/Condition/1 Asthma', 'gp/Condition/1~2 Eczema'];
    expect(bothWays(version('Asthma'), version('Eczema'))).toEqual([kept, kept]);
  });

  it('are both kept where only one of them says when it was changed, or which it is', () => {
    expect(settled(version('Asthma', { lastUpdated: '2026-01-01T00:00:00Z' }), version('Eczema'))).toHaveLength(2);
    expect(settled(version('Asthma'), version('Eczema', { versionId: '2' }))).toHaveLength(2);
    expect(settled(version('Asthma', { versionId: '2' }), version('Eczema'))).toHaveLength(2);
  });

  it('are both kept where their versions are no numbers', () => {
    expect(settled(version('Asthma', { versionId: 'b' }), version('Eczema', { versionId: 'a' }))).toHaveLength(2);
    expect(settled(version('Asthma', { versionId: 'Infinity' }), version('Eczema', { versionId: '1' }))).toHaveLength(
      2,
    );
    expect(settled(version('Asthma', { versionId: '1' }), version('Eczema', { versionId: '-Infinity' }))).toHaveLength(
      2,
    );
  });

  it('leave the one changed later', () => {
    const [early, late] = [
      version('Asthma', { lastUpdated: '2026-01-01T00:00:00Z' }),
      version('Eczema', { lastUpdated: '2026-01-02T00:00:00Z' }),
    ];
    expect(bothWays(early, late)).toEqual([['gp/Condition/1 Eczema'], ['gp/Condition/1 Eczema']]);
  });

  it('are told apart by the moment, not by how it is written', () => {
    const [early, late] = [
      version('Asthma', { lastUpdated: '2026-01-01T10:00:00+02:00' }),
      version('Eczema', { lastUpdated: '2026-01-01T09:00:00Z' }),
    ];
    expect(bothWays(early, late)).toEqual([['gp/Condition/1 Eczema'], ['gp/Condition/1 Eczema']]);
  });

  it('are told apart by the moment where the numbers say otherwise', () => {
    const [early, late] = [
      version('Asthma', { lastUpdated: '2026-01-01T00:00:00Z', versionId: '9' }),
      version('Eczema', { lastUpdated: '2026-01-02T00:00:00Z', versionId: '1' }),
    ];
    expect(bothWays(early, late)).toEqual([['gp/Condition/1 Eczema'], ['gp/Condition/1 Eczema']]);
  });

  it('leave the higher number where both were changed at one moment', () => {
    const at = '2026-01-01T00:00:00Z';
    const [early, late] = [
      version('Asthma', { lastUpdated: at, versionId: '9' }),
      version('Eczema', { lastUpdated: at, versionId: '10' }),
    ];
    expect(bothWays(early, late)).toEqual([['gp/Condition/1 Eczema'], ['gp/Condition/1 Eczema']]);
  });

  it('leave the higher number where only one says when it was changed', () => {
    const [early, late] = [
      version('Asthma', { lastUpdated: '2026-01-01T00:00:00Z', versionId: '1' }),
      version('Eczema', { versionId: '2' }),
    ];
    expect(bothWays(early, late)).toEqual([['gp/Condition/1 Eczema'], ['gp/Condition/1 Eczema']]);
  });

  it('are both kept where date and number are equal and the words differ', () => {
    const meta = { lastUpdated: '2026-01-01T00:00:00Z', versionId: '3' };
    expect(settled(version('Asthma', meta), version('Eczema', meta))).toEqual([
      'gp/Condition/1 Asthma',
      'gp/Condition/1~2 Eczema',
    ]);
  });
});

describe('three versions', () => {
  it('that contradict each other in a circle are all kept', () => {
    // a is later than b by number, b than c by number, c than a by date.
    const circle = [
      version('A', { versionId: '3', lastUpdated: '2026-01-01T00:00:00Z' }),
      version('B', { versionId: '2' }),
      version('C', { versionId: '1', lastUpdated: '2026-01-02T00:00:00Z' }),
    ];
    expect(settled(...circle)).toEqual(['gp/Condition/1 C', 'gp/Condition/1~2 B', 'gp/Condition/1~3 A']);
    expect(settled(...circle.toReversed())).toEqual(settled(...circle));
  });

  it('leave the last of them', () => {
    const [one, two, three] = ['1', '2', '3'].map((versionId) => version(`V${versionId}`, { versionId }));
    expect(one && two && three && settled(two, three, one)).toEqual(['gp/Condition/1 V3']);
  });
});

describe('the same entry sent again', () => {
  it('is one, whether it is the very thing or a copy', () => {
    const entry = version('Asthma');
    expect(settleVersions([entry, entry])).toEqual([entry]);
    expect(settleVersions([entry, { ...entry }, version('Asthma')])).toEqual([entry]);
  });

  it('changes nothing for others, in the order in which they first came', () => {
    expect(settled(version('B', {}, '2'), version('A', {}, '1'), version('B', {}, '2'))).toEqual([
      'gp/Condition/2 B',
      'gp/Condition/1 A',
    ]);
  });
});
