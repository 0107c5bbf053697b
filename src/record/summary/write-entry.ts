import type { Entry, Link } from '../entry.ts';
import type { Json } from '../resource.ts';
import type { SectionId } from '../section.ts';
import type { AlertEntry } from '../sections/alerts.ts';
import type { AllergyEntry } from '../sections/allergies.ts';
import type { AssessmentEntry } from '../sections/assessments.ts';
import type { CarePlanEntry } from '../sections/care-plans.ts';
import type { ContingencyPlanEntry } from '../sections/contingency-plans.ts';
import type { ExaminationEntry } from '../sections/examination-findings.ts';
import type { InvestigationEntry } from '../sections/investigation-entry.ts';
import type { MedicalDeviceEntry } from '../sections/medical-devices.ts';
import type { MedicationEntry } from '../sections/medications.ts';
import type { ProblemEntry } from '../sections/problems.ts';
import type { ProcedureEntry } from '../sections/procedures.ts';
import type { RiskEntry } from '../sections/risks.ts';
import type { SocialContextEntry } from '../sections/social-context.ts';
import type { SupportingPlanEntry } from '../sections/supporting-plans.ts';
import type { VaccinationEntry } from '../sections/vaccinations.ts';
import {
  base,
  coded,
  part,
  person,
  phrase,
  quantityOfWords,
  stated,
  statuses,
  subjectMatter,
  texts,
  UNKNOWN,
} from './elements.ts';
import { writeDevice } from './write-device.ts';
import { writeFlag } from './write-flag.ts';
import { writeMedication } from './write-medication.ts';
import { writeFinding, writeReport, writeResult, writeStatement } from './write-observation.ts';
import { writePlan } from './write-plan.ts';

/** How this document names the people and resources an entry leads to. */
export type Names = {
  readonly subject: Json;
  /** The organisation whose statement it is. */
  readonly organisation: Json;
  linked(rel: Link['rel']): readonly Json[];
};

/**
 * One entry as the FHIR R4 resource that reads back as the same entry. `undefined`: of a section, or of a kind, that this
 * document does not carry; the caller says so in the document.
 */
export function writeEntry(entry: Entry, id: string, names: Names): Json | undefined {
  return WRITERS.get(entry.section)?.(entry, id, names);
}

type Writer = (entry: Entry, id: string, names: Names) => Json | undefined;

const WRITERS: ReadonlyMap<SectionId, Writer> = new Map<SectionId, Writer>([
  ['problems', (entry, ...rest) => writeProblem(entry as ProblemEntry, ...rest)],
  ['allergies', (entry, ...rest) => writeAllergy(entry as AllergyEntry, ...rest)],
  ['medications', (entry, ...rest) => writeMedication(entry as MedicationEntry, ...rest)],
  ['procedures', (entry, ...rest) => writeProcedure(entry as ProcedureEntry, ...rest)],
  ['vaccinations', (entry, ...rest) => writeVaccination(entry as VaccinationEntry, ...rest)],
  ['examination-findings', (entry, ...rest) => writeFinding(entry as ExaminationEntry, ...rest)],
  ['social-context', (entry, ...rest) => writeStatement(entry as SocialContextEntry, ...rest, 'social-history')],
  ['assessments', (entry, ...rest) => writeAssessment(entry as AssessmentEntry, ...rest)],
  ['alerts', (entry, ...rest) => writeFlag(entry as AlertEntry, ...rest)],
  ['risks', (entry, ...rest) => writeFlag(entry as RiskEntry, ...rest)],
  ['medical-devices', (entry, ...rest) => writeDevice(entry as MedicalDeviceEntry, ...rest)],
  ['care-plans', (entry, ...rest) => writePlan(entry as CarePlanEntry, ...rest)],
  ['contingency-plans', (entry, ...rest) => writePlan(entry as ContingencyPlanEntry, ...rest)],
  ['supporting-plans', (entry, ...rest) => writePlan(entry as SupportingPlanEntry, ...rest)],
  ['investigation-results', (entry, ...rest) => writeInvestigation(entry as InvestigationEntry, ...rest)],
]);

/** Images and mere requests stay with their organisation: they are no results. */
function writeInvestigation(entry: InvestigationEntry, id: string, names: Names): Json | undefined {
  if (entry.kind === 'result') return writeResult(entry, id, names);
  return entry.kind === 'report' ? writeReport(entry, id, names) : undefined;
}

/** A score is one number; forms, opinions and prognoses stay with their organisation. */
function writeAssessment(entry: AssessmentEntry, id: string, names: Names): Json | undefined {
  return entry.kind === 'score' ? writeStatement(entry, id, names, 'survey') : undefined;
}

const CONDITION_VERIFICATION = [
  'unconfirmed',
  'provisional',
  'differential',
  'confirmed',
  'refuted',
  'entered-in-error',
];
const ALLERGY_VERIFICATION = ['unconfirmed', 'presumed', 'confirmed', 'refuted', 'entered-in-error'];
const CATEGORIES = ['problem-list-item', 'encounter-diagnosis'];

function writeProblem(entry: ProblemEntry, id: string, names: Names): Json {
  const { clinical, verified } = statuses(entry, CONDITION_VERIFICATION);
  const start = entry.period?.start;
  return {
    ...base(entry, 'Condition', id),
    ...(clinical && { clinicalStatus: coded('condition-clinical', clinical) }),
    ...(verified && { verificationStatus: coded('condition-ver-status', verified) }),
    ...part(
      'category',
      entry.categories.map((code) =>
        CATEGORIES.includes(code) ? coded('condition-category', code) : { coding: [{ code }] },
      ),
    ),
    ...phrase('severity', entry.severity),
    code: subjectMatter(entry),
    ...part('bodySite', texts(entry.bodySites)),
    subject: names.subject,
    ...(start ? { onsetDateTime: start } : part('onsetString', entry.onsetText)),
    ...(entry.period?.end ? { abatementDateTime: entry.period.end } : part('abatementString', entry.abatementText)),
    // It is said to have ended, and nothing that could be read says when.
    ...(isEnded(entry, clinical) && { abatementPeriod: { _end: UNKNOWN } }),
    ...(entry.dateIs === 'recorded' && part('recordedDate', entry.date)),
    ...(entry.stage !== undefined && { stage: [{ summary: { text: entry.stage } }] }),
    ...part('recorder', person(entry)),
  };
}

const OVER = ['inactive', 'remission', 'resolved'];

/** "Active" and over is neither for the reader of such a record; over by its end alone, and not by any word, is over. */
function isEnded({ period, abatementText, takenBackBy, cautions, state }: ProblemEntry, clinical = ''): boolean {
  // A note that takes it back is written as that note, and gives it no end.
  if (period?.end !== undefined || abatementText !== undefined || takenBackBy !== undefined) return false;
  return cautions.includes('source-unclear') || (state === 'past' && !OVER.includes(clinical));
}

function writeAllergy(entry: AllergyEntry, id: string, names: Names): Json {
  const { clinical, verified } = statuses(entry, ALLERGY_VERIFICATION);
  const ended = entry.state === 'unknown' && clinical === 'active';
  return {
    ...base(entry, 'AllergyIntolerance', id),
    ...(ended && {
      extension: [
        { url: 'http://hl7.org/fhir/StructureDefinition/allergyintolerance-abatement', _valueDateTime: UNKNOWN },
      ],
    }),
    ...(clinical && { clinicalStatus: coded('allergyintolerance-clinical', clinical) }),
    ...(verified && { verificationStatus: coded('allergyintolerance-verification', verified) }),
    ...part('type', entry.kind),
    ...part('category', entry.categories),
    ...part('criticality', entry.criticality),
    code: subjectMatter(entry),
    patient: names.subject,
    ...part(entry.dateIs === 'recorded' ? 'recordedDate' : entry.last ? 'lastOccurrence' : 'onsetDateTime', entry.date),
    ...part('onsetString', entry.onsetText),
    ...part('recorder', person(entry)),
    ...part(
      'reaction',
      entry.reactions.map(({ substance, manifestations, severity, description }) => ({
        ...phrase('substance', substance),
        manifestation: manifestations.length > 0 ? texts(manifestations) : [UNKNOWN],
        ...part('severity', severity),
        ...part('description', description),
      })),
    ),
  };
}

function writeProcedure(entry: ProcedureEntry, id: string, names: Names): Json {
  const when =
    entry.period !== undefined
      ? { performedPeriod: entry.period }
      : entry.date === undefined && entry.performedText !== undefined
        ? { performedString: entry.performedText }
        : stated('performedDateTime', entry.date);
  return {
    ...base(entry, 'Procedure', id),
    ...stated('status', entry.statusAsRecorded),
    ...phrase('statusReason', entry.statusReason),
    ...phrase('category', entry.category),
    code: subjectMatter(entry),
    subject: names.subject,
    ...when,
    ...(entry.origin.by !== entry.performers[0] && part('recorder', person(entry))),
    ...part(
      'performer',
      entry.performers.map((display) => ({ actor: { display } })),
    ),
    ...part('location', entry.location === undefined ? undefined : { display: entry.location }),
    ...part('reasonCode', texts(entry.reasons)),
    ...part('bodySite', texts(entry.bodySites)),
    ...phrase('outcome', entry.outcome),
    ...part('complication', texts(entry.complications)),
  };
}

const PROCEDURE = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-VaccinationProcedure';

function writeVaccination(entry: VaccinationEntry, id: string, names: Names): Json {
  const protocol = {
    ...part('targetDisease', texts(entry.diseases)),
    ...stated('doseNumberString', entry.doseNumber),
  };
  const by = person(entry);
  const dosed = entry.doseNumber !== undefined || entry.diseases.length > 0;
  // When it was given, in words, stands among the notes too where it is read; beside a date it stands only there.
  const words = entry.date === undefined ? entry.occurrenceText : undefined;
  const notes = entry.notes.filter((note) => note !== words);
  return {
    ...base({ ...entry, notes }, 'Immunization', id),
    ...(entry.procedure && { extension: [{ url: PROCEDURE, valueCodeableConcept: { text: entry.procedure } }] }),
    ...stated('status', entry.statusAsRecorded),
    ...phrase('statusReason', entry.whyNotGiven),
    vaccineCode: subjectMatter(entry),
    patient: names.subject,
    ...(words === undefined ? stated('occurrenceDateTime', entry.date) : { occurrenceString: words }),
    ...part('primarySource', entry.firstHand),
    ...part('location', entry.location === undefined ? undefined : { display: entry.location }),
    ...part('manufacturer', entry.manufacturer === undefined ? undefined : { display: entry.manufacturer }),
    ...part('lotNumber', entry.batch),
    ...part('expirationDate', entry.expires),
    ...phrase('site', entry.site),
    ...phrase('route', entry.route),
    ...part('doseQuantity', quantityOfWords(entry.doseQuantity)),
    ...part('performer', by && [{ actor: by }]),
    ...part('reasonCode', texts(entry.reasons)),
    ...(entry.subpotent && { isSubpotent: true }),
    ...part(
      'reaction',
      entry.reactions.map((display) => ({ detail: { display } })),
    ),
    ...(dosed && { protocolApplied: [protocol] }),
  };
}
