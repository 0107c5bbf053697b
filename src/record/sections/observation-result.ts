import { hasCode, readCode, readCoded } from '../fhir/coding.ts';
import {
  focusCautions,
  observedCautions,
  readObserved,
  readParts,
  type Observed,
  type ObservedPart,
} from '../fhir/observed.ts';
import { readReferenceName } from '../fhir/reference.ts';
import { readSpecimen } from '../fhir/specimen.ts';
import { linksTo } from '../fhir/statement.ts';
import { saysUnsuitable } from '../fhir/suitability.ts';
import { readNotes } from '../fhir/text.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Resource } from '../resource.ts';
import { readInvestigation, type InvestigationEntry } from './investigation-entry.ts';

const DATA_ABSENT = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';

/** One laboratory, imaging or procedure Observation; undefined when it says not which test it is. */
export function readResult(resource: Resource, context: ReadContext): InvestigationEntry | undefined {
  const code = readCoded(resource['code']);
  if (!code) return undefined;
  const observed = readObserved(resource);
  const parts = readParts(resource);
  const specimen = readSpecimen(resource['specimen'], context, resource);
  const bodySite = readCoded(resource['bodySite'])?.text;
  const method = readCoded(resource['method'])?.text ?? readReferenceName(resource['device'], context, resource);
  const members = linksTo('result', resource['hasMember'], context, resource);
  const status = readCode(resource['status']);
  const cautions = [
    ...observedCautions(resource, observed),
    ...(lacksValue(status, observed, parts, resource) ? (['value-missing'] as const) : []),
    ...(isSpoilt(resource, observed, parts, specimen.unsuitable) ? (['value-unsuitable'] as const) : []),
    ...focusCautions(resource),
  ];
  return {
    ...readInvestigation(resource, context, code, cautions, members),
    ...observed,
    kind: 'result',
    title: hasCode(code, DATA_ABSENT, ['masked']) ? (code.codings[0]?.display ?? 'masked') : code.text,
    parts,
    ...specimen.fields,
    ...(bodySite && { bodySite }),
    ...(method && { method }),
  };
}

function isSpoilt(resource: Resource, observed: Observed, parts: readonly ObservedPart[], specimen: boolean): boolean {
  const texts = [
    ...readNotes(resource['note']),
    observed.quantity ? undefined : observed.value,
    ...parts.map((part) => (part.quantity ? undefined : part.value)),
  ];
  return specimen || saysUnsuitable(texts.filter((text) => text !== undefined));
}

/** A result that should have a value and has none, though nobody said why. */
function lacksValue(
  status: string | undefined,
  observed: Observed,
  parts: readonly ObservedPart[],
  resource: Resource,
): boolean {
  const expected = status !== 'registered' && status !== 'cancelled';
  return (
    expected && observed.value === undefined && parts.length === 0 && asObjects(resource['hasMember']).length === 0
  );
}
