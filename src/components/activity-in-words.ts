import type { PlannedActivity } from '../record/fhir/planned-activity.ts';
import type { Words } from '../words/words.ts';

/** One planned activity: what must not be done says so first. */
export function activityInWords(activity: PlannedActivity, words: Words): string {
  const must = activity.prohibited ? `${words.care.mustNot}: ` : '';
  const rest = [activity.who.join(', '), activity.where, activity.statusReason].filter(
    (part) => part !== undefined && part !== '',
  );
  return [must + activity.text, ...rest].join(' — ');
}
