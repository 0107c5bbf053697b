import type { Entry } from '../entry.ts';
import type { Json } from '../resource.ts';
import type { AlertEntry } from '../sections/alerts.ts';
import { riskKindsOf } from '../sections/risk-kinds.ts';
import type { RiskEntry } from '../sections/risks.ts';
import { base, part, person, stated, subjectMatter, texts } from './elements.ts';
import type { Names } from './write-entry.ts';

const PRIORITY = 'http://hl7.org/fhir/StructureDefinition/flag-priority';
const DETAIL = 'http://hl7.org/fhir/StructureDefinition/flag-detail';

/** An alert, or a risk that its source raises as one. A risk assessment is no Flag and stays with its organisation. */
export function writeFlag(entry: (AlertEntry | RiskEntry) & Entry, id: string, names: Names): Json | undefined {
  if (!entry.origin.resource.startsWith('Flag/')) return undefined;
  const extension = [
    ...(entry.severity === undefined ? [] : [{ url: PRIORITY, valueCodeableConcept: { text: entry.severity } }]),
    ...entry.basis.map((display) => ({ url: DETAIL, valueReference: { display } })),
  ];
  return {
    ...base({ ...entry, notes: [] }, 'Flag', id),
    ...part('extension', extension),
    ...stated('status', entry.statusAsRecorded),
    ...part('category', categoriesOf(entry)),
    code: subjectMatter(entry),
    subject: names.subject,
    ...part('period', entry.period),
    ...part('author', person(entry)),
  };
}

/**
 * To whom a risk is may stand in the code or the display of a category, and an entry keeps its words: where they alone
 * would make of it an alert, or a risk to somebody else, whom it is to is told beside them.
 */
function categoriesOf(entry: AlertEntry | RiskEntry): readonly Json[] {
  const words = entry.categories.map((text) => ({ text, codings: [] }));
  const told = riskKindsOf([...words, ...(entry.code ? [entry.code] : [])]);
  const missing = 'to' in entry ? entry.to.filter((kind) => !told.includes(kind)) : [];
  const coding = missing.map((kind) => ({ display: kind.replaceAll('-', ' ') }));
  return texts(entry.categories).map((category) => ({ ...part('coding', coding), ...category }));
}
