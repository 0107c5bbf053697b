/**
 * Substances that count as one when an allergy is held against a medicine. Kept small on purpose: each line is a class
 * whose members a prescriber must not give, or must stop and think before giving, to somebody who reacted to another
 * member (British National Formulary, chapters and "allergy and cross-sensitivity" sections; MHRA Drug Safety Update).
 * A miss is worse than a false mention: both statements are only shown side by side, and nothing is merged or hidden.
 * It is no decision support and holds no doses. SNOMED CT codes stand only where words could fail.
 */
export type DrugClass = {
  /**
   * Words that name the class or a member of it, in an allergy as in a medicine; brands where they hide the substance.
   * Whole words in normalised text; `*` stands for the rest of a word, before or behind a stem.
   */
  readonly words: readonly string[];
  readonly allergyCodes?: readonly string[];
};

export const DRUG_CLASSES: Readonly<Record<string, DrugClass>> = {
  penicillins: {
    // BNF Penicillins: "Patients with a history of immediate hypersensitivity to penicillins should not receive a penicillin".
    words: [
      'penicillin*',
      '*cillin',
      'co-amoxiclav',
      'co-fluampicil',
      'pivmecillinam',
      'augmentin',
      'tazocin',
      'beta-lactam*',
      'beta lactam*',
    ],
    allergyCodes: ['91936005', '764146007', '373270004', '292954005', '294505008', '372687004'],
  },
  cephalosporins: {
    // BNF Cephalosporins: contra-indicated in cephalosporin hypersensitivity.
    words: ['cephalosporin*', 'cef*', 'cephalexin', 'cephradine', 'beta-lactam*', 'beta lactam*'],
    allergyCodes: ['294532003'],
  },
  'sulfonamide-antibacterials': {
    // BNF Sulfonamides: co-trimoxazole, sulfadiazine and sulfasalazine share the aryl-amine sulfonamide.
    words: [
      'sulfonamide*',
      'sulphonamide*',
      'sulfa',
      'sulpha',
      'co-trimoxazole',
      'septrin',
      'sulfamethoxazole',
      'sulfadiazine',
      'flamazine',
      'sulfasalazine',
      'sulphasalazine',
      'salazopyrin',
    ],
    allergyCodes: ['91939003'],
  },
  trimethoprim: {
    // BNF Trimethoprim: contained in co-trimoxazole.
    words: ['trimethoprim', 'co-trimoxazole', 'septrin'],
  },
  macrolides: {
    // BNF Macrolides: contra-indicated in hypersensitivity to another macrolide.
    words: ['macrolide*', '*thromycin', 'spiramycin', 'klaricid'],
    allergyCodes: ['91931000', '372694001'],
  },
  tetracyclines: {
    // BNF Tetracyclines: cross-sensitivity within the class.
    words: ['*cycline', 'tetracyclines', 'tetralysal'],
  },
  quinolones: {
    // MHRA 2024 (fluoroquinolones: disabling reactions): do not use again in anyone who has reacted to any of them.
    words: ['*quinolone*', '*floxacin'],
  },
  aminoglycosides: {
    // BNF Aminoglycosides: cross-sensitivity and shared ototoxicity.
    words: ['aminoglycoside*', 'gentamicin', 'tobramycin', 'amikacin', 'neomycin', 'streptomycin'],
  },
  glycopeptides: {
    // BNF Teicoplanin: caution after a reaction to vancomycin.
    words: ['glycopeptide*', 'vancomycin', 'teicoplanin', 'dalbavancin'],
  },
  'nsaids-and-aspirin': {
    // BNF NSAIDs: contra-indicated after asthma, angioedema, urticaria or rhinitis from aspirin or any other NSAID.
    words: [
      'nsaid*',
      'non-steroidal*',
      'nonsteroidal*',
      'aspirin',
      'acetylsalicylic',
      'salicylate*',
      '*profen',
      '*profenic',
      '*fenac',
      '*fenamic',
      '*oxicam',
      '*coxib',
      'naproxen',
      'indometacin',
      'indomethacin',
      'ketorolac',
      'nabumetone',
      'etodolac',
      'sulindac',
      'arthrotec',
      'nurofen',
      'voltarol',
      'brufen',
      'ponstan',
      'disprin',
      'nu-seals',
      'co-codaprin',
    ],
    allergyCodes: ['293586001', '387458008'],
  },
  'ace-inhibitors': {
    // BNF ACE inhibitors: contra-indicated after angioedema from any of them, as sacubitril is (Entresto).
    words: ['ace inhibitor*', 'angiotensin-converting*', 'angiotensin converting*', '*pril', 'sacubitril', 'entresto'],
  },
  statins: {
    // BNF Statins: a reaction such as myopathy is to be known before another is started.
    words: ['statin', 'statins', '*vastatin', 'crestor', 'inegy'],
  },
  'codeine-and-morphine': {
    // BNF Opioids: codeine is turned into morphine; diamorphine and the phenanthrenes cross-react.
    words: [
      'opioid*',
      'opiate*',
      'codeine',
      'co-codamol',
      'co-codaprin',
      'morphine',
      'diamorphine',
      'dihydrocodeine',
      'co-dydramol',
      'oxycodone',
      'oramorph',
      'sevredol',
      'zomorph',
      'mst',
      'oxycontin',
      'oxynorm',
      'shortec',
      'longtec',
      'hydromorphone',
      'solpadol',
      'zapain',
      'buprenorphine',
      'butrans',
    ],
  },
  fentanyls: {
    // BNF Opioids: the phenylpiperidines. Who reacted to morphine may have them; "opioids" as a whole names them too.
    words: ['opioid*', 'opiate*', '*fentanyl', '*fentanil', 'pethidine', 'durogesic', 'matrifen'],
  },
  'tramadol-and-tapentadol': {
    // BNF Opioids, as above.
    words: ['opioid*', 'opiate*', 'tramadol', 'tapentadol', 'zydol', 'tramacet'],
  },
  methadone: {
    // BNF Opioids, as above.
    words: ['opioid*', 'opiate*', 'methadone', 'physeptone'],
  },
  paracetamol: {
    // Paracetamol hides in combination products.
    words: ['paracetamol', 'acetaminophen', 'co-codamol', 'co-dydramol', 'solpadol', 'zapain', 'tramacet', 'calpol'],
    allergyCodes: ['293584003', '387517004'],
  },
  'aromatic-antiepileptics': {
    // BNF Antiepileptics: cross-sensitivity among carbamazepine, oxcarbazepine, phenytoin, phenobarbital, primidone, lamotrigine.
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
  },
  heparins: {
    // BNF Heparins: after heparin-induced thrombocytopenia neither unfractionated nor low molecular weight heparin.
    words: ['heparin*', 'enoxaparin', 'dalteparin', 'tinzaparin', 'bemiparin', 'clexane', 'fragmin', 'inhixa'],
  },
  'amide-local-anaesthetics': {
    // BNF Local anaesthetics, amide type: cross-sensitivity within the type.
    words: [
      'local anaesthetic*',
      'local anesthetic*',
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
  },
  'beta-blockers': {
    // BNF Beta blockers: an intolerance such as bronchospasm is to the class.
    words: [
      'beta blocker*',
      'beta-blocker*',
      'beta-adrenoceptor*',
      '*olol',
      'carvedilol',
      'labetalol',
      'sotalol',
      'cosopt',
    ],
  },
  nitroimidazoles: {
    // BNF Nitroimidazoles.
    words: ['*nidazole', 'nitroimidazole*', 'flagyl'],
  },
};
