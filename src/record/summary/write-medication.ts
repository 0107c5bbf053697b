import type { Dosage } from '../fhir/dosage.ts';
import { splitName } from '../fhir/medicine.ts';
import type { Json } from '../resource.ts';
import type { MedicationEntry } from '../sections/medications.ts';
import {
  base,
  coded,
  concept,
  dateOrAbsent,
  part,
  phrase,
  quantity,
  quantityOfWords,
  texts,
  UNKNOWN,
} from './elements.ts';
import type { Names } from './write-entry.ts';

const UK_CORE = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore';
const TYPES = {
  statement: 'MedicationStatement',
  request: 'MedicationRequest',
  dispense: 'MedicationDispense',
} as const;

export function writeMedication(entry: MedicationEntry, id: string, names: Names): Json {
  const kinds = { statement: ofStatement, request: ofRequest, dispense: ofDispense };
  return {
    ...base(entry, TYPES[entry.record], id),
    status: entry.statusAsRecorded ?? 'unknown',
    ...product(entry),
    subject: names.subject,
    ...part('reasonCode', texts(entry.reasons)),
    ...part('extension', extensionsOf(entry)),
    ...kinds[entry.record](entry, names),
  };
}

function reasonOf({ stopped, statusReason }: MedicationEntry): readonly string[] {
  const reason = stopped?.reason ?? statusReason;
  return reason === undefined ? [] : [reason];
}

function ofStatement(entry: MedicationEntry, names: Names): Json {
  const recorded = entry.dateIs === 'recorded';
  return {
    ...(entry.period
      ? { effectivePeriod: entry.period }
      : dateOrAbsent('effectiveDateTime', recorded ? undefined : entry.date)),
    ...(recorded && { dateAsserted: entry.date }),
    informationSource: names.author,
    ...part('statusReason', texts(reasonOf(entry))),
    ...part('dosage', entry.dosages.map(writeDosage)),
  };
}

function ofRequest(entry: MedicationEntry, names: Names): Json {
  const place = ['discharge', 'inpatient', 'outpatient'].find((one) => one === entry.supply);
  const quantityWords = supplied(entry);
  return {
    intent: entry.intent ?? 'order',
    ...(entry.intent === undefined && { _intent: UNKNOWN }),
    ...(entry.prohibited && { doNotPerform: true }),
    ...(place && { category: [coded('medicationrequest-category', place)] }),
    ...part('authoredOn', entry.date),
    requester: names.author,
    ...phrase('statusReason', reasonOf(entry)[0]),
    ...part('dosageInstruction', entry.dosages.map(writeDosage)),
    ...(quantityWords && { dispenseRequest: { quantity: quantityWords } }),
  };
}

function ofDispense(entry: MedicationEntry, names: Names): Json {
  return {
    performer: [{ actor: names.author }],
    ...(entry.supply && { category: coded('medicationdispense-category', entry.supply) }),
    // Prepared is not handed over: the one without a date of issue was never said to have left the pharmacy.
    ...part(entry.lastIssued === undefined ? 'whenPrepared' : 'whenHandedOver', entry.date),
    ...part(
      'daysSupply',
      entry.supplyDays === undefined ? undefined : { value: entry.supplyDays, unit: 'd', code: 'd' },
    ),
    ...phrase('statusReasonCodeableConcept', reasonOf(entry)[0]),
    ...part('dosageInstruction', entry.dosages.map(writeDosage)),
    ...part('quantity', supplied(entry)),
  };
}

/** The product by its name; strength and form that do not stand in the name need a Medication of their own. */
function product(entry: MedicationEntry): Json {
  const doubtful = entry.cautions.includes('source-unclear');
  const split = splitName(entry.title);
  const [strength, form] = [
    split.strength === entry.strength ? undefined : entry.strength,
    split.form === entry.form ? undefined : entry.form,
  ];
  if (!doubtful && strength === undefined && form === undefined)
    return { medicationCodeableConcept: concept(entry.code, entry.title) };
  return {
    contained: [
      {
        resourceType: 'Medication',
        id: 'product',
        ...(doubtful && { status: 'inactive' }),
        code: concept(entry.code, entry.title),
        ...phrase('form', form),
        ...(strength !== undefined && {
          ingredient: [{ itemCodeableConcept: { text: entry.name }, ...ratioOf(strength) }],
        }),
      },
    ],
    medicationReference: { reference: '#product' },
  };
}

function ratioOf(strength: string): Json {
  const [top, bottom] = strength.split('/');
  const [numerator, denominator] = [quantityOfWords(top), quantityOfWords(bottom) ?? { value: 1 }];
  return numerator ? { strength: { numerator, denominator } } : {};
}

function extensionsOf(entry: MedicationEntry): readonly Json[] {
  const word = ['repeat', 'acute', 'repeat-dispensing'].find((one) => one === entry.supply);
  const changed = entry.stopped?.date;
  return [
    ...(word ? [{ url: `${UK_CORE}-PrescriptionType`, valueCodeableConcept: { coding: [{ code: word }] } }] : []),
    ...(entry.lastIssued && entry.record !== 'dispense'
      ? [{ url: `${UK_CORE}-MedicationStatementLastIssueDate`, valueDateTime: entry.lastIssued }]
      : []),
    ...(changed
      ? [
          {
            url: `${UK_CORE}-MedicationStatusChange`,
            extension: [{ url: 'statusChangeDate', valueDateTime: changed }],
          },
        ]
      : []),
  ];
}

/** "28 tablet", or words without a number, which FHIR keeps as a unit alone. */
function supplied({ quantity: words }: MedicationEntry): Json | undefined {
  return words === undefined ? undefined : (quantityOfWords(words) ?? { unit: words });
}

function writeDosage(dosage: Dosage, index: number): Json {
  const [amount, ...others] = dosesOf(dosage);
  const amounts = [{ ...amount, ...rateOf(dosage.rate) }, ...others].filter((one) => Object.keys(one).length > 0);
  return {
    sequence: index + 1,
    ...part('text', dosage.text),
    ...part('additionalInstruction', texts(dosage.instructions)),
    ...part('timing', timingOf(dosage)),
    ...(dosage.asNeeded === true && { asNeededBoolean: true }),
    ...(typeof dosage.asNeeded === 'string' && { asNeededCodeableConcept: { text: dosage.asNeeded } }),
    ...phrase('site', dosage.site),
    ...(dosage.routeCode ? { route: concept(dosage.routeCode) } : phrase('route', dosage.route)),
    ...phrase('method', dosage.method),
    ...part('doseAndRate', amounts),
    ...maximumOf(dosage.maximum),
  };
}

/** Ordered as one amount and worked out as another, it stays two. */
function dosesOf({ dose = '', doseQuantity }: Dosage): readonly Json[] {
  if (doseQuantity) return [{ doseQuantity: quantity(doseQuantity) }];
  return dose.split(' / ').map((words) => {
    const [single, range] = [quantityOfWords(words), rangeOf(words)];
    return range ? { doseRange: range } : single ? { doseQuantity: single } : {};
  });
}

/** "1 to 2 tablets", "500 mg to 1 g", "up to 4 tablets", "at least 1 tablet", as a range that reads the same. */
function rangeOf(words: string | undefined): Json | undefined {
  const [low, high] = (words ?? '').split(' to ').map((one) => quantityOfWords(one));
  if (low && high) return { low: { ...part('unit', high['unit']), ...low }, high };
  const most = quantityOfWords(/^up to (.+)$/.exec(words ?? '')?.[1]);
  const least = quantityOfWords(/^at least (.+)$/.exec(words ?? '')?.[1]);
  return most ? { high: most } : least && { low: least };
}

function rateOf(words: string | undefined): Json {
  const [top, bottom] = (words ?? '').split(' in ').map((one) => quantityOfWords(one));
  if (top && bottom) return { rateRatio: { numerator: top, denominator: bottom } };
  const [single, range] = [quantityOfWords(words), rangeOf(words)];
  return range ? { rateRange: range } : single ? { rateQuantity: single } : {};
}

/** "up to 8 tablets in 24 hours; up to 2 tablets at a time", each limit in its own element. */
function maximumOf(words: string | undefined): Json {
  return (words ?? '').split('; ').reduce<Json>((limits, limit) => ({ ...limits, ...limitOf(limit) }), {});
}

function limitOf(words: string): Json {
  const [, value, once, ever] = /^up to (.+?)(?: (at a time)| (in all))?$/.exec(words) ?? [];
  const [top, bottom] = (value ?? '').split(' in ').map((one) => quantityOfWords(one));
  if (top && bottom) return { maxDosePerPeriod: { numerator: top, denominator: bottom } };
  return { ...(top && once && { maxDosePerAdministration: top }), ...(top && ever && { maxDosePerLifetime: top }) };
}

function timingOf({ frequency, timesADay, bounds }: Dosage): Json | undefined {
  if (frequency === undefined && timesADay === undefined && bounds === undefined) return undefined;
  const often = repeatOf(timesADay);
  const repeat = often || bounds ? { ...often, ...(bounds && { boundsPeriod: bounds }) } : undefined;
  return { ...(repeat && { repeat }), ...phrase('code', frequency) };
}

/** Whole times in a day, or once in whole days; anything else stays with the words. */
function repeatOf(timesADay: number | undefined): Json | undefined {
  if (timesADay === undefined || !(timesADay > 0)) return undefined;
  if (Number.isInteger(timesADay)) return { frequency: timesADay, period: 1, periodUnit: 'd' };
  const days = Math.round(1 / timesADay);
  return 1 / days === timesADay ? { frequency: 1, period: days, periodUnit: 'd' } : undefined;
}
