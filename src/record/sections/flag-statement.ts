import type { Entry, EntryState } from '../entry.ts';
import { readCode, readCoded, readConcepts, type Coded } from '../fhir/coding.ts';
import { readPeriod } from '../fhir/date.ts';
import { extensionsNamed } from '../fhir/extension.ts';
import { readReferenceNames } from '../fhir/reference.ts';
import { standing } from '../fhir/standing.ts';
import { codedCautions, readStatement, stateBy } from '../fhir/statement.ts';
import { optional } from '../optional.ts';
import type { ReadContext } from '../read-context.ts';
import type { Resource } from '../resource.ts';
import type { SectionId } from '../section.ts';

/** FHIR R4 Flag.status. */
const STATES: { readonly [status: string]: EntryState } = {
  active: 'current',
  inactive: 'past',
  'entered-in-error': 'in-error',
};

/** A Flag as any heading reads it: what it says, since when and until when, how grave, and what it rests on. */
export type FlagStatement<S extends SectionId> = Entry & {
  readonly section: S;
  readonly code: Coded;
  /** Categories in the source's words. */
  readonly categories: readonly string[];
  readonly severity?: string;
  readonly basis: readonly string[];
};

/** `undefined`: it says nothing, neither by code nor by category. */
export function readFlagStatement<S extends SectionId>(
  resource: Resource,
  context: ReadContext,
  section: S,
): FlagStatement<S> | undefined {
  const categories = readConcepts(resource['category']);
  const code = readCoded(resource['code']) ?? categories[0];
  if (!code) return undefined;
  const period = readPeriod(resource['period']);
  const status = readCode(resource['status']);
  return {
    ...readStatement(resource, context, section, codedCautions(code)),
    section,
    title: code.text,
    code,
    state: standing(stateBy(status, STATES), period, resource),
    ...optional('statusAsRecorded', status),
    ...optional('date', period?.start ?? period?.end),
    ...optional('period', period),
    categories: categories.map((category) => category.text),
    ...optional('severity', readFlagPriority(resource)),
    basis: readReferenceNames(
      extensionsNamed(resource, 'flag-detail').map((e) => e['valueReference']),
      context,
      resource,
    ),
  };
}

/** HL7 flag-priority extension: PN no alarm, PL low, PM medium, PH high; its display, else nothing. */
function readFlagPriority(resource: Resource): string | undefined {
  return readCoded(extensionsNamed(resource, 'flag-priority')[0]?.['valueCodeableConcept'])?.text;
}
