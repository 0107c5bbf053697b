import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Asking } from '../../../launcher/access/cell.ts';
import { createJudge } from '../../../launcher/access/judge.ts';
import { defaultPolicies } from '../../../launcher/access/policy.ts';
import { readPolicies } from '../../../launcher/access/policy-set.ts';
import { readAsset } from '../../../launcher/access/policy-assets.ts';
import { createStanding, type StandingDeps } from '../../../launcher/access/standing.ts';
import type { OpenSource } from '../../../launcher/federation/deps.ts';
import { federate } from '../../../launcher/federation/federate.ts';
import { openDocument } from '../../../launcher/federation/open-document.ts';
import type { Member } from '../../../launcher/trust/community.ts';
import { SourceTrouble, type SourcePage } from '../../../plugins/plugin.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SectionId } from '../../../src/record/section.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { collect, communitySource, locatedOf, NHS_NUMBER, openBench, settledOf } from '../../support/federation.ts';

const SUBJECT = { reference: 'Patient/p1' };
const PERSON = {
  resourceType: 'Patient',
  id: 'p1',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: NHS_NUMBER }],
  name: [{ family: 'Ashdown', given: ['Wren'] }],
  birthDate: '1948-03-07',
};
const CLINIC = 'Sexual health clinic';

const encounter = (id: string, more: object): Resource => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code: 'AMB', display: 'ambulatory' },
  subject: SUBJECT,
  period: { start: '2025-02-01' },
  ...more,
});
const problem = (id: string, encounterId?: string): Resource => ({
  resourceType: 'Condition',
  id,
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { text: `Problem ${id}` },
  subject: SUBJECT,
  ...(encounterId !== undefined && { encounter: { reference: `Encounter/${encounterId}` } }),
});

const page = (type: string, resources: readonly Resource[], end?: SourcePage['end']): SourcePage => ({
  type,
  resources,
  ...(end && { end }),
});
const complete = (received: number) => ({ state: 'complete', received }) as const;

type Standing = Partial<Pick<StandingDeps, 'judge' | 'policyLooksAtUnit'>> & { readonly home?: string };
type Case = {
  readonly pages: readonly SourcePage[];
  /** What is held behind the list, and comes only when asked for by name. */
  readonly byName?: readonly Resource[];
  readonly breaks?: boolean;
  readonly sections?: readonly SectionId[];
  readonly standing?: Standing;
};

function standingFor(sections: readonly SectionId[], { home = 'XB900', ...own }: Standing = {}) {
  const asking = {
    role: { id: 'gp', name: 'GP', sections, clearance: 'N' },
    home: { ods: home, kind: 'gp' },
    purpose: 'direct-care',
    relationship: 'registration',
    consentKnown: true,
    emergency: false,
  } as unknown as Asking;
  const giver = { ods: 'XB001', kind: 'hospital', release: { withhold: [{ units: [CLINIC] }] } } as unknown as Member;
  return createStanding({
    judge: createJudge(defaultPolicies().set),
    asking,
    giver,
    source: communitySource('a', 'http://localhost:1'),
    agreed: true,
    voice: () => 'silent',
    permitsSome: () => false,
    policyLooksAtUnit: false,
    ...own,
  });
}

function benchOf(given: Case) {
  const sections = given.sections ?? ['problems'];
  const asked: string[] = [];
  const open = (): OpenSource => ({
    requestId: 'request-1',
    findPatients: () => Promise.resolve([PERSON]),
    fetchDocument: () => Promise.resolve({ contentType: 'text/plain', bytes: new TextEncoder().encode('A letter') }),
    fetch: async function* ({ types, ids }) {
      await Promise.resolve();
      asked.push(`${types.join()}${ids ? `:${ids.join()}` : ''}`);
      if (ids) {
        const all = [...(given.byName ?? []), ...given.pages.flatMap(({ resources }) => resources as Resource[])];
        const [type = ''] = types;
        const found = all.filter(({ resourceType, id }) => resourceType === type && ids.includes(id as string));
        yield page(type, found, complete(found.length));
      } else {
        yield* given.pages.filter(({ type }) => types.includes(type));
        if (given.breaks) throw new SourceTrouble('source.unavailable', 'gone');
      }
    },
  });
  const standings = new Map([['a' as SourceId, standingFor(sections, given.standing)]]);
  const rule = { clearance: 'N', tellWithheld: false, restrictedPatient: false, standings } as const;
  const held: string[] = [];
  const { deps } = openBench(
    { a: 'http://localhost:1' },
    {
      open,
      rule,
      withheld: (_source, { id }) => held.push(String(id)),
    },
  );
  return { deps, sections, asked, held, connection: open() };
}

async function viewed(given: Case) {
  const { deps, sections, asked, held } = benchOf(given);
  const located = locatedOf({ sources: ['a'], sections });
  const events = await collect(federate(located, deps, new AbortController().signal));
  const entries = events.flatMap((event) => (event.type === 'entries' ? event.entries : []));
  const unread = events.flatMap((event) => (event.type === 'entries' ? event.unread : []));
  const shown = [...entries, ...unread].map(({ origin }) => origin.resource).sort();
  return { shown, asked, held: held.sort(), settled: settledOf(events, 'a').status };
}

describe('where an organisation keeps back what a unit made', () => {
  it.each([
    ['its provider', { serviceProvider: { display: CLINIC } }],
    ['its service', { serviceType: { text: CLINIC } }],
    ['its place', { location: [{ location: { display: CLINIC } }] }],
    ['a place it has left', { location: [{ status: 'completed', location: { display: CLINIC } }] }],
    ['its type', { type: [{ text: CLINIC }] }],
    ['what it is part of', { partOf: { reference: 'Encounter/stay' } }],
  ])('an item that only refers to the unit’s encounter is not shown: the unit is %s', async (_title, more) => {
    const stay = encounter('stay', { serviceProvider: { display: CLINIC } });
    const pages = [page('Condition', [problem('c1', 'e1')], complete(1))];
    const { shown, held } = await viewed({ pages: [page('Encounter', [encounter('e1', more), stay]), ...pages] });
    expect(shown).toEqual([]);
    expect(held).toContain('c1');
  });

  it('an item whose encounter comes on a later page does not slip through before it', async () => {
    const pages = [
      page('Condition', [problem('c1', 'e1'), problem('c2', 'e2'), problem('c3')], complete(3)),
      page('Encounter', [encounter('e2', { serviceProvider: { display: 'Cardiology' } })]),
      page('Encounter', [encounter('e1', { serviceProvider: { display: CLINIC } })], complete(2)),
    ];
    const { shown, held } = await viewed({ pages });
    expect(shown).toEqual(['Condition/c2', 'Condition/c3']);
    expect(held).toEqual(['c1']);
  });

  it.each([
    ['it does not come', {}],
    ['it is of another person', { byName: [encounter('e1', { subject: { reference: 'Patient/p2' } })] }],
    ['what it is part of does not come', { byName: [encounter('e1', { partOf: { reference: 'Encounter/no' } })] }],
  ])('an item is not shown whose encounter is not to be had: %s', async (_title, more) => {
    const pages = [page('Encounter', [], complete(0)), page('Condition', [problem('c1', 'e1')], complete(1))];
    expect((await viewed({ pages, ...more })).shown).toEqual([]);
  });

  it('nothing is said of it where the policy does not let its number be told', async () => {
    const pages = [page('Encounter', [], complete(0)), page('Condition', [problem('c1', 'e1')], complete(1))];
    const { settled } = await viewed({ pages });
    expect(settled.sections['problems']).toEqual({ state: 'nothing-held', count: 0 });
  });

  it('it is counted where the policy lets its number be told', async () => {
    const told = readAsset('default.cedar').replace(
      'forbid (principal, action in [Action::"see", Action::"tell"], resource)\nunless { resource.released };',
      'forbid (principal, action == Action::"see", resource)\nunless { resource.released };',
    );
    const read = readPolicies(told, 'v');
    if ('problems' in read) throw new Error(read.problems.join());
    const pages = [page('Encounter', [], complete(0)), page('Condition', [problem('c1', 'e1')], complete(1))];
    const { settled } = await viewed({ pages, standing: { judge: createJudge(read.set) } });
    expect(settled.sections['problems']).toMatchObject({ state: 'withheld', withheld: 1 });
  });

  it('nothing is said to be absent when the list of encounters, or all, breaks off', async () => {
    const items = page('Condition', [problem('c1', 'e1')], complete(1));
    const failed = page('Encounter', [], { state: 'failed', code: 'source.unavailable' });
    const one = await viewed({ pages: [failed, items] });
    expect(one.settled.sections['problems']).toMatchObject({ state: 'unavailable' });
    const two = await viewed({ pages: [items], breaks: true });
    expect(two.settled.sections['problems']).toMatchObject({ state: 'unavailable' });
    expect([...one.shown, ...two.shown]).toEqual([]);
  });

  it('a document of the unit cannot be opened by name either', async () => {
    const letter = {
      resourceType: 'DocumentReference',
      id: 'd1',
      status: 'current',
      subject: SUBJECT,
      type: { text: 'Letter' },
      content: [{ attachment: { contentType: 'text/plain', url: 'Binary/b1' } }],
      context: { encounter: [{ reference: 'Encounter/e1' }] },
    };
    const opened = (provider: string) => {
      const made = encounter('e1', { serviceProvider: { display: provider } });
      const { deps, sections, connection } = benchOf({ pages: [], byName: [letter, made], sections: ['documents'] });
      const ask = { source: 'a' as SourceId, type: 'DocumentReference', id: 'd1' };
      const located = locatedOf({ sources: ['a'], sections });
      return openDocument(ask, located, connection, deps, new AbortController().signal);
    };
    await expect(opened(CLINIC)).rejects.toMatchObject({ code: 'access.refused' });
    expect((await opened('Cardiology')).contentType).toBe('text/plain');
  });

  it('encounters that the reader may see no section of are looked at, and not shown', async () => {
    const made = encounter('e1', { serviceProvider: { display: 'Cardiology' } });
    const { shown, asked } = await viewed({
      pages: [page('Condition', [problem('c1', 'e1')], complete(1)), page('Encounter', [made], complete(1))],
    });
    expect(asked[0]).toBe('Encounter,Condition');
    expect(shown).toEqual(['Condition/c1']);
  });

  it('an encounter that the list leaves out is asked for by name', async () => {
    const byName = [encounter('e1', { serviceProvider: { display: 'Cardiology' } })];
    const pages = [page('Encounter', [], complete(0)), page('Condition', [problem('c1', 'e1')], complete(1))];
    const { shown, asked } = await viewed({ pages, byName });
    expect(shown).toEqual(['Condition/c1']);
    expect(asked[1]).toBe('Encounter:e1');
  });

  it('what the organisation itself reads of its own is not kept from it', async () => {
    const pages = [page('Condition', [problem('c1', 'e1')], complete(1))];
    const { shown, asked } = await viewed({ pages, standing: { home: 'XB001' } });
    expect(shown).toEqual(['Condition/c1']);
    expect(asked).toEqual(['Condition']);
  });

  it('whatever the order and the pages, the same is shown (I3, I9)', async () => {
    const all = [
      encounter('e1', { serviceProvider: { display: CLINIC } }),
      encounter('e2', { serviceProvider: { display: 'Cardiology' } }),
      encounter('e3', { partOf: { reference: 'Encounter/e1' } }),
      problem('c1', 'e1'),
      problem('c2', 'e2'),
      problem('c3', 'e3'),
      problem('c4', 'e4'),
      problem('c5'),
    ];
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(all, { minLength: all.length }), async (order) => {
        const pages = order.map((one) => page(one.resourceType, [one]));
        const ends = ['Encounter', 'Condition'].map((type) => page(type, [], complete(4)));
        expect((await viewed({ pages: [...pages, ...ends] })).shown).toEqual(['Condition/c2', 'Condition/c5']);
      }),
      { numRuns: 60 },
    );
  });
});

describe('where the policy looks at units', () => {
  const read = readPolicies(
    `${readAsset('default.cedar')}
@id("unit.own-only") @words("No.")
forbid (principal, action == Action::"see", resource) when { resource.unit == "sexual health clinic" };`,
    'v',
  );
  if ('problems' in read) throw new Error(read.problems.join());
  const standing = { judge: createJudge(read.set), policyLooksAtUnit: true } as const;

  it('each unit of an item is judged, whichever is named first, and one that is not known refuses it', async () => {
    const provider = (id: string, ...names: string[]) =>
      encounter(id, { serviceType: names.map((text) => ({ text })) });
    const pages = [
      page('Encounter', [provider('e1', 'Cardiology', CLINIC), provider('e2', 'Cardiology')], complete(2)),
      page('Condition', [problem('c1', 'e1'), problem('c2', 'e2'), problem('c3', 'no'), problem('c4')], complete(4)),
    ];
    expect((await viewed({ pages, standing })).shown).toEqual(['Condition/c2', 'Condition/c4']);
  });
});
