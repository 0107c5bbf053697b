import type { Entry } from '../entry.ts';
import type { Json } from '../resource.ts';
import type { AlertEntry } from '../sections/alerts.ts';
import type { RiskEntry } from '../sections/risks.ts';
import { base, concept, part, texts, UNKNOWN } from './elements.ts';
import type { Names } from './write-entry.ts';

const PRIORITY = 'http://hl7.org/fhir/StructureDefinition/flag-priority';
const DETAIL = 'http://hl7.org/fhir/StructureDefinition/flag-detail';

/** An alert, or a risk that its source raises as one. A risk assessment is no Flag and stays with its organisation. */
export function writeFlag(entry: (AlertEntry | RiskEntry) & Entry, id: string, names: Names): Json | undefined {
  if (!entry.origin.resource.startsWith('Flag/')) return undefined;
  const categories = 'categories' in entry ? entry.categories : [];
  const extension = [
    ...(entry.severity === undefined ? [] : [{ url: PRIORITY, valueCodeableConcept: { text: entry.severity } }]),
    ...entry.basis.map((display) => ({ url: DETAIL, valueReference: { display } })),
  ];
  const { notes: _none, ...flag } = entry;
  return {
    ...base({ ...flag, notes: [] }, 'Flag', id),
    ...part('extension', extension),
    ...(entry.statusAsRecorded === undefined ? { _status: UNKNOWN } : { status: entry.statusAsRecorded }),
    ...part('category', texts(categories)),
    code: concept(entry.code, entry.title),
    subject: names.subject,
    ...part('period', entry.period),
    author: names.author,
  };
}
