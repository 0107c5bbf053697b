import { at } from '../calendar.ts';
import type { Chart, Marks } from '../chart.ts';
import { coded, concept, hl7, quantity, snomed, SYSTEM, ukCore, words, type Concept, type Reference } from './codes.ts';
import { PRODUCTS, ROUTES, type Product, type ProductKey } from './medicine-catalogue.ts';

export type MedicineSpec = {
  readonly drug: ProductKey;
  /** The directions as printed on the label. */
  readonly directions: string;
  /** One dose, e.g. `[5, 'mg']`, `[1, 'capsule']`. */
  readonly dose: readonly [value: number, unit: DoseUnit];
  /** Times in a day; leave out for "when needed" and courses that vary. */
  readonly daily?: number;
  readonly asNeeded?: boolean;
  /** Why: `code|display` or words. */
  readonly reason?: string;
  readonly started: string;
  readonly stopped?: string;
  readonly stoppedBecause?: string;
  readonly lastIssued?: string;
  readonly supply?: string;
  readonly by?: string;
  readonly note?: string;
  readonly encounter?: Reference;
} & Pick<Marks, 'security'>;

export type DoseUnit =
  'mg' | 'microgram' | 'tablet' | 'capsule' | 'puff' | 'sachet' | 'unit' | 'mL' | 'drop' | 'application';

const DOSE_CODES: Readonly<Record<DoseUnit, string>> = {
  mg: 'mg',
  microgram: 'ug',
  mL: 'mL',
  unit: '[iU]',
  tablet: '{tablet}',
  capsule: '{capsule}',
  puff: '{puff}',
  sachet: '{sachet}',
  drop: '[drp]',
  application: '{application}',
};

/** A medicine a practice prescribes again and again: the authorisation, with its last issue. */
export function repeatMedicine(chart: Chart, spec: MedicineSpec): Reference {
  const stopped = spec.stopped !== undefined;
  const plan = chart.add(
    'MedicationRequest',
    spec.lastIssued ?? spec.stopped ?? spec.started,
    {
      extension: [repeatInformation(spec)],
      status: stopped ? 'stopped' : 'active',
      ...(spec.stoppedBecause && { statusReason: words(spec.stoppedBecause) }),
      intent: 'plan',
      category: [hl7('medicationrequest-category', 'community', 'Community')],
      ...request(chart, spec),
      courseOfTherapyType: hl7('medicationrequest-course-of-therapy', 'continuous', 'Continuous long term therapy'),
    },
    { profile: 'UKCore-MedicationRequest', ...(spec.security && { security: spec.security }) },
  );
  return chart.add(
    'MedicationStatement',
    spec.lastIssued ?? spec.stopped ?? spec.started,
    {
      ...(spec.lastIssued && {
        extension: [
          { url: ukCore('Extension-UKCore-MedicationStatementLastIssueDate'), valueDateTime: spec.lastIssued },
        ],
      }),
      basedOn: [plan],
      status: stopped ? 'stopped' : 'active',
      ...(spec.stoppedBecause && { statusReason: [words(spec.stoppedBecause)] }),
      medicationCodeableConcept: medicationConcept(PRODUCTS[spec.drug]),
      subject: chart.patient,
      effectivePeriod: { start: spec.started, ...(spec.stopped && { end: spec.stopped }) },
      dateAsserted: spec.lastIssued ?? spec.stopped ?? spec.started,
      ...(spec.reason && { reasonCode: [concept(spec.reason)] }),
      ...(spec.note && { note: [{ text: spec.note }] }),
      dosage: [dosage(spec)],
    },
    { profile: 'UKCore-MedicationStatement', ...(spec.security && { security: spec.security }) },
  );
}

/** One prescription: an acute course in general practice, or an order in hospital. */
export function prescription(
  chart: Chart,
  spec: MedicineSpec & {
    readonly setting?: 'community' | 'inpatient' | 'discharge' | 'outpatient';
    readonly days?: number;
    /** Left in the home against a day that may come: neither a course nor a repeat. */
    readonly anticipatory?: true;
  },
): Reference {
  const status = spec.stopped ? (spec.stoppedBecause ? 'stopped' : 'completed') : 'active';
  return chart.add(
    'MedicationRequest',
    spec.started,
    {
      status,
      ...(spec.stoppedBecause && { statusReason: words(spec.stoppedBecause) }),
      intent: 'order',
      category: [hl7('medicationrequest-category', spec.setting ?? 'community')],
      ...request(chart, spec),
      ...(!spec.anticipatory && { courseOfTherapyType: courseOf(spec.days) }),
      dispenseRequest: {
        validityPeriod: { start: spec.started, ...(spec.stopped && { end: spec.stopped }) },
        ...(spec.days && { expectedSupplyDuration: { value: spec.days, unit: 'day', system: SYSTEM.ucum, code: 'd' } }),
      },
    },
    { profile: 'UKCore-MedicationRequest', ...(spec.security && { security: spec.security }) },
  );
}

function courseOf(days: number | undefined): Concept {
  return days
    ? hl7('medicationrequest-course-of-therapy', 'acute', 'Short course (acute) therapy')
    : hl7('medicationrequest-course-of-therapy', 'continuous', 'Continuous long term therapy');
}

/** What an organisation that does not prescribe it was told the person takes. */
export function takes(chart: Chart, spec: MedicineSpec & { readonly source?: string }): Reference {
  return chart.add(
    'MedicationStatement',
    spec.stopped ?? spec.started,
    {
      status: spec.stopped ? 'stopped' : 'active',
      medicationCodeableConcept: medicationConcept(PRODUCTS[spec.drug]),
      subject: chart.patient,
      ...(spec.encounter && { context: spec.encounter }),
      effectivePeriod: { start: spec.started, ...(spec.stopped && { end: spec.stopped }) },
      dateAsserted: spec.started,
      ...(spec.by && { informationSource: chart.staff(spec.by) }),
      ...(spec.reason && { reasonCode: [concept(spec.reason)] }),
      ...(spec.note && { note: [{ text: spec.note }] }),
      dosage: [dosage(spec)],
    },
    { profile: 'UKCore-MedicationStatement', ...(spec.security && { security: spec.security }) },
  );
}

/** Handed over by a pharmacy. */
export function dispensed(chart: Chart, spec: MedicineSpec): Reference {
  return chart.add(
    'MedicationDispense',
    spec.started,
    {
      status: 'completed',
      // As pharmacy systems send it: the product contained in the record of its supply.
      contained: [{ resourceType: 'Medication', id: 'product', code: medicationConcept(PRODUCTS[spec.drug]) }],
      medicationReference: { reference: '#product' },
      subject: chart.patient,
      ...(spec.by && { performer: [{ actor: chart.staff(spec.by) }] }),
      quantity: packOf(spec),
      daysSupply: { value: 28, unit: 'day', system: SYSTEM.ucum, code: 'd' },
      whenHandedOver: at(spec.started, '11:30'),
      dosageInstruction: [dosage(spec)],
    },
    { profile: 'UKCore-MedicationDispense' },
  );
}

function request(chart: Chart, spec: MedicineSpec): object {
  return {
    medicationCodeableConcept: medicationConcept(PRODUCTS[spec.drug]),
    subject: chart.patient,
    ...(spec.encounter && { encounter: spec.encounter }),
    authoredOn: spec.started,
    ...(spec.by && { requester: chart.staff(spec.by) }),
    ...(spec.reason && { reasonCode: [concept(spec.reason)] }),
    ...(spec.note && { note: [{ text: spec.note }] }),
    dosageInstruction: [dosage(spec)],
    ...(spec.supply && { dispenseRequest: { quantity: { unit: spec.supply } } }),
  };
}

function medicationConcept({ name, dmd, snomed: drug }: Product): Concept {
  if (dmd) return { ...coded(SYSTEM.dmd, dmd, name), text: name };
  return drug ? snomed(drug, name) : words(name);
}

/** Four weeks' supply in what the product comes in. */
function packOf(spec: MedicineSpec): object {
  const { form } = PRODUCTS[spec.drug];
  const unit = form.split(' ').at(-1) ?? form;
  if (unit === 'tablet' || unit === 'capsule') return { value: spec.daily ? 28 * spec.daily : 100, unit };
  if (form.endsWith('oral solution') && spec.dose[1] === 'sachet') return { value: 30, unit: 'sachet' };
  return { value: 1, unit: form.includes('inhal') ? 'inhaler' : 'pack' };
}

function dosage(spec: MedicineSpec): object {
  const [code, display] = ROUTES[PRODUCTS[spec.drug].route];
  const [value, unit] = spec.dose;
  return {
    text: spec.directions,
    ...(spec.daily && { timing: { repeat: { frequency: spec.daily, period: 1, periodUnit: 'd' } } }),
    ...(spec.asNeeded && { asNeededBoolean: true }),
    route: snomed(code, display),
    doseAndRate: [{ doseQuantity: quantity(value, unit, DOSE_CODES[unit]) }],
  };
}

/** UK Core: how often a repeat may be and was issued. */
function repeatInformation(spec: MedicineSpec): object {
  return {
    url: ukCore('Extension-UKCore-MedicationRepeatInformation'),
    extension: [
      { url: 'numberOfPrescriptionsAllowed', valueInteger: 12 },
      { url: 'numberOfPrescriptionsIssued', valueInteger: spec.stopped ? 12 : 7 },
    ],
  };
}
