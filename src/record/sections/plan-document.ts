import { readAttachments } from '../fhir/attachment.ts';
import { readCode, readCoded, readConcepts } from '../fhir/coding.ts';
import { readDate } from '../fhir/date.ts';
import { DOCUMENT_CAUTIONS, DOCUMENT_STATES } from '../fhir/document-status.ts';
import { readBusinessId } from '../fhir/identifier.ts';
import { readReferenceNames } from '../fhir/reference.ts';
import { cautionsBy, codedCautions, entryIdOf, readStatement, resourceKey, stateBy } from '../fhir/statement.ts';
import { plainText } from '../fhir/text.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Resource } from '../resource.ts';
import type { SectionId } from '../section.ts';
import type { PlanParts } from './plan-parts.ts';

/**
 * A plan that is a document (National Record Locator types), beside its line under Documents, where it is opened. One
 * that was withdrawn is said to be so there, and is not repeated.
 */
export function readPlanDocument<S extends SectionId>(
  resource: Resource,
  context: ReadContext,
  section: S,
): (PlanParts & { readonly section: S; readonly reference: string }) | undefined {
  const status = readCode(resource['status']);
  const docStatus = readCode(resource['docStatus']);
  if (status === 'entered-in-error' || docStatus === 'entered-in-error') return undefined;
  const type = readCoded(resource['type']);
  const attachments = readAttachments(asObjects(resource['content']).map((content) => content['attachment']));
  const title = plainText(resource['description']) ?? attachments.find((one) => one.title)?.title ?? type?.text;
  if (title === undefined) return undefined;
  const written = attachments.find(({ created }) => created)?.created;
  const date = written ?? readDate(resource['date']);
  return {
    ...readStatement(resource, context, section, [...codedCautions(type), ...cautionsBy(docStatus, DOCUMENT_CAUTIONS)]),
    id: entryIdOf(resource, context, 'plan'),
    section,
    title,
    ...optional('code', type),
    state: stateBy(status, DOCUMENT_STATES),
    ...optional('statusAsRecorded', status),
    ...optional('date', date),
    ...(date && !written && { dateIs: 'recorded' as const }),
    categories: readConcepts(resource['category']).map(({ text }) => text),
    authors: readReferenceNames(resource['author'], context, resource),
    addresses: [],
    goals: [],
    activities: [],
    people: [],
    ...optional('businessId', readBusinessId(resource)),
    reference: resourceKey(resource),
  };
}
