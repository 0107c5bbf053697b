/** The products the stories use, named as dm+d names them. A code is given only where it is certain. */
export type Product = {
  readonly name: string;
  readonly form: string;
  readonly route: Route;
} & ProductCode;

/** A dm+d virtual product, or the SNOMED CT clinical drug where the dm+d number in force is not certain. */
type ProductCode = { readonly dmd?: string; readonly snomed?: string };

export type Route = 'oral' | 'inhalation' | 'subcutaneous' | 'topical' | 'intravenous' | 'ophthalmic' | 'intramuscular';

/** SNOMED CT route concepts (dm+d route list). */
export const ROUTES: Readonly<Record<Route, readonly [code: string, display: string]>> = {
  oral: ['26643006', 'Oral'],
  inhalation: ['18679011000001101', 'Inhalation'],
  subcutaneous: ['34206005', 'Subcutaneous'],
  topical: ['6064005', 'Topical'],
  intravenous: ['47625008', 'Intravenous'],
  ophthalmic: ['54485002', 'Ophthalmic'],
  intramuscular: ['78421000', 'Intramuscular'],
};

const tablet = (name: string, code?: ProductCode): Product => product(name, 'tablet', 'oral', code);
const capsule = (name: string, code?: ProductCode): Product => product(name, 'capsule', 'oral', code);

export const PRODUCTS = {
  amlodipine5: tablet('Amlodipine 5mg tablets', { snomed: '319283006' }),
  anoro: product(
    'Umeclidinium bromide 65micrograms/dose / Vilanterol 22micrograms/dose dry powder inhaler',
    'powder for inhalation',
    'inhalation',
  ),
  apixaban5: tablet('Apixaban 5mg tablets', { dmd: '42206511000001102' }),
  aspirin75: tablet('Aspirin 75mg dispersible tablets', { dmd: '319773006' }),
  atorvastatin20: tablet('Atorvastatin 20mg tablets'),
  atorvastatin80: tablet('Atorvastatin 80mg tablets'),
  beclometasone: product('Clenil Modulite 100micrograms/dose inhaler', 'inhaler', 'inhalation'),
  bictegravir: tablet('Bictegravir 50mg / Emtricitabine 200mg / Tenofovir alafenamide 25mg tablets'),
  bisoprolol25: tablet('Bisoprolol 2.5mg tablets'),
  bisoprolol5: tablet('Bisoprolol 5mg tablets', { snomed: '318590006' }),
  colecalciferol: capsule('Colecalciferol 800unit capsules'),
  dapagliflozin10: tablet('Dapagliflozin 10mg tablets'),
  donepezil10: tablet('Donepezil 10mg tablets'),
  doxycycline100: capsule('Doxycycline 100mg capsules'),
  flucloxacillin500: capsule('Flucloxacillin 500mg capsules'),
  furosemide40: tablet('Furosemide 40mg tablets', { snomed: '317972000' }),
  gliclazide80: tablet('Gliclazide 80mg tablets'),
  glycopyrronium: product(
    'Glycopyrronium bromide 200micrograms/1ml solution for injection ampoules',
    'solution for injection',
    'subcutaneous',
  ),
  hydrocortisone: product('Hydrocortisone 1% cream', 'cream', 'topical'),
  levothyroxine50: tablet('Levothyroxine sodium 50microgram tablets'),
  levetiracetam500: tablet('Levetiracetam 500mg tablets'),
  linagliptin5: tablet('Linagliptin 5mg tablets'),
  macrogol: product('Macrogol compound oral powder sachets NPF sugar free', 'powder for oral solution', 'oral'),
  metformin500: tablet('Metformin 500mg tablets', { snomed: '325278007' }),
  metforminMr500: product('Metformin 500mg modified-release tablets', 'modified-release tablet', 'oral'),
  midazolam: product('Midazolam 10mg/2ml solution for injection ampoules', 'solution for injection', 'subcutaneous'),
  morphineSc: product(
    'Morphine sulfate 10mg/1ml solution for injection ampoules',
    'solution for injection',
    'subcutaneous',
  ),
  morphineMr10: product('Morphine 10mg modified-release tablets', 'modified-release tablet', 'oral'),
  morphineOral: product('Morphine sulfate 10mg/5ml oral solution', 'oral solution', 'oral'),
  nitrofurantoinMr: product('Nitrofurantoin 100mg modified-release capsules', 'modified-release capsule', 'oral'),
  paracetamol500: tablet('Paracetamol 500mg tablets', { dmd: '322236009' }),
  prednisolone5: tablet('Prednisolone 5mg tablets'),
  ramipril25: capsule('Ramipril 2.5mg capsules', { snomed: '318901006' }),
  ramipril5: capsule('Ramipril 5mg capsules', { snomed: '318902004' }),
  ramipril10: capsule('Ramipril 10mg capsules', { snomed: '318906001' }),
  salbutamol: product('Salbutamol 100micrograms/dose inhaler CFC free', 'inhaler', 'inhalation'),
  sertraline50: tablet('Sertraline 50mg tablets'),
  spironolactone25: tablet('Spironolactone 25mg tablets', { snomed: '318056008' }),
  haloperidol: product('Haloperidol 5mg/1ml solution for injection ampoules', 'solution for injection', 'subcutaneous'),
  emollient: product('White soft paraffin 50% / Liquid paraffin 50% ointment', 'ointment', 'topical'),
} as const satisfies Readonly<Record<string, Product>>;

export type ProductKey = keyof typeof PRODUCTS;

function product(name: string, form: string, route: Route, code: ProductCode = {}): Product {
  return { name, form, route, ...code };
}
