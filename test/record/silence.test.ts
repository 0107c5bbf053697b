import { describe, expect, it, vi } from 'vitest';
import { readResources } from '../../src/record/read-resources.ts';
import type { Section } from '../../src/record/section.ts';
import { silenceOf } from '../../src/record/silence.ts';
import type { SourceId } from '../../src/record/source.ts';

/** One section that takes these types for its own and says nothing of them: what no section may do, and one might. */
vi.mock('../../src/record/sections/index.ts', () => {
  const swallowing: Pick<Section, 'id' | 'reads' | 'read'> = {
    id: 'problems',
    reads: ['Condition', 'Device', 'Organization'],
    read: () => ({ entries: [], unread: [] }),
  };
  return { SECTIONS: [swallowing] };
});

const reasonsFor = (resourceType: string, more: object = {}): readonly string[] =>
  readResources([{ resourceType, id: 'x', ...more }], 'gp' as SourceId).unread.map(({ reason }) => reason);

describe('a resource that leaves nothing behind', () => {
  it('is unread where a section claims it and says nothing', () => {
    expect(reasonsFor('Condition')).toEqual(['type-not-read']);
  });

  it('is unread where no section claims it', () => {
    expect(reasonsFor('Claim')).toEqual(['type-not-read']);
  });

  it('is no gap where it is a part of other statements', () => {
    expect(reasonsFor('Organization')).toEqual([]);
    expect(reasonsFor('Practitioner')).toEqual([]);
  });

  it('is no gap where a rule names why', () => {
    expect(reasonsFor('Device')).toEqual([]);
    expect(reasonsFor('Provenance')).toEqual([]);
  });
});

describe('the rule by which a resource is ignored', () => {
  it.each([
    ['instrument', { resourceType: 'Device', type: { text: 'Sphygmomanometer' } }],
    [
      'consent-to-sharing',
      {
        resourceType: 'Consent',
        scope: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }],
        },
      },
    ],
    ['list', { resourceType: 'List' }],
    ['provenance', { resourceType: 'Provenance' }],
    ['blank-form', { resourceType: 'Questionnaire' }],
    ['address', { resourceType: 'Endpoint' }],
    ['part', { resourceType: 'Medication' }],
  ])('is %s', (rule, resource) => {
    expect(silenceOf(resource)).toBe(rule);
  });

  it('never covers a device in a person, nor a consent to treatment', () => {
    expect(silenceOf({ resourceType: 'Device', patient: { reference: 'Patient/1' } })).toBeUndefined();
    expect(
      silenceOf({ resourceType: 'Consent', scope: { coding: [{ code: 'treatment' }, { code: 'adr' }] } }),
    ).toBeUndefined();
    expect(silenceOf({ resourceType: 'Procedure', scope: { coding: [{ code: 'patient-privacy' }] } })).toBeUndefined();
  });
});
