import type { Entry, SecurityLabel } from '../../src/record/entry.ts';
import { asObject, asObjects, asString, type Resource } from '../../src/record/resource.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { Source } from '../../src/record/source.ts';
import type { Role } from '../trust/community.ts';
import { withoutWhereabouts } from './whereabouts.ts';

/** What was decided about this reader, as data: redaction judges nothing by itself. */
export type RedactionRule = {
  readonly clearance: Role['clearance'];
  /** Whether it may be said how much is withheld. Otherwise nothing is said, whether or not there is anything. */
  readonly tellWithheld: boolean;
  /** The home EPR marks the whereabouts of this person as restricted. */
  readonly restrictedPatient: boolean;
};

export type Redaction = {
  judge(resource: Resource): 'shown' | 'withheld' | 'hidden';
  cut(
    entries: readonly Entry[],
    place: { readonly sections: readonly SectionId[]; readonly restricted: boolean },
  ): readonly Entry[];
  describe(source: Source): Source;
};

/** Cuts at the launcher, before anything leaves it: what the browser does not get it can't show, print or keep. */
export function createRedaction(rule: RedactionRule): Redaction {
  const cleared = LADDER[rule.clearance];
  return {
    judge(resource) {
      const labels = labelsOf(resource);
      if (levelOf(labels) <= cleared) return 'shown';
      return rule.tellWithheld && !hidesItself(labels) ? 'withheld' : 'hidden';
    },
    cut(entries, { sections, restricted }) {
      const seen = entries.filter((entry) => sections.includes(entry.section) && levelOf(entry.labels) <= cleared);
      return mask(restricted) ? seen.map(withoutWhereabouts) : seen;
    },
    describe(source) {
      return mask(false) ? { ...source, organisation: { ...source.organisation, ...UNNAMED } } : source;
    },
  };

  /** Only the highest clearance may learn where the person is (`hidesPlaces`), whichever side marks the restriction. */
  function mask(bySource: boolean): boolean {
    return (rule.restrictedPatient || bySource) && cleared < LADDER.V;
  }
}

/** A role of the community file and the patient, as the data this file works by. */
export function ruleFor(role: Role, patient: Patient): RedactionRule {
  return { clearance: role.clearance, tellWithheld: false, restrictedPatient: patient.restricted === true };
}

/**
 * Whether this reader must not learn where the person is, be it from the name of an organisation (safety H24). Being
 * cleared for restricted items (R) is no leave to learn where a person hides: that takes the highest clearance.
 */
export function hidesPlaces(rule: RedactionRule): boolean {
  return rule.restrictedPatient && LADDER[rule.clearance] < LADDER.V;
}

/** Letters carry addresses and can't be cut: those of a restricted person need the clearance. */
export function mayOpenDocuments(rule: RedactionRule): boolean {
  return !hidesPlaces(rule);
}

const UNNAMED = { ods: '' as Source['organisation']['ods'], name: 'An organisation' };

/** HL7 v3 Confidentiality, lowest first. A missing label is normal (N). */
const LADDER = { U: 0, L: 1, M: 2, N: 3, R: 4, V: 5 } as const;
const CONFIDENTIALITY = /v3-Confidentiality$|^urn:oid:2\.16\.840\.1\.113883\.5\.25$|^$/i;

/**
 * HL7 v3 ActCode information sensitivity. An item so marked is at least restricted, even where its confidentiality says
 * normal: the higher of two labels counts (safety I7).
 */
const SENSITIVE: ReadonlySet<string> = new Set([
  ...[
    'ETH',
    'ETHUD',
    'OPIOIDUD',
    'ALC',
    'ALCOHOL',
    'DRGIS',
    'SUD',
    'GDIS',
    'GENETIC',
    'HIV',
    'HIVAIDS',
    'MST',
    'MH',
    'PREGNANT',
  ],
  ...['PSY', 'PSYTHPN', 'BH', 'COGN', 'DVD', 'EMOTDIS', 'SCA', 'SDV', 'SEX', 'SEXL', 'SICKLE', 'SPI', 'STD', 'STIGMA'],
  ...[
    'TBOO',
    'VIO',
    'VIOLENCE',
    'ABUSE',
    'CHILDABUSE',
    'DV',
    'SUICIDE',
    'DIS',
    'PDS',
    'PHY',
    'LOCIS',
    'REPRO',
    'ABORT',
    'IVF',
  ],
]);
const ACT_CODE = /v3-ActCode$|^urn:oid:2\.16\.840\.1\.113883\.5\.4$/i;

function levelOf(labels: readonly SecurityLabel[]): number {
  return labels.reduce<number>((level, label) => Math.max(level, levelOfLabel(label)), LADDER.N);
}

/** A confidentiality we don't know is the highest: what can't be judged isn't shown. Labels of other systems don't restrict. */
function levelOfLabel(label: SecurityLabel): number {
  const cut = label.lastIndexOf('|');
  const system = label.slice(0, cut);
  const code = label.slice(cut + 1).toUpperCase();
  if (ACT_CODE.test(system)) return SENSITIVE.has(code) ? LADDER.R : LADDER.N;
  if (!CONFIDENTIALITY.test(system)) return LADDER.N;
  if (Object.hasOwn(LADDER, code)) return LADDER[code as keyof typeof LADDER];
  return system === '' ? LADDER.N : LADDER.V;
}

/** Very restricted and sensitive items: even a count of them would say too much (product.md, the ledger's safety limit). */
function hidesItself(labels: readonly SecurityLabel[]): boolean {
  return levelOf(labels) >= LADDER.V || labels.some((label) => ACT_CODE.test(label.slice(0, label.lastIndexOf('|'))));
}

/** Labels of the resource and of what is contained in it: the highest speaks for the whole. */
function labelsOf(resource: Resource): readonly SecurityLabel[] {
  const parts = [resource, ...asObjects(resource['contained'])];
  return parts.flatMap((part) =>
    asObjects(asObject(part['meta'])?.['security']).flatMap((label) => {
      const code = asString(label['code']);
      return code === undefined ? [] : [`${asString(label['system']) ?? ''}|${code}`];
    }),
  );
}
