import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../src/record/build-record.ts';
import type { Entry } from '../../src/record/entry.ts';
import type { RecordedDate } from '../../src/record/fhir/date.ts';
import type { NhsNumber } from '../../src/record/nhs-number.ts';
import type { PatientRecord } from '../../src/record/patient-record.ts';
import { readResources } from '../../src/record/read-resources.ts';
import { afterLook, changesSince, digestOf, hashInSteps, type Hash, type SinceThen } from '../../src/record/since.ts';
import type { SourceStatus } from '../../src/record/source-status.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';
import { answered } from '../../src/stream/record-of-entries.ts';

const hash: Hash = (text) => createHmac('sha256', 'a secret of the test').update(text).digest('base64url').slice(0, 22);

const SILENT: SourceStatus = { state: 'unavailable', code: 'source.timeout', at: '', tookMs: 1, sections: {} };
type Said = { readonly [source: string]: readonly object[] | 'silent' };

function record(said: Said, nowMs = Date.parse('2026-11-22T09:00:00Z'), nhsNumber = '9990000018'): PatientRecord {
  const sources = Object.keys(said) as SourceId[];
  const readings = sources.map((id) => [id, readResources(said[id] === 'silent' ? [] : (said[id] ?? []), id)] as const);
  return buildRecord({
    patient: {
      nhsNumber: nhsNumber as NhsNumber,
      family: 'Ashdown',
      given: 'Wren',
      birthDate: '1948-03-07' as RecordedDate,
    },
    sources: sources.map((id) => ({
      id,
      organisation: { ods: id as string as OdsCode, name: id, kind: 'gp' },
      home: false,
    })),
    statuses: new Map(
      readings.map(([id, { entries }]) => [id, said[id] === 'silent' ? SILENT : answered(entries, '')]),
    ),
    entries: readings.flatMap(([, { entries }]) => entries),
    unread: [],
    nowMs,
  });
}

const problem = (id: string, text: string, more: object = {}): object => ({
  resourceType: 'Condition',
  id,
  code: { text },
  clinicalStatus: { coding: [{ code: 'active' }] },
  verificationStatus: { coding: [{ code: 'confirmed' }] },
  ...more,
});

function withEach(plain: PatientRecord, alter: (entry: Entry) => Entry): PatientRecord {
  const sections = plain.sections.map((view) => ({
    ...view,
    facts: view.facts.map((fact) => ({ ...fact, entries: fact.entries.map(alter) as unknown as typeof fact.entries })),
  }));
  return { ...plain, sections };
}

/** The same content, each object written in the other order. */
function backToFront(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backToFront);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value).map(([name, part]) => [name, backToFront(part)] as const);
  return Object.fromEntries(parts.reverse());
}

function changes(before: Said, after: Said): Partial<SinceThen> | undefined {
  const found = changesSince(digestOf(record(before), hash), record(after), hash);
  expect(found?.length ?? 0).toBeLessThan(2);
  return found?.[0];
}

describe('a digest of a record', () => {
  it('holds no word, code, date, number, id or source of it', () => {
    const digest = JSON.stringify(
      digestOf(record({ surgery: [problem('p-17', 'Asthma', { onsetDateTime: '2012-03-15' })] }), hash),
    );
    for (const secret of ['Asthma', 'asthma', '2012', 'p-17', 'surgery', '9990000018', 'Ashdown', '1948', 'active'])
      expect(digest).not.toContain(secret);
  });

  it('is the same whichever source comes first', () => {
    const [a, b] = [[problem('p', 'Asthma')], [problem('q', 'Gout')]];
    const [one, other] = [digestOf(record({ a, b }), hash), digestOf(record({ b, a }), hash)];
    expect(other.sections.problems?.answered).toEqual(one.sections.problems?.answered);
  });

  it('of a record of which nothing had been seen calls nothing new', () => {
    const nothing = { ...digestOf(record({}), hash), sections: {} };
    expect(changesSince(nothing, record({ a: [problem('p', 'Asthma')] }), hash)).toMatchObject([
      { id: 'problems', new: [], notSeenBefore: [expect.any(String)], gone: 0, notKnown: 0 },
    ]);
  });

  it('is the same for the same record, whatever order it arrived in', () => {
    const parts = [problem('p', 'Asthma'), problem('q', 'Gout')];
    expect(digestOf(record({ a: parts }), hash)).toEqual(digestOf(record({ a: [...parts].reverse() }), hash));
  });

  it('of another person, or under another key, is compared with nothing', () => {
    const digest = digestOf(record({ a: [] }), hash);
    expect(changesSince(digest, record({ a: [] }, undefined, '9990000026'), hash)).toBeUndefined();
    expect(changesSince(digest, record({ a: [] }), (text) => `other ${hash(text)}`)).toBeUndefined();
    expect(changesSince({ ...digest, version: 2 as never }, record({ a: [] }), hash)).toBeUndefined();
  });
});

describe('since then', () => {
  it('nothing is new in the same record, nor in one that was only saved again or labelled', () => {
    const again = problem('p', 'Asthma', {
      meta: { versionId: '9', lastUpdated: '2026-11-21T00:00:00Z', security: [{ code: 'N' }] },
    });
    expect(changes({ a: [problem('p', 'Asthma')] }, { a: [problem('p', 'Asthma')] })).toBeUndefined();
    expect(changes({ a: [problem('p', 'Asthma')] }, { a: [again] })).toBeUndefined();
  });

  it('a fact is new where its source had answered then', () => {
    const found = changes({ a: [problem('p', 'Asthma')] }, { a: [problem('p', 'Asthma'), problem('q', 'Gout')] });
    expect(found).toMatchObject({
      id: 'problems',
      new: [expect.any(String)],
      notSeenBefore: [],
      changed: [],
      gone: 0,
    });
  });

  it('a fact of a source that was silent then, or not yet asked, was only not seen', () => {
    for (const before of [{ a: [], b: 'silent' as const }, { a: [] }])
      expect(changes(before, { a: [], b: [problem('q', 'Gout')] })).toMatchObject({
        new: [],
        notSeenBefore: [expect.any(String)],
      });
  });

  it('a fact of two sources is new where one of them had answered then', () => {
    expect(changes({ a: [], b: 'silent' }, { a: [problem('p', 'Asthma')], b: [problem('q', 'Asthma')] })).toMatchObject(
      { new: [expect.any(String)], notSeenBefore: [] },
    );
  });

  it('a fact of two records is changed by one of them', () => {
    const b = [problem('q', 'Asthma')];
    const worse = problem('p', 'Asthma', { note: [{ text: 'worse' }] });
    expect(changes({ a: [problem('p', 'Asthma')], b }, { a: [worse], b })).toMatchObject({
      changed: [expect.any(String)],
    });
  });

  it('what was taken back before it was ever seen is not told', () => {
    const error = problem('p', 'Asthma', { verificationStatus: { coding: [{ code: 'entered-in-error' }] } });
    expect(changes({ a: [] }, { a: [error] })).toBeUndefined();
  });

  it.each<[what: string, changed: boolean, alter: (entry: Entry) => Entry]>([
    ['that it is not so', true, (entry) => ({ ...entry, state: 'negated' })],
    ['that it is over by the clock', false, (entry) => ({ ...entry, state: 'past' })],
    ['that its date has come', false, (entry) => ({ ...entry, cautions: [...entry.cautions, 'date-in-future'] })],
    ['a doubt', true, (entry) => ({ ...entry, cautions: [...entry.cautions, 'preliminary'] })],
    ['the order of its parts', false, (entry) => backToFront(entry) as Entry],
  ])('an entry that differs in %s is changed: %s', (_, changed, alter) => {
    const plain = record({ a: [problem('p', 'Asthma', { code: { coding: [{ code: '1', display: 'Asthma' }] } })] });
    const found = changesSince(digestOf(plain, hash), withEach(plain, alter), hash);
    expect(found?.flatMap((section) => section.changed)).toHaveLength(changed ? 1 : 0);
  });

  it('an entry is not changed by the order of its doubts', () => {
    const withDoubts = (...cautions: Entry['cautions']): PatientRecord =>
      withEach(record({ a: [problem('p', 'Asthma')] }), (entry) => ({ ...entry, cautions }));
    const before = digestOf(withDoubts('preliminary', 'amended'), hash);
    expect(changesSince(before, withDoubts('amended', 'preliminary'), hash)).toEqual([]);
  });

  it('a second record of a known fact is neither new nor a change', () => {
    expect(
      changes({ a: [problem('p', 'Asthma')], b: [] }, { a: [problem('p', 'Asthma')], b: [problem('q', 'Asthma')] }),
    ).toBeUndefined();
  });

  it.each([
    ['its words', { note: [{ text: 'worse' }] }],
    ['its status', { clinicalStatus: { coding: [{ code: 'resolved' }] } }],
    ['that it is ruled out', { verificationStatus: { coding: [{ code: 'refuted' }] } }],
    ['its date', { onsetDateTime: '2012' }],
  ])('a fact is changed by %s', (_by, more) => {
    expect(changes({ a: [problem('p', 'Asthma')] }, { a: [problem('p', 'Asthma', more)] })).toMatchObject({
      new: [],
      changed: [expect.any(String)],
    });
  });

  it('a fact is changed by what only a modifier turns', () => {
    const order = (doNotPerform: boolean): object => ({
      resourceType: 'MedicationRequest',
      id: 'm',
      status: 'active',
      intent: 'order',
      doNotPerform,
      medicationCodeableConcept: { text: 'Warfarin' },
    });
    expect(changes({ a: [order(false)] }, { a: [order(true)] })).toMatchObject({
      id: 'medications',
      changed: [expect.any(String)],
    });
  });

  it('a fact is not changed by the clock alone', () => {
    const visit = {
      resourceType: 'Appointment',
      id: 'v',
      status: 'booked',
      start: '2026-11-22T10:00:00Z',
      end: '2026-11-22T10:30:00Z',
      serviceType: [{ text: 'Clinic' }],
    };
    const before = digestOf(record({ a: [visit] }), hash);
    expect(changesSince(before, record({ a: [visit] }, Date.parse('2026-11-25T09:00:00Z')), hash)).toEqual([]);
  });

  it('a fact that its source took back is withdrawn, and can be found', () => {
    const error = problem('p', 'Asthma', { verificationStatus: { coding: [{ code: 'entered-in-error' }] } });
    expect(changes({ a: [problem('p', 'Asthma')] }, { a: [error] })).toMatchObject({
      withdrawn: ['a/Condition/p'],
      gone: 0,
      notKnown: 0,
    });
  });

  it('a fact is gone only where its source answers without it; a silence says nothing', () => {
    expect(changes({ a: [problem('p', 'Asthma')] }, { a: [] })).toMatchObject({ gone: 1, notKnown: 0 });
    expect(changes({ a: [problem('p', 'Asthma')] }, { a: 'silent' })).toMatchObject({ gone: 0, notKnown: 1 });
    expect(changes({ a: [problem('p', 'Asthma')], b: [problem('q', 'Asthma')] }, { a: [], b: 'silent' })).toMatchObject(
      { gone: 0, notKnown: 1 },
    );
    expect(
      changes({ a: [problem('p', 'Asthma')], b: [problem('q', 'Asthma')] }, { a: [], b: [problem('q', 'Asthma')] }),
    ).toBeUndefined();
  });
});

describe('what has been seen after another look', () => {
  const first = { surgery: [problem('a', 'Asthma')], hospital: [problem('h', 'Heart failure')] };
  const silent = { surgery: [problem('a', 'Asthma')], hospital: 'silent' } as const;

  it('does not call old what a source says that was silent in between, nor new what it had said before', () => {
    const seen = afterLook(digestOf(record(first), hash), digestOf(record(silent), hash));
    expect(changesSince(seen, record(first), hash)).toEqual([]);
    const more = { ...first, hospital: [...first.hospital, problem('n', 'Gout')] };
    const [problems] = changesSince(seen, record(more), hash) ?? [];
    expect(problems).toMatchObject({ new: [expect.any(String)], notSeenBefore: [], changed: [] });
  });

  it('lets go of what a source that answers no longer holds', () => {
    const seen = afterLook(digestOf(record(first), hash), digestOf(record({ ...first, hospital: [] }), hash));
    const [problems] = changesSince(seen, record(first), hash) ?? [];
    expect(problems?.new).toHaveLength(1);
  });

  it('takes nothing over from another person', () => {
    const other = digestOf(record(first, undefined, '9990123454'), hash);
    const now = digestOf(record(silent), hash);
    expect(afterLook(other, now)).toEqual(now);
    expect(afterLook(undefined, now)).toEqual(now);
  });

  it('holds an entry once, as it was last said, though its source did not answer in full', () => {
    const then = { answered: ['surgery'], facts: [[['surgery', 'p', 'asthma']]] } as const;
    const now = { answered: ['clinic'], facts: [[['surgery', 'p', 'asthma, worse']]] } as const;
    const seen = afterLook(
      { version: 1, of: 'her', sections: { problems: then } },
      { version: 1, of: 'her', sections: { problems: now } },
    );
    expect(seen.sections.problems).toEqual({ answered: ['clinic', 'surgery'], facts: now.facts });
    const other = afterLook(
      { version: 1, of: 'her', sections: { problems: { answered: ['a'], facts: [] } } },
      { version: 1, of: 'her', sections: { problems: { answered: ['b'], facts: [] } } },
    );
    expect(other.sections.problems?.answered).toEqual(['a', 'b']);
  });

  it('has nothing of the entries left to hash where it was hashed in steps, a fact at a time', () => {
    const now = record(first);
    const texts: string[] = [];
    const counted: Hash = (text) => {
      texts.push(text);
      return hash(text);
    };
    expect([...hashInSteps(now, counted)]).toHaveLength(2);
    expect(texts).toContain('surgery/Condition/a');
    texts.length = 0;
    digestOf(now, counted);
    expect(texts).not.toContain('surgery/Condition/a');
  });

  it('is the same whether or not it was hashed in steps beforehand', () => {
    const now = record(first);
    const [counted, plain]: [Hash, Hash] = [(text) => hash(text), (text) => hash(text)];
    const steps = hashInSteps(now, counted);
    while (!steps.next().done);
    expect(digestOf(now, counted)).toEqual(digestOf(now, plain));
  });
});
