import { describe, expect, it } from 'vitest';
import { readStop } from '../../../src/record/sections/medicine-stop.ts';
import { aDate, conflictKinds } from '../../support/record.ts';

const REASON = { text: 'Dizziness' };

/** What a practice's system says of a medicine that was changed, in an extension of that name. */
const changed = (name: string, ...parts: readonly object[]): object => ({
  extension: [{ url: `https://fhir.example/StructureDefinition/${name}`, extension: parts }],
});
const on = (valueDateTime: string): object => ({ url: 'statusChangeDate', valueDateTime });
const because = (valueString: string): object => ({ url: 'statusChangeReason', valueString });

function stop(change: object, status?: string, end?: string): ReturnType<typeof readStop> {
  const resource = { resourceType: 'MedicationStatement', id: '1', ...change };
  return readStop(resource, status, end === undefined ? undefined : { end: aDate(end) });
}

describe('a medicine that was not stopped', () => {
  it.each([undefined, 'active', 'on-hold', 'not-taken', 'completed', 'entered-in-error'])(
    'has no day of a stop, but the reason for its standing: %s',
    (status) => {
      const dated = changed('UKCore-MedicationStatusChange', on('2026-05-04'), because('Dizziness'));
      expect(stop(dated, status, '2026-05-06')).toEqual({ statusReason: 'Dizziness' });
    },
  );

  it('says nothing where its source gives no reason', () => {
    expect(stop({}, 'on-hold', '2026-05-06')).toEqual({});
  });
});

describe.each(['stopped', 'cancelled'])('a medicine that was %s', (status) => {
  it('is so without a day or a reason where none is given', () => {
    expect(stop({}, status)).toEqual({ stopped: {} });
  });

  it('ended on the day of the change, before the end of its period', () => {
    const dated = changed('UKCore-MedicationStatusChange', on('2026-05-04'));
    expect(stop(dated, status, '2026-05-06')).toEqual({ stopped: { date: '2026-05-04' } });
    const dayOnly = changed('UKCore-MedicationStatusChange', { url: 'statusChangeDate', valueDate: '2026-05-05' });
    expect(stop(dayOnly, status, '2026-05-06')).toEqual({ stopped: { date: '2026-05-05' } });
  });

  it('ended with its period where no day of the change can be read', () => {
    const undated = changed('UKCore-MedicationStatusChange', on('last week'));
    expect(stop(undated, status, '2026-05-06')).toEqual({ stopped: { date: '2026-05-06' } });
    const another = changed('UKCore-MedicationStatusChange', { url: 'issued', valueDateTime: '2026-05-04' });
    expect(stop(another, status, '2026-05-06')).toEqual({ stopped: { date: '2026-05-06' } });
  });

  it('has its reason with it', () => {
    expect(stop({ statusReason: [REASON] }, status, '2026-05-06')).toEqual({
      stopped: { date: '2026-05-06', reason: 'Dizziness' },
    });
  });
});

describe('a supply that a pharmacy called off', () => {
  const supply = (status: string): object => ({
    resourceType: 'MedicationDispense',
    id: '1',
    status,
    subject: { reference: 'Patient/1' },
    medicationCodeableConcept: { text: 'Atenolol 50mg tablets' },
    whenPrepared: '2026-11-01',
    statusReasonCodeableConcept: { text: 'Out of stock' },
  });

  it.each(['stopped', 'cancelled'])('stopped no medicine: %s', (status) => {
    expect(stop(supply(status), status)).toEqual({ statusReason: 'Out of stock' });
  });

  it.each(['stopped', 'cancelled'])('does not disagree with the practice that prescribes it: %s', (status) => {
    const prescribed = {
      ...supply('active'),
      resourceType: 'MedicationRequest',
      intent: 'order',
      authoredOn: '2026-05-01',
    };
    expect(conflictKinds({ gp: [prescribed], pharmacy: [supply(status) as typeof prescribed] })).toEqual([]);
  });
});

describe('why a medicine stands as it does', () => {
  it.each([
    ['a statement', { statusReason: [REASON, { text: 'Another' }] }],
    ['a request or an administration', { statusReason: REASON }],
    ['a dispensing', { statusReasonCodeableConcept: REASON }],
    [
      'the UK Core change of status',
      changed('UKCore-MedicationStatusChange', { url: 'statusChangeReason', valueCodeableConcept: REASON }),
    ],
    [
      'the UK Core reason',
      changed('UKCore-MedicationStatusReason', { url: 'statusReason', valueCodeableConcept: REASON }),
    ],
    [
      'GP Connect',
      changed('Extension-CareConnect-GPC-MedicationStatusReason-1', {
        url: 'statusReason',
        valueCodeableConcept: REASON,
      }),
    ],
    ['words alone', changed('UKCore-MedicationStatusChange', because('Dizziness'))],
    [
      'a reason before the reason of a change',
      changed('UKCore-MedicationStatusChange', because('Another'), { url: 'statusReason', valueString: 'Dizziness' }),
    ],
    [
      'its own element before an extension',
      { statusReason: [REASON], ...changed('UKCore-MedicationStatusChange', because('Another')) },
    ],
    [
      'an element of a dispensing before an extension',
      { statusReasonCodeableConcept: REASON, ...changed('UKCore-MedicationStatusChange', because('Another')) },
    ],
    [
      'a concept before words',
      changed('UKCore-MedicationStatusChange', {
        url: 'statusReason',
        valueCodeableConcept: REASON,
        valueString: 'Another',
      }),
    ],
  ])('is read from %s', (_where, change) => {
    expect(stop(change, 'on-hold')).toEqual({ statusReason: 'Dizziness' });
  });

  it('is not read from an extension of another name', () => {
    expect(stop(changed('MedicationReason', because('Dizziness')), 'on-hold')).toEqual({});
  });
});
