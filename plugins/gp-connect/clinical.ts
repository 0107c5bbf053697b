import { readConcepts } from '../../src/record/fhir/coding.ts';
import { asObject, asObjects, asString, type Json } from '../../src/record/resource.ts';
import { conceptOf, isNullFlavour } from './concepts.ts';
import { asList, partyOf, rename, takeExtensions } from './elements.ts';

const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem';

/** STU3 Condition, with GP Connect's ProblemHeader: the actual problem is its evidence, related content stays an extension. */
export function adaptCondition(resource: Json): Json {
  const { found, rest } = takeExtensions(resource, /Extension-CareConnect-(GPC-)?ActualProblem-1$/);
  const actual = found.flatMap((extension) => asObject(extension['valueReference']) ?? []);
  const named = rename(rest, { context: 'encounter', assertedDate: 'recordedDate' });
  return {
    ...named,
    ...status(named, 'clinicalStatus', 'condition-clinical'),
    // STU3 `unknown` has no R4 code: left out, it says as little.
    ...(named['verificationStatus'] === 'unknown'
      ? { verificationStatus: undefined }
      : status(named, 'verificationStatus', 'condition-ver-status')),
    ...(actual.length > 0 && { evidence: [...asObjects(named['evidence']), { detail: actual }] }),
    ...(named['stage'] !== undefined && { stage: asList(named['stage']) }),
  };
}

/**
 * STU3 AllergyIntolerance. `unconfirmed` is fixed by GP Connect's profile and "meaning MUST NOT be attributed to this
 * field": taken at its word, every allergy of general practice would be shown as doubtful.
 */
export function adaptAllergy(resource: Json): Json {
  const linked = takeExtensions(resource, /encounter-associatedEncounter$/);
  const encounter = asObject(linked.found[0]?.['valueReference']);
  const named = rename(linked.rest, { assertedDate: 'recordedDate' });
  const fixed = named['verificationStatus'] === 'unconfirmed' && isGpConnect(resource);
  const reason = endReason(named);
  const reactions = asObjects(named['reaction']).map(adaptReaction);
  return {
    ...named,
    ...status(named, 'clinicalStatus', 'allergyintolerance-clinical'),
    ...(fixed
      ? { verificationStatus: undefined }
      : status(named, 'verificationStatus', 'allergyintolerance-verification')),
    ...(encounter && { encounter }),
    ...(reactions.length > 0 && { reaction: reactions }),
    ...(reason !== undefined && { note: [...asObjects(named['note']), { text: reason }] }),
  };
}

function isGpConnect(resource: Json): boolean {
  return asList(asObject(resource['meta'])?.['profile']).some((profile) => /CareConnect-GPC-/.test(String(profile)));
}

/** Why the allergy was ended, in the practice's own words; the end itself stays an extension. */
function endReason(resource: Json): string | undefined {
  const [end] = takeExtensions(resource, /Extension-UKCore-AllergyIntoleranceEnd$/).found;
  const part = asObjects(end?.['extension']).find(({ url }) => url === 'reasonEnded' || url === 'endReason');
  const reason = asString(part?.['valueString']);
  return reason === undefined || /^no information available\.?$/i.test(reason) ? undefined : reason;
}

function adaptReaction(reaction: Json): Json {
  const { manifestation, ...rest } = reaction;
  const stated = asObjects(manifestation).filter((one) => !isNullFlavour(one));
  return stated.length > 0 ? { ...rest, manifestation: stated } : rest;
}

/**
 * STU3 Immunization: `notGiven` is a modifier of its own there and a status in R4. R4 has room for one reason why; the
 * others are notes.
 */
export function adaptImmunisation(resource: Json): Json {
  const recorded = takeExtensions(resource, /Extension-CareConnect-(GPC-)?DateRecorded-1$/);
  const { notGiven, explanation, practitioner, vaccinationProtocol, vaccineCode, ...rest } = rename(recorded.rest, {
    date: 'occurrenceDateTime',
  });
  const why = asObject(explanation);
  const [whyNot, ...more] = asList(why?.['reasonNotGiven']);
  const notes = readConcepts(more).map(({ text }) => ({ text: `Why not given: ${text}` }));
  const protocols = asObjects(vaccinationProtocol);
  const when = asString(recorded.found[0]?.['valueDateTime']);
  return {
    ...rest,
    ...(notGiven === true && rest['status'] !== 'entered-in-error' && { status: 'not-done' }),
    ...(when !== undefined && { recorded: when }),
    ...(!isNullFlavour(vaccineCode) && vaccineCode !== undefined && { vaccineCode }),
    ...(why?.['reason'] !== undefined && { reasonCode: asList(why['reason']) }),
    ...(whyNot !== undefined && { statusReason: whyNot }),
    ...(notes.length > 0 && { note: [...asObjects(rest['note']), ...notes] }),
    ...(practitioner !== undefined && {
      performer: asObjects(practitioner).map(({ role, ...one }) => ({
        ...one,
        ...(role !== undefined && { function: role }),
      })),
    }),
    ...(protocols.length > 0 && { protocolApplied: protocols.map(adaptProtocol) }),
  };
}

function adaptProtocol({
  doseSequence,
  seriesDoses,
  doseStatus: _status,
  doseStatusReason: _why,
  ...rest
}: Json): Json {
  return {
    ...rest,
    ...(doseSequence !== undefined && { doseNumberPositiveInt: doseSequence }),
    ...(seriesDoses !== undefined && { seriesDosesPositiveInt: seriesDoses }),
  };
}

/** STU3 Encounter: a reason is a code there; who referred is `incomingReferral`. */
export function adaptEncounter(resource: Json): Json {
  const { diagnosis, ...rest } = rename(resource, { reason: 'reasonCode', incomingReferral: 'basedOn' });
  return {
    ...rest,
    ...(diagnosis !== undefined && {
      diagnosis: asObjects(diagnosis).map(({ role, ...one }) => ({ ...one, ...(role !== undefined && { use: role }) })),
    }),
  };
}

/** A filing system for a person in STU3: what is one there and many in R4, and the other way round. */
export function adaptPatient({ animal: _animal, ...resource }: Json): Json {
  return {
    ...resource,
    ...(resource['generalPractitioner'] !== undefined && {
      generalPractitioner: asList(resource['generalPractitioner']),
    }),
  };
}

/** STU3 has one type of a place and one relationship of a relative, R4 a list. */
export function adaptPlace(resource: Json): Json {
  return resource['type'] === undefined ? resource : { ...resource, type: asList(resource['type']) };
}

export function adaptRelative(resource: Json): Json {
  return resource['relationship'] === undefined
    ? resource
    : { ...resource, relationship: asList(resource['relationship']) };
}

/** STU3 FamilyMemberHistory: that the family was not asked about is a flag of its own there and a status in R4. */
export function adaptFamily({ notDone, notDoneReason, ...resource }: Json): Json {
  return {
    ...resource,
    ...(notDone === true && resource['status'] !== 'entered-in-error' && { status: 'health-unknown' }),
    ...(notDoneReason !== undefined && { dataAbsentReason: notDoneReason }),
  };
}

/** STU3 QuestionnaireResponse: the address of its form is a reference there; what it is part of, a `parent`. */
export function adaptAnswers(resource: Json): Json {
  const { questionnaire, ...rest } = rename(resource, { context: 'encounter', parent: 'partOf' });
  const form = asString(asObject(questionnaire)?.['reference']) ?? asString(questionnaire);
  return { ...rest, ...(form !== undefined && { questionnaire: form }) };
}

export function adaptAppointment(resource: Json): Json {
  return rename(resource, { reason: 'reasonCode', indication: 'reasonReference', incomingReferral: 'basedOn' });
}

/** A description that is nothing but a day, "(19-Jan-2010)", names no document: its type does, and the day is kept as such. */
const ONLY_A_DAY = /^\(\d{1,2}-[A-Za-z]{3}-\d{4}\)$/;

/** STU3: when the document was made is `created`, when it was filed is `indexed`; R4 keeps the first with the attachment. */
export function adaptDocument(resource: Json): Json {
  const { created, indexed, context, content, description, class: kind, ...rest } = resource;
  const about = asObject(context);
  const words = asString(description);
  const named = words !== undefined && !(ONLY_A_DAY.test(words) && rest['type'] !== undefined && created !== undefined);
  return {
    ...rest,
    ...(named && { description: words }),
    ...(kind !== undefined && { category: asList(kind) }),
    ...(indexed !== undefined && { date: indexed }),
    content: asObjects(content).map((one) => ({
      ...one,
      ...(created !== undefined && { attachment: { creation: created, ...asObject(one['attachment']) } }),
    })),
    ...(about && {
      context: { ...about, ...(about['encounter'] !== undefined && { encounter: asList(about['encounter']) }) },
    }),
  };
}

/** STU3 Procedure: not done is a flag of its own there and a status in R4. */
export function adaptProcedure(resource: Json): Json {
  const { notDone, notDoneReason, performer, ...rest } = rename(resource, { context: 'encounter' });
  return {
    ...rest,
    ...(notDone === true && rest['status'] !== 'entered-in-error' && { status: 'not-done' }),
    ...(notDoneReason !== undefined && { statusReason: notDoneReason }),
    ...(performer !== undefined && {
      performer: asObjects(performer).map((one) => ({ ...one, actor: partyOf(one) })),
    }),
  };
}

function status(resource: Json, element: string, system: string): Json {
  const value = resource[element];
  const concept = typeof value === 'string' ? conceptOf(`${TERMINOLOGY}/${system}`, value) : undefined;
  return concept ? { [element]: concept } : {};
}
