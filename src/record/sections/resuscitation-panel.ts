import { absenceWords } from '../fhir/absence-words.ts';
import { normaliseWords, readCoded } from '../fhir/coding.ts';
import { readParts } from '../fhir/observed.ts';
import { optional } from '../optional.ts';
import { asObjects, type Resource } from '../resource.ts';
import { conceptsOf, decisionDenied, decisionOf, isResuscitation, type Decision } from './resuscitation.ts';

/**
 * An Observation of several parts, each a question with its answer ("Resuscitation status": "DNACPR in place", yes; "Reason",
 * frailty). Every part is shown, and one that is about resuscitation says what the whole does (safety H37).
 */
type PanelSays = { readonly decision?: Decision; readonly denies?: Decision };

/** Asked of what the whole is called: "In place" of a DNACPR. */
const ASKED_OF_THE_WHOLE =
  /^(?:is it |is there one )?(?:in place|in situ|present|active|valid|current|decision|status|result|outcome|answer) ?\??$/;

/** What the whole says by itself and by its parts; where these say opposite things there is no decision. */
export function panelSays(resource: Resource): PanelSays {
  const parts = questionsOf(resource);
  const own = parts.some(({ ofTheWhole }) => ofTheWhole) ? [] : [resource];
  const all = [...own, ...parts.map(({ question }) => question)];
  const decided = new Set(all.flatMap((one) => decisionOf(one, conceptsOf(one)) ?? []));
  const denied = new Set(all.flatMap((one) => decisionDenied(one, conceptsOf(one)) ?? []));
  const decision = only(decided);
  if (decision !== undefined && !denied.has(decision)) return { decision };
  return decided.size === 0 ? optional('denies', only(denied)) : {};
}

function only(said: ReadonlySet<Decision>): Decision | undefined {
  return said.size === 1 ? [...said][0] : undefined;
}

/** Each part as a reader sees it. */
export function panelLines(resource: Resource): readonly string[] {
  return readParts(resource).map(({ label, value, absent }) =>
    [label, value ?? absenceWords(absent)].filter((part) => part !== undefined).join(': '),
  );
}

/** The name of the first part that is about resuscitation. */
export function partAboutResuscitation(resource: Resource): string | undefined {
  return asObjects(resource['component'])
    .flatMap((part) => [readCoded(part['code']), readCoded(part['valueCodeableConcept'])])
    .find((concept) => concept !== undefined && isResuscitation(concept))?.text;
}

type Question = { readonly question: Resource; readonly ofTheWhole: boolean };

function questionsOf(resource: Resource): readonly Question[] {
  return asObjects(resource['component']).map((part) => {
    const ofTheWhole = ASKED_OF_THE_WHOLE.test(normaliseWords(readCoded(part['code'])?.text ?? ''));
    const code = ofTheWhole ? resource['code'] : part['code'];
    return { question: { ...part, resourceType: 'Observation', code }, ofTheWhole };
  });
}
