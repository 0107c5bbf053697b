import { describe, expect, it } from 'vitest';
import { DRUG_CLASSES } from '../../src/record/drug-classes.ts';
import { SNOMED } from '../../src/record/fhir/coding.ts';
import { splitName } from '../../src/record/fhir/medicine.ts';
import { isClass, substancesOfAllergy, substancesOfMedicine } from '../../src/record/substances.ts';

/** Classes that an allergy, as recorded, and a product, as prescribed, have in common. */
function met(allergy: string, product: string): readonly string[] {
  const taken = substancesOfMedicine({ title: product, ...splitName(product) });
  return [...substancesOfAllergy({ title: allergy })].filter((substance) => isClass(substance) && taken.has(substance));
}

type Row = readonly [id: string, allergies: readonly string[], products: readonly string[]];
const ROWS: readonly Row[] = [
  [
    'penicillins',
    ['Penicillin', 'Penicillins', 'Penicillin V', 'Beta-lactam antibacterial', 'Amoxicillin - rash', 'Augmentin'],
    [
      'Phenoxymethylpenicillin 250mg tablets',
      'Benzylpenicillin 600mg powder for solution for injection vials',
      'Amoxicillin 500mg capsules',
      'Amoxycillin 250mg/5ml oral suspension',
      'Ampicillin 500mg capsules',
      'Flucloxacillin 500mg capsules',
      'Co-amoxiclav 500mg/125mg tablets',
      'Co-fluampicil 250mg/250mg capsules',
      'Piperacillin 4g / Tazobactam 500mg powder for solution for infusion vials',
      'Pivmecillinam 200mg tablets',
      'Temocillin 1g powder for solution for injection vials',
      'Augmentin 625mg tablets',
      'Tazocin 4g/0.5g powder for solution for infusion vials',
      'Ticarcillin 3g / Clavulanic acid 200mg powder for solution for infusion vials',
      'Dicloxacillin 250 MG Oral Capsule',
    ],
  ],
  [
    'cephalosporins',
    ['Cephalosporins', 'Cefalosporin', 'Allergy to cefalexin', 'Beta lactam antibiotics'],
    [
      'Cefalexin 500mg capsules',
      'Cephalexin 500mg capsules',
      'Cefuroxime 250mg tablets',
      'Ceftriaxone 1g powder for solution for injection vials',
      'Cefotaxime 1g powder for solution for injection vials',
      'Ceftazidime 2g powder for solution for injection vials',
      'Cefaclor 250mg capsules',
      'Cefradine 500mg capsules',
      'Cephradine 500mg capsules',
      'Cefixime 200mg tablets',
      'Cefadroxil 500mg capsules',
      'Cefepime 1g powder for solution for injection vials',
      'Ceftaroline fosamil 600mg powder for solution for infusion vials',
      'Ceftolozane 1g / Tazobactam 500mg powder for solution for infusion vials',
      'Cefiderocol 1g powder for solution for infusion vials',
      'Cefazolin 1g powder for solution for injection vials',
    ],
  ],
  [
    'sulfonamide-antibacterials',
    ['Sulfonamide', 'Sulphonamides', 'Sulfa drugs', 'Sulpha', 'Septrin'],
    [
      'Co-trimoxazole 80mg/400mg tablets',
      'Septrin 80mg/400mg tablets',
      'Sulfamethoxazole 400 MG / Trimethoprim 80 MG Oral Tablet',
      'Sulfadiazine 500mg tablets',
      'Flamazine 1% cream',
      'Sulfasalazine 500mg tablets',
      'Sulphasalazine 500mg tablets',
      'Salazopyrin 500mg tablets',
    ],
  ],
  [
    'trimethoprim',
    ['Trimethoprim'],
    ['Trimethoprim 200mg tablets', 'Co-trimoxazole 80mg/400mg tablets', 'Septrin tablets'],
  ],
  [
    'macrolides',
    ['Macrolide antibacterial', 'Macrolides', 'Erythromycin'],
    [
      'Erythromycin 250mg gastro-resistant tablets',
      'Clarithromycin 500mg tablets',
      'Azithromycin 250mg capsules',
      'Spiramycin 1.5 million units tablets',
      'Telithromycin 400mg tablets',
      'Klaricid 500mg tablets',
    ],
  ],
  [
    'tetracyclines',
    ['Tetracyclines', 'Doxycycline'],
    [
      'Tetracycline 250mg tablets',
      'Doxycycline 100mg capsules',
      'Lymecycline 408mg capsules',
      'Minocycline 100mg modified-release capsules',
      'Oxytetracycline 250mg tablets',
      'Tigecycline 50mg powder for solution for infusion vials',
      'Demeclocycline 150mg capsules',
      'Tetralysal 300 capsules',
    ],
  ],
  [
    'quinolones',
    ['Quinolone', 'Fluoroquinolones', 'Ciprofloxacin'],
    [
      'Ciprofloxacin 500mg tablets',
      'Levofloxacin 500mg tablets',
      'Moxifloxacin 400mg tablets',
      'Ofloxacin 400mg tablets',
      'Delafloxacin 450mg tablets',
      'Norfloxacin 400 MG Oral Tablet',
    ],
  ],
  [
    'aminoglycosides',
    ['Aminoglycosides', 'Gentamicin'],
    [
      'Gentamicin 80mg/2ml solution for injection ampoules',
      'Tobramycin 300mg/5ml nebuliser liquid ampoules',
      'Amikacin 500mg/2ml solution for injection vials',
      'Neomycin 500mg tablets',
      'Streptomycin 1g powder for solution for injection vials',
    ],
  ],
  [
    'glycopeptides',
    ['Vancomycin', 'Glycopeptide'],
    ['Teicoplanin 400mg powder for solution for injection vials', 'Vancomycin 125mg capsules', 'Dalbavancin 500mg'],
  ],
  [
    'nsaids-and-aspirin',
    ['NSAIDs', 'Non-steroidal anti-inflammatory drugs', 'Nonsteroidal agent', 'Salicylates', 'Aspirin'],
    [
      'Aspirin 75mg dispersible tablets',
      'Acetylsalicylic acid 100mg tablets',
      'Choline salicylate 8.7% oromucosal gel',
      'Ibuprofen 400mg tablets',
      'Dexibuprofen 400mg tablets',
      'Naproxen 250mg tablets',
      'Diclofenac sodium 50mg gastro-resistant tablets',
      'Aceclofenac 100mg tablets',
      'Indometacin 25mg capsules',
      'Indomethacin 25mg capsules',
      'Ketoprofen 100mg capsules',
      'Mefenamic acid 500mg tablets',
      'Tolfenamic acid 200mg tablets',
      'Meloxicam 7.5mg tablets',
      'Tenoxicam 20mg tablets',
      'Celecoxib 100mg capsules',
      'Etoricoxib 60mg tablets',
      'Piroxicam 20mg capsules',
      'Ketorolac 30mg/1ml solution for injection ampoules',
      'Parecoxib 40mg powder for solution for injection vials',
      'Nabumetone 500mg tablets',
      'Etodolac 600mg modified-release tablets',
      'Flurbiprofen 100mg tablets',
      'Dexketoprofen 25mg tablets',
      'Tiaprofenic acid 300mg tablets',
      'Sulindac 100mg tablets',
      'Arthrotec 50 gastro-resistant tablets',
      'Nurofen 200mg tablets',
      'Voltarol 50mg tablets',
      'Brufen 400mg tablets',
      'Ponstan 250mg capsules',
      'Disprin 300mg tablets',
      'Nu-Seals 75 gastro-resistant tablets',
      'Co-codaprin 8mg/400mg dispersible tablets',
    ],
  ],
  [
    'ace-inhibitors',
    [
      'ACE inhibitors',
      'Angiotensin-converting enzyme inhibitor',
      'Angiotensin converting enzyme inhibitor - angioedema',
      'Lisinopril',
    ],
    [
      'Ramipril 5mg capsules',
      'Lisinopril 10mg tablets',
      'Enalapril 20mg tablets',
      'Perindopril erbumine 4mg tablets',
      'Captopril 25mg tablets',
      'Fosinopril 10mg tablets',
      'Quinapril 10mg tablets',
      'Trandolapril 2mg capsules',
      'Imidapril 5mg tablets',
      'Sacubitril 24mg / Valsartan 26mg tablets',
      'Entresto 24mg/26mg tablets',
    ],
  ],
  [
    'statins',
    ['Statins', 'Statin', 'Simvastatin'],
    [
      'Simvastatin 40mg tablets',
      'Atorvastatin 20mg tablets',
      'Pravastatin 40mg tablets',
      'Rosuvastatin 10mg tablets',
      'Fluvastatin 80mg modified-release tablets',
      'Crestor 10mg tablets',
      'Inegy 10mg/20mg tablets',
    ],
  ],
  [
    'codeine-and-morphine',
    ['Opioids', 'Opiates', 'Codeine phosphate', 'Morphine'],
    [
      'Codeine 30mg tablets',
      'Co-codamol 30mg/500mg tablets',
      'Co-codaprin 8mg/400mg dispersible tablets',
      'Morphine sulfate 10mg modified-release tablets',
      'Diamorphine 5mg powder for solution for injection ampoules',
      'Dihydrocodeine 30mg tablets',
      'Co-dydramol 10mg/500mg tablets',
      'Oxycodone 5mg capsules',
      'Oramorph 10mg/5ml oral solution',
      'Sevredol 10mg tablets',
      'Zomorph 10mg modified-release capsules',
      'MST Continus 10mg tablets',
      'OxyContin 10mg modified-release tablets',
      'OxyNorm 5mg capsules',
      'Shortec 5mg capsules',
      'Longtec 10mg modified-release tablets',
      'Hydromorphone 1.3mg capsules',
      'Solpadol 30mg/500mg caplets',
      'Zapain 30mg/500mg tablets',
      'Buprenorphine 5micrograms/hour transdermal patches',
      'BuTrans 5micrograms/hour transdermal patches',
    ],
  ],
  [
    'fentanyls',
    ['Opioid analgesic', 'Opiate', 'Fentanyl'],
    [
      'Fentanyl 12micrograms/hour transdermal patches',
      'Alfentanil 1mg/2ml solution for injection ampoules',
      'Remifentanil 1mg powder for solution for injection vials',
      'Pethidine 50mg/1ml solution for injection ampoules',
      'Durogesic DTrans 25micrograms transdermal patches',
      'Matrifen 12micrograms/hour transdermal patches',
    ],
  ],
  [
    'tramadol-and-tapentadol',
    ['Opioid', 'Opiates', 'Tramadol'],
    ['Tramadol 50mg capsules', 'Tapentadol 50mg tablets', 'Zydol 50mg capsules', 'Tramacet 37.5mg/325mg tablets'],
  ],
  ['methadone', ['Opioids', 'Opiates', 'Methadone'], ['Methadone 1mg/ml oral solution', 'Physeptone 5mg tablets']],
  [
    'paracetamol',
    ['Paracetamol', 'Acetaminophen'],
    [
      'Paracetamol 500mg tablets',
      'Acetaminophen 325 MG Oral Tablet',
      'Co-codamol 30mg/500mg tablets',
      'Co-dydramol 10mg/500mg tablets',
      'Solpadol 30mg/500mg caplets',
      'Zapain 30mg/500mg tablets',
      'Tramacet 37.5mg/325mg tablets',
      'Calpol 120mg/5ml oral suspension',
    ],
  ],
  [
    'aromatic-antiepileptics',
    ['Carbamazepine', 'Phenytoin'],
    [
      'Carbamazepine 200mg tablets',
      'Oxcarbazepine 300mg tablets',
      'Eslicarbazepine 800mg tablets',
      'Phenytoin sodium 100mg capsules',
      'Phenobarbital 30mg tablets',
      'Primidone 250mg tablets',
      'Lamotrigine 100mg tablets',
      'Tegretol 200mg tablets',
      'Epanutin 100mg capsules',
      'Fosphenytoin 750mg/10ml solution for injection vials',
      'Lamictal 100mg tablets',
    ],
  ],
  [
    'heparins',
    ['Heparin', 'Low molecular weight heparins', 'Heparin-induced thrombocytopenia'],
    [
      'Heparin sodium 5,000units/5ml solution for injection vials',
      'Enoxaparin sodium 40mg/0.4ml solution for injection pre-filled syringes',
      'Dalteparin sodium 5,000units/0.2ml solution for injection pre-filled syringes',
      'Tinzaparin sodium 4,500units/0.45ml solution for injection pre-filled syringes',
      'Bemiparin sodium 3,500units/0.2ml solution for injection pre-filled syringes',
      'Clexane 40mg/0.4ml solution for injection pre-filled syringes',
      'Fragmin 5,000units/0.2ml solution for injection pre-filled syringes',
      'Inhixa 40mg/0.4ml solution for injection pre-filled syringes',
    ],
  ],
  [
    'amide-local-anaesthetics',
    ['Local anaesthetics', 'Local anesthetic', 'Lidocaine'],
    [
      'Lidocaine 5% medicated plasters',
      'Lignocaine 1% injection',
      'Bupivacaine 0.5% solution for injection ampoules',
      'Levobupivacaine 50mg/10ml solution for injection ampoules',
      'Prilocaine 1% solution for injection vials',
      'Mepivacaine 3% solution for injection cartridges',
      'Ropivacaine 20mg/10ml solution for injection ampoules',
      'Articaine 4% solution for injection cartridges',
      'EMLA 5% cream',
      'Instillagel gel',
    ],
  ],
  [
    'beta-blockers',
    ['Beta blockers', 'Beta-blocker', 'Beta-adrenoceptor blocking drug', 'Propranolol - bronchospasm'],
    [
      'Propranolol 40mg tablets',
      'Atenolol 50mg tablets',
      'Bisoprolol 5mg tablets',
      'Metoprolol tartrate 50mg tablets',
      'Carvedilol 6.25mg tablets',
      'Nebivolol 5mg tablets',
      'Sotalol 80mg tablets',
      'Labetalol 100mg tablets',
      'Timolol 0.25% eye drops',
      'Nadolol 80mg tablets',
      'Betaxolol 0.5% eye drops',
      'Cosopt eye drops',
    ],
  ],
  [
    'nitroimidazoles',
    ['Metronidazole', 'Nitroimidazoles'],
    ['Metronidazole 400mg tablets', 'Tinidazole 500mg tablets', 'Flagyl 400mg tablets'],
  ],
];

describe('an allergy is held against every product of its class', () => {
  it.each(
    ROWS.flatMap(
      ([id, [first = '', ...allergies], [product = '', ...products]]): (readonly [string, string, string])[] => [
        [first, product, id],
        ...allergies.map((allergy) => [allergy, product, id] as const),
        ...products.map((other) => [first, other, id] as const),
      ],
    ),
  )('%s against %s', (allergy, product, id) => {
    expect(met(allergy, product)).toContain(`class:${id}`);
  });

  it('is tried for every class there is', () => {
    expect(ROWS.map(([id]) => id)).toEqual(Object.keys(DRUG_CLASSES));
  });

  it.each([
    ['91936005', 'penicillins', 'Allergy to penicillin'],
    ['764146007', 'penicillins', 'Penicillin structure (substance)'],
    ['373270004', 'penicillins', 'Penicillin class (substance)'],
    ['292954005', 'penicillins', 'Adverse reaction to penicillin'],
    ['294505008', 'penicillins', 'Allergy to amoxicillin'],
    ['372687004', 'penicillins', 'Amoxicillin (substance)'],
    ['372694001', 'macrolides', 'Erythromycin (substance)'],
    ['293584003', 'paracetamol', 'Allergy to paracetamol'],
    ['387517004', 'paracetamol', 'Paracetamol (substance)'],
    ['294532003', 'cephalosporins', 'Allergy to cephalosporin'],
    ['91939003', 'sulfonamide-antibacterials', 'Allergy to sulfonamide'],
    ['91931000', 'macrolides', 'Allergy to erythromycin'],
    ['293586001', 'nsaids-and-aspirin', 'Allergy to aspirin'],
    ['387458008', 'nsaids-and-aspirin', 'Aspirin (substance)'],
  ])('by the code %s alone, of %s: %s', (code, id) => {
    const coded = { text: 'Alergia', codings: [{ system: SNOMED, code }] };
    expect([...substancesOfAllergy({ title: 'Alergia', code: coded })].filter(isClass)).toEqual([`class:${id}`]);
  });
});

describe('an allergy is not held against', () => {
  it.each([
    ['Penicillin', 'Penicillamine 250mg tablets'],
    ['Penicillin', 'Cefalexin 500mg capsules'],
    ['Statins', 'Nystatin 100,000units/ml oral suspension'],
    ['Morphine', 'Fentanyl 12micrograms/hour transdermal patches'],
    ['Tramadol', 'Methadone 1mg/ml oral solution'],
    ['Codeine', 'Naloxone 400micrograms/1ml solution for injection ampoules'],
    ['NSAIDs', 'Paracetamol 500mg tablets'],
    ['NSAIDs', 'Baclofen 10mg tablets'],
    ['Erythromycin', 'Clindamycin 150mg capsules'],
    ['Gentamicin', 'Erythromycin 250mg tablets'],
    ['ACE inhibitors', 'Losartan 50mg tablets'],
    ['ACE inhibitors', 'Valsartan 80mg capsules'],
    ['Lidocaine', 'Amethocaine 4% gel'],
    ['Metronidazole', 'Fluconazole 150mg capsules'],
    ['Beta blockers', 'Salbutamol 100micrograms/dose inhaler'],
    ['Sulfonamide', 'Magnesium sulfate 50% solution for injection ampoules'],
    ['Carbamazepine', 'Levetiracetam 500mg tablets'],
    ['Vancomycin', 'Gentamicin 80mg/2ml solution for injection ampoules'],
  ])('what is of another class: %s against %s', (allergy, product) => {
    expect(met(allergy, product)).toEqual([]);
  });
});
