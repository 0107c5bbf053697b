/** The hooks of CDS Hooks 2.0 that open a chart or look ahead to it. Each is one service, which needs the Patient and no more. */
export type Hook = 'patient-view' | 'encounter-start' | 'appointment-book';

export type Service = {
  readonly hook: Hook;
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly prefetch: { readonly patient: string };
};

const prefetch = { patient: 'Patient/{{context.patientId}}' };
const description =
  'Offers the record that other organisations hold of this patient. It says nothing of what is in it.';

export const SERVICES: readonly Service[] = [
  { hook: 'patient-view', id: 'shared-record', title: 'Shared record', description, prefetch },
  {
    hook: 'encounter-start',
    id: 'shared-record-encounter',
    title: 'Shared record at an encounter',
    description,
    prefetch,
  },
  {
    hook: 'appointment-book',
    id: 'shared-record-appointment',
    title: 'Shared record before an appointment',
    description,
    prefetch,
  },
];
