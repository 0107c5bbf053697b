import { alert } from '../blocks/alert.ts';
import { relative } from '../blocks/contact.ts';
import { legalRight, resuscitation } from '../blocks/decision.ts';
import { letterAtBoth } from '../blocks/letter-at-both.ts';
import type { Chart } from '../chart.ts';

/** In spring: for resuscitation, in hospital before treatment. now: not for it, at home with his wife present. */
export function arthursDecisions(gp: Chart, hospital: Chart, hospice: Chart, ambulance: Chart): void {
  const { calendar } = gp;
  const earlier = calendar.ago(8, 'months');
  const now = calendar.ago(16, 'days');
  resuscitation(hospital, { attempt: true, day: earlier, by: 'raman' });
  const form = {
    title: 'ReSPECT: recommended summary plan for emergency care and treatment',
    kind: '1382601000000107|ReSPECT (Recommended Summary Plan for Emergency Care and Treatment) form',
    day: now,
    number: `RSP-${now}-04`,
    signed: 'Dr Ngozi Okafor, Hospice doctor',
    body: [
      {
        heading: 'Relevant information',
        text: 'Stage IV lung cancer with bone metastases. COPD. Lives with wife Jean, who is his full-time carer. Has capacity for this decision.',
      },
      {
        heading: 'What matters to me',
        text: 'Being at home, comfort above length of life, Jean not being alone at the end.',
      },
      {
        heading: 'Recommendations',
        text: [
          'Not for hospital admission unless symptoms cannot be controlled at home',
          'Call the hospice line at any hour: number on the front of the folder',
          'Oral antibiotics acceptable if they ease symptoms',
        ],
      },
      { heading: 'Cardiopulmonary resuscitation', text: 'CPR attempts NOT recommended.' },
    ],
  };
  const { written, filed } = letterAtBoth(hospice, gp, form);
  resuscitation(hospice, {
    attempt: false,
    day: now,
    by: 'okafor',
    document: written,
    review: calendar.ahead(3, 'months', now),
  });
  resuscitation(gp, { attempt: false, day: calendar.ahead(1, 'days', now), by: 'doyle', document: filed });
  alert(ambulance, {
    what: 'ReSPECT form in the home: not for resuscitation',
    category: 'End of life care',
    start: calendar.ahead(2, 'days', now),
    by: 'quinn',
  });
  const helper = relative(gp, {
    relationship: ['Wife', 'Next of kin', 'Lasting power of attorney: health and welfare'],
    prefix: 'Mrs',
    given: 'Jean',
    family: 'Penrose',
    phone: '07700 900377',
    on: '2024-06-03',
  });
  legalRight(gp, {
    what: 'Lasting power of attorney: health and welfare',
    day: '2024-06-03',
    by: 'doyle',
    holder: helper,
  });
}
