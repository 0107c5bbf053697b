import type { Dosage } from '../fhir/dosage.ts';
import { splitName } from '../fhir/medicine.ts';
import type { Json } from '../resource.ts';
import type { MedicationEntry } from '../sections/medications.ts';
import {
  base,
  coded,
  concept,
  part,
  person,
  phrase,
  quantity,
  quantityOfWords,
  stated,
  subjectMatter,
  texts,
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
    ...stated('status', entry.statusAsRecorded),
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

function ofStatement(entry: MedicationEntry): Json {
  const recorded = entry.dateIs === 'recorded';
  const place = placeOf(entry);
  return {
    ...(entry.period
      ? { effectivePeriod: entry.period }
      : stated('effectiveDateTime', recorded ? undefined : entry.date)),
    ...(recorded && { dateAsserted: entry.date }),
    ...(place && { category: coded('medication-statement-category', place) }),
    ...part('informationSource', person(entry)),
    ...part('statusReason', texts(reasonOf(entry))),
    ...part('dosage', entry.dosages.map(writeDosage)),
  };
}

function ofRequest(entry: MedicationEntry, names: Names): Json {
  const place = placeOf(entry);
  const quantityWords = supplied(entry);
  const [replaced] = names.linked('replaces');
  return {
    ...stated('intent', entry.intent),
    ...(entry.prohibited && { doNotPerform: true }),
    ...(place && { category: [coded('medicationrequest-category', place)] }),
    ...part('authoredOn', entry.date),
    ...part('requester', person(entry)),
    ...part('priorPrescription', replaced),
    ...phrase('statusReason', reasonOf(entry)[0]),
    ...part('dosageInstruction', entry.dosages.map(writeDosage)),
    ...(quantityWords && { dispenseRequest: { quantity: quantityWords } }),
  };
}

function ofDispense(entry: MedicationEntry): Json {
  const by = person(entry);
  const place = placeOf(entry);
  return {
    ...part('performer', by && [{ actor: by }]),
    ...(place && { category: coded('medicationdispense-category', place) }),
    // Prepared is not handed over: the one without a date of issue was never said to have left the pharmacy.
    ...part(isHandedOver(entry) ? 'whenHandedOver' : 'whenPrepared', entry.date),
    ...part(
      'daysSupply',
      entry.supplyDays === undefined
        ? undefined
        : quantity({ value: String(entry.supplyDays), unit: 'd', unitCode: 'd' }),
    ),
    ...phrase('statusReasonCodeableConcept', reasonOf(entry)[0]),
    ...part('dosageInstruction', entry.dosages.map(writeDosage)),
    ...part('quantity', supplied(entry)),
  };
}

function isHandedOver({ date, lastIssued }: MedicationEntry): boolean {
  return lastIssued === date;
}

const PLACES = ['discharge', 'inpatient', 'outpatient'];

/** Where it was supplied, of the words that stand in one element: the others are kinds of prescription. */
function placeOf({ supply }: MedicationEntry): string | undefined {
  return PLACES.find((place) => place === supply);
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
    return { medicationCodeableConcept: subjectMatter(entry) };
  return {
    contained: [
      {
        resourceType: 'Medication',
        id: 'product',
        ...(doubtful && { status: 'inactive' }),
        code: subjectMatter(entry),
        ...phrase('form', form),
        ...(strength !== undefined && {
          ingredient: [{ itemCodeableConcept: { text: entry.name }, strength: strengthOf(strength) }],
        }),
      },
    ],
    medicationReference: { reference: '#product' },
  };
}

/** "5 mg/5 mL" is a ratio; "100 units/mL" is one amount, in a unit of which no part may be lost. */
function strengthOf(words: string): Json {
  const [top, bottom] = words.split('/').map((one) => quantityOfWords(one));
  const ratio = top && bottom && { numerator: top, denominator: bottom };
  return ratio ?? { numerator: quantityOfWords(words), denominator: { value: 1 } };
}

function extensionsOf(entry: MedicationEntry): readonly Json[] {
  const kind = placeOf(entry) === undefined ? entry.supply : undefined;
  const changed = entry.stopped?.date;
  return [
    ...(kind ? [{ url: `${UK_CORE}-PrescriptionType`, valueCodeableConcept: { coding: [{ code: kind }] } }] : []),
    ...(entry.lastIssued && !(entry.record === 'dispense' && isHandedOver(entry))
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

function writeDosage(dosage: Dosage): Json {
  const [amount, ...others] = dosesOf(dosage);
  const amounts = [{ ...amount, ...rateOf(dosage.rate) }, ...others].filter((one) => Object.keys(one).length > 0);
  return {
    ...part('sequence', dosage.sequence),
    ...part('text', dosage.text),
    ...part('additionalInstruction', texts(dosage.instructions)),
    ...part('timing', timingOf(dosage)),
    ...(dosage.asNeeded === true && { asNeededBoolean: true }),
    ...(typeof dosage.asNeeded === 'string' && { asNeededCodeableConcept: { text: dosage.asNeeded } }),
    ...phrase('site', dosage.site),
    ...part('route', dosage.routeCode && concept(dosage.routeCode)),
    ...phrase('method', dosage.method),
    ...part('doseAndRate', amounts),
    ...maximumOf(dosage.maximum),
  };
}

/** Ordered as one amount and worked out as another, it stays two. */
function dosesOf({ dose, doseQuantity }: Dosage): readonly Json[] {
  if (doseQuantity) return [{ doseQuantity: quantity(doseQuantity) }];
  if (dose === undefined) return [];
  return dose.split(/ \/ (?=(?:up to |at least |[<>]=?|ad)?-?\d)/).map((words) => amountOf(words, 'dose'));
}

function rateOf(words: string | undefined): Json {
  if (words === undefined) return {};
  const ratio = ratioOf(words);
  return ratio ? { rateRatio: ratio } : amountOf(words, 'rate');
}

/** "5 mg"; "1 to 2 tablets", "500 mg to 1 g", "up to 4 tablets" or "at least 1 tablet", as a range that reads the same. */
function amountOf(words: string, of: 'dose' | 'rate'): Json {
  const range = rangeOf(words);
  return range ? { [`${of}Range`]: range } : part(`${of}Quantity`, quantityOfWords(words));
}

function rangeOf(words: string): Json | undefined {
  const [low, high] = words.split(' to ').map((one) => quantityOfWords(one));
  if (low && high) return { low: { ...part('unit', high['unit']), ...low }, high };
  const most = quantityOfWords(/^up to (.+)/.exec(words)?.[1]);
  const least = quantityOfWords(/^at least (.+)/.exec(words)?.[1]);
  return most ? { high: most } : least && { low: least };
}

/** "4 g in 24 hours": a unit may have an "in" of its own, the time has none. */
function ratioOf(words: string): Json | undefined {
  const [, top, bottom] = /(.+) in (.+)/.exec(words) ?? [];
  const [numerator, denominator] = [quantityOfWords(top), quantityOfWords(bottom)];
  return numerator && denominator && { numerator, denominator };
}

/** "up to 8 tablets in 24 hours; up to 2 tablets at a time", each limit in its own element. */
function maximumOf(words = ''): Json {
  const limits = words.split(/(?:^|; )up to /).map(limitOf);
  return limits.reduce((all, limit) => ({ ...all, ...limit }));
}

function limitOf(words: string): Json {
  if (words.endsWith(AT_ONCE)) return { maxDosePerAdministration: quantityOfWords(words.slice(0, -AT_ONCE.length)) };
  if (words.endsWith(IN_ALL)) return { maxDosePerLifetime: quantityOfWords(words.slice(0, -IN_ALL.length)) };
  return part('maxDosePerPeriod', ratioOf(words));
}

const AT_ONCE = ' at a time';
const IN_ALL = ' in all';

function timingOf({ frequency, timesADay, bounds }: Dosage): Json | undefined {
  if (frequency === undefined && bounds === undefined) return undefined;
  const often = repeatOf(frequency, timesADay);
  const repeat = often || bounds ? { ...often, ...(bounds && { boundsPeriod: bounds }) } : undefined;
  return { ...part('repeat', repeat), ...phrase('code', frequency) };
}

/** So many times in so many days, or once in so many hours where the words say hours: what gives the very number back. */
function repeatOf(words = '', timesADay = Number.NaN): Json | undefined {
  const hours = Number(/every (\d+) hours/.exec(words)?.[1]);
  if (1 / (hours * (1 / 24)) === timesADay) return { frequency: 1, period: hours, periodUnit: 'h' };
  const period = SPANS.find((days) => Math.round(timesADay * days) / days === timesADay);
  return period === undefined ? undefined : { frequency: Math.round(timesADay * period), period, periodUnit: 'd' };
}

/** Up to a year; what comes round in longer than that stays with the words. */
const SPANS = Array.from({ length: 366 }, (_, index) => index + 1);
