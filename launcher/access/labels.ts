import type { SecurityLabel } from '../../src/record/entry.ts';
import { asObject, asObjects, asString, type Json, type Resource } from '../../src/record/resource.ts';
import type { Role } from '../trust/community.ts';

/** What the labels of one item come to: how confidential it is, and by which sensitivities. */
export type LabelClass = { readonly level: number; readonly sensitivities: readonly string[] };

/** HL7 v3 Confidentiality, lowest first. A missing label is normal (N). */
export const LADDER = { U: 0, L: 1, M: 2, N: 3, R: 4, V: 5 } as const;
const CONFIDENTIALITY = /v3-Confidentiality$|^urn:oid:2\.16\.840\.1\.113883\.5\.25$|^$/i;
const ACT_CODE = /v3-ActCode$|^urn:oid:2\.16\.840\.1\.113883\.5\.4$/i;

/**
 * HL7 v3 ActCode information sensitivity. An item so marked is at least restricted, even where its confidentiality says
 * normal: the higher of two labels counts (safety I7).
 */
const SENSITIVE: ReadonlySet<string> = new Set(
  (
    'ETH ETHUD OPIOIDUD ALC ALCOHOL DRGIS SUD GDIS GENETIC HIV HIVAIDS MST MH PREGNANT PSY PSYTHPN BH COGN DVD EMOTDIS ' +
    'SCA SDV SEX SEXL SICKLE SPI STD STIGMA TBOO VIO VIOLENCE ABUSE CHILDABUSE DV SUICIDE DIS PDS PHY LOCIS REPRO ' +
    'ABORT IVF'
  ).split(' '),
);

export function levelOfClearance(clearance: Role['clearance']): number {
  return LADDER[clearance];
}

/** High-water mark: the highest label speaks for the whole, and no label is ever lost for another. */
export function classOf(labels: readonly SecurityLabel[]): LabelClass {
  const sensitivities = labels.filter(isActCode).map(codeOf);
  const level = labels.reduce<number>((highest, label) => Math.max(highest, levelOfLabel(label)), LADDER.N);
  return { level, sensitivities: [...new Set(sensitivities)].sort() };
}

/** A confidentiality we don't know is the highest: what can't be judged isn't shown. Labels of other systems don't restrict. */
function levelOfLabel(label: SecurityLabel): number {
  const system = systemOf(label);
  const code = codeOf(label);
  if (isActCode(label)) return SENSITIVE.has(code) ? LADDER.R : LADDER.N;
  if (!CONFIDENTIALITY.test(system)) return LADDER.N;
  if (Object.hasOwn(LADDER, code)) return LADDER[code as keyof typeof LADDER];
  return system === '' ? LADDER.N : LADDER.V;
}

function isActCode(label: SecurityLabel): boolean {
  return ACT_CODE.test(systemOf(label));
}

function systemOf(label: SecurityLabel): string {
  return label.slice(0, label.lastIndexOf('|'));
}

function codeOf(label: SecurityLabel): string {
  return label.slice(label.lastIndexOf('|') + 1).toUpperCase();
}

/**
 * Labels of the resource, of what is contained in it and of its single elements: the highest speaks for the whole. An
 * element's own label (HL7 DS4P inline label) holds the whole resource back from whoever may not see that element.
 */
export function labelsOf(resource: Resource): readonly SecurityLabel[] {
  return [resource, ...asObjects(resource['contained'])].flatMap((part) => {
    const labels = readLabels(asObject(part['meta'])?.['security']);
    return labels.some((label) => codeOf(label) === INLINE) ? [...labels, ...inlineLabels(part, 0)] : labels;
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
