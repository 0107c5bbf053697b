import { describe, expect, it } from 'vitest';
import { asObject, asObjects, asString, type Resource } from '../../../src/record/resource.ts';
import type { OdsCode } from '../../../src/record/source.ts';
import { buildSummary } from '../../../src/record/summary.ts';
import { checkIps } from '../../support/ips.ts';
import { AT as MADE_AT, FACTS, recordOf, summaryOf } from '../../support/summary-of.ts';

const ALLERGIES = '48765-2';
const PROBLEMS = '11450-4';

describe('the document of a record', () => {
  const condition = {
    resourceType: 'Condition',
    id: '1',
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: { text: 'Asthma' },
  };
  const request = (id: string, name: string, more: object = {}): Resource => ({
    resourceType: 'MedicationRequest',
    id,
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: name },
    ...more,
  });
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/;

  it('says what it is, of whom, by whom and when', () => {
    const { document, composition, resources } = summaryOf(recordOf({ gp: [condition] }, { gp: {} }));
    const [, patient, asthma, author, gp] = resources;
    const to = (resource: Resource | undefined): object => ({ reference: `urn:uuid:${String(resource?.id)}` });
    expect(document).toMatchObject({
      resourceType: 'Bundle',
      meta: { profile: ['http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips'] },
      identifier: { system: 'urn:ietf:rfc:3986' },
      type: 'document',
      timestamp: MADE_AT,
    });
    const id = asString(asObject(document['identifier'])?.['value']) ?? '';
    expect(id).toMatch(/^urn:uuid:/);
    expect(id.slice(9)).toMatch(uuid);
    expect(document['id']).toMatch(uuid);
    expect(new Set([id.slice(9), document['id'], ...resources.map((one) => one.id)]).size).toBe(resources.length + 2);
    for (const { fullUrl, resource } of asObjects(document['entry']))
      expect(fullUrl).toBe(`urn:uuid:${String(asObject(resource)?.['id'])}`);
    expect(composition).toEqual({
      resourceType: 'Composition',
      id: composition['id'],
      meta: { profile: ['http://hl7.org/fhir/uv/ips/StructureDefinition/Composition-uv-ips'] },
      status: 'final',
      type: { coding: [{ system: 'http://loinc.org', code: '60591-5', display: 'Patient summary Document' }] },
      subject: to(patient),
      date: MADE_AT,
      author: [{ ...to(author), display: 'Northcliffe Surgery' }],
      title: 'Patient summary',
      confidentiality: 'N',
      custodian: { ...to(author), display: 'Northcliffe Surgery' },
      section: composition['section'],
    });
    expect(asObjects(composition['section'])[0]).toMatchObject({
      title: 'Problems',
      code: { coding: [{ system: 'http://loinc.org', code: PROBLEMS, display: 'Problem list - Reported' }] },
      entry: [to(asthma)],
    });
    expect(asthma).toMatchObject({ resourceType: 'Condition', subject: to(patient) });
    expect(author).toEqual({
      resourceType: 'Organization',
      id: author?.id,
      identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'XB001' }],
      name: 'Northcliffe Surgery',
    });
    expect(gp).toMatchObject({ resourceType: 'Organization', name: 'The gp', identifier: [{ value: 'XGP' }] });
  });

  it('says of the person what the banner says, and that a number was not traced', () => {
    const person = (change: object): Resource | undefined =>
      summaryOf(recordOf({ gp: [] }, { gp: {} }, change)).resources.find(
        ({ resourceType }) => resourceType === 'Patient',
      );
    const plain = person({});
    expect(plain).toEqual({
      resourceType: 'Patient',
      id: plain?.id,
      identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' }],
      name: [{ use: 'official', family: 'Example', given: ['Alex'] }],
      birthDate: '1948-03-14',
    });
    expect(person({ prefix: 'Dr', gender: 'other', postcode: 'ZZ99 3CZ', deceased: '2026-01' })).toMatchObject({
      name: [{ prefix: ['Dr'] }],
      gender: 'other',
      address: [{ postalCode: 'ZZ99 3CZ' }],
      deceasedDateTime: '2026-01',
    });
    expect(person({ deceased: true })).toMatchObject({ deceasedBoolean: true });
    expect(person({ deceased: true })).not.toHaveProperty('deceasedDateTime');
    expect(person({ numberUnchecked: true })?.['identifier']).toEqual([
      {
        extension: [
          {
            url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus',
            valueCodeableConcept: {
              coding: [
                {
                  system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland',
                  code: '02',
                  display: 'Number present but not traced',
                },
              ],
            },
          },
        ],
        system: 'https://fhir.nhs.uk/Id/nhs-number',
        value: '9990000018',
      },
    ]);
  });

  it('names no place of a restricted person, and is restricted itself', () => {
    const { resources, composition } = summaryOf(
      recordOf({ gp: [condition] }, { gp: {} }, { restricted: true, postcode: 'ZZ99 3CZ' }),
    );
    const patient = resources.find(({ resourceType }) => resourceType === 'Patient');
    expect(patient).toMatchObject({
      meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] },
    });
    expect(patient).not.toHaveProperty('address');
    expect(composition['confidentiality']).toBe('R');
    expect(JSON.stringify(resources)).not.toMatch(/Northcliffe|XB001/);
    const author = resources.find(
      ({ resourceType, name }) => resourceType === 'Organization' && name === 'An organisation',
    );
    expect(author).toBeDefined();
    expect(author).not.toHaveProperty('identifier');
  });

  it.each([
    [['R'], 'R'],
    [['V', 'R'], 'V'],
    [['L'], 'N'],
    [['odd'], 'V'],
  ])('is as confidential as the most confidential of its statements: %j', (codes, expected) => {
    const security = codes.map((code) => ({
      system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
      code,
    }));
    const said = { gp: [condition, { ...condition, id: '2', code: { text: 'Gout' }, meta: { security } }] };
    expect(summaryOf(recordOf(said)).composition['confidentiality']).toBe(expected);
    const very = summaryOf(recordOf(said, {}, { restricted: true })).composition['confidentiality'];
    expect(very).toBe(expected === 'V' ? 'V' : 'R');
  });

  it('says of whom another organisation says that they have died, before anything else', () => {
    const dead = (more: object): Resource => ({
      resourceType: 'Patient',
      id: '1',
      name: [{ family: 'Example', given: ['Alex'] }],
      deceasedBoolean: true,
      ...more,
    });
    const said = (patient: object, change: object = {}): string =>
      summaryOf(
        recordOf({ gp: [condition], acute: [dead(patient)], hospice: [dead({ id: '2' })] }, {}, change),
      ).words();
    expect(said({})).toMatch(/<p>Recorded as having died by: The (acute; The hospice|hospice; The acute)\.<\/p>/);
    expect(said({ deceasedBoolean: false })).toContain('Recorded as having died by: The hospice.');
    expect(said({ active: false })).toMatch(/The (acute; The hospice|hospice; The acute)/);
    expect(said({}, { deceased: true })).not.toContain('died');
    expect(said({})).not.toContain('demographics');
    const father = {
      resourceType: 'FamilyMemberHistory',
      id: '1',
      status: 'completed',
      relationship: { text: 'Father' },
      deceasedBoolean: true,
      condition: [{ code: { text: 'Stroke' } }],
    };
    expect(summaryOf(recordOf({ gp: [father] })).words()).not.toContain('died');
    expect(summaryOf(recordOf({ gp: [condition] }, { gp: {} })).composition).not.toHaveProperty('text');
  });

  it('keeps a death that was told by a source of which no name is known any more', () => {
    const dead = { resourceType: 'Patient', id: '1', name: [{ family: 'Example' }], deceasedBoolean: true };
    const record = recordOf({ acute: [dead] });
    expect(summaryOf({ ...record, sources: [] }).words()).toContain('Recorded as having died by: acute.');
  });

  it('says how much is held that it does not carry, by heading, and how much was not understood', () => {
    const letter = {
      resourceType: 'DocumentReference',
      id: '3',
      status: 'current',
      type: { text: 'Letter' },
      content: [],
    };
    const family = { ...condition, id: '4', code: { text: 'FH: breast cancer' } };
    const { words, leftOut } = summaryOf(
      recordOf({
        gp: [condition, letter, family, { resourceType: 'Condition', id: '9' }, { resourceType: 'Unheard', id: '8' }],
      }),
    );
    expect(words()).toMatch(
      /<p>Held and not part of this summary: [a-z-]+ \(1\), [a-z-]+ \(1\)\.<\/p><p>Sent and not understood: 2\.<\/p>/,
    );
    expect([...leftOut].sort()).toEqual([
      ['documents', 1],
      ['family-history', 1],
    ]);
  });

  it('names what replaces what, so that a reader takes the two for one', () => {
    const said = {
      gp: [
        request('1', 'Warfarin'),
        request('2', 'Warfarin 1mg tablets', { priorPrescription: { reference: 'MedicationRequest/1' } }),
      ],
    };
    const { read, resources } = summaryOf(recordOf(said));
    const [first, second] = resources.filter(({ resourceType }) => resourceType === 'MedicationRequest');
    expect(JSON.stringify([first, second])).toContain(`"priorPrescription":{"reference":"urn:uuid:`);
    const again = recordOf({ gp: read.resources.filter(({ resourceType }) => resourceType !== 'Patient') });
    const cautions = again.sections.flatMap(({ facts }) =>
      facts.flatMap(({ entries }) => entries.map((one) => one.cautions)),
    );
    expect(cautions.filter((one) => one.includes('superseded'))).toHaveLength(1);
    const because = { gp: [condition, request('2', 'Warfarin', { reasonReference: [{ reference: 'Condition/1' }] })] };
    expect(JSON.stringify(summaryOf(recordOf(because)).document)).not.toContain('priorPrescription');
    const gone = { gp: [request('2', 'Warfarin', { priorPrescription: { reference: 'MedicationRequest/1' } })] };
    expect(JSON.stringify(summaryOf(recordOf(gone)).document)).not.toContain('priorPrescription');
  });

  it('keeps results with their report, as far as it carries them', () => {
    const report = {
      resourceType: 'DiagnosticReport',
      id: '1',
      status: 'final',
      code: { text: 'Full blood count' },
      result: [{ reference: 'Observation/2' }, { reference: 'Observation/7' }],
    };
    const result = {
      resourceType: 'Observation',
      id: '2',
      status: 'final',
      category: [{ coding: [{ code: 'laboratory' }] }],
      code: { text: 'Hb' },
      valueString: 'x',
    };
    const { resources } = summaryOf(recordOf({ gp: [report, result], acute: [{ ...result, id: '7' }] }));
    const of = (type: string): Resource | undefined => resources.find(({ resourceType }) => resourceType === type);
    const own = resources.find(
      ({ resourceType, id }) =>
        resourceType === 'Observation' && JSON.stringify(of('DiagnosticReport')).includes(String(id)),
    );
    expect(of('DiagnosticReport')?.['result']).toEqual([{ reference: `urn:uuid:${String(own?.id)}` }]);
  });

  it('stands with its three sections though the record has none, and leads to nothing that it does not hold', () => {
    const bare = { ...recordOf({ gp: [] }, { gp: {} }), sections: [] };
    expect([...summaryOf(bare).read.sections]).toEqual([
      [PROBLEMS, 'notasked'],
      [ALLERGIES, 'notasked'],
      ['10160-0', 'notasked'],
    ]);
    const report = {
      resourceType: 'DiagnosticReport',
      id: '1',
      status: 'final',
      code: { text: 'Chest X-ray' },
      imagingStudy: [{ reference: 'ImagingStudy/5' }],
    };
    const study = { resourceType: 'ImagingStudy', id: '5', status: 'available', description: 'Chest X-ray' };
    const { document, resources } = summaryOf(recordOf({ gp: [report, study] }));
    expect(resources.find(({ resourceType }) => resourceType === 'DiagnosticReport')).not.toHaveProperty('result');
    expect(checkIps(document)).toEqual([]);
  });

  it('leads to a plan that is a letter, and not to the letter among the documents', () => {
    const older = {
      resourceType: 'DocumentReference',
      id: 'd0',
      status: 'current',
      type: { text: 'Crisis plan' },
      content: [],
    };
    const newer = {
      ...older,
      id: 'd1',
      relatesTo: [{ code: 'replaces', target: { reference: 'DocumentReference/d0' } }],
    };
    const { resources } = summaryOf(recordOf({ gp: [older, newer] }));
    const letters = resources.filter(({ resourceType }) => resourceType === 'DocumentReference');
    const gp = resources.find(({ name }) => name === 'The gp');
    for (const { custodian } of letters) expect(custodian).toEqual({ reference: `urn:uuid:${String(gp?.id)}` });
    const ids = letters.map(({ id }) => `urn:uuid:${String(id)}`);
    const [target] = letters.flatMap(({ relatesTo }) => asObjects(relatesTo)).map((one) => asObject(one['target']));
    expect(ids).toContain(target?.['reference']);
  });

  it('leads to what bears a name and not to what stands inside it', () => {
    const inner = { resourceType: 'Observation', id: 'o', status: 'final', code: { text: 'Hb' }, valueString: 'x' };
    const report = {
      resourceType: 'DiagnosticReport',
      id: '1',
      status: 'final',
      code: { text: 'Full blood count' },
      contained: [inner],
      result: [{ reference: '#o' }],
    };
    const panel = {
      ...inner,
      id: '2',
      category: [{ coding: [{ code: 'laboratory' }] }],
      code: { text: 'Panel' },
      hasMember: [{ reference: 'DiagnosticReport/1' }],
    };
    const { resources } = summaryOf(recordOf({ gp: [panel, report] }));
    const whole = resources.find(({ resourceType }) => resourceType === 'DiagnosticReport');
    expect(resources.find(({ code }) => asObject(code)?.['text'] === 'Panel')).toMatchObject({
      hasMember: [{ reference: `urn:uuid:${String(whole?.id)}` }],
    });
  });

  it('says of each statement who made it, for whom, and who put the document together', () => {
    const told = {
      ...condition,
      recorder: { display: 'Dr Ada' },
      meta: { lastUpdated: '2026-01-01T00:00:00Z' },
      extension: [{ url: 'https://corridor.invalid/StructureDefinition/recorded-by', valueString: 'The Clinic' }],
    };
    const role = (code: string): object => ({
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code }],
    });
    const of = (resource: Resource): Resource | undefined =>
      summaryOf(recordOf({ gp: [resource] })).resources.find(({ resourceType }) => resourceType === 'Provenance');
    const { resources, read } = summaryOf(recordOf({ gp: [told] }));
    const gp = resources.find(({ name }) => name === 'The gp');
    const who = { reference: `urn:uuid:${String(gp?.id)}`, display: 'The gp' };
    const assembler = { type: role('assembler'), who: { display: 'Northcliffe Surgery' } };
    const full = of(told);
    expect(full).toEqual({
      resourceType: 'Provenance',
      id: full?.id,
      target: [{ reference: `urn:uuid:${String(resources.find(({ code }) => code)?.id)}` }],
      occurredDateTime: '2026-01-01T00:00:00Z',
      recorded: MADE_AT,
      agent: [
        { type: role('author'), who: { display: 'Dr Ada' }, onBehalfOf: who },
        { who: { display: 'The Clinic' } },
        assembler,
      ],
      entity: [{ role: 'source', what: { identifier: { value: 'gp/Condition/1' } } }],
    });
    expect([...read.recordedBy.values()]).toEqual([['The gp', 'The Clinic']]);
    const plain = of(condition);
    expect(plain?.['agent']).toEqual([{ type: role('custodian'), who }, assembler]);
    expect(plain).not.toHaveProperty('occurredDateTime');
  });

  it('is not made of a statement that nobody of the record vouches for', () => {
    const record = { ...recordOf({ gp: [condition] }), sources: [] };
    expect(() => buildSummary(record, FACTS)).toThrow('an entry of no source of this record');
  });

  it('is another for another view, and has one Organization for each organisation', () => {
    const record = recordOf({ gp: [condition, { ...condition, id: '2', code: { text: 'Gout' } }], acute: [condition] });
    const { resources, document } = summaryOf(record);
    expect(resources.filter(({ resourceType }) => resourceType === 'Organization')).toHaveLength(3);
    expect(new Set(resources.map(({ id }) => id)).size).toBe(resources.length);
    const other = buildSummary(record, { ...FACTS, documentId: 'view-2' }).bundle;
    expect(other['id']).not.toBe(document.id);
    expect(other['identifier']).not.toEqual(document['identifier']);
    const elsewhere = { ...FACTS, author: { ...FACTS.author, ods: 'XB002' as OdsCode } };
    expect(buildSummary(record, elsewhere).bundle['identifier']).not.toEqual(document['identifier']);
  });
});
