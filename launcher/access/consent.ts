import { asObject, asObjects, asString, type Json, type Resource } from '../../src/record/resource.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { SourceId } from '../../src/record/source.ts';
import { readLabels } from './labels.ts';

/**
 * What a person has said of the sharing of their record, as the launcher judges it: from a FHIR Consent at a source
 * that keeps them, or from the community's own store. The shape is that of IHE PCF: a base and exceptions to it.
 */
export type ConsentStatement = {
  /** Where it stands: `source/Consent/id`, or the id in the community's own store. */
  readonly id: string;
  /** The source it was read from; references in it without another address mean that source's resources. */
  readonly heldBy?: SourceId;
  readonly base: Provision;
  readonly exceptions: readonly Provision[];
};

export type Provision = {
  readonly type: 'permit' | 'deny';
  /** ISO date or instant, as given; both ends belong to it. */
  readonly period?: Span;
  /** v3 ActReason codes. Empty: every use. */
  readonly purposes: readonly string[];
  /** Who receives (actor IRCP): ODS codes or `Practitioner/…` references. Empty: everybody. */
  readonly receivers: readonly string[];
  /** Whose data it is about (actor CST): ODS codes or source ids. Empty: everybody's. */
  readonly givers: readonly string[];
  readonly sections: readonly SectionId[];
  /** `system|code`. Empty: whatever the label. */
  readonly labels: readonly string[];
  readonly dataPeriod?: Span;
  readonly data: readonly { readonly meaning: string; readonly reference: string }[];
};

export type Span = { readonly start?: string; readonly end?: string };

/**
 * A Consent about who may see a record, or nothing: one of another scope, withdrawn or never finished says nothing of
 * it. What can't be understood of a refusal makes it wider, of a permission narrower (`unreadable`).
 */
export function readConsent(resource: Resource, heldBy: SourceId): ConsentStatement | undefined {
  if (resource.resourceType !== 'Consent' || resource['status'] !== 'active') return undefined;
  if (!codesOf(resource['scope']).includes('patient-privacy')) return undefined;
  const root = asObject(resource['provision']);
  if (!root) return undefined;
  return {
    id: `${heldBy}/Consent/${asString(resource.id) ?? 'without-id'}`,
    heldBy,
    base: readProvision(root),
    exceptions: asObjects(root['provision']).map(readProvision),
  };
}

/** FHIR R4: a provision without a type is taken to refuse, for silence is no permission. */
function readProvision(json: Json): Provision {
  const actors = asObjects(json['actor']).map((actor) => ({
    role: codesOf(actor['role'])[0],
    who: identityOf(asObject(actor['reference'])),
  }));
  const custodians = actors.filter(({ role }) => role === 'CST');
  const period = readSpan(json['period']);
  const dataPeriod = readSpan(json['dataPeriod']);
  return {
    type: json['type'] === 'permit' ? 'permit' : 'deny',
    ...(period && { period }),
    purposes: asObjects(json['purpose']).flatMap((purpose) => asString(purpose['code']) ?? []),
    receivers: actors.filter((actor) => !custodians.includes(actor)).map(({ who }) => who),
    givers: custodians.map(({ who }) => who),
    sections: [],
    labels: readLabels(json['securityLabel']),
    ...(dataPeriod && { dataPeriod }),
    data: asObjects(json['data']).map((item) => ({
      meaning: asString(item['meaning']) ?? 'instance',
      reference: asString(asObject(item['reference'])?.['reference']) ?? '',
    })),
  };
}

/** An ODS code where there is one, else the reference as written. */
function identityOf(reference: Json | undefined): string {
  const identifier = asObject(reference?.['identifier']);
  return asString(identifier?.['value']) ?? asString(reference?.['reference']) ?? '';
}

function readSpan(value: unknown): Span | undefined {
  const period = asObject(value);
  if (!period) return undefined;
  const start = asString(period['start']);
  const end = asString(period['end']);
  return { ...(start !== undefined && { start }), ...(end !== undefined && { end }) };
}

function codesOf(concept: unknown): readonly string[] {
  return asObjects(asObject(concept)?.['coding']).flatMap((coding) => asString(coding['code']) ?? []);
}
