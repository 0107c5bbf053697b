import { asObject, asObjects, asString, type Json, type Resource } from '../../src/record/resource.ts';
import type { SandboxCommunity } from '../community.ts';

const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';

/** Everybody with an NHS number, as a national demographics service would hold them: from their practice where they have one. */
export function nationalPatients(community: SandboxCommunity): readonly Resource[] {
  const practicesFirst = [...community.organisations].sort((a, b) => Number(b.kind === 'gp') - Number(a.kind === 'gp'));
  const held = new Map<string, Resource>();
  for (const { ods } of practicesFirst)
    for (const resource of community.resources.get(ods) ?? []) {
      const number = resource.resourceType === 'Patient' ? numberOf(resource) : undefined;
      if (number !== undefined && resource['active'] !== false && !held.has(number))
        held.set(number, nationalPatient(resource, number));
    }
  // A number that was replaced is nobody's any more, whoever still writes it.
  for (const former of [...held.values()].flatMap(formerNumbersOf)) held.delete(former);
  return [...held.values()];
}

/** The shape of the Personal Demographics Service's Patient: the number is the id; no other organisation's identifiers. */
function nationalPatient(patient: Resource, number: string): Resource {
  const restricted = asObjects(asObject(patient['meta'])?.['security']).some((label) => label['code'] === 'R');
  const code = restricted ? ['R', 'restricted'] : ['U', 'unrestricted'];
  const kept = ['name', 'gender', 'birthDate', 'deceasedDateTime', ...(restricted ? [] : ['address'])];
  return {
    resourceType: 'Patient',
    id: number,
    identifier: [
      ...asObjects(patient['identifier']).flatMap(({ system, use, value }) =>
        system === NHS_NUMBER && use === 'old' ? [{ system: FORMER, use: 'old', value }] : [],
      ),
      {
        system: NHS_NUMBER,
        value: number,
        extension: [
          {
            url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus',
            valueCodeableConcept: {
              coding: [
                {
                  system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus',
                  version: '1.0.0',
                  code: '01',
                  display: 'Number present and verified',
                },
              ],
            },
          },
        ],
      },
    ],
    meta: {
      versionId: '2',
      security: [
        { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: code[0], display: code[1] },
      ],
    },
    ...Object.fromEntries(kept.flatMap((name) => (patient[name] === undefined ? [] : [[name, patient[name]]]))),
  };
}

export type Found = { readonly patient: Resource; readonly score: number };

/** As PDS searches: by exact words, or with `_fuzzy-match` by names that begin alike; the birth date always. */
export function searchPeople(patients: readonly Resource[], query: URLSearchParams): readonly Found[] {
  const birthdate = query.get('birthdate')?.replace(/^eq/, '');
  const fuzzy = query.get('_fuzzy-match') === 'true';
  return patients.flatMap((patient) => {
    if (patient['birthDate'] !== birthdate) return [];
    const score = scoreOf(patient, query, fuzzy);
    return score > 0 ? [{ patient, score }] : [];
  });
}

function scoreOf(patient: Resource, query: URLSearchParams, fuzzy: boolean): number {
  const names = asObjects(patient['name']);
  const has = (name: Json, part: 'family' | 'given', wanted: string): boolean =>
    [name[part]].flat().some((word) => alike(asString(word) ?? '', wanted, fuzzy));
  const wanted = (part: 'family' | 'given'): boolean => {
    const word = query.get(part);
    return word === null || word === '' || names.some((name) => has(name, part, word));
  };
  const postcode = query.get('address-postalcode');
  const gender = query.get('gender');
  const lives = asObjects(patient['address']).some((one) => squeezed(one['postalCode']) === squeezed(postcode));
  if (!wanted('family') || !wanted('given') || (gender !== null && patient['gender'] !== gender)) return 0;
  if (postcode !== null && !lives) return 0;
  return fuzzy ? 0.8124 : 1;
}

function alike(held: string, wanted: string, fuzzy: boolean): boolean {
  const [a, b] = [squeezed(held), squeezed(wanted)];
  return a === b || (fuzzy && a.slice(0, 3) === b.slice(0, 3));
}

function squeezed(value: unknown): string {
  return (asString(value) ?? '').toLowerCase().replace(/[^a-z0-9]/g, '');
}

function numberOf(patient: Resource): string | undefined {
  const held = asObjects(patient['identifier']).filter((one) => one['system'] === NHS_NUMBER);
  return asString(held.find((one) => one['use'] !== 'old')?.['value']);
}

const FORMER = 'https://sandbox.example/former-nhs-number';

/** Numbers that were superseded by this person's own. */
export function formerNumbersOf(patient: Resource): readonly string[] {
  return asObjects(patient['identifier']).flatMap(({ system, value }) => (system === FORMER ? [String(value)] : []));
}
