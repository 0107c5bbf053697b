import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CorridorError } from '../../../launcher/errors.ts';
import { readMessage } from '../../../launcher/messaging/read-fhir.ts';
import { openMessage } from '../../../launcher/routes/fhir-message.ts';
import { RESIDENT, START } from '../../support/messaging.ts';

const NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';
const OTHER = '9990000026';

type Given = { readonly [element: string]: unknown };

const addressed = (value: string, display?: string): object => ({
  identifier: { system: 'urn:corridor:address', value },
  ...(display !== undefined && { display }),
});

const patient = (id: string | undefined, nhsNumber: string, more: Given = {}): Given => ({
  resourceType: 'Patient',
  ...(id !== undefined && { id }),
  identifier: [{ system: NUMBER, value: nhsNumber }],
  name: [{ family: nhsNumber === OTHER ? 'OTHER' : 'TESTER', given: ['Ann'] }],
  birthDate: '1950-01-01',
  ...more,
});
const one = patient('a', RESIDENT.nhsNumber);
const two = patient('b', OTHER);

const communication = (more: Given = {}): Given => ({
  resourceType: 'Communication',
  status: 'in-progress',
  identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${randomUUID()}` }],
  contained: [one],
  subject: { reference: '#a' },
  topic: { text: 'Falls at home' },
  sender: addressed('XB001/duty-doctor', 'Dr Owen Ellis'),
  recipient: [addressed('XC001/reablement')],
  payload: [{ contentString: 'Two falls this week.' }],
  ...more,
});

const task = (more: Given = {}): Given => ({
  resourceType: 'Task',
  identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${randomUUID()}` }],
  contained: [one],
  status: 'requested',
  intent: 'order',
  description: 'Visit after a fall',
  for: { reference: '#a' },
  requester: addressed('XB001/duty-doctor', 'Dr Owen Ellis'),
  owner: addressed('XC001/reablement'),
  note: [{ text: 'Two falls this week.' }],
  ...more,
});

/** Code and element of the refusal. */
function refusal(read: () => unknown): readonly (string | undefined)[] {
  try {
    read();
  } catch (error) {
    if (error instanceof CorridorError) return [error.code, error.detail];
    throw error;
  }
  throw new Error('it was read');
}

const read = (resource: Given): ReturnType<typeof readMessage> =>
  readMessage(resource, String(resource['resourceType']), START);

const ABOUT: readonly (readonly [string, Given])[] = [
  ['that is not in it', { contained: [one], subject: { reference: '#b' } }],
  ['outside it, though somebody is in it', { contained: [one], subject: { reference: 'Patient/a' } }],
  ['whose id two have', { contained: [one, { ...two, id: 'a' }], subject: { reference: '#a' } }],
  ['who is no person', { contained: [{ resourceType: 'Group', id: 'g' }, one], subject: { reference: '#g' } }],
  ['by a reference that is none', { contained: [one], subject: { reference: 7 } }],
  ['by nothing at all', { contained: [one], subject: undefined }],
  ['by a name alone', { contained: [one], subject: { display: 'TESTER, Ann' } }],
  [
    'by a number that nobody compares',
    { contained: [one], subject: { identifier: { system: 'urn:local', value: 'b' } } },
  ],
  [
    'by a number, where two are in it',
    { contained: [one, two], subject: { identifier: { system: NUMBER, value: OTHER } } },
  ],
];

describe('whom a message of an EPR is about', () => {
  it.each(ABOUT)('is nobody when it names somebody %s', (_what, { contained, subject }) => {
    expect(refusal(() => read(communication({ contained, subject })))).toEqual([
      'request.invalid',
      'Communication.subject',
    ]);
    expect(refusal(() => read(task({ contained, for: subject })))).toEqual(['request.invalid', 'Task.for']);
  });

  it('is nobody when the person has two numbers', () => {
    const both = [...(one['identifier'] as object[]), ...(two['identifier'] as object[])];
    const contained = [{ ...one, identifier: both }];
    expect(refusal(() => read(communication({ contained })))).toEqual([
      'request.invalid',
      'Communication.contained.ofType(Patient)',
    ]);
  });

  it('is not the one referred to when the number beside the reference is another’s', () => {
    const subject = { reference: '#b', identifier: { system: NUMBER, value: RESIDENT.nhsNumber } };
    expect(refusal(() => read(communication({ contained: [one, two], subject })))).toEqual([
      'message.other_patient',
      'Communication.subject',
    ]);
  });

  it('is the one referred to, whoever else stands in it and in whatever order', () => {
    for (const contained of [
      [one, two],
      [two, one],
    ]) {
      expect(read(communication({ contained, subject: { reference: '#b' } }))).toMatchObject({
        patient: { nhsNumber: OTHER, family: 'OTHER' },
        draft: { patient: OTHER },
      });
      expect(read(task({ contained, for: { reference: '#b' } })).patient.nhsNumber).toBe(OTHER);
    }
  });

  it('is the only one in it, by number without a reference', () => {
    const subject = { identifier: { system: NUMBER, value: RESIDENT.nhsNumber } };
    expect(read(communication({ subject })).patient.nhsNumber).toBe(RESIDENT.nhsNumber);
  });
});

type Entry = { readonly fullUrl?: string; readonly resource: Given };

const bundle = (focus: string, ...entries: readonly Entry[]): object => ({
  resourceType: 'Bundle',
  type: 'message',
  entry: [{ resource: { resourceType: 'MessageHeader', id: 'h', focus: [{ reference: focus }] } }, ...entries],
});

const about = (subject: Given | undefined): Given => communication({ id: 'c', contained: undefined, subject });
const EPR = 'https://epr.example/fhir';
const ELSEWHERE = 'https://elsewhere.example/fhir';

describe('whom a message in a Bundle is about', () => {
  const opened = (...given: Parameters<typeof bundle>) => read(openMessage(bundle(...given)).foci[0] ?? {});

  it.each<[string, string, readonly Entry[]]>([
    ['who is not there', 'Communication/c', [{ resource: about({ reference: 'Patient/b' }) }, { resource: one }]],
    [
      'whom two there could be',
      'Communication/c',
      [{ resource: about({ reference: 'Patient/b' }) }, { resource: two }, { resource: { ...one, id: 'b' } }],
    ],
    [
      'of the same id at another address',
      `${EPR}/Communication/c`,
      [
        { fullUrl: `${EPR}/Communication/c`, resource: about({ reference: 'Patient/b' }) },
        { fullUrl: `${ELSEWHERE}/Patient/b`, resource: patient('b', RESIDENT.nhsNumber) },
      ],
    ],
    ['by nothing at all', 'Communication/c', [{ resource: about(undefined) }, { resource: one }]],
    [
      'by number, where two are there',
      'Communication/c',
      [{ resource: about({ identifier: { system: NUMBER, value: OTHER } }) }, { resource: one }, { resource: two }],
    ],
    [
      'who is no person',
      'Communication/c',
      [
        { resource: about({ reference: 'Group/g' }) },
        { resource: { resourceType: 'Group', id: 'g' } },
        { resource: one },
      ],
    ],
  ])('is nobody when it names somebody %s', (_what, focus, entries) => {
    expect(refusal(() => opened(focus, ...entries))).toEqual(['request.invalid', 'Communication.subject']);
  });

  it('is nobody where two messages have the name that the header says', () => {
    const entries = [{ resource: about({ reference: 'Patient/a' }) }, { resource: about({ reference: 'Patient/b' }) }];
    expect(refusal(() => opened('Communication/c', ...entries, { resource: one }, { resource: two }))).toEqual([
      'request.invalid',
      'focus',
    ]);
  });

  it.each<[string, string, readonly Entry[]]>([
    [
      'by type and id',
      'Communication/c',
      [{ resource: about({ reference: 'Patient/b' }) }, { resource: one }, { resource: two }],
    ],
    [
      'by a name made for the Bundle',
      'urn:uuid:c',
      [
        { fullUrl: 'urn:uuid:c', resource: about({ reference: 'urn:uuid:b' }) },
        { fullUrl: 'urn:uuid:a', resource: patient(undefined, RESIDENT.nhsNumber) },
        { fullUrl: 'urn:uuid:b', resource: patient(undefined, OTHER) },
      ],
    ],
    [
      'relative to the address of the message',
      `${EPR}/Communication/c`,
      [
        { fullUrl: `${EPR}/Communication/c`, resource: about({ reference: 'Patient/b' }) },
        { fullUrl: `${ELSEWHERE}/Patient/b`, resource: patient('b', RESIDENT.nhsNumber) },
        { fullUrl: `${EPR}/Patient/b`, resource: two },
      ],
    ],
    [
      'outside the message, though another is in it',
      'Communication/c',
      [{ resource: { ...about({ reference: 'Patient/b' }), contained: [one] } }, { resource: two }],
    ],
    [
      'in the message itself',
      'Communication/c',
      [{ resource: { ...about({ reference: '#b' }), contained: [two] } }, { resource: one }],
    ],
    [
      'as the only one, by number',
      'Communication/c',
      [{ resource: about({ identifier: { system: NUMBER, value: OTHER } }) }, { resource: two }],
    ],
  ])('is the one referred to, %s', (_what, focus, entries) => {
    expect(opened(focus, ...entries).patient).toMatchObject({ nhsNumber: OTHER, family: 'OTHER' });
  });
});

describe('what an EPR hands in', () => {
  it.each<[string, Given, string]>([
    ['Communication', { status: 'entered-in-error' }, 'status'],
    ['Communication', { status: 'not-done' }, 'status'],
    ['Communication', { status: 'preparation' }, 'status'],
    ['Communication', { status: 'on-hold' }, 'status'],
    ['Communication', { status: 'stopped' }, 'status'],
    ['Communication', { status: 'unknown' }, 'status'],
    ['Communication', { status: undefined }, 'status'],
    ['CommunicationRequest', { status: 'draft' }, 'status'],
    ['CommunicationRequest', { status: 'on-hold' }, 'status'],
    ['CommunicationRequest', { status: 'revoked' }, 'status'],
    ['CommunicationRequest', { status: 'completed' }, 'status'],
    ['CommunicationRequest', { status: 'active', doNotPerform: true }, 'doNotPerform'],
    ['CommunicationRequest', { status: 'active', doNotPerform: 'yes' }, 'doNotPerform'],
  ])('is not sent as a %s that says %j', (resourceType, more, element) => {
    expect(refusal(() => read(communication({ resourceType, ...more })))).toEqual([
      'request.invalid',
      `${resourceType}.${element}`,
    ]);
  });

  it('is not sent as a Task that is not to be done', () => {
    expect(refusal(() => read(task({ doNotPerform: true })))).toEqual(['request.invalid', 'Task.doNotPerform']);
  });

  it.each<[string, unknown]>([
    ['note', [{ text: 'Not to be read by her husband.' }]],
    ['basedOn', [{ reference: 'ServiceRequest/1' }]],
    ['partOf', [{ reference: 'Communication/1' }]],
    ['reasonReference', [{ reference: 'Condition/1' }]],
    ['replaces', [{ reference: 'CommunicationRequest/1' }]],
  ])('is not sent without its %s, which would be lost unsaid', (element, value) => {
    expect(refusal(() => read(communication({ [element]: value })))).toEqual([
      'request.invalid',
      `Communication.${element}`,
    ]);
  });

  it.each<[string, unknown]>([
    ['that it names in another way', [{ identifier: { value: randomUUID() } }]],
    ['of two', [`Communication/${randomUUID()}`, `Communication/${randomUUID()}`].map((reference) => ({ reference }))],
    ['that is none', []],
  ])('is no conversation of its own when it answers a question %s', (_what, inResponseTo) => {
    expect(refusal(() => read(communication({ inResponseTo })))).toEqual([
      'request.invalid',
      'Communication.inResponseTo',
    ]);
  });

  it('is sent when it is under way, done, or asked for', () => {
    for (const status of ['in-progress', 'completed'])
      expect(read(communication({ status })).draft.urgency).toBe('routine');
    const asked = communication({ resourceType: 'CommunicationRequest', status: 'active', doNotPerform: false });
    expect(read(asked).draft.to).toBe('XC001/reablement');
    expect(read(task({ doNotPerform: false })).draft.subject).toBe('Visit after a fall');
  });
});
