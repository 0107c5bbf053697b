import type { ReadContext } from '../read-context.ts';
import { asObject, asObjects, type Json, type Resource } from '../resource.ts';
import { readCode, readCoded } from './coding.ts';
import { modifierCautions } from './modifiers.ts';
import { readReferenceName, readReferenceNames } from './reference.ts';
import { plainText, readNotes } from './text.ts';

/** One thing a CarePlan says is to be done, or must not be. */
export type PlannedActivity = {
  readonly text: string;
  readonly status?: string;
  readonly statusReason?: string;
  /** The plan says this must not be done. */
  readonly prohibited?: true;
  readonly who: readonly string[];
  readonly where?: string;
  readonly notes: readonly string[];
};

export function readActivities(plan: Resource, context: ReadContext): readonly PlannedActivity[] {
  return asObjects(plan['activity']).flatMap((activity) => readActivity(activity, context, plan));
}

/** The goals of a plan in words, as far as they came with it or are named in it. */
export function readGoalTexts(plan: Resource, context: ReadContext): readonly string[] {
  return asObjects(plan['goal']).flatMap((goal) => goalText(goal, context, plan) ?? []);
}

/** A goal that is withdrawn is no goal; one that is not pursued (cancelled, rejected, on hold) is named with its status. */
function goalText(reference: Json, context: ReadContext, within: Resource): string | undefined {
  const goal = context.resolve(reference, within);
  const status = readCode(goal?.['lifecycleStatus']);
  const text = readCoded(goal?.['description'])?.text ?? plainText(reference['display']);
  if (text === undefined || status === 'entered-in-error') return undefined;
  if (goal && modifierCautions(goal).includes('not-interpretable')) return undefined;
  return status === undefined || PURSUED.includes(status) ? text : `${text} (${status})`;
}

const PURSUED: readonly string[] = ['active', 'accepted'];

/** An activity says what it is itself, or is a request of its own, whose code or description is read. */
function readActivity(activity: Json, context: ReadContext, within: Resource): readonly PlannedActivity[] {
  const detail = asObject(activity['detail']) ?? {};
  const request = asObject(activity['reference']);
  const target = request && context.resolve(request, within);
  const status = plainText(detail['status']) ?? plainText(target?.['status']);
  if (status?.toLowerCase() === 'entered-in-error') return [];
  // A request that nobody can interpret stands as that under its own heading; here it would be plain fact.
  if (target && modifierCautions(target).includes('not-interpretable')) return [];
  const text =
    plainText(detail['description']) ??
    readCoded(detail['code'])?.text ??
    (request &&
      (plainText(request['display']) ?? readCoded(target?.['code'])?.text ?? plainText(target?.['description'])));
  if (text === undefined) return [];
  const statusReason = readCoded(detail['statusReason'])?.text;
  const where = readReferenceName(detail['location'], context, within);
  const outcomes = asObjects(activity['outcomeCodeableConcept']).flatMap((outcome) => readCoded(outcome)?.text ?? []);
  return [
    {
      text,
      ...(status && { status }),
      ...(statusReason && { statusReason }),
      ...((detail['doNotPerform'] === true || target?.['doNotPerform'] === true) && { prohibited: true as const }),
      who: readReferenceNames(detail['performer'], context, within),
      ...(where && { where }),
      notes: [...readNotes(activity['progress']), ...outcomes],
    },
  ];
}
