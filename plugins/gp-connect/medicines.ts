import { asObject, asObjects, asString, type Json } from '../../src/record/resource.ts';
import { asList, partyOf, rename } from './elements.ts';

/**
 * GP Connect's medicines: a MedicationStatement per line of the medication list, a MedicationRequest with intent `plan`
 * for its authorisation and one with intent `order` for each issue. All three stay, with their intents.
 */
export function adaptMedicationStatement(resource: Json): Json {
  const { taken, reasonNotTaken, ...rest } = resource;
  return {
    ...rest,
    // `y`, `unk` (the profile's fixed value) and `na` say nothing against the status; `n` is R4's not-taken.
    ...(taken === 'n' && rest['status'] !== 'entered-in-error' && { status: 'not-taken' }),
    ...(reasonNotTaken !== undefined && { statusReason: asList(reasonNotTaken) }),
    ...basis(rest),
    ...(rest['dosage'] !== undefined && { dosage: asObjects(rest['dosage']).map(adaptDosage) }),
  };
}

export function adaptMedicationRequest(resource: Json): Json {
  const { dispenseRequest, requester, definition: _definition, ...rest } = rename(resource, { context: 'encounter' });
  const supply = asObject(dispenseRequest);
  return {
    ...rest,
    ...basis(rest),
    ...(requester !== undefined && { requester: partyOf(requester) }),
    ...(rest['category'] !== undefined && { category: asList(rest['category']) }),
    ...(rest['dosageInstruction'] !== undefined && {
      dosageInstruction: asObjects(rest['dosageInstruction']).map(adaptDosage),
    }),
    ...(supply && {
      dispenseRequest: {
        ...supply,
        ...(supply['quantity'] !== undefined && { quantity: adaptQuantity(asObject(supply['quantity'])) }),
      },
    }),
  };
}

export function adaptMedicationDispense(resource: Json): Json {
  const { notDone, notDoneReasonCodeableConcept, performer, ...rest } = resource;
  return {
    ...rest,
    ...(notDone === true && rest['status'] !== 'entered-in-error' && { status: 'declined' }),
    ...(notDoneReasonCodeableConcept !== undefined && { statusReasonCodeableConcept: notDoneReasonCodeableConcept }),
    ...(performer !== undefined && {
      performer: asObjects(performer).map((one) => ({ ...one, actor: partyOf(one) })),
    }),
    ...(rest['dosageInstruction'] !== undefined && {
      dosageInstruction: asObjects(rest['dosageInstruction']).map(adaptDosage),
    }),
  };
}

/** GP Connect has one where R4 has a list. */
function basis(resource: Json): Json {
  return resource['basedOn'] === undefined ? {} : { basedOn: asList(resource['basedOn']) };
}

/** R4 keeps dose and rate together; nothing else of a Dosage moved. */
function adaptDosage(dosage: Json): Json {
  const moved = ['doseQuantity', 'doseRange', 'rateQuantity', 'rateRange', 'rateRatio'].filter(
    (name) => dosage[name] !== undefined,
  );
  if (moved.length === 0) return dosage;
  const rest = Object.fromEntries(Object.entries(dosage).filter(([name]) => !moved.includes(name)));
  return { ...rest, doseAndRate: [Object.fromEntries(moved.map((name) => [name, dosage[name]]))] };
}

/** "28", its unit in an extension as words: "28 capsule(s)". */
function adaptQuantity(quantity: Json | undefined): Json {
  const [words] = asObjects(quantity?.['extension']).filter((extension) =>
    /MedicationQuantityText-1$/.test(asString(extension['url']) ?? ''),
  );
  const unit = asString(quantity?.['unit']) ?? asString(words?.['valueString']);
  const value = quantity?.['value'];
  return {
    ...quantity,
    // Some systems write the number as text; it stays the same digits.
    ...(typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) && { value: Number(value) }),
    ...(unit !== undefined && { unit }),
  };
}
