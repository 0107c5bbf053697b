import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adaptBundle, adaptResource, type Adapted } from '../../../plugins/gp-connect/adapt.ts';
import { endOfType } from '../../../plugins/gp-connect/areas.ts';
import { adaptElements } from '../../../plugins/gp-connect/elements.ts';
import type { Entry } from '../../../src/record/entry.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Json, Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { entryFrom } from '../../support/record.ts';

const BASE = 'https://practice.example/fhir';
const GPC = 'https://fhir.nhs.uk/STU3/StructureDefinition';

const elements = adaptElements(BASE);
const adapt = (resource: Json): Resource => adaptResource(resource as Resource, elements);
const adapted = (...resources: readonly unknown[]): Adapted =>
  adaptBundle({ resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) }, BASE);
const list = (code: string, more: object = {}): Json => ({
  resourceType: 'List',
  code: { coding: [{ system: 'http://snomed.info/sct', code }] },
  ...more,
});
const warning = (code: string): Json => ({
  extension: [{ url: `${GPC}/Extension-CareConnect-ListWarningCode-1`, valueCode: code }],
});
const profile = (name: string): Json => ({ profile: [`${GPC}/CareConnect-GPC-${name}-1`] });

describe('what GP Connect says is missing', () => {
  const [ALLERGIES, MEDICINES] = ['886921000000105', '933361000000108'];

  it('makes a withheld item a withheld area, and leaves the others as they are', () => {
    const { gaps } = adapted(list(ALLERGIES, warning('confidential-items')), list(MEDICINES));
    expect(endOfType('AllergyIntolerance', 2, gaps)).toEqual({ state: 'withheld' });
    expect(endOfType('MedicationStatement', 2, gaps)).toEqual({ state: 'complete', received: 2 });
  });

  it('says of a record in transit, and of items that wait to be filed, that more may exist', () => {
    const { gaps } = adapted(
      list(ALLERGIES, warning('data-in-transit')),
      list(MEDICINES, warning('data-awaiting-filing')),
    );
    expect(endOfType('AllergyIntolerance', 0, gaps)).toMatchObject({ state: 'truncated', code: 'source.in_transit' });
    expect(endOfType('MedicationRequest', 1, gaps)).toMatchObject({
      state: 'truncated',
      code: 'source.awaiting_filing',
    });
  });

  it('never reads a warning or an empty reason it does not know as "nothing recorded"', () => {
    const { gaps } = adapted(
      list(ALLERGIES, warning('something-new')),
      list(MEDICINES, { emptyReason: { coding: [{ code: 'unavailable' }] } }),
    );
    expect(endOfType('AllergyIntolerance', 0, gaps)).toMatchObject({ state: 'failed' });
    expect(endOfType('MedicationStatement', 0, gaps)).toMatchObject({ state: 'failed' });
  });

  it('counts an area without a list, or one that the system says it has not, as not asked', () => {
    const outcome = {
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'warning', code: 'not-supported', diagnostics: 'includeProblems' }],
    };
    const { gaps } = adapted(list(ALLERGIES), outcome);
    expect(endOfType('Condition', 0, gaps)).toEqual({ state: 'not-supported' });
    expect(endOfType('Immunization', 0, gaps)).toEqual({ state: 'not-supported' });
    expect(endOfType('Flag', 0, gaps)).toEqual({ state: 'not-supported' });
  });

  it('takes an empty list with its own reason as an answer', () => {
    const { gaps } = adapted(list(ALLERGIES, { emptyReason: { coding: [{ code: 'no-content-recorded' }] } }));
    expect(endOfType('AllergyIntolerance', 0, gaps)).toEqual({ state: 'complete', received: 0 });
  });

  it('says beside an item from a list awaiting filing that nobody there has looked at it', () => {
    const { resources } = adapted(
      list('887191000000108', {
        ...warning('data-awaiting-filing'),
        entry: [{ item: { reference: 'Observation/o1' } }],
      }),
      { resourceType: 'Observation', id: 'o1', status: 'final', code: { text: 'Potassium' } },
    );
    expect(resources[0]).toMatchObject({
      status: 'preliminary',
      note: [{ text: expect.stringContaining('Awaiting') as string }],
    });
  });
});

describe('what turns a statement into its opposite', () => {
  it('keeps an immunisation that was not given from being listed as one', () => {
    const entry = entryFrom(
      adapt({
        resourceType: 'Immunization',
        id: 'i1',
        status: 'completed',
        notGiven: true,
        vaccineCode: { text: 'Influenza vaccine' },
        patient: { reference: 'Patient/p1' },
        date: '2020-10-01',
        explanation: { reasonNotGiven: [{ text: 'Declined' }] },
      }),
    );
    expect(entry).toMatchObject({ state: 'negated', date: '2020-10-01', whyNotGiven: 'Declined', reasons: [] });
  });

  it('keeps every reason for which it was not given', () => {
    const entry = entryFrom(
      adapt({
        resourceType: 'Immunization',
        id: 'i1',
        status: 'completed',
        notGiven: true,
        vaccineCode: { text: 'Influenza vaccine' },
        patient: { reference: 'Patient/p1' },
        date: '2020-10-01',
        explanation: {
          reasonNotGiven: [{ text: 'Declined' }, { coding: [{ display: 'Febrile' }] }, { text: 'Out of stock' }],
        },
        note: [{ text: 'Ask again in spring' }],
      }),
    );
    expect(entry).toMatchObject({
      whyNotGiven: 'Declined',
      notes: ['Ask again in spring', 'Why not given: Febrile', 'Why not given: Out of stock'],
    });
  });

  it('reads a medicine that is not taken as not taken, and `unk` as nothing', () => {
    const medicine = {
      resourceType: 'MedicationStatement',
      id: 'm1',
      status: 'active',
      medicationCodeableConcept: { text: 'Aspirin 75mg tablets' },
    };
    expect(entryFrom(adapt({ ...medicine, taken: 'n' }))).toMatchObject({ state: 'negated' });
    expect(entryFrom(adapt({ ...medicine, taken: 'unk' }))).toMatchObject({ state: 'current' });
  });

  it('keeps an ended allergy from being a current one, with its end and the reason', () => {
    const { resources } = adapted(
      list('1103671000000101', {
        contained: [
          {
            resourceType: 'AllergyIntolerance',
            id: 'r1',
            meta: profile('AllergyIntolerance'),
            clinicalStatus: 'resolved',
            verificationStatus: 'unconfirmed',
            code: { text: 'Aspirin' },
            extension: [
              {
                url: `${GPC}/Extension-CareConnect-GPC-AllergyIntoleranceEnd-1`,
                extension: [
                  { url: 'endDate', valueDateTime: '2018-03-01' },
                  { url: 'reasonEnded', valueString: 'Tolerated since' },
                ],
              },
            ],
          },
        ],
      }),
    );
    const [entry] = readResources(resources, 'gp' as SourceId).entries;
    expect(entry).toMatchObject({ state: 'past', notes: ['Tolerated since'] });
    expect(entry?.cautions).not.toContain('unconfirmed');
  });
});

describe('the fixed verification status of GP Connect', () => {
  const allergy = {
    resourceType: 'AllergyIntolerance',
    id: 'a1',
    clinicalStatus: 'active',
    code: { text: 'Penicillin' },
  };

  it('is given no meaning, as the profile demands', () => {
    const entry = entryFrom(
      adapt({ ...allergy, meta: profile('AllergyIntolerance'), verificationStatus: 'unconfirmed' }),
    );
    expect(entry).toMatchObject({ state: 'current', cautions: [] });
  });

  it('keeps its meaning where the profile is another, and where it says refuted or entered in error', () => {
    expect(entryFrom(adapt({ ...allergy, verificationStatus: 'unconfirmed' })).cautions).toContain('unconfirmed');
    const stated = (verificationStatus: string): Entry =>
      entryFrom(adapt({ ...allergy, meta: profile('AllergyIntolerance'), verificationStatus }));
    expect(stated('refuted')).toMatchObject({ state: 'negated' });
    expect(stated('entered-in-error')).toMatchObject({ state: 'in-error' });
  });
});

describe('codings', () => {
  const snomed = 'http://snomed.info/sct';

  it('show the term the clinician chose and keep the SNOMED CT concept beside it', () => {
    const code = {
      coding: [
        { system: 'http://read.info/readv2', code: '14L1.00', display: 'H/O: penicillin allergy', userSelected: true },
        { system: snomed, code: '91936005', display: 'Allergy to penicillin' },
      ],
    };
    const entry = entryFrom(adapt({ resourceType: 'AllergyIntolerance', id: 'a', clinicalStatus: 'active', code }));
    expect(entry.title).toBe('H/O: penicillin allergy');
    expect(entry.code?.codings.map((coding) => coding.code)).toEqual(['14L1.00', '91936005']);
  });

  it('put the description before the preferred term, both under the one code', () => {
    const extension = [
      {
        url: 'https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-coding-sctdescid',
        extension: [{ url: 'DescriptionDisplay', valueString: 'Emesis' }],
      },
    ];
    const code = { coding: [{ system: snomed, code: '422400008', display: 'Vomiting', extension }] };
    const entry = entryFrom(adapt({ resourceType: 'Condition', id: 'c', clinicalStatus: 'active', code }));
    expect(entry).toMatchObject({ title: 'Emesis', cautions: [] });
    expect(entry.code?.codings).toEqual([
      { system: snomed, code: '422400008', display: 'Emesis' },
      { system: snomed, code: '422400008', display: 'Vomiting' },
    ]);
  });

  it('never make one medicine of two whose only code says that the sender had none', () => {
    const of = (text: string): Entry =>
      entryFrom(
        adapt({
          resourceType: 'Condition',
          id: text,
          clinicalStatus: 'active',
          code: {
            text,
            coding: [{ system: snomed, code: '196411000000103', display: 'Transfer-degraded record entry' }],
          },
        }),
      );
    expect(of('Gout').code).toEqual({ text: 'Gout', codings: [] });
    expect(of('Gout').cautions).toEqual([]);
    expect(of('Asthma').title).toBe('Asthma');
  });
});

describe('requests', () => {
  it('of both kinds become service requests, and what refers to them follows', () => {
    const referral = adapt({
      resourceType: 'ReferralRequest',
      id: 'r1',
      status: 'unknown',
      intent: 'order',
      context: { reference: 'Encounter/e1' },
      requester: { agent: { reference: 'Practitioner/d1' } },
      recipient: [{ reference: 'Organization/o1' }],
      reasonCode: [{ text: 'Low blood pressure' }],
      description: 'Please see',
    });
    expect(referral).toMatchObject({
      resourceType: 'ServiceRequest',
      encounter: { reference: 'Encounter/e1' },
      requester: { reference: 'Practitioner/d1' },
      performer: [{ reference: 'Organization/o1' }],
      note: [{ text: 'Please see' }],
    });
    const observation = adapt({ resourceType: 'Observation', id: 'o', basedOn: [{ reference: 'ProcedureRequest/x' }] });
    expect(observation['basedOn']).toEqual([{ reference: 'ServiceRequest/x' }]);
  });
});

describe('what was called off or not done', () => {
  const request = (resourceType: string, status: string) =>
    adapt({
      resourceType,
      id: 'r',
      status,
      intent: 'order',
      code: { text: 'CT head' },
      reasonCode: [{ text: 'Fall' }],
    });

  it.each(['ProcedureRequest', 'ReferralRequest'])(
    'is read as that in a %s, and not as beyond interpretation',
    (type) => {
      expect(request(type, 'cancelled')['status']).toBe('revoked');
      expect(request(type, 'suspended')['status']).toBe('on-hold');
      expect(request(type, 'active')['status']).toBe('active');
      expect(entryFrom(request(type, 'cancelled')).cautions).toEqual(['cancelled']);
    },
  );

  it('is a family that nobody asked about, which is no history', () => {
    const mother = {
      resourceType: 'FamilyMemberHistory',
      id: 'f',
      status: 'completed',
      relationship: { text: 'Mother' },
    };
    const notDone = adapt({ ...mother, notDone: true, notDoneReason: { text: 'Adopted' } });
    expect(entryFrom(notDone)).toMatchObject({ state: 'unknown', statement: 'not-known' });
    expect(adapt({ ...mother, status: 'entered-in-error', notDone: true })['status']).toBe('entered-in-error');
    expect(adapt({ ...mother, notDone: false })).toEqual(mother);
  });
});

describe('medicines', () => {
  it('keep plan and order apart, and read dose, quantity and who prescribed', () => {
    const request = adapt({
      resourceType: 'MedicationRequest',
      id: 'm',
      status: 'active',
      intent: 'plan',
      medicationReference: { display: 'Allopurinol 300mg tablets' },
      requester: { agent: { reference: 'Practitioner/d1' } },
      dosageInstruction: [{ text: 'One daily', doseQuantity: { value: 1, unit: 'tablet' } }],
      dispenseRequest: {
        quantity: {
          value: '28',
          extension: [{ url: `${GPC}/Extension-CareConnect-GPC-MedicationQuantityText-1`, valueString: 'tablet' }],
        },
      },
    });
    expect(request).toMatchObject({ requester: { reference: 'Practitioner/d1' } });
    expect(entryFrom(request)).toMatchObject({ state: 'current', intent: 'plan', quantity: '28 tablet' });
  });
});

describe('documents', () => {
  const letter = (description: string): Entry =>
    entryFrom(
      adapt({
        resourceType: 'DocumentReference',
        id: 'd1',
        status: 'current',
        type: { coding: [{ system: 'http://snomed.info/sct', code: '371532007', display: 'Progress report' }] },
        created: '2010-01-19',
        indexed: '2010-01-19T11:43:49+00:00',
        description,
        content: [{ attachment: { contentType: 'image/bmp', url: '{{request.baseUrl}}/x/Binary/1' } }],
      }),
    );

  it('are named by their type where the description is nothing but a day, and keep both dates', () => {
    expect(letter('(19-Jan-2010)')).toMatchObject({
      title: 'Progress report',
      date: '2010-01-19',
      registered: '2010-01-19T11:43:49+00:00',
    });
    expect(letter('from a consultant (19-Jan-2010)').title).toBe('from a consultant (19-Jan-2010)');
  });
});

describe('whatever a practice sends', () => {
  const TYPES = [
    'List',
    'Condition',
    'Observation',
    'MedicationRequest',
    'Immunization',
    'DocumentReference',
    'Encounter',
  ];
  const ELEMENTS = [
    'id',
    'code',
    'context',
    'status',
    'related',
    'requester',
    'contained',
    'extension',
    'content',
    'dosage',
  ];
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, '', 'active', 0, true, 'Patient/p1'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...ELEMENTS, 'coding', 'reference', 'resourceType', 'url', 'text'), tie('value')),
    ),
  }));
  const resource = fc
    .tuple(fc.constantFrom(...TYPES), fc.dictionary(fc.constantFrom(...ELEMENTS), value))
    .map(([resourceType, rest]) => ({ ...rest, resourceType }));

  it('never makes the mapping or a reader fail, and nothing of it is lost', () => {
    fc.assert(
      fc.property(fc.array(resource, { maxLength: 5 }), (resources) => {
        const { resources: mapped, ignored } = adapted(...resources);
        expect(mapped.length + ignored.length).toBeGreaterThanOrEqual(resources.length);
        const { unread } = readResources(mapped, 'gp' as SourceId);
        expect(unread.filter(({ reason }) => reason === 'reader-fault')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
