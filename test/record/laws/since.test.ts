import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PatientRecord } from '../../../src/record/patient-record.ts';
import { changesSince, digestOf, type Hash, type RecordDigest, type SinceThen } from '../../../src/record/since.ts';
import type { SourceStatus } from '../../../src/record/source-status.ts';
import { answered, aSource } from '../../support/record.ts';
import {
  aWorld,
  entriesOf,
  IN_TIME,
  recordOf,
  shuffled,
  SOURCES,
  WORLDS,
  type SourceName,
  type World,
} from './world.ts';

/** Told apart as a keyed hash would, and readable when a law is broken. */
const hash: Hash = (text) => `#${text}`;

const SECTIONS = recordOf([]).sections.map(({ id }) => id);
const ANSWERED = answered(Object.fromEntries(SECTIONS.map((id) => [id, { state: 'answered', count: 1 }])));
const SILENT: SourceStatus = { state: 'unavailable', code: 'source.timeout', at: '', tookMs: 1, sections: {} };

/** The record of what these sources hold; those of `silent` have not answered. */
function of(world: World, from: readonly SourceName[] = SOURCES, silent: readonly SourceName[] = []): PatientRecord {
  const sources = SOURCES.map((id) => aSource(id));
  return recordOf(entriesOf(world, from), {
    statuses: new Map(sources.map(({ id }) => [id, silent.includes(id as never) ? SILENT : ANSWERED])),
  });
}

function since(before: PatientRecord, now: PatientRecord): readonly SinceThen[] {
  const found = changesSince(digestOf(before, hash), now, hash);
  if (!found) throw new Error('not compared');
  return found;
}

/** A world, and a part of its sources. */
const aPart = fc.record({ world: aWorld, part: fc.subarray([...SOURCES]) });

const check = <T>(arbitrary: fc.Arbitrary<T>, law: (value: T) => void): void => {
  fc.assert(fc.property(arbitrary, law), WORLDS);
};

describe('since then, of any record', IN_TIME, () => {
  it('nothing has changed in the very same record', () => {
    check(aWorld, (world) => {
      expect(since(of(world), of(world))).toEqual([]);
    });
  });

  it('nothing has changed whatever order the same things came in, then or now', () => {
    check(fc.record({ world: aWorld, seed: fc.nat() }), ({ world, seed }) => {
      const again = recordOf(shuffled(entriesOf(world), seed), { statuses: statusesOf(of(world)) });
      expect(since(of(world), again)).toEqual([]);
      expect(since(again, of(world))).toEqual([]);
      expect(asSets(digestOf(again, hash))).toEqual(asSets(digestOf(of(world), hash)));
    });
  });

  it('everything that was added is named, once, under one word', () => {
    check(aPart, ({ world, part }) => {
      const [before, now] = [of(world, part), of(world)];
      const seen = new Set(idsShown(before));
      const named = since(before, now).flatMap((one) => [...one.new, ...one.notSeenBefore]);
      const fresh = now.sections.flatMap(({ facts }) =>
        facts.filter(({ entries }) => entries.every(({ id }) => !seen.has(id))).map(({ key }) => key),
      );
      expect([...named].sort()).toEqual([...fresh].sort());
      expect(new Set(named).size).toBe(named.length);
    });
  });

  it('what was added is new where its source had answered, and only unseen where it had not', () => {
    check(aPart, ({ world, part }) => {
      const silent = SOURCES.filter((source) => !part.includes(source));
      const now = of(world);
      const byKey = new Map(now.sections.flatMap(({ facts }) => facts.map((fact) => [fact.key, fact] as const)));
      for (const one of since(of(world, part, silent), now)) {
        expect(
          one.new.map((key) => byKey.get(key)?.entries.every(({ origin }) => silent.includes(origin.source as never))),
        ).not.toContain(true);
      }
      for (const one of since(of(world, part), now)) expect(one.notSeenBefore).toEqual([]);
    });
  });

  it('what is lost is gone where its source answers without it, and never where it is silent', () => {
    check(aPart, ({ world, part }) => {
      const silent = SOURCES.filter((source) => !part.includes(source));
      const unheard = since(of(world), of(world, part, silent));
      expect(sum(unheard, ({ gone }) => gone)).toBe(0);
      const answeredWithout = since(of(world), of(world, part));
      expect(sum(answeredWithout, ({ notKnown }) => notKnown)).toBe(0);
      expect(sum(answeredWithout, ({ gone }) => gone)).toBe(sum(unheard, ({ notKnown }) => notKnown));
    });
  });

  it('what came and what is lost are each other’s mirror', () => {
    check(aPart, ({ world, part }) => {
      const [few, all] = [of(world, part), of(world)];
      const left = new Set(idsShown(few));
      const lost = all.sections.flatMap(({ facts }) =>
        facts.filter(({ entries }) => entries.every(({ id }) => !left.has(id))),
      );
      expect(sum(since(all, few), ({ gone }) => gone)).toBe(lost.length);
      expect(sum(since(few, all), ({ new: fresh }) => fresh.length)).toBe(lost.length);
    });
  });

  it('nothing that stands as it stood is called changed', () => {
    check(aPart, ({ world, part }) => {
      const before = of(world, part);
      const stood = new Set(
        before.sections.flatMap(({ facts }) => facts.flatMap(({ entries }) => entries.map((e) => JSON.stringify(e)))),
      );
      const now = of(world);
      const changed = new Set(since(before, now).flatMap((one) => one.changed));
      const seen = new Set(idsShown(before));
      for (const { facts } of now.sections)
        for (const { key, entries } of facts)
          if (changed.has(key)) expect(entries.some((e) => seen.has(e.id) && !stood.has(JSON.stringify(e)))).toBe(true);
    });
  });

  it('a digest compared after being stored as text says the same', () => {
    check(aPart, ({ world, part }) => {
      const digest = digestOf(of(world, part), hash);
      const stored = JSON.parse(JSON.stringify(digest)) as RecordDigest;
      expect(changesSince(stored, of(world), hash)).toEqual(changesSince(digest, of(world), hash));
    });
  });
});

function statusesOf(record: PatientRecord): ReadonlyMap<never, never> {
  return new Map(record.sources.map(({ source, status }) => [source.id, status])) as never;
}

function idsShown(record: PatientRecord): readonly string[] {
  return record.sections.flatMap(({ facts }) => facts.flatMap(({ entries }) => entries.map(({ id }) => id)));
}

function sum(all: readonly SinceThen[], of: (one: SinceThen) => number): number {
  return all.reduce((total, one) => total + of(one), 0);
}

/** Facts and their entries without their order: which of equals came first is nobody's statement. */
function asSets(digest: RecordDigest): unknown {
  return Object.fromEntries(
    Object.entries(digest.sections).map(([id, { answered: from, facts }]) => [
      id,
      {
        from,
        facts: facts
          .map((entries) =>
            entries
              .map((one) => one.join(' '))
              .sort()
              .join(),
          )
          .sort(),
      },
    ]),
  );
}
