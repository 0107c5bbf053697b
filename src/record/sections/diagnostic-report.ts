import type { Reading } from '../entry.ts';
import { readAttachments } from '../fhir/attachment.ts';
import { readCoded } from '../fhir/coding.ts';
import { extensionsNamed } from '../fhir/extension.ts';
import { readBusinessId } from '../fhir/identifier.ts';
import { readSpecimen } from '../fhir/specimen.ts';
import { linksTo, read, unreadable } from '../fhir/statement.ts';
import { saysUnsuitable } from '../fhir/suitability.ts';
import { plainText, readNotes } from '../fhir/text.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import { asObjects, type Resource } from '../resource.ts';
import { NOTHING_OBSERVED, readInvestigation, type InvestigationEntry } from './investigation-entry.ts';

/** A report. The results it carries inside itself are read beside it (contained-observations.ts). */
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
  return read(report);
}
