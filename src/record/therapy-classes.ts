/**
 * Classes of which one medicine at a time is the rule, so that two recorded as being taken may be a switch that only one
 * side knows of. By moiety (`medicine-relations.ts`) in lower case; a name of two substances belongs where each of its
 * substances does. Kept to classes whose doubling the named source speaks of; what is often given together on purpose
 * (two antiplatelets, a slow and a quick opioid, insulins, inhalers, topical medicines) is left out. A brand stands here
 * where it holds two substances, or where its products are told apart; other brands are in `medicine-relations.ts`.
 */
export type TherapyClass = {
  readonly moieties: readonly string[];
  readonly source: string;
  /** One substance whose products must not be swapped: each brand, and the slow form, is a treatment of its own. */
  readonly byProduct?: true;
};

export const THERAPY_CLASSES: Readonly<Record<string, TherapyClass>> = {
  'renin-angiotensin': {
    moieties: [
      'captopril',
      'enalapril',
      'fosinopril',
      'imidapril',
      'lisinopril',
      'perindopril',
      'quinapril',
      'ramipril',
      'trandolapril',
      'azilsartan',
      'candesartan',
      'eprosartan',
      'irbesartan',
      'losartan',
      'olmesartan',
      'telmisartan',
      'valsartan',
      'aliskiren',
      'entresto',
    ],
    source:
      'MHRA Drug Safety Update, June 2014: combination of medicines of different classes of renin-angiotensin blockers',
  },
  'oral-anticoagulants': {
    moieties: ['warfarin', 'acenocoumarol', 'phenindione', 'apixaban', 'dabigatran', 'edoxaban', 'rivaroxaban'],
    source:
      'MHRA Drug Safety Update, October 2013 and June 2020: direct oral anticoagulants, not with another anticoagulant',
  },
  statins: {
    moieties: ['atorvastatin', 'fluvastatin', 'pravastatin', 'rosuvastatin', 'simvastatin'],
    source: 'BNF, Statins: one statin; NICE NG238',
  },
  'beta-blockers': {
    moieties: [
      'acebutolol',
      'atenolol',
      'bisoprolol',
      'carvedilol',
      'celiprolol',
      'labetalol',
      'metoprolol',
      'nadolol',
      'nebivolol',
      'propranolol',
      'sotalol',
      'co-tenidone',
    ],
    source: 'BNF, Beta-adrenoceptor blocking drugs',
  },
  ssris: {
    moieties: ['citalopram', 'escitalopram', 'fluoxetine', 'fluvoxamine', 'paroxetine', 'sertraline'],
    source: 'BNF, Antidepressant drugs: serotonin syndrome; NICE NG222 on switching',
  },
  'proton-pump-inhibitors': {
    moieties: ['esomeprazole', 'lansoprazole', 'omeprazole', 'pantoprazole', 'rabeprazole'],
    source: 'BNF, Proton pump inhibitors; NHS Business Services Authority: medicines safety indicators',
  },
  nsaids: {
    moieties: [
      'celecoxib',
      'diclofenac',
      'etodolac',
      'etoricoxib',
      'ibuprofen',
      'indometacin',
      'ketoprofen',
      'mefenamic acid',
      'meloxicam',
      'nabumetone',
      'naproxen',
      'piroxicam',
    ],
    source: 'BNF, Non-steroidal anti-inflammatory drugs: avoid two together; MHRA Drug Safety Update, June 2015',
  },
  'dpp-4-and-glp-1': {
    moieties: [
      'alogliptin',
      'linagliptin',
      'saxagliptin',
      'sitagliptin',
      'vildagliptin',
      'dulaglutide',
      'exenatide',
      'liraglutide',
      'lixisenatide',
      'semaglutide',
      'tirzepatide',
      'ozempic',
      'rybelsus',
      'trulicity',
      'victoza',
      'mounjaro',
    ],
    source: 'NICE NG28 Type 2 diabetes in adults: not a DPP-4 inhibitor with a GLP-1 mimetic; BNF, tirzepatide',
  },
  'sglt-2-inhibitors': {
    moieties: ['canagliflozin', 'dapagliflozin', 'empagliflozin', 'ertugliflozin'],
    source: 'NICE NG28 Type 2 diabetes in adults; BNF, SGLT2 inhibitors',
  },
  sulfonylureas: {
    moieties: ['glibenclamide', 'gliclazide', 'glimepiride', 'glipizide', 'tolbutamide'],
    source: 'BNF, Sulfonylureas',
  },
  dihydropyridines: {
    moieties: ['amlodipine', 'felodipine', 'lacidipine', 'lercanidipine', 'nicardipine', 'nifedipine'],
    source: 'BNF, Calcium-channel blockers; NICE NG136',
  },
  'loop-diuretics': {
    moieties: ['bumetanide', 'furosemide', 'torasemide', 'co-amilofruse'],
    source: 'BNF, Loop diuretics',
  },
  'alpha-blockers': {
    moieties: ['alfuzosin', 'doxazosin', 'indoramin', 'prazosin', 'tamsulosin', 'terazosin'],
    source: 'BNF, Alpha-adrenoceptor blocking drugs: additive hypotension',
  },
  anticholinesterases: {
    moieties: ['donepezil', 'galantamine', 'rivastigmine'],
    source: 'NICE NG97 Dementia: monotherapy with an acetylcholinesterase inhibitor',
  },
  paracetamol: {
    moieties: [
      'paracetamol',
      'co-codamol',
      'co-dydramol',
      'kapake',
      'migraleve',
      'migraleve pink',
      'migraleve yellow',
      'paramol',
      'remedeine',
      'solpadol',
      'tramacet',
      'tylex',
      'zapain',
    ],
    source: 'BNF, Paracetamol: overdosage, and with other products that hold it; Co-codamol, Co-dydramol',
  },
  'tacrolimus-products': {
    moieties: ['tacrolimus', 'prograf', 'advagraf', 'adoport', 'dailiport', 'envarsus', 'modigraf'],
    source: 'MHRA Drug Safety Update, June 2012: oral tacrolimus products, prescribe and dispense by brand name only',
    byProduct: true,
  },
  'ciclosporin-products': {
    moieties: ['ciclosporin', 'neoral', 'sandimmun', 'capimune', 'capsorin', 'deximune', 'vanquoral'],
    source: 'BNF, ciclosporin: prescribing and dispensing by brand name',
    byProduct: true,
  },
  'lithium-products': {
    moieties: [
      'lithium',
      'lithium carbonate',
      'lithium citrate',
      'priadel',
      'camcolit',
      'camcolit 400',
      'liskonum',
      'li-liquid',
    ],
    source: 'BNF, lithium: preparations vary widely in bioavailability',
    byProduct: true,
  },
};

const NOT_SWAPPED: ReadonlySet<string> = new Set(
  Object.values(THERAPY_CLASSES)
    .filter(({ byProduct }) => byProduct)
    .flatMap(({ moieties }) => moieties),
);

/** Whether a substance or brand is of one whose products must not be swapped. */
export function mustNotBeSwapped(moiety: string): boolean {
  return NOT_SWAPPED.has(moiety);
}
