import { describe, expect, it } from 'vitest';
import { buildFindInvolved } from '../../launcher/build-involved.ts';
import type { PermittedRequest, Refusal } from '../../launcher/access/decision.ts';
import { createRedaction } from '../../launcher/access/redact.ts';
import type { FederationDeps } from '../../launcher/federation/deps.ts';
import { federate } from '../../launcher/federation/federate.ts';
import type { FoundInvolved } from '../../launcher/messaging/address-book.ts';
import { createHearings, type Hearings } from '../../launcher/messaging/heard.ts';
import { patientReader } from '../../launcher/messaging/reader.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { Json } from '../../src/record/resource.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';
import { locatedOf, NHS_NUMBER, openBench, permittedOf, RULE, sessionOf } from '../support/federation.ts';

const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code';
const MEMBERS = [
  { ods: 'XB001', name: 'Northcliffe Surgery', source: 'surgery' },
  { ods: 'XB002', name: 'Harwick Medical Centre', source: 'medical-centre' },
  { ods: 'XC001', name: 'Ousebridge Council', source: 'council' },
] as const;

const community = {
  members: MEMBERS,
  member: (ods: OdsCode) => MEMBERS.find((one) => one.ods === ods),
  source: (id: SourceId) => MEMBERS.find((one) => one.source === id),
} as never;

const person = (practice: string, more: object = {}) => ({
  resourceType: 'Patient',
  id: 'p',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: NHS_NUMBER }],
  name: [{ family: 'Ashdown', given: ['Wren'] }],
  birthDate: '1948-03-07',
  generalPractitioner: [{ type: 'Organization', display: practice, identifier: { system: ODS, value: practice } }],
  ...more,
});

const careTeam = (participant: readonly object[], more: object = {}) => ({
  resourceType: 'CareTeam',
  id: 'c',
  status: 'active',
  name: 'Older people, north',
  subject: { reference: 'Patient/p' },
  participant,
  ...more,
});
const keyWorker = { role: [{ text: 'Key worker' }], member: { display: 'Kit Marsh' } };

type Held = { readonly [source: string]: readonly Json[] | 'silent' };
const SECTIONS: readonly SectionId[] = ['demographics', 'gp-practice', 'professional-contacts', 'allergies'];

/** Sources in memory behind the real federation; what each was asked for is kept. */
function world(held: Held, sections = SECTIONS, refusal?: Refusal) {
  const asked: string[] = [];
  const { deps, events } = openBench({}, {
    open: (source) => {
      const all = held[source] ?? [];
      const wait = (signal: AbortSignal): Promise<never> =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
      return {
        requestId: 'r',
        findPatients: (_number: string, signal: AbortSignal) =>
          all === 'silent'
            ? wait(signal)
            : Promise.resolve(all.filter(({ resourceType }) => resourceType === 'Patient') as never),
        fetchDocument: () => Promise.reject(new Error('none')),
        // eslint-disable-next-line @typescript-eslint/require-await -- a source in memory has nothing to wait for
        fetch: async function* ({ types }: { readonly types: readonly string[] }) {
          asked.push(...types.map((type) => `${source} ${type}`));
          for (const type of types) {
            const resources = all === 'silent' ? [] : all.filter(({ resourceType }) => resourceType === type);
            yield { type, resources, end: { state: 'complete', received: resources.length } } as never;
          }
        },
      } as never;
    },
    deadlineMs: () => 300,
  } as Partial<FederationDeps>);
  const hearings = createHearings(() => Date.now());
  const sources = Object.keys(held);
  const permitted: PermittedRequest = permittedOf({ sources, sections });
  const find = buildFindInvolved(
    {
      community,
      log: { error: (_event: string, { error }: { error: unknown }) => void asked.push(String(error)) },
    } as never,
    {
      decide: () => Promise.resolve(refusal ?? permitted),
      locate: (request: PermittedRequest) => ({ request, sources: [...request.permitted.keys()] }) as never,
      ruleOf: () => RULE,
      federation: deps,
      streams: { open: () => ({ signal: new AbortController().signal, close: () => undefined }) },
      policy: { role: () => ({ clearance: 'N' }) },
    } as never,
    hearings,
  );
  const reader = patientReader(sessionOf());
  return {
    asked,
    events,
    hearings,
    deps,
    find: (): Promise<FoundInvolved> => find(reader, new AbortController().signal),
    sources,
  };
}

const whys = ({ involved }: FoundInvolved) => involved.map(({ ods, why, person: who }) => [ods, why, who?.name]);

async function show(hearings: Hearings, deps: FederationDeps, sources: readonly string[]): Promise<void> {
  const events = federate(locatedOf({ sources, sections: SECTIONS }), deps, new AbortController().signal);
  for await (const event of hearings.listen('session-1', events)) if (event.type === 'closed') break;
}

describe('who is involved in somebody’s care', () => {
  it('is nobody where a rule refuses the record, and no source is asked', async () => {
    const refusal = { refused: true, rule: 'consent.objection', code: 'access.refused' } as const;
    const { find, asked } = world({ council: [person('XB001'), careTeam([keyWorker])] }, SECTIONS, refusal);
    expect(await find()).toEqual({ involved: [], unheard: [] });
    expect(asked).toEqual([]);
  });

  it('is not told from a heading that the reader may not see', async () => {
    const { find, asked } = world({ council: [person('XB001'), careTeam([keyWorker])] }, ['gp-practice']);
    expect(whys(await find())).toEqual([
      ['XB001', 'registered-gp', undefined],
      ['XC001', 'involved', undefined],
    ]);
    expect(asked).not.toContain('council CareTeam');
  });

  it('is nobody where any source marks the whereabouts as restricted', async () => {
    const hidden = person('XB001', { meta: { security: [{ system: 'x', code: 'R' }] } });
    const rule = { ...RULE, clearance: 'R' } as const;
    const { deps, hearings, find, sources } = world({
      surgery: [person('XB001')],
      council: [hidden, careTeam([keyWorker])],
    });
    await show(hearings, { ...deps, redactor: createRedaction(rule) }, sources);
    expect(await find()).toEqual({ involved: [], unheard: [] });
  });

  it('calls neither of two practices the registered one where each says so of itself', async () => {
    const { find } = world({ surgery: [person('XB001')], 'medical-centre': [person('XB002')] });
    expect(whys(await find()).map(([, why]) => why)).toEqual(['involved', 'involved']);
  });

  it('takes a practice’s own word before that of one which has not followed a move', async () => {
    const { find } = world({ surgery: [person('XB001')], council: [person('XB002')] });
    expect(whys(await find())).toContainEqual(['XB001', 'registered-gp', undefined]);
  });

  it('places nobody at an organisation that is no member, nor at one of two of that name', async () => {
    const elsewhere = { ...keyWorker, onBehalfOf: { display: 'Somewhere Trust' } };
    const { find } = world({ council: [person('XB001'), careTeam([elsewhere])] });
    expect(whys(await find()).map(([, why]) => why)).not.toContain('key-worker');
  });

  it('names the key worker and colleagues by the source’s word, at the organisation it names', async () => {
    const nurse = {
      role: [{ text: 'Practice nurse' }],
      member: { display: 'Ivo Lane' },
      onBehalfOf: { display: 'northcliffe surgery' },
    };
    const { find, asked, events } = world({ council: [person('XB001'), careTeam([keyWorker, nurse])] });
    const found = await find();
    expect(whys(found)).toEqual([
      ['XC001', 'key-worker', 'Kit Marsh'],
      ['XB001', 'involved', 'Ivo Lane'],
      ['XB001', 'registered-gp', undefined],
      ['XC001', 'involved', undefined],
    ]);
    expect(found.involved[0]).toMatchObject({
      origin: { source: 'council', resource: 'CareTeam/c' },
      team: 'Older people, north',
    });
    expect(found.involved[0]?.person?.key).toMatch(/^[\w-]{22}$/);
    // No more than is wanted, and in the audit like every other asking.
    expect(asked).toEqual(['council CareTeam']);
    expect(events.map(({ type }) => type)).toEqual(['source.asked', 'source.settled']);
  });

  it('is known from the record that went by, and nobody is asked a second time', async () => {
    const { find, asked, hearings, deps, sources } = world({ council: [person('XB001'), careTeam([keyWorker])] });
    await show(hearings, deps, sources);
    const before = asked.length;
    expect(whys(await find())).toContainEqual(['XC001', 'key-worker', 'Kit Marsh']);
    expect(asked.length).toBe(before);
  });

  it('says whose answer is missing instead of waiting for it', async () => {
    const { find } = world({ council: [person('XB001'), careTeam([keyWorker])], surgery: 'silent' });
    const found = await find();
    expect(found.unheard).toEqual(['XB001']);
    expect(whys(found)).toContainEqual(['XC001', 'key-worker', 'Kit Marsh']);
  });

  it('is forgotten with its time, and what a source says anew replaces what it said', async () => {
    let nowMs = 0;
    const hearings = createHearings(() => nowMs, 1_000);
    const held: { council: Json[] } = { council: [person('XB001'), careTeam([keyWorker])] };
    const { deps, sources } = world(held);
    await show(hearings, deps, sources);
    expect(hearings.of('session-1')?.said.get('council' as SourceId)?.contacts).toHaveLength(1);
    held.council = [person('XB001')];
    await show(hearings, deps, sources);
    expect(hearings.of('session-1')?.said.get('council' as SourceId)?.contacts).toHaveLength(0);
    nowMs = 1_000;
    expect(hearings.of('session-1')).toBeUndefined();
  });
});
