import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { individualRequirements, type RequirementEntry } from '../../../src/record/sections/individual-requirements.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';

const NRAF = {
  coding: [
    {
      system: 'https://fhir.nhs.uk/England/CodeSystem/RA-Flag',
      code: 'NRAF',
      display: 'National Reasonable Adjustments Flag',
    },
  ],
};

function flag(change: object = {}): Resource {
  return {
    resourceType: 'Flag',
    id: '1',
    status: 'active',
    category: [{ text: 'Reasonable adjustment' }],
    code: { text: 'Longer appointments' },
    period: { start: '2026-01-10' },
    ...change,
  };
}

const read = (resource: Resource): RequirementEntry => entryFrom<RequirementEntry>(resource);

describe('what is no individual requirement', () => {
  it('is a diagnosis, however much it impairs', () => {
    const deaf = {
      resourceType: 'Condition',
      id: '1',
      code: { text: 'Hearing impairment' },
      category: [{ text: 'Problem list item' }],
    };
    expect(entryFrom(deaf).section).toBe('problems');
  });

  it('is a consent to the sharing of anything else', () => {
    const consent = {
      resourceType: 'Consent',
      id: '1',
      status: 'active',
      scope: { coding: [{ code: 'patient-privacy' }] },
      category: [{ text: 'Record sharing' }],
    };
    expect(readResources([consent], 'gp' as SourceId)).toEqual({ entries: [], unread: [] });
  });

  it('is a requirement that was denied or withdrawn', () => {
    expect(read(flag({ code: { text: 'No reasonable adjustments needed' } })).state).toBe('negated');
    expect(read(flag({ code: { text: 'Interpreter not required' } })).state).toBe('negated');
    expect(read(flag({ status: 'entered-in-error' })).state).toBe('in-error');
    expect(read(flag({ status: 'inactive' })).state).toBe('past');
    expect(read(flag({ status: undefined })).state).toBe('unknown');
  });
});

describe('an individual requirement', () => {
  it.each(['No stairs: ground floor only', 'No male staff', 'No telephone calls: send a text'])(
    'may forbid: %s',
    (text) => {
      expect(read(flag({ code: { text } })).state).toBe('current');
    },
  );

  it('is the flag that there is a record, or an adjustment of it', () => {
    expect(read(flag({ category: [NRAF], code: NRAF }))).toMatchObject({
      kind: 'indicator',
      title: 'National Reasonable Adjustments Flag',
    });
    expect(read(flag())).toMatchObject({ kind: 'adjustment', title: 'Longer appointments', state: 'current' });
  });

  it('of the national record may be an impairment, with its category', () => {
    const category = [
      {
        coding: [
          { system: 'https://fhir.nhs.uk/England/CodeSystem/RA-Flag-Impairment', display: 'Impairment: hearing' },
        ],
      },
    ];
    expect(
      read({
        resourceType: 'Condition',
        id: '1',
        category,
        code: { text: 'Deaf' },
        clinicalStatus: { coding: [{ code: 'active' }] },
      }),
    ).toMatchObject({
      kind: 'impairment',
      title: 'Deaf',
      categories: ['Impairment: hearing'],
      state: 'current',
    });
  });

  it('is one line for all who know of it in the same words, and never joins another', () => {
    const key = (change: object): string => individualRequirements.factKey(read(flag(change)));
    expect(key({ period: { start: '2020' } })).toBe(key({}));
    expect(key({ code: { text: 'Hearing loop' } })).not.toBe(key({}));
    expect(key({ status: 'inactive' })).not.toBe(key({}));
  });
});

describe('the consent to share the flag', () => {
  const consent = (change: object): Resource => ({
    resourceType: 'Consent',
    id: '1',
    status: 'active',
    scope: { coding: [{ code: 'patient-privacy' }] },
    category: [NRAF],
    dateTime: '2026-01-10',
    ...change,
  });

  it('that is denied is never read as given, and where nothing is said nothing is derived', () => {
    expect(read(consent({ provision: { type: 'deny' } }))).toMatchObject({
      kind: 'consent',
      agreed: false,
      state: 'negated',
    });
    expect(read(consent({ status: 'rejected', provision: { type: 'permit' } }))).toMatchObject({
      agreed: false,
      state: 'negated',
    });
    expect(read(consent({}))).not.toHaveProperty('agreed');
  });

  it('that is given says so', () => {
    expect(read(consent({ provision: { type: 'permit' } }))).toMatchObject({
      agreed: true,
      state: 'current',
      date: '2026-01-10',
    });
  });
});
