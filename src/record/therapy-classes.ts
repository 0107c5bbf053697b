/**
 * Classes of which one medicine at a time is the rule, so that two recorded as being taken may be a switch that only one
 * side knows of. By moiety (`medicine-relations.ts`) in lower case; a name of two substances belongs where each of its
 * substances does. Kept to classes whose doubling the named source speaks of; what is often given together on purpose
 * (two antiplatelets, a slow and a quick opioid, insulins, inhalers, topical medicines) is left out.
 */
export type TherapyClass = {
  readonly id: string;
  readonly moieties: readonly string[];
  readonly source: string;
  /** One substance whose products must not be swapped: each brand, and the slow form, is a treatment of its own. */
  readonly byProduct?: true;
};

export const THERAPY_CLASSES: readonly TherapyClass[] = [
  {
    id: 'renin-angiotensin',
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
    ],
    source:
      'MHRA Drug Safety Update, June 2014: combination of medicines of different classes of renin-angiotensin blockers',
  },
  {
    id: 'oral-anticoagulants',
    moieties: ['warfarin', 'acenocoumarol', 'phenindione', 'apixaban', 'dabigatran', 'edoxaban', 'rivaroxaban'],
    source:
      'MHRA Drug Safety Update, October 2013 and June 2020: direct oral anticoagulants, not with another anticoagulant',
  },
  {
    id: 'statins',
    moieties: ['atorvastatin', 'fluvastatin', 'pravastatin', 'rosuvastatin', 'simvastatin'],
    source: 'BNF, Statins: one statin; NICE NG238',
  },
  {
    id: 'beta-blockers',
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
    ],
    source: 'BNF, Beta-adrenoceptor blocking drugs',
  },
  {
    id: 'ssris',
    moieties: ['citalopram', 'escitalopram', 'fluoxetine', 'fluvoxamine', 'paroxetine', 'sertraline'],
    source: 'BNF, Antidepressant drugs: serotonin syndrome; NICE NG222 on switching',
  },
  {
    id: 'proton-pump-inhibitors',
    moieties: ['esomeprazole', 'lansoprazole', 'omeprazole', 'pantoprazole', 'rabeprazole'],
    source: 'BNF, Proton pump inhibitors; NHS Business Services Authority: medicines safety indicators',
  },
  {
    id: 'nsaids',
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
  {
    id: 'dpp-4-and-glp-1',
    moieties: [
      'alogliptin',
      'linagliptin',
      'saxagliptin',
      'sitagliptin',
      'vildagliptin',
      'dulaglutide',
      'exenatide',
      'liraglutide',
      'semaglutide',
    ],
    source: 'NICE NG28 Type 2 diabetes in adults: not a DPP-4 inhibitor with a GLP-1 mimetic',
  },
  {
    id: 'sglt-2-inhibitors',
    moieties: ['canagliflozin', 'dapagliflozin', 'empagliflozin', 'ertugliflozin'],
    source: 'NICE NG28 Type 2 diabetes in adults; BNF, SGLT2 inhibitors',
  },
  {
    id: 'sulfonylureas',
    moieties: ['glibenclamide', 'gliclazide', 'glimepiride', 'glipizide', 'tolbutamide'],
    source: 'BNF, Sulfonylureas',
  },
  {
    id: 'dihydropyridines',
    moieties: ['amlodipine', 'felodipine', 'lacidipine', 'lercanidipine', 'nicardipine', 'nifedipine'],
    source: 'BNF, Calcium-channel blockers; NICE NG136',
  },
  {
    id: 'loop-diuretics',
    moieties: ['bumetanide', 'furosemide', 'torasemide'],
    source: 'BNF, Loop diuretics',
  },
  {
    id: 'alpha-blockers',
    moieties: ['alfuzosin', 'doxazosin', 'prazosin', 'tamsulosin', 'terazosin'],
    source: 'BNF, Alpha-adrenoceptor blocking drugs: additive hypotension',
  },
  {
    id: 'anticholinesterases',
    moieties: ['donepezil', 'galantamine', 'rivastigmine'],
    source: 'NICE NG97 Dementia: monotherapy with an acetylcholinesterase inhibitor',
  },
  {
    id: 'tacrolimus-products',
    moieties: ['tacrolimus', 'prograf', 'advagraf', 'adoport', 'dailiport', 'envarsus', 'modigraf'],
    source: 'MHRA Drug Safety Update, June 2012: oral tacrolimus products, prescribe and dispense by brand name only',
    byProduct: true,
  },
  {
    id: 'ciclosporin-products',
    moieties: ['ciclosporin', 'neoral', 'sandimmun', 'capimune', 'capsorin', 'deximune', 'vanquoral'],
    source: 'BNF, ciclosporin: prescribing and dispensing by brand name',
    byProduct: true,
  },
  {
    id: 'lithium-products',
    moieties: ['lithium', 'lithium carbonate', 'lithium citrate', 'priadel', 'camcolit', 'liskonum', 'li-liquid'],
    source: 'BNF, lithium: preparations vary widely in bioavailability',
    byProduct: true,
  },
];

const NOT_SWAPPED: ReadonlySet<string> = new Set(
  THERAPY_CLASSES.flatMap(({ byProduct, moieties }) => (byProduct ? moieties : [])),
);

/** Whether a substance or brand is of one whose products must not be swapped. */
export function mustNotBeSwapped(moiety: string): boolean {
  return NOT_SWAPPED.has(moiety);
}
