import type { SandboxCommunity } from '../../sandbox/community.ts';
import type { Resource } from '../../src/record/resource.ts';
import { SMALL_SURGERY } from './sandbox/small-epr.ts';

/** A resident in whom two hundred strings are planted that stand nowhere else. */
export const CANARY_NUMBER = '9990000018';
export const CANARY_ODS = SMALL_SURGERY.ods;
const VISIBLE = 140;
const WITHHELD = 52;

/** What a reader may see: on the wire and on the screen, and nowhere else. */
export const VISIBLE_CANARIES = Array.from({ length: VISIBLE }, (_, index) => nameOf('seen', index));
/** What no reader of this role may see: nowhere at all beyond the EPR. */
export const WITHHELD_CANARIES = Array.from({ length: WITHHELD }, (_, index) => nameOf('kept', index));
/** Of the person: in the banner, and nowhere else. */
export const PERSON_CANARIES = [
  'Xanfamily',
  'Xangiven',
  'Xanprefix',
  'Xanformer',
  'Xanstreet',
  'Xantown',
  'XA99 1XA',
  '1931-11-29',
];
export const CANARIES: readonly string[] = [...VISIBLE_CANARIES, ...WITHHELD_CANARIES, ...PERSON_CANARIES];

export function canaryCommunity(): SandboxCommunity {
  return {
    name: 'Canaries',
    organisations: [SMALL_SURGERY],
    residents: [
      {
        story: 'canary',
        shows: 'planted strings',
        name: 'XANFAMILY, Xangiven',
        nhsNumber: CANARY_NUMBER,
        patientIds: { [CANARY_ODS]: 'p1' },
      },
    ],
    resources: new Map([
      [
        CANARY_ODS,
        [
          patient(),
          ...VISIBLE_CANARIES.map((text, index) => planted(text, index, false)),
          ...WITHHELD_CANARIES.map((text, index) => planted(text, index, true)),
        ],
      ],
    ]),
  };
}

/** Those of the given strings that stand in a text. */
export function found(text: string, canaries: readonly string[] = CANARIES): readonly string[] {
  const lower = text.toLowerCase();
  return canaries.filter((canary) => lower.includes(canary.toLowerCase()));
}

function nameOf(kind: string, index: number): string {
  return `Xan${kind}${'abcdefghijklmnopqrstuvwxyz'.charAt(index % 26)}${String(1_000 + index)}q`;
}

function patient(): Resource {
  return {
    resourceType: 'Patient',
    id: 'p1',
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: CANARY_NUMBER }],
    name: [
      { use: 'official', family: 'Xanfamily', given: ['Xangiven'], prefix: ['Xanprefix'] },
      { use: 'old', family: 'Xanformer' },
    ],
    birthDate: '1931-11-29',
    address: [{ use: 'home', line: ['1 Xanstreet'], city: 'Xantown', postalCode: 'XA99 1XA' }],
  };
}

const RESTRICTED = {
  meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'V' }] },
};

/** The same few places of a record that are read in different ways: a code's words, a note, a free text. */
function planted(text: string, index: number, restricted: boolean): Resource {
  const id = `${restricted ? 'kept' : 'seen'}-${String(index)}`;
  const more = restricted ? RESTRICTED : {};
  const clinicalStatus = { coding: [{ code: 'active' }] };
  if (index % 4 === 0)
    return {
      resourceType: 'AllergyIntolerance',
      id,
      ...more,
      clinicalStatus,
      code: { text },
      patient: { reference: 'Patient/p1' },
    };
  if (index % 4 === 1)
    return {
      resourceType: 'Condition',
      id,
      ...more,
      clinicalStatus,
      code: { text },
      subject: { reference: 'Patient/p1' },
    };
  if (index % 4 === 2)
    return {
      resourceType: 'Procedure',
      id,
      ...more,
      status: 'completed',
      code: { text: 'Operation' },
      note: [{ text }],
      subject: { reference: 'Patient/p1' },
      performedDateTime: '2020-01-01',
    };
  return {
    resourceType: 'Immunization',
    id,
    ...more,
    status: 'completed',
    vaccineCode: { text },
    patient: { reference: 'Patient/p1' },
    occurrenceDateTime: '2020-01-01',
  };
}
