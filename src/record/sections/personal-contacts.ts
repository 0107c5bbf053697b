import type { Entry } from '../entry.ts';
import type { Fact } from '../fact.ts';
import { normaliseWords, readCoded, readConcepts, type Coded } from '../fhir/coding.ts';
import { readPeriod } from '../fhir/date.ts';
import { extensionsNamed } from '../fhir/extension.ts';
import { readHumanName, readReferenceName } from '../fhir/reference.ts';
import { standing } from '../fhir/standing.ts';
import { codedCautions, entryIdOf, read, readStatement, unreadable } from '../fhir/statement.ts';
import { readTelecom, type Telecom } from '../fhir/telecom.ts';
import { plainText } from '../fhir/text.ts';
import { keyAlone } from '../group-entries.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Json, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { registrationState } from './demographics.ts';
import { keyOfParts } from './key-of-parts.ts';
import { personName, waysToReach } from './same-person.ts';

/**
 * Personal contacts (PRSB CIS: name, relationship and type, contact, next of kin, parental responsibility;
 * UKCore-RelatedPerson, Patient.contact). Must have: a name, a relationship or an organisation. Addresses are left
 * unread on purpose: a relative's address is often the person's own (safety H24).
 */
export type PersonalContactEntry = Entry & {
  readonly section: 'personal-contacts';
  readonly name?: string;
  readonly relationships: readonly string[];
  /** The source's words or codes say so; never inferred from being a wife or a son. */
  readonly nextOfKin: boolean;
  readonly emergencyContact: boolean;
  readonly parentalResponsibility: boolean;
  readonly carer: boolean;
  readonly organisation?: string;
  readonly telecom: readonly Telecom[];
  /** Order in which the source would call them; 1 first (UK Core ContactRank). */
  readonly rank?: number;
  readonly gender?: string;
  readonly languages: readonly string[];
};

export const personalContacts: Section<PersonalContactEntry> = {
  id: 'personal-contacts',
  heading: 'Personal contacts',
  groupedBy: 'person',
  reads: ['RelatedPerson'],
  window: null,

  read(resource, context) {
    const name = readHumanName(resource['name']);
    const relationships = readConcepts(resource['relationship']);
    const title = name ?? relationships[0]?.text;
    if (title === undefined) return unreadable(resource, context, 'name');
    const period =
      readPeriod(resource['period']) ??
      readPeriod(extensionsNamed(resource, 'Extension-UKCore-EffectivePeriod')[0]?.['valuePeriod']);
    const languages = asObjects(resource['communication']).flatMap((one) => readCoded(one['language'])?.text ?? []);
    const { active } = resource;
    return read({
      ...readStatement(resource, context, 'personal-contacts', codedCautions(...relationships)),
      section: 'personal-contacts',
      title,
      state: standing(active === true ? 'current' : active === false ? 'past' : 'unknown', period, resource),
      ...(typeof active === 'boolean' && { statusAsRecorded: active ? 'active' : 'inactive' }),
      ...(period?.start && { date: period.start }),
      ...(period && { period }),
      ...person(resource, name, relationships),
      languages,
    });
  },

  takes: ['Patient'],
  take: readPatientContacts,

  // The same wife in five records, some in a RelatedPerson and some in Patient.contact, is one line: same name, title or
  // none, and the same relationship. A number or an address that differs from another of its kind stays apart, for one of
  // the two is wrong. What a record leaves out (a mobile beside a landline, that she is next of kin, whether the record is
  // in use, since when) is as the others say, while they all say the same; corridor-personal-contacts shows all of it.
  identity(entry) {
    const { name } = entry;
    if (name === undefined) return undefined;
    return {
      base: keyOfParts(entry.state === 'past', entry.period?.end),
      names: () => [{ reason: 'person', name: personName(name) }],
      details: () => [
        relationshipKey(entry.relationships),
        ...waysToReach(entry.telecom),
        entry.state === 'unknown' ? undefined : entry.state,
        entry.period?.start,
        ...[entry.nextOfKin, entry.emergencyContact, entry.parentalResponsibility, entry.carer].map((yes) =>
          yes ? 'yes' : undefined,
        ),
      ],
    };
  },

  factKey(entry) {
    return keyAlone(entry, personalContacts.identity?.(entry));
  },

  conflicts() {
    return [];
  },

  // Whom to call first: those whom a source names for it, in its order; then the others who stand; then the past.
  compare(a, b) {
    return callOrder(a) - callOrder(b);
  },
};

/**
 * `Patient.contact`, which has no status of its own: it stands as the Patient states it, unless its period is over.
 * Demographics owns Patient; this takes only the contacts (see `Section.take`).
 */
export function readPatientContacts(patient: Resource, context: ReadContext): readonly PersonalContactEntry[] {
  return asObjects(patient['contact']).flatMap((contact, index) => {
    const name = readHumanName(contact['name']);
    const relationships = readConcepts(contact['relationship']);
    const organisation = readReferenceName(contact['organization'], context, patient);
    const title = name ?? organisation ?? relationships[0]?.text;
    if (title === undefined) return [];
    const period = readPeriod(contact['period']);
    return [
      {
        ...readStatement(
          { ...patient, note: undefined },
          context,
          'personal-contacts',
          codedCautions(...relationships),
        ),
        id: entryIdOf(patient, context, `contact-${index + 1}`),
        section: 'personal-contacts' as const,
        title,
        // A Patient record that is no longer in use (merged, replaced) makes no current contacts.
        state: standing(registrationState(patient), period, patient),
        ...(period?.start && { date: period.start }),
        ...(period && { period }),
        ...person(contact, name, relationships),
        ...(organisation && { organisation }),
        languages: [],
      },
    ];
  });
}

/** Words that say what somebody does for the person rather than how they are related: those are flags. */
const PARTS_PLAYED = /^(next of kin|next-of-kin|emergency contact|contact person|carer|main carer|caregiver)$/;

function relationshipKey(relationships: readonly string[]): string | undefined {
  const words = relationships.map(normaliseWords).filter((one) => !PARTS_PLAYED.test(one));
  return words.length > 0 ? [...new Set(words)].sort().join(',') : undefined;
}

/** HL7 v2-0131 and v3 RoleCode: N next of kin, C and EP emergency contact, GUARD and its kin a guardian. */
const NEXT_OF_KIN = ['N', 'NOK', 'NEXT-OF-KIN'];
const EMERGENCY = ['C', 'EP', 'ECON'];

function person(element: Json, name: string | undefined, relationships: readonly Coded[]) {
  const codes = relationships.flatMap((one) =>
    one.codings.flatMap((coding) =>
      coding.code && /v2-0131|rolec|contactrole/i.test(coding.system ?? '') ? coding.code.toUpperCase() : [],
    ),
  );
  const texts = relationships
    .flatMap((one) => [one.text, ...one.codings.flatMap((coding) => coding.display ?? [])])
    .map(normaliseWords);
  const said = (words: RegExp): boolean => texts.some((text) => says(text, words));
  const rank = extensionsNamed(element, 'Extension-UKCore-ContactRank')[0]?.['valuePositiveInt'];
  const gender = plainText(element['gender']);
  const named = (extension: string): boolean =>
    extensionsNamed(element, extension).some((one) => one['valueBoolean'] === true);
  return {
    ...(name && { name }),
    relationships: relationships.map((one) => one.text),
    nextOfKin:
      codes.some((code) => NEXT_OF_KIN.includes(code)) ||
      said(/\bnext[ -]of[ -]kin\b/) ||
      named('Extension-UKCore-NextOfKin'),
    emergencyContact:
      codes.some((code) => EMERGENCY.includes(code)) ||
      said(/\bemergency contact\b/) ||
      named('Extension-UKCore-EmergencyContact'),
    parentalResponsibility: said(/\bparental responsibility\b/) || named('Extension-UKCore-ParentalResponsibility'),
    carer: said(/\b(carer|caregiver|care giver)\b/),
    telecom: readTelecom(element['telecom']),
    ...(typeof rank === 'number' && rank > 0 && { rank }),
    ...(gender && { gender }),
  };
}

/** "Father, no parental responsibility" says that he has none: to be told of the child, or to consent, is another's. */
function says(text: string, words: RegExp): boolean {
  const found = words.exec(text);
  return found !== null && !DENIED.test(text.slice(0, found.index)) && !DENIED_BEHIND.test(text.slice(found.index));
}

const DENIED =
  /\b(?:no|not|non|nor|without|lacks?|lost|removed|never|former|formerly|previous|previously|ex|(?:is|has|does)n['’]?t)\b(?:(?! but )[^;,.:()/])*$/;
const DENIED_BEHIND =
  /^[a-z -]*?(?: |: ?|- ?)(?:no|none|removed|revoked|lost|not (?:held|known|given|applicable)|unknown|denied|ended)\b/;

/** By any of the records: the newest may leave out that she is the one to call. */
function callOrder({ entries }: Fact<PersonalContactEntry>): number {
  if (entries[0].state === 'past') return 4000;
  const ranks = entries.flatMap(({ rank }) => rank ?? []);
  if (ranks.length > 0) return Math.min(999, ...ranks);
  if (entries.some((entry) => entry.emergencyContact)) return 1000;
  return entries.some((entry) => entry.nextOfKin) ? 1001 : 2000;
}
