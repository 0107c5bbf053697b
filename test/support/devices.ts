import type { Resource } from '../../src/record/resource.ts';

export type Change = { readonly [element: string]: unknown };

/** What a council was asked to put in a home. */
export const order = (change: Change = {}): Resource => ({
  resourceType: 'DeviceRequest',
  id: 'o1',
  status: 'active',
  intent: 'order',
  codeCodeableConcept: { text: 'Raised toilet seat' },
  authoredOn: '2026-04-20',
  ...change,
});

/** A device of somebody’s, as a thing. */
export const device = (change: Change = {}): Resource => ({
  resourceType: 'Device',
  id: 'd1',
  status: 'active',
  patient: { reference: 'Patient/p' },
  type: { coding: [{ system: 'http://snomed.info/sct', code: '14106009', display: 'Cardiac pacemaker' }] },
  ...change,
});

/** The statement that somebody uses one. */
export const use = (change: Change = {}): Resource => ({
  resourceType: 'DeviceUseStatement',
  id: 'u1',
  status: 'active',
  subject: { reference: 'Patient/p' },
  device: { reference: 'Device/d1', display: 'Cardiac pacemaker' },
  ...change,
});
