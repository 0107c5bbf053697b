import { describe, expect, it } from 'vitest';
import { BuildMemory } from '../../src/record/build-memory.ts';
import type { Entry } from '../../src/record/entry.ts';
import type { Fact } from '../../src/record/fact.ts';
import { keyAlone, type Identity } from '../../src/record/group-entries.ts';
import type { Section } from '../../src/record/section.ts';
import { problems, type ProblemEntry } from '../../src/record/sections/problems.ts';
import { entryFrom } from '../support/record.ts';

const problem = (text: string): ProblemEntry =>
  entryFrom<ProblemEntry>({
    resourceType: 'Condition',
    id: text,
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: { text },
    bodySite: [{ text: 'Left' }],
  });
const [asthma, gout] = [problem('Asthma'), problem('Gout')];

/** The heading of problems, which counts what it is asked. */
function counted(): { readonly section: Section; readonly asked: string[] } {
  const asked: string[] = [];
  const noted = <T>(what: string, answer: () => T): T => {
    asked.push(what);
    return answer();
  };
  const identity = (entry: Entry): Identity => {
    const own = problems.identity?.(entry as ProblemEntry);
    if (!own) throw new Error('problems have identities');
    return noted(`identity of ${entry.title}`, () => ({
      base: own.base,
      names: () => noted('names', () => own.names()),
      details: () => noted('details', () => own.details?.() ?? []),
    }));
  };
  return { section: { ...problems, identity } as unknown as Section, asked };
}

describe('what an entry is at a moment', () => {
  it('is worked out once for a moment, and anew for another', () => {
    const memory = new BuildMemory();
    const asked: number[] = [];
    const work = (entry: Entry, nowMs: number): Entry => {
      asked.push(nowMs);
      return { ...entry, notes: [String(nowMs)] };
    };
    const first = memory.asOf(asthma, 1, work);
    expect(first.notes).toEqual(['1']);
    expect(memory.asOf(asthma, 1, work)).toBe(first);
    expect(memory.asOf(gout, 1, work).title).toBe('Gout');
    expect(memory.asOf(asthma, 2, work).notes).toEqual(['2']);
    expect(memory.asOf(asthma, 1, work).notes).toEqual(['1']);
    expect(asked).toEqual([1, 1, 2, 1]);
  });
});

describe('the identity of an entry', () => {
  it('is none in a section that compares keys alone', () => {
    const plain = { ...problems, identity: undefined } as unknown as Section;
    expect(new BuildMemory().identityOf(plain, asthma)).toBeUndefined();
  });

  it('is asked for once, with its names, its details and its key', () => {
    const memory = new BuildMemory();
    const { section, asked } = counted();
    const found = memory.identityOf(section, asthma);
    expect(memory.identityOf(section, asthma)).toBe(found);
    expect(found?.names()).toEqual(problems.identity?.(asthma)?.names());
    expect(found?.names()).toBe(found?.names());
    expect(found?.details?.()).toEqual(['left', undefined]);
    expect(found?.details?.()).toBe(found?.details?.());
    expect(asked).toEqual(['identity of Asthma', 'names', 'details']);
    expect(found?.alone).toBe(keyAlone(asthma, problems.identity?.(asthma)));
    expect(found?.alone).toBe(found?.alone);
  });

  it('has no details where its section tells none', () => {
    const section = { ...problems, identity: () => ({ base: 'x', names: () => [] }) } as unknown as Section;
    expect(new BuildMemory().identityOf(section, asthma)?.details?.()).toEqual([]);
  });

  it('is remembered by the next build of the view, and forgotten with the entry', () => {
    const memory = new BuildMemory();
    const { section, asked } = counted();
    const built = (...entries: readonly Entry[]): void => {
      for (const entry of entries) memory.identityOf(section, entry);
      memory.keep(section.id, entries, []);
    };
    built(asthma, gout);
    built(asthma);
    expect(asked).toEqual(['identity of Asthma', 'identity of Gout']);
    built(asthma, gout);
    expect(asked).toEqual(['identity of Asthma', 'identity of Gout', 'identity of Gout']);
  });
});

describe('the moment of an entry', () => {
  it('is worked out once for what has been compared, in this build and the next', () => {
    const memory = new BuildMemory();
    const { section } = counted();
    const asked: string[] = [];
    const work = ({ title }: Entry): number => asked.push(title);
    memory.identityOf(section, asthma);
    expect([memory.momentOf(asthma, work), memory.momentOf(asthma, work)]).toEqual([1, 1]);
    memory.keep(section.id, [asthma], []);
    memory.identityOf(section, asthma);
    expect(memory.momentOf(asthma, work)).toBe(1);
    expect(memory.momentOf(gout, work)).toBe(2);
    expect(memory.momentOf(gout, work)).toBe(3);
    expect(asked).toEqual(['Asthma', 'Gout', 'Gout']);
  });
});

describe('the facts of a section', () => {
  it('are used again for the very same entries in the same order, and for no others', () => {
    const memory = new BuildMemory();
    const facts: readonly Fact[] = [];
    expect(memory.factsOf('problems', [])).toBeUndefined();
    memory.keep('problems', [asthma, gout], facts);
    expect(memory.factsOf('problems', [asthma, gout])).toBe(facts);
    expect(memory.factsOf('problems', [gout, asthma])).toBeUndefined();
    expect(memory.factsOf('problems', [asthma, { ...gout }])).toBeUndefined();
    expect(memory.factsOf('problems', [asthma])).toBeUndefined();
    expect(memory.factsOf('problems', [asthma, gout, asthma])).toBeUndefined();
    expect(memory.factsOf('allergies', [asthma, gout])).toBeUndefined();
  });
});
