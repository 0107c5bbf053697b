import { describe, expect, it } from 'vitest';
import {
  buildResolver,
  localReference,
  preferredName,
  readHumanName,
  readReferenceName,
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
  ])('%s leads to %s', (reference, expected) => {
    expect(localReference({ reference })).toBe(expected);
  });

  it('may be a bare id where its type is said', () => {
    expect(localReference({ reference: '17', type: 'Practitioner' })).toBe('Practitioner/17');
    expect(localReference({ reference: '17' })).toBeUndefined();
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

describe('a human name', () => {
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
