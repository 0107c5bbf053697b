import { describe, expect, it } from 'vitest';
import { readOrganisation } from '../../../src/record/fhir/organisation.ts';
import type { ReadContext } from '../../../src/record/read-context.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SourceId } from '../../../src/record/source.ts';

const within: Resource = { resourceType: 'Encounter', id: '1' };
const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code';
const read = (reference: unknown, found?: object) =>
  readOrganisation(
    reference,
    {
      source: 'gp' as SourceId,
      resolve: () => found && ({ resourceType: 'Organization', id: 'o', ...found } as Resource),
    } satisfies ReadContext,
    within,
  );

describe('an organisation', () => {
  it('is none where nothing readable names it', () => {
    expect(read(undefined)).toBeUndefined();
    expect(read({ reference: 'Organization/XB001' })).toBeUndefined();
    expect(read({ identifier: { system: ODS } })).toBeUndefined();
    expect(read({}, { telecom: [{ value: '1' }], identifier: [{ value: 'XB001' }] })).toBeUndefined();
  });

  it('has a name without a code, and a code without a name', () => {
    expect(read({ display: 'Northcliffe Surgery' })).toEqual({ name: 'Northcliffe Surgery', telecom: [] });
    expect(read({ identifier: { system: ODS, value: 'xb001' } })).toEqual({ code: 'XB001', telecom: [] });
  });

  it('is believed in its reference before what that leads to, whose telephone it has', () => {
    const found = {
      name: 'Other',
      identifier: [{ system: ODS, value: 'XB002' }],
      telecom: [{ value: '01904 000000' }],
    };
    expect(read({ identifier: { system: ODS, value: 'XB001' }, display: 'Northcliffe Surgery' }, found)).toEqual({
      name: 'Northcliffe Surgery',
      code: 'XB001',
      telecom: [{ value: '01904 000000' }],
    });
    expect(read({}, found)).toMatchObject({ name: 'Other', code: 'XB002' });
  });

  it.each([
    [ODS],
    ['https://fhir.nhs.uk/Id/ods-organisation-code'],
    ['https://fhir.nhs.uk/Id/ods-site-code'],
    ['https://x.example/local-authority-code'],
    ['https://x.example/localauthority'],
    ['URN:OID:2.16.840.1.113883.2.1.3.2.4.18.48'],
  ])('is coded in %s', (system) => {
    expect(read({ identifier: { system, value: 'XB001' } })?.code).toBe('XB001');
  });

  it.each([
    [`${ODS}/1`],
    ['https://fhir.nhs.uk/Id/ods-organixation-code'],
    ['xurn:oid:2.16.840.1.113883.2.1.3.2.4.18.48'],
    ['urn:oid:2.16.840.1.113883.2.1.3.2.4.18.480'],
    ['https://x.example/local-authority-codes'],
    [undefined],
  ])('is never coded in %s', (system) => {
    expect(read({ display: 'X', identifier: { system, value: 'XB001' } })).toEqual({ name: 'X', telecom: [] });
  });
});
