import { buildConflict } from '../build-conflict.ts';
import type { Caution, Entry, EntryState } from '../entry.ts';
import type { Conflict, Fact } from '../fact.ts';
import { readAddresses, type Address } from '../fhir/address.ts';
import { readCoded } from '../fhir/coding.ts';
import { dayOf, readDate, readPeriod, type Period, type RecordedDate } from '../fhir/date.ts';
import { isDeathUnclear, readDeceased } from '../fhir/death.ts';
import { extensionsNamed } from '../fhir/extension.ts';
import { preferredName, readHumanName, readReferenceNames } from '../fhir/reference.ts';
import { read, readStatement, unreadable } from '../fhir/statement.ts';
import { readTelecom, type Telecom } from '../fhir/telecom.ts';
import { nameText, plainText } from '../fhir/text.ts';
import { formatNhsNumber, NHS_NUMBER_SYSTEM, parseNhsNumber, type NhsNumber } from '../nhs-number.ts';
import { optional } from '../optional.ts';
import { asObject, asObjects, asString, type Json, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { isRestricted } from '../whereabouts.ts';

/**
 * Person demographics (PRSB CIS; UKCore-Patient): what each organisation holds about who this is.
 * Must have: a name or an NHS number. No limit: there is one at each source.
 * The banner shows the home EPR's Patient; these are here so that a wrong address or a death known elsewhere is seen.
 */
export type DemographicsEntry = Entry & {
  readonly section: 'demographics';
  readonly nhsNumber?: NhsNumber;
  /** UK Core NHS number verification status, e.g. "Number present and verified". */
  readonly nhsNumberStatus?: string;
  readonly family?: string;
  readonly given?: string;
  readonly prefix?: string;
  /** Names the source gives besides the usual one: maiden, old, nickname. */
  readonly otherNames: readonly string[];
  readonly birthDate?: RecordedDate;
  readonly gender?: string;
  /** The date of death when given, `true` when only the fact is; `false` when the source says in words that she lives. */
  readonly deceased?: RecordedDate | boolean;
  readonly addresses: readonly Address[];
  readonly telecom: readonly Telecom[];
  readonly practice: readonly string[];
  readonly languages: readonly string[];
  readonly interpreterNeeded?: boolean;
  readonly ethnicity?: string;
  readonly maritalStatus?: string;
};

export const demographics: Section<DemographicsEntry> = {
  id: 'demographics',
  heading: 'Person demographics',
  groupedBy: 'everything',
  reads: ['Patient'],
  window: null,

  read(resource, context) {
    const name = preferredName(resource['name']);
    const number = readNhsNumber(resource);
    const { nhsNumber } = number;
    const title = readHumanName(resource['name']) ?? (nhsNumber && formatNhsNumber(nhsNumber));
    if (title === undefined) return unreadable(resource, context, 'name');
    const statement = readStatement(resource, context, 'demographics', [
      ...linkCautions(resource),
      ...(isDeathUnclear(resource) ? (['source-unclear'] as const) : []),
    ]);
    const restricted = isRestricted(statement);
    const birthDate = readDate(resource['birthDate']);
    const deceased = readDeceased(resource);
    const interpreterNeeded = readInterpreter(resource);
    return read({
      ...statement,
      section: 'demographics',
      title,
      state: registrationState(resource),
      ...number,
      ...optional('family', nameText(name?.['family'])),
      ...optional('given', nameText(name?.['given'])),
      ...optional('prefix', nameText(name?.['prefix'])),
      otherNames: asObjects(resource['name']).flatMap((other) => (other === name ? [] : (readHumanName(other) ?? []))),
      ...(birthDate && { birthDate }),
      ...optional('gender', plainText(resource['gender'])),
      ...(deceased !== undefined && { deceased }),
      addresses: restricted ? [] : readAddresses(resource['address']),
      telecom: restricted ? [] : readTelecom(resource['telecom']),
      practice: restricted ? [] : readReferenceNames(presentPractices(resource), context, resource),
      languages: asObjects(resource['communication']).flatMap((c) => readCoded(c['language'])?.text ?? []),
      ...(interpreterNeeded !== undefined && { interpreterNeeded }),
      ...optional(
        'ethnicity',
        readCoded(extensionsNamed(resource, 'UKCore-EthnicCategory', 'EthnicCategory')[0]?.['valueCodeableConcept'])
          ?.text,
      ),
      ...optional('maritalStatus', readCoded(resource['maritalStatus'])?.text),
    });
  },

  // Everything a reader sees of it: only sources that agree in all of it become one line.
  factKey(entry) {
    const { nhsNumber, family, given, prefix, birthDate, gender, deceased, addresses, telecom, practice } = entry;
    const plain = [entry.title, family, given, prefix].map((part) => part?.toLowerCase());
    const rest = [entry.otherNames, entry.languages, entry.interpreterNeeded, entry.ethnicity, entry.maritalStatus];
    const places = [addresses, telecom, practice];
    return JSON.stringify([entry.state, nhsNumber, ...plain, birthDate, gender, deceased, places, rest]);
  },

  conflicts(facts) {
    const standing = facts.filter((fact) => fact.entries[0].state !== 'past');
    return [...deathDiffers(facts), ...numbersDiffer(standing), ...identityDiffers(standing)];
  },
};

/** A Patient is one that is in use unless the source says otherwise (FHIR R4 Patient.active: "assumed to be active"). */
export function registrationState(resource: Resource): EntryState {
  const replaced = asObjects(resource['link']).some((link) => link['type'] === 'replaced-by');
  return resource['active'] === false || replaced ? 'past' : 'current';
}

/**
 * Patient.link is a modifier: a record that was replaced, or that may describe another person, is not plain fact. One that
 * replaces another, or that says where else the person is known, is; what any other word means nobody knows.
 */
function linkCautions(resource: Resource): readonly Caution[] {
  const kinds = asObjects(resource['link']).map((link) => link['type']);
  return kinds.some((kind) => kind !== 'replaces' && kind !== 'seealso') ? ['source-unclear'] : [];
}

/** The number in use, with what its own source says of it: that an old one was verified says nothing of this one. */
function readNhsNumber(resource: Resource): { readonly nhsNumber?: NhsNumber; readonly nhsNumberStatus?: string } {
  const inUse = asObjects(resource['identifier']).filter(
    (id) => id['system'] === NHS_NUMBER_SYSTEM && id['use'] !== 'old',
  );
  const identifier = inUse.find((id) => parseNhsNumber(id['value']) !== undefined) ?? inUse[0];
  const status = extensionsNamed(identifier, 'UKCore-NHSNumberVerificationStatus')[0]?.['valueCodeableConcept'];
  return {
    ...optional('nhsNumber', parseNhsNumber(identifier?.['value'])),
    ...optional('nhsNumberStatus', readCoded(status)?.text),
  };
}

/** Needed for one of several languages is needed. UK Core says it of the person, or within each language. */
function readInterpreter(resource: Resource): boolean | undefined {
  const said = [resource, ...extensionsNamed(resource, 'UKCore-NHSCommunication')]
    .flatMap((element) => asObjects(element['extension']))
    .filter(({ url }) => /interpreter-?required$/i.test(asString(url) ?? ''))
    .map(({ valueBoolean }) => valueBoolean);
  return said.includes(true) ? true : said.includes(false) ? false : undefined;
}

/** Dead at one source and not at another: somebody may ring the family about an appointment (safety H37). */
function deathDiffers(facts: readonly Fact<DemographicsEntry>[]): readonly Conflict[] {
  const dead = facts.filter(knowsOfDeath);
  const others = facts.filter(({ entries: [entry] }) => entry.state !== 'past' && !isDead(entry));
  return dead.length > 0 && others.length > 0
    ? [buildConflict('deceased-here-alive-there', 'demographics', [...dead, ...others])]
    : [];
}

/** A registration is closed when somebody dies, and says so all the same; one that was replaced may be another person's. */
export function knowsOfDeath({ entries: [entry] }: Fact<DemographicsEntry>): boolean {
  return isDead(entry) && (entry.state !== 'past' || !entry.cautions.includes('source-unclear'));
}

function isDead(entry: DemographicsEntry): boolean {
  return entry.deceased !== undefined && entry.deceased !== false;
}

type Compared = (entry: DemographicsEntry) => string | undefined;

/**
 * What identifies a person. An element that a source leaves out differs from nothing. Given names are everybody's to
 * shorten, swap and spell ("Margaret A", "MARGARET ANNE"), and an old address says that somebody moved: each stands on
 * its organisation's own line, and a warning for them would teach readers to pass over the one about the birth date.
 */
const DIFFERING: readonly Compared[] = [
  (entry) => familyKey(entry.family),
  (entry) => entry.birthDate && dayOf(entry.birthDate),
  (entry) => (entry.gender === 'unknown' ? undefined : entry.gender),
];

/** O'Neill, O’NEILL and Oneill are one name, and so are Muñoz and Munoz: systems drop what they cannot print. */
function familyKey(family: string | undefined): string | undefined {
  return (
    family
      ?.normalize('NFD')
      .toLowerCase()
      .replace(/[^\p{L}]/gu, '') || undefined
  );
}

/** Two NHS numbers for one person, or two persons in one record: worse than a name spelt twice, and said by itself. */
function numbersDiffer(facts: readonly Fact<DemographicsEntry>[]): readonly Conflict[] {
  const stated = facts.filter((fact) => fact.entries[0].nhsNumber !== undefined);
  const numbers = new Set(stated.map((fact) => fact.entries[0].nhsNumber));
  return numbers.size > 1 ? [buildConflict('nhs-numbers-differ', 'demographics', stated)] : [];
}

/** One disagreement, with every source that states an element on which two of them differ. */
function identityDiffers(facts: readonly Fact<DemographicsEntry>[]): readonly Conflict[] {
  const differing = DIFFERING.filter((compared) => differs(facts.flatMap((fact) => compared(fact.entries[0]) ?? [])));
  const sides = facts.filter((fact) => differing.some((compared) => compared(fact.entries[0]) !== undefined));
  return differing.length > 0 ? [buildConflict('demographics-differ', 'demographics', sides)] : [];
}

/** 1948 and 1948-03-14 do not disagree: the one is only less exact. */
function differs(values: readonly string[]): boolean {
  const distinct = [...new Set(values)];
  return distinct.filter((value) => !distinct.some((other) => other.startsWith(`${value}-`))).length > 1;
}

/** A practice that the person has left stands under its own heading with its dates, never beside the name as theirs. */
function presentPractices(patient: Resource): readonly Json[] {
  return asObjects(patient['generalPractitioner']).filter((reference) => registeredThere(reference)?.end === undefined);
}

/** PDS: the registration's own dates stand in the period of the reference's identifier. A former practice is none. */
export function registeredThere(reference: Json): Period | undefined {
  return readPeriod(asObject(reference['identifier'])?.['period']);
}
