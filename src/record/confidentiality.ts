import type { Entry, SecurityLabel } from './entry.ts';

/** HL7 v3 Confidentiality, lowest first. A missing label is normal (N). */
export const LADDER = { U: 0, L: 1, M: 2, N: 3, R: 4, V: 5 } as const;
/** `v3-` in FHIR R4, `v3/` in STU3 and DSTU2. */
const CONFIDENTIALITY = /v3.Confidentiality$|^urn:oid:2\.16\.840\.1\.113883\.5\.25$|^$/i;
const ACT_CODE = /v3.ActCode$|^urn:oid:2\.16\.840\.1\.113883\.5\.4$/i;

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

/** High-water mark of one item's or several items' labels: the highest speaks for the whole. */
export function levelOfLabels(labels: readonly SecurityLabel[]): number {
  return labels.reduce<number>((highest, label) => Math.max(highest, levelOfLabel(label)), LADDER.N);
}

/** Every label of every member, each once: no label is lost for another when records become one line (safety I7). */
export function labelsOfAll(entries: readonly Pick<Entry, 'labels'>[]): readonly SecurityLabel[] {
  if (entries.every(({ labels }) => labels.length === 0)) return [];
  return [...new Set(entries.flatMap(({ labels }) => labels))].sort();
}

/** A confidentiality we don't know is the highest: what can't be judged isn't shown. Labels of other systems don't restrict. */
function levelOfLabel(label: SecurityLabel): number {
  const system = systemOf(label);
  const code = codeOfLabel(label);
  if (isActCode(label)) return SENSITIVE.has(code) ? LADDER.R : LADDER.N;
  if (!CONFIDENTIALITY.test(system)) return LADDER.N;
  if (Object.hasOwn(LADDER, code)) return LADDER[code as keyof typeof LADDER];
  return system === '' ? LADDER.N : LADDER.V;
}

export function isActCode(label: SecurityLabel): boolean {
  return ACT_CODE.test(systemOf(label));
}

function systemOf(label: SecurityLabel): string {
  return label.slice(0, label.lastIndexOf('|'));
}

export function codeOfLabel(label: SecurityLabel): string {
  return label.slice(label.lastIndexOf('|') + 1).toUpperCase();
}
