import type { Entry, Link } from '../entry.ts';
import { normaliseWords } from '../fhir/coding.ts';
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
  concept,
  dateOrAbsent,
  part,
  phrase,
  quantityOfWords,
  statuses,
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
  /** The person the source names, else the organisation. */
  readonly author: Json;
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
  const start = entry.period?.start ?? (entry.dateIs === 'recorded' ? undefined : entry.date);
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
    code: concept(entry.code, entry.title),
    ...part('bodySite', texts(entry.bodySites)),
    subject: names.subject,
    ...(start ? { onsetDateTime: start } : part('onsetString', entry.onsetText)),
    ...(entry.period?.end ? { abatementDateTime: entry.period.end } : part('abatementString', entry.abatementText)),
    ...(entry.dateIs === 'recorded' && part('recordedDate', entry.date)),
    ...(entry.stage !== undefined && { stage: [{ summary: { text: entry.stage } }] }),
    recorder: names.author,
  };
}

function writeAllergy(entry: AllergyEntry, id: string, names: Names): Json {
  const { clinical, verified } = statuses(entry, ALLERGY_VERIFICATION);
  const ended = entry.state === 'unknown' && clinical === 'active';
  // What the words of the agent name already is read out of them again.
  const said = normaliseWords(entry.code?.text ?? '');
  const substances = (entry.substances ?? []).filter((substance) => !said.includes(normaliseWords(substance)));
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
    code: concept(entry.code, entry.title),
    patient: names.subject,
    ...part(entry.dateIs === 'recorded' ? 'recordedDate' : 'onsetDateTime', entry.date),
    ...part('onsetString', entry.onsetText),
    recorder: names.author,
    ...part(
      'reaction',
      entry.reactions.map(({ manifestations, severity, description }, index) => ({
        ...phrase('substance', substances[index]),
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
        : dateOrAbsent('performedDateTime', entry.date);
  return {
    ...base(entry, 'Procedure', id),
    status: entry.statusAsRecorded ?? 'unknown',
    ...phrase('statusReason', entry.statusReason),
    ...phrase('category', entry.category),
    code: concept(entry.code, entry.title),
    subject: names.subject,
    ...when,
    ...part(
      'performer',
      entry.performers.map((display) => ({ actor: { display } })),
    ),
    ...(entry.performers.length === 0 && { recorder: names.author }),
    ...part('location', entry.location === undefined ? undefined : { display: entry.location }),
    ...part('reasonCode', texts(entry.reasons)),
    ...part('bodySite', texts(entry.bodySites)),
    ...phrase('outcome', entry.outcome),
    ...part('complication', texts(entry.complications)),
  };
}

const PROCEDURE = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-VaccinationProcedure';

function writeVaccination(entry: VaccinationEntry, id: string, names: Names): Json {
  const [first, ...more] = entry.reasons;
  const refused = entry.state === 'negated' && first !== undefined;
  const protocol = {
    ...part('targetDisease', texts(entry.diseases)),
    ...(entry.doseNumber === undefined ? { _doseNumberString: UNKNOWN } : { doseNumberString: entry.doseNumber }),
  };
  const dosed = entry.doseNumber !== undefined || entry.diseases.length > 0;
  // When it was given, in words, stands among the notes too where it is read.
  const notes = entry.notes.filter((note) => note !== entry.occurrenceText);
  return {
    ...base({ ...entry, notes }, 'Immunization', id),
    ...(entry.procedure && { extension: [{ url: PROCEDURE, valueCodeableConcept: { text: entry.procedure } }] }),
    status: entry.statusAsRecorded ?? 'unknown',
    ...(refused && { statusReason: { text: first } }),
    vaccineCode: concept(entry.code, entry.title),
    patient: names.subject,
    ...(entry.date === undefined && entry.occurrenceText !== undefined
      ? { occurrenceString: entry.occurrenceText }
      : dateOrAbsent('occurrenceDateTime', entry.date)),
    ...part('primarySource', entry.firstHand),
    ...part('location', entry.location === undefined ? undefined : { display: entry.location }),
    ...part('manufacturer', entry.manufacturer === undefined ? undefined : { display: entry.manufacturer }),
    ...part('lotNumber', entry.batch),
    ...part('expirationDate', entry.expires),
    ...phrase('site', entry.site),
    ...phrase('route', entry.route),
    ...part('doseQuantity', quantityOfWords(entry.doseQuantity)),
    performer: [{ actor: names.author }],
    ...part('reasonCode', texts(refused ? more : entry.reasons)),
    ...(entry.subpotent && { isSubpotent: true }),
    ...part(
      'reaction',
      entry.reactions.map((display) => ({ detail: { display } })),
    ),
    ...(dosed && { protocolApplied: [protocol] }),
  };
}
