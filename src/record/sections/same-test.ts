import { LOINC, normaliseWords, SNOMED, type Coded, type Coding } from '../fhir/coding.ts';

/**
 * Tests that a hospital laboratory names in LOINC and general practice in SNOMED CT (UK pathology observables). Only the
 * commonest, and only where both codes fix the same analyte, the same kind of property and the same specimen. It is used
 * for nothing but to see two copies of one measurement as one, and there value, unit, comparator, time and standing must
 * be equal too: where a row were wrong, the two lines it joined would still say the same number at the same moment.
 * Sources: LOINC 2.7x long common names; the UK edition of SNOMED CT as counted in NHS England's "SNOMED code usage in
 * primary care". Left out on purpose: whatever two methods measure differently (troponin, PSA, NT-proBNP, ferritin,
 * vitamin D, HbA1c in per cent) and whatever depends on fasting or on where blood was drawn (glucose, blood gases).
 */
type Row = {
  readonly id: string;
  readonly snomed: string;
  readonly loinc: string;
  readonly specimen: RegExp;
  /** The source's own words must name the analyte too: a code typed wrong then joins nothing. */
  readonly words: RegExp;
};

const SERUM = /\b(serum|plasma|blood|venous)\b/;
/** What is measured on the body itself has no specimen. */
const NONE = /(?!)/;
const BLOOD = /\b(blood|venous|edta)\b/;

const ROWS: readonly Row[] = [
  // Serum sodium level | Sodium [Moles/volume] in Serum or Plasma
  { id: 'sodium', snomed: '1000661000000107', loinc: '2951-2', specimen: SERUM, words: /\b(sodium|na)\b/ },
  // Serum potassium level | Potassium [Moles/volume] in Serum or Plasma
  { id: 'potassium', snomed: '1000651000000109', loinc: '2823-3', specimen: SERUM, words: /\b(potassium|k)\b/ },
  // Serum creatinine level | Creatinine [Moles/volume] in Serum or Plasma
  { id: 'creatinine', snomed: '1000731000000107', loinc: '14682-9', specimen: SERUM, words: /\bcreatinine\b/ },
  // Serum C reactive protein level | C reactive protein [Mass/volume] in Serum or Plasma
  { id: 'crp', snomed: '1001371000000100', loinc: '1988-5', specimen: SERUM, words: /\b(crp|c[ -]reactive protein)\b/ },
  // Serum alanine aminotransferase level | Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma
  {
    id: 'alt',
    snomed: '1018251000000107',
    loinc: '1742-6',
    specimen: SERUM,
    words: /\b(alt|alanine (aminotransferase|transaminase))\b/,
  },
  // Serum alkaline phosphatase level | Alkaline phosphatase [Enzymatic activity/volume] in Serum or Plasma
  { id: 'alp', snomed: '1000621000000104', loinc: '6768-6', specimen: SERUM, words: /\b(alp|alkaline phosphatase)\b/ },
  // Serum albumin level | Albumin [Mass/volume] in Serum or Plasma
  { id: 'albumin', snomed: '1000821000000103', loinc: '1751-7', specimen: SERUM, words: /\balbumin\b/ },
  // Serum TSH level | Thyrotropin [Units/volume] in Serum or Plasma
  {
    id: 'tsh',
    snomed: '1022791000000101',
    loinc: '3016-3',
    specimen: SERUM,
    words: /\b(tsh|thyroid stimulating hormone|thyrotropin)\b/,
  },
  // Haemoglobin estimation | Hemoglobin [Mass/volume] in Blood
  {
    id: 'haemoglobin',
    snomed: '1022431000000105',
    loinc: '718-7',
    specimen: BLOOD,
    words: /\b(ha?emoglobin|hb|hgb)\b/,
  },
  // Total white cell count | Leukocytes [#/volume] in Blood by Automated count
  {
    id: 'white-cells',
    snomed: '1022541000000102',
    loinc: '6690-2',
    specimen: BLOOD,
    words: /\b(white (blood )?cells?|wbc|wcc|leu[ck]ocytes?)\b/,
  },
  // Platelet count | Platelets [#/volume] in Blood by Automated count
  { id: 'platelets', snomed: '1022651000000100', loinc: '777-3', specimen: BLOOD, words: /\bplatelets?\b/ },
  // Mean cell volume | MCV [Entitic volume] by Automated count
  {
    id: 'mcv',
    snomed: '1022491000000106',
    loinc: '787-2',
    specimen: BLOOD,
    words: /\b(mcv|mean (cell|corpuscular) volume)\b/,
  },
  // Vital signs: UK Core and the FHIR vital signs profile name the same five in SNOMED CT and in LOINC.
  { id: 'weight', snomed: '27113001', loinc: '29463-7', specimen: NONE, words: /\b(body weight|weight)\b/ },
  { id: 'height', snomed: '50373000', loinc: '8302-2', specimen: NONE, words: /\b(body height|height)\b/ },
  { id: 'heart-rate', snomed: '364075005', loinc: '8867-4', specimen: NONE, words: /\bheart rate\b/ },
  {
    id: 'temperature',
    snomed: '386725007',
    loinc: '8310-5',
    specimen: NONE,
    words: /\b(body temperature|temperature)\b/,
  },
  { id: 'respiratory-rate', snomed: '86290005', loinc: '9279-1', specimen: NONE, words: /\brespiratory rate\b/ },
];

/** Words that make another test of it, whatever the code. */
const ANOTHER =
  /\b(urine|urinary|csf|fluid|stool|ratio|clearance|a1c|corrected|adjusted|point of care|poct|blood gas|arterial|capillary)\b/;

const BY_CODE: ReadonlyMap<string, Row> = new Map(
  ROWS.flatMap((row) => [[`${SNOMED}|${row.snomed}`, row] as const, [`${LOINC}|${row.loinc}`, row] as const]),
);

/**
 * The one test that all SNOMED CT and LOINC codes of the concept and its words name; nothing when one of the codes is not
 * in the table, when they name two tests, or when the specimen is stated and is not the test's own. Without any such code
 * its words must be the test's name and nothing more.
 */
export function sameTest(code: Coded | undefined, specimen: string | undefined, title: string): string | undefined {
  const codings = code?.codings.filter(({ system }) => system === SNOMED || system === LOINC) ?? [];
  const words = normaliseWords(title);
  const rows = codings.length === 0 ? namedBy(words) : codedBy(codings);
  const [row] = rows;
  if (rows.size !== 1 || row === undefined || !row.words.test(words) || ANOTHER.test(words)) return undefined;
  return specimen === undefined || row.specimen.test(normaliseWords(specimen)) ? row.id : undefined;
}

function codedBy(codings: readonly Coding[]): ReadonlySet<Row | undefined> {
  return new Set(codings.map(({ system, code }) => BY_CODE.get(`${system}|${code}`)));
}

const NAMES = ROWS.map((row) => ({ row, whole: new RegExp(`^(?:${row.words.source})$`) }));

/** "Serum potassium level" and "Potassium" are the name of potassium; "Potassium supplement advice" is not. */
function namedBy(words: string): ReadonlySet<Row> {
  const bare = words.replace(BESIDE, ' ').replace(/\s+/g, ' ').trim();
  return new Set(NAMES.flatMap(({ row, whole }) => (whole.test(bare) ? [row] : [])));
}

const BESIDE = /\b(?:serum|plasma|blood|venous|level|concentration|estimation|count|total)\b/g;
