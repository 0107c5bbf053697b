import type { PatientRecord } from '../record/patient-record.ts';
import type { Words } from '../words/words.ts';

/**
 * Who must not be named comes from the launcher as the fact that they are there, without a code. What they are called is
 * the reader's language's, wherever it stands: the strip, a line, the table of answers, paper (safety H24).
 */
export function nameUnnamed(record: PatientRecord, { organisations }: Words): PatientRecord {
  const isUnnamed = ({ source }: PatientRecord['sources'][number]): boolean => source.organisation.ods === '';
  if (!record.sources.some(isUnnamed)) return record;
  const name = organisations.unnamed;
  const sources = record.sources.map((view) => {
    const { source } = view;
    return isUnnamed(view) ? { ...view, source: { ...source, organisation: { ...source.organisation, name } } } : view;
  });
  return { ...record, sources };
}
