import { writeFhirJson } from '../../record/fhir/write-json.ts';
import type { PatientRecord } from '../../record/patient-record.ts';
import type { OdsCode } from '../../record/source.ts';
import { buildSummary } from '../../record/summary.ts';
import type { SummaryGrant } from '../events.ts';

/** The file, and how many of the record's lines it does not carry. */
export function makeSummary(
  record: PatientRecord,
  grant: SummaryGrant,
  title: string,
): { readonly file: Blob; readonly leftOut: number } {
  const home = record.sources.find(({ source }) => source.organisation.ods === grant.author)?.source.organisation;
  const author = home ?? { ods: grant.author as OdsCode, name: grant.author, kind: 'gp' };
  const { bundle, leftOut } = buildSummary(record, {
    at: grant.at,
    documentId: grant.documentId,
    author,
    title,
  });
  return {
    file: new Blob([writeFhirJson(bundle)], { type: 'application/fhir+json' }),
    leftOut: [...leftOut.values()].reduce((sum, count) => sum + count, 0),
  };
}
