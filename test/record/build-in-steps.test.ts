// Proves src/record/merge.ts, src/record/build-memory.ts, src/record/build-record.ts, with the tests of those names.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BuildMemory } from '../../src/record/build-memory.ts';
import { buildInSteps, buildRecord, type RecordParts } from '../../src/record/build-record.ts';
import type { Entry } from '../../src/record/entry.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';
import { whileRemembering } from '../../src/record/remember.ts';
import { aPatient, aSource, entriesFrom } from '../support/record.ts';

const GP = aSource('gp', 'gp', true);
const HOSPITAL = aSource('hospital', 'acute');
const NOW_MS = Date.UTC(2026, 10, 22, 9);

const POOL: readonly Entry[] = [GP, HOSPITAL].flatMap((source) =>
  entriesFrom(
    source.id,
    ...Array.from({ length: 12 }, (_, index) => ({
      resourceType: index % 3 === 0 ? 'AllergyIntolerance' : index % 3 === 1 ? 'Condition' : 'Observation',
      id: `r${index}`,
      status: index === 5 ? 'entered-in-error' : 'final',
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: { text: ['Asthma', 'Penicillin', 'HbA1c'][index % 2] },
      effectiveDateTime: `2026-0${1 + (index % 9)}-10`,
      valueQuantity: { value: index, unit: 'mmol/mol' },
    })),
  ),
);

function partsOf(entries: readonly Entry[], nowMs = NOW_MS): RecordParts {
  return { patient: aPatient(), sources: [GP, HOSPITAL], statuses: new Map(), entries, unread: [], nowMs };
}

function finish(steps: Generator<undefined, PatientRecord>): PatientRecord {
  for (;;) {
    const step = whileRemembering(() => steps.next());
    if (step.done) return step.value;
  }
}

describe('a record built in steps', () => {
  it('is the one that is built at once, whatever earlier builds of the view remember', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...POOL]),
        fc.shuffledSubarray([...POOL]),
        fc.boolean(),
        (first, second, later) => {
          const memory = new BuildMemory();
          finish(buildInSteps(partsOf(first), memory));
          const parts = partsOf([...first, ...second], later ? NOW_MS + 400 * 86_400_000 : NOW_MS);
          expect(finish(buildInSteps(parts, memory))).toEqual(buildRecord(parts));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps the facts of a section to which nothing has come', () => {
    const memory = new BuildMemory();
    const before = finish(buildInSteps(partsOf(POOL), memory));
    const more = entriesFrom(GP.id, { resourceType: 'Flag', id: 'f', status: 'active', code: { text: 'Falls' } });
    const after = finish(buildInSteps(partsOf([...POOL, ...more]), memory));
    const factsOf = (record: PatientRecord, id: string): unknown =>
      record.sections.find((view) => view.id === id)?.facts;
    expect(factsOf(after, 'problems')).toBe(factsOf(before, 'problems'));
    const count = (record: PatientRecord): number => record.sections.reduce((sum, view) => sum + view.facts.length, 0);
    expect(count(after)).toBe(count(before) + 1);
  });

  it('never handles more than 250 entries between two pauses, and does not pause for each', () => {
    const many = entriesFrom(
      GP.id,
      ...Array.from({ length: 5_000 }, (_, index) => ({
        resourceType: 'Condition',
        id: `c${index}`,
        code: { text: `P${index}` },
      })),
    );
    const memory = new CountingMemory();
    const steps = buildInSteps(partsOf(many), memory);
    const handled: number[] = [];
    for (let step = steps.next(); !step.done; step = steps.next()) handled.push(memory.countAnew());
    expect(handled.reduce((sum, count) => sum + count, memory.countAnew())).toBe(3 * many.length);
    expect(Math.max(...handled)).toBe(250);
    expect(handled.length).toBeLessThan(250);
  });
});

/** Counts what is done with entries: each is settled, identified and dated once. */
class CountingMemory extends BuildMemory {
  #count = 0;

  override asOf(...said: Parameters<BuildMemory['asOf']>): Entry {
    this.#count++;
    return super.asOf(...said);
  }

  override identityOf(...said: Parameters<BuildMemory['identityOf']>): ReturnType<BuildMemory['identityOf']> {
    this.#count++;
    return super.identityOf(...said);
  }

  override momentOf(...said: Parameters<BuildMemory['momentOf']>): number {
    this.#count++;
    return super.momentOf(...said);
  }

  countAnew(): number {
    const counted = this.#count;
    this.#count = 0;
    return counted;
  }
}
