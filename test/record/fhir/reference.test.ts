import { describe, expect, it } from 'vitest';
import {
  asTexts,
  buildResolver,
  localReference,
  preferredName,
  readHumanName,
  readReferenceName,
  readReferenceNames,
  refersTo,
} from '../../../src/record/fhir/reference.ts';
import type { ReadContext } from '../../../src/record/read-context.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';

function contextOf(...resources: readonly Resource[]): ReadContext {
  const pool = new Map(resources.map((resource) => [`${resource.resourceType}/${String(resource.id)}`, resource]));
  return { source: 'gp' as SourceId, resolve: buildResolver(pool) };
}

describe('a literal reference', () => {
  it.each([
    ['#prac', undefined],
    ['urn:uuid:8a7b', undefined],
    ['Practitioner/1', 'Practitioner/1'],
    ['https://a.example/fhir/Practitioner/1', undefined],
    ['HTTPS://a.example/fhir/Practitioner/1/_history/2', undefined],
    ['//a.example/fhir/Practitioner/1', undefined],
    ['../other/Practitioner/1', undefined],
    ['urn:oid:1.2/Practitioner/1', undefined],
    ['Practitioner/1/_history/2', 'Practitioner/1'],
    ['Organization/Yorkshire Ambulance Service|423456781055', 'Organization/Yorkshire Ambulance Service|423456781055'],
    ['Practitioner/under_score', 'Practitioner/under_score'],
    ['Patient?identifier=1', undefined],
    ['Practitioner/1?x', undefined],
    ['Practitioner/..', undefined],
    ['Practitioner/1/_history/12', 'Practitioner/1'],
    ['Practitioner/ward:7', 'Practitioner/ward:7'],
  ])('%s leads to %s', (reference, expected) => {
    expect(localReference({ reference })).toBe(expected);
  });

  it('may be a bare id where its type is said', () => {
    expect(localReference({ reference: '17', type: 'Practitioner' })).toBe('Practitioner/17');
    expect(localReference({ reference: '17' })).toBeUndefined();
  });

  it('is none where nothing is named, what is contained, or what is no type and id, whatever type is said', () => {
    expect(localReference(undefined)).toBeUndefined();
    expect(localReference({ type: 'Practitioner' })).toBeUndefined();
    expect(localReference({ reference: '#p', type: 'Practitioner' })).toBeUndefined();
    expect(localReference({ reference: 'practitioner/1', type: 'Practitioner' })).toBeUndefined();
  });
});

describe('a reference to another server', () => {
  const ours: Resource = { resourceType: 'Practitioner', id: '1', name: [{ text: 'Dr Here' }] };
  const foreign = { reference: 'https://elsewhere.example/fhir/Practitioner/1' };

  it('never leads to what has the same id here', () => {
    expect(contextOf(ours).resolve(foreign, ours)).toBeUndefined();
    expect(readReferenceName(foreign, contextOf(ours), ours)).toBeUndefined();
    expect(readReferenceName({ reference: 'Practitioner/1' }, contextOf(ours), ours)).toBe('Dr Here');
  });

  it('still says of which type it is', () => {
    expect(refersTo({ reference: 'https://elsewhere.example/fhir/Patient/1' }, 'Patient')).toBe(true);
    expect(refersTo(foreign, 'Patient')).toBe(false);
    expect(refersTo({ type: 'Patient', display: 'x' }, 'Patient')).toBe(true);
    expect(refersTo(undefined, 'Patient')).toBe(false);
  });
});

describe('the name behind a reference', () => {
  const within: Resource = {
    resourceType: 'Condition',
    id: '1',
    contained: [
      { resourceType: 'Practitioner', id: 'p', name: [{ family: 'Okoro', given: ['Ada'], prefix: ['Dr'] }] },
      { resourceType: 'PractitionerRole', id: 'r', practitioner: { reference: '#p' }, code: [{ text: 'Consultant' }] },
    ],
  };

  it('is unknown when it leads nowhere', () => {
    expect(readReferenceName({ reference: 'Practitioner/9' }, contextOf(), within)).toBeUndefined();
  });

  it('is the display before anything looked up', () => {
    expect(readReferenceName({ reference: '#p', display: 'Dr A' }, contextOf(), within)).toBe('Dr A');
  });

  it('is found in a contained resource that leads to its neighbour', () => {
    expect(readReferenceName({ reference: '#r' }, contextOf(), within)).toBe('Dr Ada Okoro, Consultant');
  });

  it.each([
    [{ code: { text: 'Chest pain' } }, 'Chest pain'],
    [{ code: { text: 'Chest pain' }, valueBoolean: false }, 'Chest pain: No'],
    [{ code: { text: 'Chest pain' }, valueBoolean: true }, 'Chest pain: Yes'],
    [{ code: { text: 'Chest pain' }, valueCodeableConcept: { text: 'Absent' } }, 'Chest pain: Absent'],
    [{ valueCodeableConcept: { text: 'Left weakness' } }, 'Left weakness'],
    [{}, undefined],
  ])('is never what was asked without its answer: %j', (observation, name) => {
    const resource = { resourceType: 'Observation', id: 'o', status: 'final', ...observation };
    expect(readReferenceName({ reference: 'Observation/o' }, contextOf(resource), within)).toBe(name);
  });

  it('is found without end where roles lead in a circle', () => {
    const role = {
      resourceType: 'PractitionerRole',
      id: '1',
      practitioner: { reference: 'PractitionerRole/1' },
      code: [{ text: 'Nurse' }],
    };
    expect(readReferenceName({ reference: 'PractitionerRole/1' }, contextOf(role), within)).toBe('Nurse');
  });
});

describe('what a diagnosis no longer stands for', () => {
  const reason = { reference: 'Condition/1', display: 'Heart failure' };
  const within: Resource = { resourceType: 'MedicationRequest', id: '1' };
  const named = (resourceType: string, said: object) =>
    readReferenceName(
      { reference: `${resourceType}/1`, display: 'Heart failure' },
      contextOf({ resourceType, id: '1', ...said }),
      within,
    );

  it.each(['Condition', 'Observation', 'DiagnosticReport', 'Procedure', 'AllergyIntolerance'])(
    'is not named as a reason once its %s is withdrawn, ruled out or was never done',
    (resourceType) => {
      expect(named(resourceType, { status: 'entered-in-error' })).toBeUndefined();
      expect(named(resourceType, { status: 'not-done' })).toBeUndefined();
      expect(named(resourceType, { verificationStatus: { coding: [{ code: 'refuted' }] } })).toBeUndefined();
      expect(named(resourceType, { status: 'final' })).toBe('Heart failure');
    },
  );

  it('is not named as plain fact where a modifier that nobody knows stands on it', () => {
    const modifierExtension = [{ url: 'https://example.org/negated', valueBoolean: true }];
    expect(named('Condition', { code: { text: 'Heart failure' }, modifierExtension })).toBeUndefined();
    expect(named('Observation', { implicitRules: 'https://example.org/rules' })).toBeUndefined();
    expect(named('Condition', { verificationStatus: { coding: [{ code: 'provisional' }] } })).toBe('Heart failure');
  });

  it('is read before any other status', () => {
    const verificationStatus = { coding: [{ code: 'entered-in-error' }] };
    expect(named('Condition', { verificationStatus, status: 'active' })).toBeUndefined();
  });

  it('takes no name from a person whose record has a status', () => {
    expect(named('Practitioner', { status: 'entered-in-error' })).toBe('Heart failure');
  });

  it('leaves the others named, in their order', () => {
    const context = contextOf(
      { resourceType: 'Condition', id: '1', verificationStatus: { coding: [{ code: 'refuted' }] } },
      { resourceType: 'Condition', id: '2', code: { text: 'Asthma' } },
    );
    const second = { reference: 'Condition/2' };
    expect(readReferenceNames([reason, second, { display: 'Eczema' }], context, within)).toEqual(['Asthma', 'Eczema']);
    expect(readReferenceNames(undefined, context, within)).toEqual([]);
  });
});

describe('the name of what stands behind a statement', () => {
  const within: Resource = { resourceType: 'Condition', id: '1' };
  const named = (resource: Resource, ...others: readonly Resource[]) =>
    readReferenceName(
      { reference: `${resource.resourceType}/${String(resource.id)}` },
      contextOf(resource, ...others),
      within,
    );

  it('is none where there is no reference', () => {
    expect(readReferenceName('Dr A', contextOf(), within)).toBeUndefined();
  });

  it('is none of a role or a thing that says nothing', () => {
    expect(named({ resourceType: 'PractitionerRole', id: '1' })).toBeUndefined();
    expect(named({ resourceType: 'Practitioner', id: '1' })).toBeUndefined();
    expect(named({ resourceType: 'Practitioner', id: '1', name: [{ use: 'usual' }] })).toBeUndefined();
    expect(named({ resourceType: 'Location', id: '1' })).toBeUndefined();
  });

  it('of a role is who, what and where, by what the role calls them or by their own names', () => {
    const organization = { reference: 'Organization/9' };
    const role = { resourceType: 'PractitionerRole', id: '1', practitioner: { display: 'Dr Ada Okoro' }, organization };
    const practice = { resourceType: 'Organization', id: '9', name: 'Northcliffe Surgery' };
    expect(named(role, practice)).toBe('Dr Ada Okoro, Northcliffe Surgery');
  });

  it('of a role is found among what that role holds itself', () => {
    const role = {
      resourceType: 'PractitionerRole',
      id: '1',
      practitioner: { reference: '#p' },
      contained: [{ resourceType: 'Practitioner', id: 'p', name: [{ family: 'Okoro' }] }],
    };
    expect(named(role)).toBe('Okoro');
    const byIdentifier: ReadContext = {
      ...contextOf(),
      resolve: (reference, from) => (reference?.['identifier'] ? role : buildResolver(new Map())(reference, from)),
    };
    expect(readReferenceName({ identifier: { value: 'R1' } }, byIdentifier, within)).toBe('Okoro');
  });

  it.each(['Practitioner', 'RelatedPerson', 'Patient'])('of a %s is that of a human being', (resourceType) => {
    expect(named({ resourceType, id: '1', name: [{ given: ['Ada'], family: 'Okoro' }] })).toBe('Ada Okoro');
  });

  it.each([
    [{ name: 'Ward 7', code: { text: 'W7' }, type: [{ text: 'Ward' }] }, 'Ward 7'],
    [{ code: { text: 'W7' }, type: [{ text: 'Ward' }] }, 'W7'],
    [{ type: [{ text: 'Ward' }] }, 'Ward'],
  ])('of anything else is its name, its code or its type, in that order: %j', (said, name) => {
    expect(named({ resourceType: 'HealthcareService', id: '1', ...said })).toBe(name);
  });
});

describe('texts', () => {
  it('are those of a list or the one that stands alone, without what is none', () => {
    expect(asTexts(['1 High Street', 7, '', 'York'])).toEqual(['1 High Street', 'York']);
    expect(asTexts('York')).toEqual(['York']);
    expect(asTexts(undefined)).toEqual([]);
  });
});

describe('what a reference leads to', () => {
  const here: Resource = { resourceType: 'Practitioner', id: '1' };
  const resolve = buildResolver(
    new Map([
      ['Practitioner/1', here],
      ['urn:uuid:1', here],
    ]),
  );

  it('is nothing where nothing is named or held', () => {
    expect(resolve(undefined, here)).toBeUndefined();
    expect(resolve({ display: 'Dr A' }, here)).toBeUndefined();
    expect(resolve({ reference: '#p' }, here)).toBeUndefined();
    expect(resolve({ reference: '#p' }, { ...here, contained: { id: 'p' } })).toBeUndefined();
    expect(resolve({ reference: '#p' }, { ...here, contained: [null, { id: 'p' }] })).toBeUndefined();
  });

  it('is found by its full address, and in whatever version is meant', () => {
    expect(resolve({ reference: 'urn:uuid:1' }, here)).toBe(here);
    expect(resolve({ reference: 'Practitioner/1/_history/4' }, here)).toBe(here);
  });
});

describe('a human name', () => {
  it('is none where there is none', () => {
    expect(readHumanName(undefined)).toBeUndefined();
    expect(readHumanName({ use: 'official' })).toBeUndefined();
  });

  it('is the one in use, by what the source says of each', () => {
    const order = ['official', 'usual', undefined, 'temp', 'nickname', 'anonymous', 'maiden', 'old', 'of-a-pen'];
    const names = order.map((use) => ({ ...(use && { use }), family: use ?? 'Plain' }));
    for (let first = 0; first < names.length; first++) {
      const left = names.slice(first);
      expect(preferredName(left)).toBe(left[0]);
      expect(preferredName([...left].reverse())).toBe(left[0]);
    }
  });

  it('is one that has ended where there is no other', () => {
    expect(readHumanName([{ family: 'Before', period: { end: '2019' } }])).toBe('Before');
  });

  it('is not an old or maiden one while another exists', () => {
    expect(
      preferredName([{ use: 'old', family: 'Old' }, { use: 'maiden', family: 'Maiden' }, { family: 'Now' }]),
    ).toEqual({ family: 'Now' });
    expect(preferredName([{ use: 'old', family: 'Old' }])).toEqual({ use: 'old', family: 'Old' });
  });

  it('is not one that has ended while another exists', () => {
    expect(readHumanName([{ family: 'Before', period: { end: '2019' } }, { family: 'Now' }])).toBe('Now');
  });

  it('keeps a script in a name as the letters it is', () => {
    expect(readHumanName({ family: '<script>alert(1)</script>' })).toBe('<script>alert(1)</script>');
  });
});
