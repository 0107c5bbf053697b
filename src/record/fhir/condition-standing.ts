import type { Caution, Entry, EntryState } from '../entry.ts';
import { optional } from '../optional.ts';
import type { Resource } from '../resource.ts';
import { readCode } from './coding.ts';
import { readDate, readTiming, type Period } from './date.ts';
import { standing } from './standing.ts';
import { stateBy } from './statement.ts';

/** FHIR R4 Condition.clinicalStatus; verificationStatus overrules it below. */
export const CONDITION_STATES: { readonly [status: string]: EntryState } = {
  active: 'current',
  recurrence: 'current',
  relapse: 'current',
  inactive: 'past',
  remission: 'past',
  resolved: 'past',
};

/**
 * How a Condition that is no diagnosis stands, since when and until when: safeguarding, legal status and the like are
 * often kept as coded entries of the problem list.
 */
export type ConditionStanding = Pick<Entry, 'state' | 'statusAsRecorded' | 'date' | 'dateIs' | 'period'> & {
  readonly cautions: readonly Caution[];
};

export function readConditionStanding(resource: Resource): ConditionStanding {
  const verification = readCode(resource['verificationStatus']);
  const status = readCode(resource['clinicalStatus']);
  const start = readTiming(resource, 'onset');
  const end = readDate(resource['abatementDateTime']) ?? readTiming(resource, 'abatement');
  const period: Period | undefined =
    start || end ? { ...optional('start', start), ...optional('end', end) } : undefined;
  const recorded = readDate(resource['recordedDate']);
  return {
    cautions: verification && verification !== 'confirmed' ? ['unconfirmed'] : [],
    state: verified(verification) ?? standing(stateBy(status, CONDITION_STATES), period, resource),
    ...optional('statusAsRecorded', [status, verification].filter(Boolean).join(', ') || undefined),
    ...(start ? { date: start } : recorded ? { date: recorded, dateIs: 'recorded' as const } : {}),
    ...optional('period', period),
  };
}

function verified(verification: string | undefined): EntryState | undefined {
  if (verification === 'entered-in-error') return 'in-error';
  return verification === 'refuted' ? 'negated' : undefined;
}
