import type { Caution, Entry } from '../entry.ts';
import { normaliseWords, readCode, readCoded, type Coded } from '../fhir/coding.ts';
import { readObservedDate } from '../fhir/date.ts';
import { OBSERVATION_CAUTIONS, OBSERVATION_STATES } from '../fhir/observation-status.ts';
import {
  focusCautions,
  observedCautions,
  readObserved,
  readParts,
  type Observed,
  type ObservedPart,
} from '../fhir/observed.ts';
import { cautionsBy, codedCautions, readStatement, stateBy } from '../fhir/statement.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import type { Resource } from '../resource.ts';
import type { SectionId } from '../section.ts';

/** An Observation read for any section whose entries carry a value: what was observed, as recorded, and how it stands. */
export type ObservedStatement = Entry & Observed & { readonly parts: readonly ObservedPart[] };

export function readObservedStatement<S extends SectionId>(
  resource: Resource,
  context: ReadContext,
  section: S,
  code: Coded,
  extra: readonly Caution[] = [],
): ObservedStatement & { readonly section: S } {
  const status = readCode(resource['status']);
  const observed = readObserved(resource);
  return {
    ...readStatement(resource, context, section, [
      ...codedCautions(code),
      ...cautionsBy(status, OBSERVATION_CAUTIONS),
      ...observedCautions(resource, observed),
      ...focusCautions(resource),
      ...extra,
    ]),
    ...observed,
    section,
    title: code.text,
    code,
    state: stateBy(status, OBSERVATION_STATES),
    ...optional('statusAsRecorded', status),
    ...readObservedDate(resource),
    parts: readParts(resource),
  };
}

/** Words in place of a value that say that nobody knows, or that the person did not say: neither yes nor no. */
const NO_ANSWER =
  /^(unknown|not (known|asked|recorded|disclosed|stated|applicable|assessed|done|performed|available|obtained)|(patient )?(declined|refused)|no (information|answer|response|data)|(none|nil) recorded|unable to (assess|answer|obtain)|could not be|prefer(s|red)? not to|did not answer|do(es)?(n['’]t| not) know|pending)\b|\bunknown$|^(n\/?[ak]|[?-]+)$/;
/** The same at the end of a name that is a statement in itself: "Smoking status not recorded". */
const UNANSWERED =
  /\b(not (known|asked|recorded|disclosed|stated|available|assessed)|declined( to answer)?|refused( to answer)?)$/;

/** Whether a statement of this kind says anything at all of how things are now; if not it never displaces an older one. */
export function saysSomething(entry: ObservedStatement): boolean {
  const said = entry.valueCode?.text ?? entry.value;
  if (entry.absent !== undefined) return false;
  if (said !== undefined) return !NO_ANSWER.test(said.trim().toLowerCase());
  const title = normaliseWords(entry.title);
  return entry.parts.length > 0 || !(NO_ANSWER.test(title) || UNANSWERED.test(title));
}

/** All words of an Observation's code, in the one form used for comparing. */
export function codeWords(resource: Resource): readonly string[] {
  const code = readCoded(resource['code']);
  return code ? [code.text, ...code.codings.flatMap((coding) => coding.display ?? [])] : [];
}
