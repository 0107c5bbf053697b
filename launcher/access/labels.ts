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

/** Labels of the resource and of what is contained in it: the highest speaks for the whole. */
export function labelsOf(resource: Resource): readonly SecurityLabel[] {
  return [resource, ...asObjects(resource['contained'])].flatMap((part) =>
    readLabels(asObject(part['meta'])?.['security']),
  );
}

export function readLabels(value: unknown): readonly SecurityLabel[] {
  return asObjects(value).flatMap((label: Json) => {
    const code = asString(label['code']);
    return code === undefined ? [] : [`${asString(label['system']) ?? ''}|${code}`];
  });
}
