/**
 * Substances that count as one when an allergy is held against a medicine. Kept small on purpose: each line is a class
 * whose members a prescriber must not give, or must stop and think before giving, to somebody who reacted to another
 * member (British National Formulary, chapters and "allergy and cross-sensitivity" sections; MHRA Drug Safety Update).
 * A miss is worse than a false mention: both statements are only shown side by side, and nothing is merged or hidden.
 * It is no decision support and holds no doses. SNOMED CT codes stand only where words could fail.
 */
export type DrugClass = {
  readonly id: string;
  /**
   * Words that name the class or a member of it, in an allergy as in a medicine; brands where they hide the substance.
   * Whole words in normalised text; `*` ends a stem.
   */
  readonly words: readonly string[];
  readonly allergyCodes: readonly string[];
};

export const DRUG_CLASSES: readonly DrugClass[] = [
  {
    // BNF Penicillins: "Patients with a history of immediate hypersensitivity to penicillins should not receive a penicillin".
    id: 'penicillins',
    words: [
      'penicillin*',
      'phenoxymethylpenicillin',
      'benzylpenicillin',
      'amoxicillin',
      'amoxycillin',
      'ampicillin',
      'flucloxacillin',
      'co-amoxiclav',
      'co-fluampicil',
      'piperacillin*',
      'pivmecillinam',
      'temocillin',
      'augmentin',
      'tazocin',
      'ticarcillin*',
    ],
    allergyCodes: ['91936005', '764146007', '373270004', '292954005', '294505008'],
  },
  {
    // BNF Cephalosporins: contra-indicated in cephalosporin hypersensitivity.
    id: 'cephalosporins',
    words: [
      'cephalosporin*',
      'cefalosporin*',
      'cefalexin',
      'cephalexin',
      'cefuroxime',
      'ceftriaxone',
      'cefotaxime',
      'ceftazidime',
      'cefaclor',
      'cefradine',
      'cefixime',
      'cefadroxil',
      'cefepime',
      'ceftaroline',
      'ceftolozane*',
      'cefiderocol',
    ],
    allergyCodes: ['294532003'],
  },
  {
    // BNF Sulfonamides: co-trimoxazole, sulfadiazine and sulfasalazine share the aryl-amine sulfonamide.
    id: 'sulfonamide-antibacterials',
    words: [
      'sulfonamide*',
      'sulphonamide*',
      'sulfa',
      'sulpha',
      'co-trimoxazole',
      'septrin',
      'sulfamethoxazole',
      'sulfadiazine',
      'sulfasalazine',
      'sulphasalazine',
      'salazopyrin',
    ],
    allergyCodes: ['91939003'],
  },
  {
    // BNF Trimethoprim: contained in co-trimoxazole.
    id: 'trimethoprim',
    words: ['trimethoprim', 'co-trimoxazole', 'septrin'],
    allergyCodes: [],
  },
  {
    // BNF Macrolides: contra-indicated in hypersensitivity to another macrolide.
    id: 'macrolides',
    words: ['macrolide*', 'erythromycin', 'clarithromycin', 'azithromycin', 'spiramycin', 'telithromycin'],
    allergyCodes: ['91931000'],
  },
  {
    // BNF Tetracyclines: cross-sensitivity within the class.
    id: 'tetracyclines',
    words: [
      'tetracycline*',
      'doxycycline',
      'lymecycline',
      'minocycline',
      'oxytetracycline',
      'tigecycline',
      'demeclocycline',
    ],
    allergyCodes: [],
  },
  {
    // MHRA 2024 (fluoroquinolones: disabling reactions): do not use again in anyone who has reacted to any of them.
    id: 'quinolones',
    words: [
      'quinolone*',
      'fluoroquinolone*',
      'ciprofloxacin',
      'levofloxacin',
      'moxifloxacin',
      'ofloxacin',
      'delafloxacin',
    ],
    allergyCodes: [],
  },
  {
    // BNF Aminoglycosides: cross-sensitivity and shared ototoxicity.
    id: 'aminoglycosides',
    words: ['aminoglycoside*', 'gentamicin', 'tobramycin', 'amikacin', 'neomycin', 'streptomycin'],
    allergyCodes: [],
  },
  {
    // BNF NSAIDs: contra-indicated after asthma, angioedema, urticaria or rhinitis from aspirin or any other NSAID.
    id: 'nsaids-and-aspirin',
    words: [
      'nsaid*',
      'non-steroidal*',
      'nonsteroidal*',
      'aspirin',
      'acetylsalicylic',
      'salicylate*',
      'ibuprofen',
      'naproxen',
      'diclofenac',
      'indometacin',
      'indomethacin',
      'ketoprofen',
      'mefenamic',
      'meloxicam',
      'celecoxib',
      'etoricoxib',
      'piroxicam',
      'ketorolac',
      'parecoxib',
      'nabumetone',
      'etodolac',
      'flurbiprofen',
      'dexketoprofen',
      'tiaprofenic',
      'arthrotec',
      'nurofen',
      'voltarol',
    ],
    allergyCodes: ['293586001', '387458008'],
  },
  {
    // BNF ACE inhibitors: contra-indicated after angioedema from any of them (also sacubitril with one).
    id: 'ace-inhibitors',
    words: [
      'ace inhibitor*',
      'angiotensin-converting*',
      'angiotensin converting*',
      'ramipril',
      'lisinopril',
      'enalapril',
      'perindopril',
      'captopril',
      'fosinopril',
      'quinapril',
      'trandolapril',
      'imidapril',
    ],
    allergyCodes: [],
  },
  {
    // BNF Statins: a reaction such as myopathy is to be known before another is started.
    id: 'statins',
    words: ['statin', 'statins', 'simvastatin', 'atorvastatin', 'pravastatin', 'rosuvastatin', 'fluvastatin'],
    allergyCodes: [],
  },
  {
    // BNF Opioids: codeine is turned into morphine; diamorphine and the phenanthrenes cross-react.
    id: 'codeine-and-morphine',
    words: [
      'opioid*',
      'opiate*',
      'codeine',
      'co-codamol',
      'morphine',
      'diamorphine',
      'dihydrocodeine',
      'co-dydramol',
      'oxycodone',
      'oramorph',
      'zomorph',
      'mst',
      'oxycontin',
      'oxynorm',
      'longtec',
      'hydromorphone',
      'solpadol',
      'zapain',
    ],
    allergyCodes: [],
  },
  {
    // Paracetamol hides in combination products.
    id: 'paracetamol',
    words: ['paracetamol', 'acetaminophen', 'co-codamol', 'co-dydramol', 'solpadol', 'zapain', 'tramacet'],
    allergyCodes: [],
  },
  {
    // BNF Antiepileptics: cross-sensitivity among carbamazepine, oxcarbazepine, phenytoin, phenobarbital, primidone, lamotrigine.
    id: 'aromatic-antiepileptics',
    words: [
      'carbamazepine',
      'oxcarbazepine',
      'eslicarbazepine',
      'phenytoin',
      'phenobarbital',
      'primidone',
      'lamotrigine',
      'tegretol',
      'epanutin',
      'fosphenytoin',
      'lamictal',
    ],
    allergyCodes: [],
  },
  {
    // BNF Heparins: after heparin-induced thrombocytopenia neither unfractionated nor low molecular weight heparin.
    id: 'heparins',
    words: ['heparin*', 'enoxaparin', 'dalteparin', 'tinzaparin', 'bemiparin', 'clexane', 'fragmin', 'inhixa'],
    allergyCodes: [],
  },
  {
    // BNF Local anaesthetics, amide type: cross-sensitivity within the type.
    id: 'amide-local-anaesthetics',
    words: [
      'lidocaine',
      'lignocaine',
      'bupivacaine',
      'levobupivacaine',
      'prilocaine',
      'mepivacaine',
      'ropivacaine',
      'articaine',
      'emla',
      'instillagel',
    ],
    allergyCodes: [],
  },
  {
    // BNF Beta blockers: an intolerance such as bronchospasm is to the class.
    id: 'beta-blockers',
    words: [
      'beta blocker*',
      'beta-blocker*',
      'beta-adrenoceptor*',
      'propranolol',
      'atenolol',
      'bisoprolol',
      'metoprolol',
      'carvedilol',
      'nebivolol',
      'sotalol',
      'labetalol',
      'timolol',
      'nadolol',
    ],
    allergyCodes: [],
  },
  {
    // BNF Nitroimidazoles.
    id: 'nitroimidazoles',
    words: ['metronidazole', 'tinidazole', 'nitroimidazole*', 'flagyl'],
    allergyCodes: [],
  },
];
