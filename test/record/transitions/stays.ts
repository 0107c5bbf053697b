import { transitionsOf, type Transition } from '../../../src/record/transitions.ts';
import { sampleRecord, type Said } from '../../support/browser/sample-record.ts';

const subject = { reference: 'Patient/1' };

export const ROYAL = 'Ousebridge Royal Infirmary';
export const THORNBY = 'Thornby Community Hospital';

/** A stay on a ward. Without an end it goes on. */
export function stay(id: string, start?: string, end?: string, more: object = {}): object {
  return {
    resourceType: 'Encounter',
    id,
    subject,
    status: end ? 'finished' : 'in-progress',
    class: { code: 'IMP', display: 'inpatient encounter' },
    serviceType: { text: 'Cardiology' },
    period: { ...(start && { start }), ...(end && { end }) },
    serviceProvider: { display: ROYAL },
    ...more,
  };
}

export const at = (display: string): object => ({ serviceProvider: { display } });

/** A letter about leaving hospital, of no stay unless it says so. */
export function dischargeLetter(id: string, date: string, more: object = {}): object {
  return {
    resourceType: 'DocumentReference',
    id,
    subject,
    status: 'current',
    type: { coding: [{ system: 'http://snomed.info/sct', code: '373942005' }], text: 'Discharge summary' },
    date: `${date}T18:00:00Z`,
    content: [{ attachment: { contentType: 'text/html', url: `Binary/${id}`, title: `Letter ${id}` } }],
    ...more,
  };
}

export const ofStay = (id: string): object => ({ context: { encounter: [{ reference: `Encounter/${id}` }] } });

export function transitions(said: Readonly<Record<string, Said>>): readonly Transition[] {
  return transitionsOf(sampleRecord(said));
}

/** What one hospital tells, and nobody else. */
export function told(...resources: readonly object[]): readonly Transition[] {
  return transitions({ hospital: { resources } });
}

export function lettersOf(one: Transition | undefined): readonly string[] {
  return (one?.letters ?? []).map(({ origin }) => origin.resource).sort();
}
