import { describe, expect, it } from 'vitest';
import type { Link, Reading } from '../../../src/record/entry.ts';
import { readCoded } from '../../../src/record/fhir/coding.ts';
import {
  cautionsBy,
  codedCautions,
  entryIdOf,
  linksTo,
  read,
  readOrigin,
  readStatement,
  resourceId,
  resourceKey,
  stateBy,
  unread,
  unreadable,
} from '../../../src/record/fhir/statement.ts';
import type { ReadContext } from '../../../src/record/read-context.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';

const context = (came: Readonly<Record<string, Resource>> = {}): ReadContext => ({
  source: 'gp' as SourceId,
  resolve: (reference) => came[String(reference?.['reference'])],
});
const condition = (change: object = {}): Resource => ({ resourceType: 'Condition', id: 'c1', ...change });
const authorOf = (resource: Resource, came?: Readonly<Record<string, Resource>>) =>
  readOrigin(resource, context(came)).by;

describe('who said it', () => {
  const who = (display: string, reference?: string) => ({ display, ...(reference && { reference }) });

  it('is never the person it is about, nor whoever came along, a room, a service or a machine', () => {
    expect(authorOf(condition({ asserter: who('Alex Example', 'Patient/p') }))).toBeUndefined();
    const present = ['Patient/p', 'Location/l', 'HealthcareService/h', 'Device/d', 'RelatedPerson/r'];
    for (const [element, type] of [
      ['individual', 'Encounter'],
      ['actor', 'Appointment'],
      ['member', 'CareTeam'],
    ] as const) {
      const participant = present.map((reference) => ({ [element]: who('Somebody', reference) }));
      expect(authorOf({ resourceType: type, participant })).toBeUndefined();
      const doctor = { [element]: who('Dr Ada Okoro', 'Practitioner/a') };
      expect(authorOf({ resourceType: type, participant: [...participant, doctor] })).toBe('Dr Ada Okoro');
    }
  });

  it.each(['ServiceRequest', 'MedicationRequest', 'DeviceRequest'])(
    'is never whoever a %s asks to act: it is who asked',
    (resourceType) => {
      const performer = [who('Cardiology', 'Organization/o')];
      expect(authorOf({ resourceType, performer })).toBeUndefined();
      expect(authorOf({ resourceType, performer, requester: who('Dr Ada Okoro') })).toBe('Dr Ada Okoro');
    },
  );

  it('is who did it where nothing was asked for', () => {
    expect(authorOf({ resourceType: 'Observation', performer: [who('Thornby laboratory')] })).toBe(
      'Thornby laboratory',
    );
    expect(authorOf({ resourceType: 'Immunization', performer: [{ actor: who('Nurse B') }] })).toBe('Nurse B');
    expect(authorOf({ resourceType: 'Observation', performer: [who('Machine', 'Device/d')] })).toBe('Machine');
  });

  it('may be a relative who told it', () => {
    expect(authorOf(condition({ asserter: who('Helen Example', 'RelatedPerson/r') }))).toBe('Helen Example');
  });

  it('is who wrote it down before who told it, wrote the document, did it, asked for it or informed', () => {
    const told = ['informationSource', 'source', 'participant'];
    const order = ['recorder', 'asserter', 'author', 'performer', 'requester', ...told];
    order.forEach((first, at) => {
      const rest = Object.fromEntries(order.slice(at).map((element) => [element, who(element)]));
      expect(authorOf({ resourceType: 'Condition', ...rest })).toBe(first);
    });
  });

  it('is the next of several where one has no name, and is read from what came with it', () => {
    expect(authorOf(condition({ author: [{ reference: 'Practitioner/no' }, who('Dr B')] }))).toBe('Dr B');
    const came = { 'Practitioner/a': { resourceType: 'Practitioner', id: 'a', name: [{ text: 'Dr Ada Okoro' }] } };
    expect(authorOf(condition({ recorder: { reference: 'Practitioner/a' } }), came)).toBe('Dr Ada Okoro');
  });

  it('is not told where nobody is named', () => {
    expect(readOrigin(condition(), context())).toStrictEqual({ source: 'gp', resource: 'Condition/c1' });
  });
});

describe('where it comes from', () => {
  it('is the source that was asked, with the version, the day of the last change and whom it passes on', () => {
    const recordedBy = { url: 'https://corridor.invalid/StructureDefinition/recorded-by', valueString: 'The hospital' };
    const meta = { versionId: '3', lastUpdated: '2026-03-01T10:00:00Z', source: 'https://elsewhere.example' };
    expect(readOrigin(condition({ meta, extension: [recordedBy] }), context())).toStrictEqual({
      source: 'gp',
      resource: 'Condition/c1',
      version: '3',
      lastUpdated: '2026-03-01T10:00:00Z',
      onBehalfOf: 'The hospital',
    });
  });

  it('has a name by which the same content is found again, where the source gives it no id', () => {
    const nameless = condition({ id: undefined, code: { text: 'Asthma' } });
    expect(resourceKey(nameless)).toBe(resourceKey(condition({ id: undefined, code: { text: 'Asthma' } })));
    expect(resourceKey(nameless)).toMatch(/^Condition\/~[0-9a-f]{16}$/);
    expect(resourceId(condition())).toBe('c1');
    expect(resourceId(condition({ id: ' ' }))).toMatch(/^~/);
  });

  it('has another name for other content, in whatever order the letters stand', () => {
    const texts = ['Asthma', 'asthma', 'Asthmä', 'hAstma', 'Asthma ', '', 'a', 'b', 'ab', 'ba', '1', '11', '111'];
    const ids = texts.map((text) => resourceId(condition({ id: undefined, code: { text } })));
    expect(new Set(ids).size).toBe(texts.length);
    const many = Array.from({ length: 2000 }, (_, at) => resourceId({ resourceType: 'Condition', at }));
    expect(new Set(many).size).toBe(2000);
    expect(many.filter((id) => !/^~[0-9a-f]{16}$/.test(id))).toEqual([]);
    // Each half by itself tells most of them apart.
    for (const half of [many.map((id) => id.slice(1, 9)), many.map((id) => id.slice(9))])
      expect(new Set(half).size).toBeGreaterThan(1990);
  });

  it('has a name even where its content cannot be written out', () => {
    const circle: Record<string, unknown> = { resourceType: 'Condition', code: { text: 'Asthma' } };
    circle['itself'] = circle;
    const turned: Record<string, unknown> = { itself: circle, code: { text: 'Other' }, resourceType: 'Condition' };
    expect(resourceId(circle as Resource)).toMatch(/^~[0-9a-f]{16}$/);
    // By what it is made of, in any order, and by nothing else.
    turned['itself'] = turned;
    expect(resourceId(turned as Resource)).toBe(resourceId(circle as Resource));
    const more = { ...circle, note: [] } as unknown as Resource;
    expect(resourceId(more)).not.toBe(resourceId(circle as Resource));
    const named = (...names: readonly string[]): string => {
      const made: Record<string, unknown> = { resourceType: 'Condition' };
      for (const name of names) made[name] = made;
      return resourceId(made as Resource);
    };
    expect(named('ab', 'c')).not.toBe(named('a', 'bc'));
  });

  it('is told apart by source, and by part where one resource says several things', () => {
    expect(entryIdOf(condition(), context())).toBe('gp/Condition/c1');
    expect(entryIdOf(condition(), context(), 'team')).toBe('gp/Condition/c1#team');
    expect(entryIdOf(condition(), context(), 0)).toBe('gp/Condition/c1#0');
  });
});

describe('what is read', () => {
  it('leaves nothing unread', () => {
    const entry = entryFrom(condition({ code: { text: 'Asthma' } }));
    expect(read(entry)).toStrictEqual({ entries: [entry], unread: [] });
    expect(read()).toStrictEqual({ entries: [], unread: [] });
  });
});

describe('what is not read', () => {
  it('is counted by its type and the element that it lacks, and makes no entry', () => {
    const origin = { source: 'gp', resource: 'Condition/c1' };
    expect(unreadable(condition(), context(), 'code')).toStrictEqual<Reading<never> | object>({
      entries: [],
      unread: [{ origin, resourceType: 'Condition', reason: 'must-have-missing', element: 'Condition.code' }],
    });
    expect(unread(condition(), context(), 'type-not-read')).toStrictEqual({
      origin,
      resourceType: 'Condition',
      reason: 'type-not-read',
    });
  });
});

describe('a status', () => {
  const states = { active: 'current', gone: 'past' } as const;

  it('that is missing or unheard of is unknown, and so is one that any object has', () => {
    for (const status of [undefined, '', 'Active', 'constructor', 'toString'])
      expect(stateBy(status, states)).toBe('unknown');
    for (const status of [undefined, 'active', 'constructor'])
      expect(cautionsBy(status, { draft: 'preliminary' })).toEqual([]);
  });

  it('is what the table says', () => {
    expect(stateBy('active', states)).toBe('current');
    expect(stateBy('gone', states)).toBe('past');
    expect(cautionsBy('draft', { draft: 'preliminary' })).toEqual(['preliminary']);
  });
});

describe('a concept', () => {
  const masked = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'masked' }] };

  it('that the source keeps back, or whose words and code differ, is never plain', () => {
    const differs = readCoded({ text: 'Asthma', coding: [{ code: '1', display: 'Diabetes' }] });
    expect(codedCautions(differs)).toEqual(['text-differs']);
    expect(codedCautions(readCoded(masked))).toEqual(['value-missing']);
    expect(codedCautions(readCoded({ text: 'Rash' }), undefined, readCoded(masked), differs)).toEqual([
      'text-differs',
      'value-missing',
    ]);
  });

  it('that says one thing is plain', () => {
    expect(codedCautions()).toEqual([]);
    expect(codedCautions(undefined, readCoded({ text: 'Asthma' }))).toEqual([]);
  });
});

describe('the statement of any section', () => {
  it('has what is plain, and nothing besides', () => {
    expect(readStatement(condition(), context(), 'problems')).toStrictEqual({
      id: 'gp/Condition/c1',
      section: 'problems',
      origin: { source: 'gp', resource: 'Condition/c1' },
      cautions: [],
      labels: [],
      notes: [],
      links: [],
    });
  });

  it('says every doubt once, that of any element before those of the section', () => {
    const doubted = condition({ verificationStatus: { coding: [{ code: 'provisional' }] }, note: [{ text: 'Told' }] });
    const statement = readStatement(doubted, context(), 'problems', ['unconfirmed', 'amended', 'amended']);
    expect(statement).toMatchObject({ cautions: ['unconfirmed', 'amended'], notes: ['Told'] });
  });

  it('has each label of the resource and of the document that it stands for, once', () => {
    const system = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
    const labelled: Resource = {
      resourceType: 'Composition',
      id: 'd',
      meta: { security: [{ system, code: 'R' }, { code: 'HTEST' }, { system, display: 'no code' }] },
      securityLabel: [
        {
          coding: [
            { system, code: 'V' },
            { system, code: 'R' },
          ],
        },
      ],
      confidentiality: 'R',
    };
    expect(readStatement(labelled, context(), 'documents').labels).toEqual([`${system}|R`, '|HTEST', `${system}|V`]);
    const plain = { resourceType: 'Composition', id: 'd', confidentiality: 'V' };
    expect(readStatement(plain, context(), 'documents').labels).toEqual([`${system}|V`]);
  });
});

describe('a link', () => {
  const linksOf = (change: object, came?: Readonly<Record<string, Resource>>): readonly Link[] =>
    readStatement({ resourceType: 'Condition', id: 'c1', ...change }, context(came), 'problems').links;

  it.each<[string, Link['rel']]>([
    ['encounter', 'encounter'],
    ['context', 'encounter'],
    ['result', 'result'],
    ['reasonReference', 'problem'],
    ['basedOn', 'request'],
    ['replaces', 'replaces'],
    ['priorPrescription', 'replaces'],
    ['priorRequest', 'replaces'],
  ])('of %s leads to the %s', (element, rel) => {
    expect(linksOf({ [element]: { reference: 'Basic/1' } })).toEqual([{ rel, to: 'Basic/1' }]);
    expect(linksOf({ [element]: [{ reference: 'Basic/1' }, { reference: 'Basic/2' }] })).toEqual([
      { rel, to: 'Basic/1' },
      { rel, to: 'Basic/2' },
    ]);
  });

  it('leads to the encounter within the context of a document', () => {
    expect(linksOf({ context: { encounter: [{ reference: 'Encounter/e' }] } })).toEqual([
      { rel: 'encounter', to: 'Encounter/e' },
    ]);
  });

  it('leads to what a document replaces, and not to what it is added to', () => {
    const to = (code: string, target: object) => ({ code, ...target });
    const relatesTo = [
      to('appends', { target: { reference: 'DocumentReference/1' } }),
      to('replaces', { target: { reference: 'DocumentReference/2' } }),
      to('replaces', { targetReference: { reference: 'Composition/3' } }),
      to('replaces', { targetIdentifier: { value: '4' } }),
    ];
    expect(linksOf({ encounter: { reference: 'Encounter/e' }, relatesTo })).toEqual([
      { rel: 'encounter', to: 'Encounter/e' },
      { rel: 'replaces', to: 'DocumentReference/2' },
      { rel: 'replaces', to: 'Composition/3' },
    ]);
  });

  it('is not made to what is contained, to words alone, to another server or to nothing', () => {
    const none = [{ reference: '#c' }, { display: 'only words' }, { reference: 'https://x.example/Condition/1' }, {}];
    expect(linksTo('problem', none, context(), condition())).toEqual([]);
    expect(linksTo('problem', { reference: 'urn:uuid:9' }, context(), condition())).toEqual([]);
    expect(linksTo('problem', undefined, context(), condition())).toEqual([]);
    const contained = { '#c': { resourceType: 'Condition', id: 'c' } };
    expect(linksTo('problem', { reference: '#c' }, context(contained), condition())).toEqual([]);
  });

  it('to what came under another name has its own address', () => {
    const came = { 'urn:uuid:1': { resourceType: 'Condition', id: 'c9' } };
    expect(linksTo('problem', { reference: 'urn:uuid:1' }, context(came), condition())).toEqual([
      { rel: 'problem', to: 'Condition/c9' },
    ]);
    const other = { 'Condition/2': { resourceType: 'Condition', id: 'elsewhere' } };
    expect(linksTo('problem', { reference: 'Condition/2' }, context(other), condition())).toEqual([
      { rel: 'problem', to: 'Condition/2' },
    ]);
  });

  it('for a reason says whether that is a problem, a report or a letter; for anything else it is what it is for', () => {
    const to = (rel: Link['rel'], reference: string) => linksTo(rel, { reference }, context(), condition())[0]?.rel;
    expect(to('problem', 'Condition/1')).toBe('problem');
    expect(to('problem', 'DiagnosticReport/1')).toBe('report');
    expect(to('problem', 'DocumentReference/1')).toBe('document');
    expect(to('request', 'DiagnosticReport/1')).toBe('request');
    expect(to('replaces', 'DocumentReference/1')).toBe('replaces');
  });
});

describe('a request as a clinician reads it', () => {
  it('was recorded by who made it, not by the clinic that it goes to', () => {
    const referral: Resource = {
      resourceType: 'ServiceRequest',
      id: 'r',
      status: 'active',
      intent: 'order',
      code: { text: 'Referral to cardiology' },
      performer: [{ display: 'Cardiology clinic' }],
      requester: { display: 'Dr Ada Okoro' },
    };
    const [entry] = readResources([referral], 'gp' as SourceId).entries;
    expect(entry).toMatchObject({ section: 'referrals', origin: { by: 'Dr Ada Okoro' } });
  });
});
