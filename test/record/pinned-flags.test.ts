import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../src/record/build-record.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { FinalSourceStatus } from '../../src/record/source-status.ts';
import { aPatient, answered, aSource, entriesFrom } from '../support/record.ts';

const flag = (category: string, text: string): Resource => ({
  resourceType: 'Flag',
  id: 'f',
  status: 'active',
  category: [{ text: category }],
  code: { text },
});

const FLAGS: readonly (readonly [what: string, section: SectionId, resource: Resource])[] = [
  [
    'a death',
    'demographics',
    { resourceType: 'Patient', id: 'p', name: [{ family: 'Example' }], deceasedBoolean: true },
  ],
  ['safeguarding', 'safeguarding', flag('Safeguarding', 'Subject to child protection plan')],
  ['a risk to staff', 'risks', flag('Risk to staff', 'Dog loose in the yard')],
  ['an alert', 'alerts', flag('Clinical', 'Steroid card')],
  [
    'a pregnancy',
    'pregnancy-status',
    {
      resourceType: 'Observation',
      id: 'o',
      status: 'final',
      code: { coding: [{ system: 'http://snomed.info/sct', code: '77386006', display: 'Pregnant' }] },
      effectiveDateTime: '2026-10-01',
    },
  ],
  ['a deprivation of liberty', 'legal-information', flag('Legal', 'Deprivation of Liberty Safeguards authorisation')],
  [
    'a resuscitation decision',
    'end-of-life-care',
    {
      resourceType: 'Observation',
      id: 'o',
      status: 'final',
      code: { text: 'CPR decision' },
      effectiveDateTime: '2026-10-01',
      valueCodeableConcept: {
        coding: [{ system: 'http://snomed.info/sct', code: '450476008' }],
        text: 'Not for attempted cardiopulmonary resuscitation',
      },
    },
  ],
  [
    'a resuscitation decision kept as an order',
    'end-of-life-care',
    {
      resourceType: 'ServiceRequest',
      id: 's',
      status: 'active',
      intent: 'order',
      code: { coding: [{ system: 'http://snomed.info/sct', code: '450476008' }], text: 'Not for attempted CPR' },
    },
  ],
  [
    'a resuscitation decision kept as a goal',
    'end-of-life-care',
    { resourceType: 'Goal', id: 'g', lifecycleStatus: 'active', description: { text: 'Not for attempted CPR' } },
  ],
  [
    'a scanned ReSPECT form',
    'end-of-life-care',
    {
      resourceType: 'DocumentReference',
      id: 'd',
      status: 'current',
      type: { text: 'Letter' },
      content: [{ attachment: { contentType: 'application/pdf', title: 'ReSPECT form' } }],
    },
  ],
];

const SOURCES = ['surgery', 'hospital', 'council'];
const CASES = FLAGS.flatMap(([what, section, resource]) =>
  SOURCES.map((source) => [what, source, section, resource] as const),
);

/** Safety H37: one organisation may be the only one that knows. */
describe('a flag that must not be missed', () => {
  it.each(CASES)('of %s is shown from %s alone, with the silence of the others', (_what, knows, section, resource) => {
    const silent: FinalSourceStatus = { ...answered(), state: 'unavailable', code: 'source.unreachable' };
    const record = buildRecord({
      patient: aPatient(),
      sources: SOURCES.map((id) => aSource(id)),
      statuses: new Map(SOURCES.map((id) => [aSource(id).id, id === knows ? answered() : silent])),
      entries: entriesFrom(knows, resource),
      unread: [],
      nowMs: Date.UTC(2026, 10, 22),
    });
    const facts = record.sections.find(({ id }) => id === section)?.facts ?? [];
    expect(facts.map(({ entries: [entry] }) => [entry.origin.source, entry.state])).toEqual([[knows, 'current']]);
    expect(record.completeness).toMatchObject({ answered: 1, gaps: 2 });
  });
});
