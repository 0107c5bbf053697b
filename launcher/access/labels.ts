import { codeOfLabel, isActCode, LADDER, levelOfLabels } from '../../src/record/confidentiality.ts';
import type { SecurityLabel } from '../../src/record/entry.ts';
import { asObject, asObjects, asString, type Json, type Resource } from '../../src/record/resource.ts';
import type { Role } from '../trust/community.ts';

/** What the labels of one item come to: how confidential it is, and by which sensitivities. */
export type LabelClass = { readonly level: number; readonly sensitivities: readonly string[] };

export function levelOfClearance(clearance: Role['clearance']): number {
  return LADDER[clearance];
}

/** High-water mark: the highest label speaks for the whole, and no label is ever lost for another. */
export function classOf(labels: readonly SecurityLabel[]): LabelClass {
  const sensitivities = labels.filter(isActCode).map(codeOfLabel);
  return { level: levelOfLabels(labels), sensitivities: [...new Set(sensitivities)].sort() };
}

/**
 * Labels of the resource, of what is contained in it and of its single elements: the highest speaks for the whole. An
 * element's own label (HL7 DS4P inline label) holds the whole resource back from whoever may not see that element.
 */
export function labelsOf(resource: Resource): readonly SecurityLabel[] {
  return [resource, ...asObjects(resource['contained'])].flatMap((part) => {
    const labels = readLabels(asObject(part['meta'])?.['security']);
    return labels.some((label) => codeOfLabel(label) === INLINE) ? [...labels, ...inlineLabels(part, 0)] : labels;
  });
}

/** DS4P: a resource whose elements have labels of their own says so in `meta.security`. */
const INLINE = 'PROCESSINLINELABEL';
const INLINE_LABEL = /\/extension-inline-sec-label$/;
/** As deep as a source's answer may be (`source-body.ts`). */
const DEEPEST = 64;

function inlineLabels(value: unknown, depth: number): readonly SecurityLabel[] {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return [];
  if (Array.isArray(value)) return value.flatMap((item) => inlineLabels(item, depth + 1));
  const json = value as Json;
  const own = INLINE_LABEL.test(asString(json['url']) ?? '') ? readLabels(json['valueCoding']) : [];
  return [...own, ...Object.values(json).flatMap((item) => inlineLabels(item, depth + 1))];
}

export function readLabels(value: unknown): readonly SecurityLabel[] {
  return asObjects(value).flatMap((label: Json) => {
    const code = asString(label['code']);
    return code === undefined ? [] : [`${asString(label['system']) ?? ''}|${code}`];
  });
}
