import { buildConflict, stands } from '../build-conflict.ts';
import type { Entry, EntryState } from '../entry.ts';
import type { Conflict, Fact } from '../fact.ts';
import { normaliseWords, readCode, readCoded } from '../fhir/coding.ts';
import { readPeriod, type Period } from '../fhir/date.ts';
import { extensionPart, extensionsNamed } from '../fhir/extension.ts';
import { readOrganisation } from '../fhir/organisation.ts';
import { readReferenceName, refersTo } from '../fhir/reference.ts';
import { standing } from '../fhir/standing.ts';
import { entryIdOf, readStatement } from '../fhir/statement.ts';
import type { Telecom } from '../fhir/telecom.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Json, type Resource } from '../resource.ts';
import type { Section } from '../section.ts';
import { isRestricted } from '../whereabouts.ts';
import { registeredThere, registrationState } from './demographics.ts';
import { keyOfParts } from './key-of-parts.ts';

/**
 * GP practice (PRSB CIS: practice code, name), from `Patient.generalPractitioner` of every source and the Organization
 * behind it. Must have: a name or a code of the practice, or the name of the doctor. No window: the section says where
 * the person is registered. Where whereabouts are restricted there is no entry at all (safety H24): a practice tells
 * the part of town.
 */
export type GpPracticeEntry = Entry & {
  readonly section: 'gp-practice';
  /** `unsaid`: a name that the source does not say to be a practice's or a doctor's. */
  readonly kind: 'practice' | 'practitioner' | 'unsaid';
  /** The practice's ODS code. */
  readonly practiceCode?: string;
  readonly practitioners: readonly string[];
  readonly telecom: readonly Telecom[];
  /** How the person is registered, where the source says: regular, temporary. */
  readonly registration?: string;
};

type Named = Pick<GpPracticeEntry, 'title' | 'kind' | 'practiceCode' | 'practitioners' | 'telecom' | 'period'>;

export const gpPractice: Section<GpPracticeEntry> = {
  id: 'gp-practice',
  heading: 'GP practice',
  groupedBy: 'concept',
  reads: ['Patient'],
  window: null,

  // Demographics owns the Patient; this heading takes a part of it.
  read() {
    return null;
  },

  takes: ['Patient'],

  take(patient, context) {
    const statement = readStatement({ ...patient, note: undefined }, context, 'gp-practice');
    if (isRestricted(statement)) return [];
    const registered = readRegistration(patient);
    const registration = registered.state ?? registrationState(patient);
    return readPractices(patient, context).map((named, index) => {
      const period = named.period ?? registered.period;
      return {
        ...statement,
        id: entryIdOf(patient, context, `practice-${index + 1}`),
        section: 'gp-practice',
        ...named,
        state: standing(registration, period, patient),
        ...optional('date', period?.start),
        ...optional('period', period),
        ...optional('registration', registered.type),
      };
    });
  },

  // The code is the practice, however its name is spelt; without one only equal names are one. The doctor, the kind of
  // registration and whether it still stands are part of what is said.
  factKey(entry) {
    return keyOfParts(
      entry.kind,
      entry.practiceCode ?? normaliseWords(entry.title),
      entry.practitioners.map(normaliseWords).sort(),
      entry.registration && normaliseWords(entry.registration),
      entry.state,
      entry.period?.start,
      entry.period?.end,
    );
  },

  conflicts: practicesDiffer,

  compare(a, b) {
    return Number(a.entries[0].state === 'past') - Number(b.entries[0].state === 'past');
  },
};

/** Every practice named; the doctors named beside a single one are its doctors, else each has a line of their own. */
function readPractices(patient: Resource, context: ReadContext): readonly Named[] {
  const named = asObjects(patient['generalPractitioner']).flatMap((ref) => {
    const one = readNamed(ref, context, patient);
    return one ? { ...one, ...optional('period', registeredThere(ref)) } : [];
  });
  const practices = named.filter(({ kind }) => kind !== 'practitioner');
  const [practice] = practices;
  if (!practice || practices.length > 1) return named;
  const doctors = named.flatMap(({ kind, title }) => (kind === 'practitioner' ? [title] : []));
  return [{ ...practice, practitioners: [...new Set([...practice.practitioners, ...doctors])] }];
}

function readNamed(reference: Json, context: ReadContext, patient: Resource): Named | undefined {
  const target = context.resolve(reference, patient);
  if (target?.resourceType === 'PractitionerRole') return readRole(target, reference, context);
  const found = readOrganisation(reference, context, patient);
  const title = found?.name ?? found?.code;
  if (!found || title === undefined) return undefined;
  const isPractice = found.code !== undefined || isA('Organization', reference, target);
  const isDoctor = isA('Practitioner', reference, target) || isA('PractitionerRole', reference, target);
  if (isDoctor) return { title, kind: 'practitioner', practitioners: [], telecom: [] };
  return {
    title,
    kind: isPractice ? 'practice' : 'unsaid',
    ...optional('practiceCode', found.code),
    practitioners: [],
    telecom: found.telecom,
  };
}

/** A doctor in a post: the post's organisation is the practice. */
function readRole(role: Resource, reference: Json, context: ReadContext): Named | undefined {
  const who = readReferenceName(role['practitioner'], context, role);
  const practice = readOrganisation(asObjects(role['organization'])[0], context, role);
  const name = practice?.name ?? practice?.code;
  if (!practice || name === undefined) {
    const title = who ?? readReferenceName(reference, context, role);
    return title === undefined ? undefined : { title, kind: 'practitioner', practitioners: [], telecom: [] };
  }
  const { code, telecom } = practice;
  return { title: name, kind: 'practice', ...optional('practiceCode', code), practitioners: who ? [who] : [], telecom };
}

function isA(type: string, reference: Json, target: Resource | undefined): boolean {
  return target?.resourceType === type || refersTo(reference, type);
}

/** GP Connect's registration details: of which kind, since when, and whether it has ended. */
function readRegistration(patient: Resource): { type?: string; period?: Period; state?: EntryState } {
  const [details] = extensionsNamed(patient, 'Extension-CareConnect-GPC-RegistrationDetails-1', 'registrationDetails');
  const type = readCoded(extensionPart(details, 'registrationType')?.['valueCodeableConcept'])?.text;
  const period = readPeriod(extensionPart(details, 'registrationPeriod')?.['valuePeriod']);
  const status = readCode(extensionPart(details, 'registrationStatus')?.['valueCodeableConcept']);
  const ended = status === 'i' || status === 'inactive';
  return {
    ...optional('type', type),
    ...optional('period', period),
    ...(ended && { state: 'past' as const }),
  };
}

/** A holiday's or an emergency's registration stands beside the regular one and contradicts nothing. */
const NOT_REGULAR = /\b(temporary|emergency|immediately necessary|private|walk[- ]?in|contraceptive|maternity)\b/;

/**
 * Two practices named where a person has one: a letter or a result may go to the wrong doctor, and one of the two
 * records is likely old. All are shown, none is chosen.
 */
function practicesDiffer(facts: readonly Fact<GpPracticeEntry>[]): readonly Conflict[] {
  const regular = facts.filter(({ entries: [entry] }) => stands(entry) && isRegularPractice(entry));
  const differ = regular.some((a) => regular.some((b) => !samePractice(a.entries[0], b.entries[0])));
  return differ ? [buildConflict('practices-differ', 'gp-practice', regular)] : [];
}

export function isRegularPractice({ kind, registration }: GpPracticeEntry): boolean {
  return kind === 'practice' && !NOT_REGULAR.test(normaliseWords(registration ?? ''));
}

function samePractice(a: GpPracticeEntry, b: GpPracticeEntry): boolean {
  if (a.practiceCode !== undefined && b.practiceCode !== undefined) return a.practiceCode === b.practiceCode;
  return normaliseWords(a.title) === normaliseWords(b.title);
}
