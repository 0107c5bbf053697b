/**
 * What names of medicines mean the same, as data. Source: the NHS dictionary of medicines and devices (dm+d, NHSBSA), whose
 * virtual therapeutic moiety (VTM) gathers the salts, brands and products of one substance, and whose virtual medicinal
 * product (VMP) is substance, strength and form; brands by the BNF. Only what the community of this repository and its
 * tests prescribe, and the brands of anticoagulants; a name that is not here is compared by its own words.
 *
 * Left out on purpose: brands the MHRA or the BNF say are not to be swapped (lithium, ciclosporin, tacrolimus,
 * antiepileptics of category 1, modified-release opioids, diltiazem, theophylline, inhalers of beclometasone): there a
 * brand is a difference. Salts that are products of their own (diclofenac sodium and potassium) are left apart too.
 */
/** A VTM's name, then other names of that moiety: salts that dm+d leaves out of the VMP name, former and American names, brands. */
type Moiety = readonly [name: string, ...also: readonly string[]];

const MOIETIES: readonly Moiety[] = [
  ['amlodipine', 'amlodipine besilate', 'istin'],
  ['amoxicillin', 'amoxicillin trihydrate', 'amoxycillin'],
  ['apixaban', 'eliquis'],
  ['aspirin', 'acetylsalicylic acid'],
  ['atorvastatin', 'atorvastatin calcium', 'atorvastatin calcium trihydrate', 'lipitor'],
  ['bisoprolol', 'bisoprolol fumarate', 'cardicor'],
  ['ciclosporin', 'cyclosporin'],
  ['citalopram', 'citalopram hydrobromide', 'cipramil'],
  ['colecalciferol', 'cholecalciferol'],
  ['dabigatran', 'dabigatran etexilate', 'pradaxa'],
  ['dapagliflozin', 'dapagliflozin propanediol monohydrate', 'forxiga'],
  ['donepezil', 'donepezil hydrochloride', 'aricept'],
  ['doxycycline', 'doxycycline hyclate', 'doxycycline monohydrate', 'vibramycin'],
  ['edoxaban', 'lixiana'],
  ['flucloxacillin', 'flucloxacillin sodium'],
  ['furosemide', 'frusemide'],
  ['gliclazide', 'diamicron'],
  ['indometacin', 'indomethacin'],
  ['levothyroxine', 'levothyroxine sodium', 'thyroxine'],
  ['linagliptin', 'trajenta'],
  ['lisinopril', 'lisinopril dihydrate', 'zestril'],
  ['metformin', 'metformin hydrochloride', 'glucophage'],
  ['naproxen', 'naprosyn'],
  ['omeprazole', 'losec'],
  ['paracetamol', 'acetaminophen', 'panadol'],
  ['ramipril', 'tritace'],
  ['rivaroxaban', 'xarelto'],
  ['salbutamol', 'salbutamol sulfate', 'albuterol'],
  ['sertraline', 'sertraline hydrochloride', 'lustral'],
  ['simvastatin', 'zocor'],
  ['spironolactone', 'aldactone'],
  ['warfarin', 'warfarin sodium', 'marevan'],
];

/** VMPs by code (dm+d numbers are SNOMED CT's), in the form of `productOf`: moiety, strength, form. */
export const PRODUCT_BY_CODE: ReadonlyMap<string, string> = new Map([
  ['318901006', 'ramipril|2.5mg|capsule'],
  ['318902004', 'ramipril|5mg|capsule'],
  ['318906001', 'ramipril|10mg|capsule'],
  ['319283006', 'amlodipine|5mg|tablet'],
  ['319773006', 'aspirin|75mg|dispersible tablet'],
  ['318590006', 'bisoprolol|5mg|tablet'],
  ['317972000', 'furosemide|40mg|tablet'],
  ['325278007', 'metformin|500mg|tablet'],
  ['322236009', 'paracetamol|500mg|tablet'],
  ['318056008', 'spironolactone|25mg|tablet'],
  ['42206511000001102', 'apixaban|5mg|tablet'],
]);

/** The moiety that a name is of; names are in the form of `normaliseWords`. */
export const MOIETY_BY_NAME: ReadonlyMap<string, string> = new Map(
  MOIETIES.flatMap((names) => names.map((one) => [one, names[0]] as const)),
);

/** Forms that are one form in dm+d's VMP names; what changes how a medicine works (modified release) is a form of its own. */
export const FORM_BY_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    tablet: ['tablets', 'tab', 'tabs', 'oral tablet', 'oral tablets', 'film-coated tablet', 'film-coated tablets'],
    capsule: ['capsules', 'cap', 'caps', 'oral capsule', 'oral capsules'],
    'dispersible tablet': ['dispersible tablets', 'dispersible tab'],
    'modified-release tablet': [
      'modified-release tablets',
      'modified release tablets',
      'modified release tablet',
      'm/r tablets',
      'mr tablets',
      'prolonged-release tablet',
      'prolonged-release tablets',
    ],
    'modified-release capsule': [
      'modified-release capsules',
      'modified release capsules',
      'modified release capsule',
      'm/r capsules',
      'mr capsules',
      'prolonged-release capsule',
      'prolonged-release capsules',
    ],
    'gastro-resistant tablet': [
      'gastro-resistant tablets',
      'gastroresistant tablets',
      'e/c tablets',
      'ec tablets',
      'enteric-coated tablets',
    ],
    'gastro-resistant capsule': [
      'gastro-resistant capsules',
      'gastroresistant capsules',
      'e/c capsules',
      'ec capsules',
    ],
    'oral solution': ['oral solutions'],
    inhaler: ['inhalers', 'inhaler cfc free', 'cfc free inhaler'],
    'solution for injection': ['solution for injection ampoules', 'injection', 'solution for injection ampoule'],
    cream: ['creams'],
    ointment: ['ointments'],
  }).flatMap(([form, words]) => [form, ...words].map((one) => [one, form] as const)),
);

/** Routes by the words a source uses for them, to SNOMED CT (dm+d route list). */
export const ROUTE_BY_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '26643006': ['oral', 'by mouth', 'po', 'oral route', 'orally'],
    '34206005': ['subcutaneous', 'sc', 's/c', 'subcutaneous route'],
    '47625008': ['intravenous', 'iv', 'intravenous route'],
    '78421000': ['intramuscular', 'im', 'intramuscular route'],
    '18679011000001101': ['inhalation', 'inhaled', 'inh'],
    '6064005': ['topical', 'topical route'],
    '37839007': ['sublingual', 'sl', 'sublingual route'],
    '37161004': ['rectal', 'pr', 'rectal route'],
  }).flatMap(([code, words]) => words.map((one) => [one, code] as const)),
);
