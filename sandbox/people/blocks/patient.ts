import type { Resource } from '../../../src/record/resource.ts';
import type { OrganisationKind } from '../../../src/record/source.ts';
import type { Chart, Marks } from '../chart.ts';
import { memberOf } from '../organisations.ts';
import type { Address } from '../person.ts';
import { SYSTEM, ukCore, type Reference } from './codes.ts';

/** How one organisation's Patient differs from the person as best known: spelling, order, what it never asked. */
export type PatientAsHeld = {
  readonly localId?: string;
  readonly family?: string;
  readonly given?: readonly string[];
  readonly prefix?: string;
  readonly birthDate?: string;
  readonly address?: Address;
  /** The only address this organisation ever had is one the person has left. */
  readonly movedAway?: true;
  readonly phone?: string;
  /** Names used before, newest first. */
  readonly formerNames?: readonly {
    readonly family: string;
    readonly given: readonly string[];
    readonly use: 'maiden' | 'old';
    readonly end?: string;
  }[];
  /** The practice by code and name, as this organisation knows it. */
  readonly practice?: string;
  readonly updated?: string;
  readonly deceased?: string;
  readonly without?: readonly ('nhsNumber' | 'address' | 'telecom' | 'practice' | 'gender')[];
  readonly security?: Marks['security'];
  readonly numberUnverified?: true;
  /** The NHS number this organisation holds, where it is not the person's own any more. */
  readonly nhsNumber?: string;
  /** A number that was replaced by the person's own, as an organisation that followed the change keeps it. */
  readonly formerNumber?: string;
  /** A registration that was merged away: no longer active, and where its contents went. */
  readonly replacedBy?: Reference;
  readonly interpreter?: string;
  readonly contact?: {
    readonly relationship: string;
    readonly family: string;
    readonly given: string;
    readonly phone: string;
  };
};

/** Personal Demographics Service: access to a person labelled R gives no place and no way to find one. */
const RESTRICTED = [{ system: SYSTEM.confidentiality, code: 'R', display: 'restricted' }];
const HIDDEN: readonly string[] = ['address', 'telecom', 'practice'];

export function patientResource(chart: Chart, held: PatientAsHeld): Resource {
  const { person } = chart;
  const without = (element: NonNullable<PatientAsHeld['without']>[number]): boolean =>
    (HIDDEN.includes(element) && chart.hidesAddress) || (held.without?.includes(element) ?? false);
  return {
    resourceType: 'Patient',
    id: chart.patientId,
    meta: chart.meta(held.updated ?? chart.calendar.ago(9, 'months'), {
      profile: 'UKCore-Patient',
      ...(chart.hidesAddress ? { security: RESTRICTED } : held.security ? { security: held.security } : {}),
    }),
    ...(person.ethnicCategory && { extension: [ethnicCategory(person.ethnicCategory)] }),
    identifier: identifiers(chart, held, without('nhsNumber')),
    active: held.replacedBy === undefined,
    name: names(chart, held),
    ...(!without('telecom') && { telecom: telecom(chart, held) }),
    ...(!without('gender') && { gender: person.gender }),
    birthDate: held.birthDate ?? person.birthDate,
    ...(held.deceased && { deceasedDateTime: held.deceased }),
    ...(!without('address') && { address: [address(held.address ?? person.address, held.movedAway ? 'old' : 'home')] }),
    ...(held.interpreter && { communication: [{ language: { text: held.interpreter }, preferred: true }] }),
    ...(held.contact && { contact: [contact(held.contact)] }),
    ...(!without('practice') && held.practice && { generalPractitioner: [practice(held.practice)] }),
    managingOrganization: chart.organisation,
    ...(held.replacedBy && { link: [{ other: held.replacedBy, type: 'replaced-by' }] }),
  };
}

/** The local number's system is the organisation's own; the NHS number carries its verification status (UK Core). */
function identifiers(chart: Chart, held: PatientAsHeld, withoutNumber: boolean): readonly object[] {
  const local = {
    use: 'usual',
    system: `https://${chart.ods.toLowerCase()}.example/patient-number`,
    value: localNumber(chart),
  };
  if (withoutNumber || !chart.person.nhsNumber) return [local];
  const status = held.numberUnverified
    ? { code: 'number-present-but-not-traced', display: 'Number present but not traced' }
    : { code: 'number-present-and-verified', display: 'Number present and verified' };
  const number = {
    extension: [
      {
        url: ukCore('Extension-UKCore-NHSNumberVerificationStatus'),
        valueCodeableConcept: {
          coding: [{ system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus', ...status }],
        },
      },
    ],
    use: 'official',
    system: SYSTEM.nhsNumber,
    value: held.nhsNumber ?? chart.person.nhsNumber,
  };
  const former = held.formerNumber && { use: 'old', system: SYSTEM.nhsNumber, value: held.formerNumber };
  return [number, ...(former ? [former] : []), local];
}

function localNumber(chart: Chart): string {
  const digits = chart.patientId.replace(/\D/g, '').padStart(6, '0');
  return `${LOCAL_PREFIXES[memberOf(chart.ods).kind] ?? ''}${digits}`;
}

/** Kinds of organisation whose systems put letters before their numbers. */
const LOCAL_PREFIXES: { readonly [kind in OrganisationKind]?: string } = {
  acute: 'H',
  'independent-hospital': 'H',
  council: 'SC-',
  ambulance: 'CAD',
};

function names(chart: Chart, held: PatientAsHeld): readonly object[] {
  const { person } = chart;
  const prefix = held.prefix ?? person.prefix;
  const current = {
    use: 'official',
    family: held.family ?? person.family,
    given: held.given ?? person.given,
    ...(prefix && { prefix: [prefix] }),
  };
  const former = (held.formerNames ?? []).map(({ family, given, use, end }) => ({
    use,
    family,
    given,
    ...(end && { period: { end } }),
  }));
  return [current, ...former];
}

function telecom(chart: Chart, held: PatientAsHeld): readonly object[] {
  const phone = held.phone ?? chart.person.phone;
  return [
    ...(phone ? [{ system: 'phone', value: phone, use: phone.startsWith('07') ? 'mobile' : 'home' }] : []),
    ...(chart.person.email ? [{ system: 'email', value: chart.person.email, use: 'home' }] : []),
  ];
}

function address(value: Address, use: 'home' | 'old'): object {
  return { use, type: 'both', line: value.lines, city: value.city, postalCode: value.postcode };
}

function contact(value: NonNullable<PatientAsHeld['contact']>): object {
  return {
    relationship: [{ text: value.relationship }],
    name: { use: 'usual', family: value.family, given: [value.given] },
    telecom: [{ system: 'phone', value: value.phone, use: 'mobile' }],
  };
}

function practice(ods: string): object {
  return { type: 'Organization', identifier: { system: SYSTEM.ods, value: ods }, display: memberOf(ods).name };
}

function ethnicCategory(code: string): object {
  return {
    url: ukCore('Extension-UKCore-EthnicCategory'),
    valueCodeableConcept: {
      coding: [
        { system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategoryEngland', code, display: ETHNIC[code] },
      ],
    },
  };
}

/** NHS Data Dictionary: ethnic category. */
const ETHNIC: { readonly [code: string]: string } = {
  A: 'White - British',
  B: 'White - Irish',
  H: 'Asian or Asian British - Indian',
  J: 'Asian or Asian British - Pakistani',
  M: 'Black or Black British - Caribbean',
  N: 'Black or Black British - African',
  R: 'Other Ethnic Groups - Chinese',
};
