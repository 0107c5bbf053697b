import { describe, expect, it } from 'vitest';
import { NO_SPLITS, splitFacts, withSplit } from '../../src/app/splits.ts';
import type { Entry, EntryId } from '../../src/record/entry.ts';
import type { Fact, FactKey } from '../../src/record/fact.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';

function recordOf(facts: { readonly [key: string]: readonly string[] }): PatientRecord {
  const made = Object.entries(facts).map(
    ([key, ids]) => ({ key, entries: ids.map((id) => ({ id: id as EntryId }) as Entry) }) as unknown as Fact,
  );
  return { sections: [{ id: 'problems', facts: made }] } as unknown as PatientRecord;
}

const before = recordOf({ asthma: ['a', 'b'], gout: ['g', 'h'] });
const split = withSplit(NO_SPLITS, before, 'asthma' as FactKey, true);

describe('a fact that the reader has taken apart', () => {
  it('stays so, and no other with it', () => {
    expect([...splitFacts(split, before)]).toEqual(['asthma']);
    expect([...splitFacts(NO_SPLITS, before)]).toEqual([]);
  });

  it('stays so when a later source adds a record to it, and when its key changes', () => {
    expect([...splitFacts(split, recordOf({ asthma: ['c', 'a', 'b'] }))]).toEqual(['asthma']);
    expect([...splitFacts(split, recordOf({ 'asthma, mild': ['a', 'b', 'c'] }))]).toEqual(['asthma, mild']);
  });

  it('does not take apart what came to one of its records alone', () => {
    expect([...splitFacts(split, recordOf({ asthma: ['a'], 'asthma, mild': ['b', 'c'] }))]).toEqual([]);
  });

  it('is together again when the reader puts it together, whatever came meanwhile', () => {
    const after = recordOf({ asthma: ['a', 'b', 'c'] });
    expect([...splitFacts(withSplit(split, after, 'asthma' as FactKey, false), after)]).toEqual([]);
  });
});
