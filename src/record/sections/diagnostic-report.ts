import type { Reading } from '../entry.ts';
import { readAttachments } from '../fhir/attachment.ts';
import { readCoded } from '../fhir/coding.ts';
import { extensionsNamed } from '../fhir/extension.ts';
import { readBusinessId } from '../fhir/identifier.ts';
import { readSpecimen } from '../fhir/specimen.ts';
import { entryIdOf, linksTo, unreadable } from '../fhir/statement.ts';
import { saysUnsuitable } from '../fhir/suitability.ts';
import { plainText, readNotes } from '../fhir/text.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, asString, isResource, type Resource } from '../resource.ts';
import { NOTHING_OBSERVED, readInvestigation, type InvestigationEntry } from './investigation-entry.ts';
import { readResult } from './observation-result.ts';

/** A report, and the results it carries inside itself: a contained Observation has no other way onto the screen. */
export function readReport(resource: Resource, context: ReadContext): Reading<InvestigationEntry> {
  const code = readCoded(resource['code']) ?? readCoded(asObjects(resource['category'])[0]);
  if (!code) return unreadable(resource, context, 'code');
  const conclusions = [
    plainText(resource['conclusion']),
    ...asObjects(resource['conclusionCode']).map((c) => readCoded(c)?.text),
  ];
  const conclusion = [...new Set(conclusions.filter((text) => text !== undefined))].join('\n');
  const specimen = readSpecimen(resource['specimen'], context, resource);
  const spoilt = specimen.unsuitable || saysUnsuitable([conclusion]) ? (['value-unsuitable'] as const) : [];
  const base = readInvestigation(
    resource,
    context,
    code,
    spoilt,
    linksTo('result', resource['imagingStudy'], context, resource),
  );
  const notes = extensionsNamed(resource, 'extension-DiagnosticReport.note').map(
    (extension) => extension['valueAnnotation'],
  );
  const report: InvestigationEntry = {
    ...base,
    ...NOTHING_OBSERVED,
    kind: 'report',
    ...optional('businessId', readBusinessId(resource)),
    notes: [...base.notes, ...readNotes(notes)],
    ...specimen.fields,
    ...(conclusion && { conclusion }),
    attachments: readAttachments(resource['presentedForm']),
  };
  const inside = containedResults(resource, context, report);
  return { entries: [report, ...inside.entries], unread: inside.unread };
}

function containedResults(
  report: Resource,
  context: ReadContext,
  entry: InvestigationEntry,
): Reading<InvestigationEntry> {
  const contained = Array.isArray(report['contained']) ? report['contained'].filter(isResource) : [];
  const referred = new Set(asObjects(report['result']).flatMap((reference) => asString(reference['reference']) ?? []));
  const inside = contained
    .filter((inner) => inner.resourceType === 'Observation' && referred.has(`#${asString(inner.id) ?? ''}`))
    .map((inner) => ({ inner, result: readResult({ ...inner, contained }, context) }));
  return {
    entries: inside.flatMap(({ inner, result }) =>
      result ? [insideReport(result, inner, report, context, entry)] : [],
    ),
    unread: inside.flatMap(({ result }) => (result ? [] : unreadable(report, context, 'contained').unread)),
  };
}

/** What casts doubt on the whole report casts doubt on each of its results, and its labels are theirs. */
function insideReport(
  result: InvestigationEntry,
  inner: Resource,
  report: Resource,
  context: ReadContext,
  entry: InvestigationEntry,
): InvestigationEntry {
  const date = result.date ?? entry.date;
  return {
    ...result,
    id: entryIdOf(report, context, asString(inner.id)),
    origin: entry.origin,
    labels: [...new Set([...entry.labels, ...result.labels])],
    cautions: [...new Set([...entry.cautions, ...result.cautions])],
    state: entry.state === 'in-error' ? 'in-error' : result.state,
    ...(date && { date }),
    links: [...result.links, { rel: 'report', to: entry.origin.resource }],
  };
}
