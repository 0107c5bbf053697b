import type { ConflictKind } from './fact.ts';

/**
 * What counts as a disagreement that a clinician must see, worst first: what can kill today before what misleads. A rule
 * puts what is recorded at two places side by side; it advises nothing, ranks neither side and changes no line. `reason`
 * and `source` are for the clinician who reviews the rules; the words on screen are in `src/words` (`conflicts`).
 * Which medicines make a class is in `drug-classes.ts` (allergy) and `therapy-classes.ts` (duplicate therapy).
 */
type ConflictRule = {
  readonly reason: string;
  readonly source: string;
  /** The hazard of docs/safety.md it serves. */
  readonly hazard: string;
};

export const CONFLICT_RULES: Readonly<Record<ConflictKind, ConflictRule>> = {
  'allergy-and-medicine': {
    reason: 'The prescriber of one organisation may never have seen the allergy recorded at another.',
    source: 'NICE CG183 Drug allergy, 1.2 and 1.3; BNF, Guidance on prescribing: hypersensitivity',
    hazard: 'H07',
  },
  'resuscitation-decisions-differ': {
    reason: 'One team would attempt resuscitation and another would not.',
    source: 'BMA, Resuscitation Council UK and RCN: Decisions relating to CPR, 3rd edition; ReSPECT',
    hazard: 'H37',
  },
  'deceased-here-alive-there': {
    reason: 'A family is rung about an appointment, or the record of another person was joined to this one.',
    source: 'NHS England, Personal Demographics Service: death notification status',
    hazard: 'H37',
  },
  'safeguarding-ended-elsewhere': {
    reason: 'One organisation still protects the person from a harm that another holds to be over.',
    source: 'Care Act 2014, statutory guidance 14; Working Together to Safeguard Children 2023',
    hazard: 'H37',
  },
  'pregnancy-differs': {
    reason: 'A medicine or a scan is chosen as for somebody who is, or is not, pregnant.',
    source: 'MHRA: medicines in pregnancy; PRSB Core Information Standard, pregnancy status',
    hazard: 'H37',
  },
  'legal-information-differs': {
    reason: 'Who may decide, or what was refused in advance, is not the same in two records.',
    source: 'Mental Capacity Act 2005, sections 9, 24 and 25; PRSB Core Information Standard, legal information',
    hazard: 'H37',
  },
  'nhs-numbers-differ': {
    reason: 'Two numbers for one person, or two persons in one record: nothing of that source may be hers.',
    source: 'NHS England DCB1077 and ISB 0149: NHS number; HSSIB: patient identification',
    hazard: 'H05',
  },
  'two-doses': {
    reason: 'A dose changed at discharge and not in the surgery: both may be taken, or the wrong one.',
    source: 'NICE NG5 Medicines optimisation, 1.2 and 1.3 (medicines reconciliation)',
    hazard: 'H11',
  },
  'stopped-here-active-there': {
    reason: 'What one team stopped for harm is still issued by another.',
    source:
      'NICE NG5 Medicines optimisation, 1.2.3: what was stopped and why; RPS: Keeping patients safe when they transfer',
    hazard: 'H17',
  },
  'on-hold-here-active-there': {
    reason:
      'Held by one team for the kidneys, a bleed or an operation, and still issued or taken by the list of another.',
    source:
      'NICE NG5 Medicines optimisation, 1.3 (medicines reconciliation); NICE NG148: medicines held in acute illness',
    hazard: 'H17',
  },
  'duplicate-therapy': {
    reason:
      'Two medicines of one class are recorded as being taken: a switch that only one side knows of, or one harm twice.',
    source: 'NICE NG5 Medicines optimisation, 1.4; BNF, interactions: duplication; the class names its own source',
    hazard: 'H11',
  },
  'allergy-and-no-known-allergies': {
    reason: 'Who reads only the one record takes the person to be free of allergies.',
    source:
      'NICE CG183 Drug allergy, 1.2.3: drug allergy status as “drug allergy”, “none known” or “unable to ascertain”',
    hazard: 'H07',
  },
  'allergy-severities-differ': {
    reason: 'Anaphylaxis to one organisation is a rash to another; who reads the milder one may give it again.',
    source: 'NICE CG183 Drug allergy, 1.2.4: signs, symptoms and severity of the reaction',
    hazard: 'H07',
  },
  'allergy-refuted-elsewhere': {
    reason: 'An allergy that was tested and ruled out still keeps a treatment away, or was ruled out in error.',
    source: 'NICE CG183 Drug allergy, 1.3; BSACI guidance on penicillin allergy de-labelling, 2022',
    hazard: 'H08',
  },
  'allergy-ended-elsewhere': {
    reason: 'Who reads the record in which it has ended may give what the other record still warns of, or the reverse.',
    source: 'NICE CG183 Drug allergy, 1.2.3 and 1.3: drug allergy status kept up to date and shared; BSACI 2022',
    hazard: 'H07',
  },
  'demographics-differ': {
    reason: 'A name, date of birth or gender that differs may mean another person’s record.',
    source: 'NHS England, PDS: minimum data for a match; DCB1077',
    hazard: 'H05',
  },
  'practices-differ': {
    reason: 'Letters and results go to a practice that no longer looks after the person.',
    source: 'PRSB Core Information Standard, GP practice; NHS England, PDS: registered GP',
    hazard: 'H22',
  },
  'key-workers-differ': {
    reason: 'The reader must know whom to call, and each of two may think it is the other.',
    source: 'PRSB Core Information Standard, professional contacts; NICE NG27 Transition between hospital and home',
    hazard: 'H22',
  },
};

const ORDER: ReadonlyMap<string, number> = new Map(Object.keys(CONFLICT_RULES).map((kind, index) => [kind, index]));

/** Its place in the order, worst first. */
export function conflictRank(kind: ConflictKind): number {
  return ORDER.get(kind) ?? ORDER.size;
}
