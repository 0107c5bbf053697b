import { describe, expect, it } from 'vitest';
import { duplicateTherapy } from '../../src/record/sections/duplicate-therapy.ts';
import type { Fact, FactKey } from '../../src/record/fact.ts';
import type { MedicationEntry } from '../../src/record/sections/medications.ts';
import { mustNotBeSwapped, THERAPY_CLASSES } from '../../src/record/therapy-classes.ts';
import { medicine } from '../support/conflicts.ts';
import { entryFrom } from '../support/record.ts';

/** As dm+d, hospital systems and American records write them: salts, esters, forms and brands as they come. */
const TAKEN: readonly (readonly [beside: string, ...names: readonly string[]])[] = [
  [
    'Losartan potassium 50mg tablets',
    'Captopril 25mg tablets',
    'Enalapril 20mg tablets',
    'Fosinopril sodium 10mg tablets',
    'Imidapril 5mg tablets',
    'Lisinopril 10 MG Oral Tablet',
    'Perindopril erbumine 4mg tablets',
    'Perindopril tosilate 5mg tablets',
    'Perindopril erbumine 4mg / Indapamide 1.25mg tablets',
    'Quinapril 10mg tablets',
    'RAMIPRIL CAPSULES 5MG',
    'Trandolapril 2mg capsules',
    'Azilsartan medoxomil 40mg tablets',
    'Candesartan cilexetil 8mg tablets',
    'Eprosartan 600mg tablets',
    'Irbesartan 150mg tablets',
    'Olmesartan medoxomil 20mg / Amlodipine 5mg tablets',
    'Telmisartan 40mg tablets',
    'Valsartan 80mg capsules',
    'Aliskiren 150mg tablets',
    'Entresto 24mg/26mg tablets',
  ],
  ['Ramipril 5mg capsules', 'Losartan 50mg tablets'],
  [
    'Paracetamol 500mg tablets',
    'Co-codamol 30mg/500mg tablets',
    'Co-dydramol 10mg/500mg tablets',
    'Kapake 30mg/500mg tablets',
    'Migraleve Pink tablets',
    'Migraleve Yellow tablets',
    'Migraleve tablets',
    'Paramol tablets',
    'Remedeine tablets',
    'Solpadol 30mg/500mg caplets',
    'Tramacet 37.5mg/325mg tablets',
    'Tylex 30mg/500mg capsules',
    'Zapain 30mg/500mg tablets',
  ],
  ['Co-codamol 8mg/500mg tablets', 'Paracetamol 250mg/5ml oral suspension'],
  [
    'Warfarin 3mg tablets',
    'Acenocoumarol 1mg tablets',
    'Phenindione 10mg tablets',
    'Apixaban 5mg tablets',
    'Dabigatran etexilate 150mg capsules',
    'Edoxaban 60mg tablets',
    'Rivaroxaban 20mg tablets',
    'Eliquis 5mg tablets',
    'Lixiana 60mg tablets',
    'Pradaxa 150mg capsules',
    'Xarelto 20mg tablets',
  ],
  ['Apixaban 5mg tablets', 'Warfarin sodium 3mg tablets', 'Marevan 3mg tablets'],
  [
    'Simvastatin 40mg tablets',
    'Atorvastatin 10mg chewable tablets sugar free',
    'Fluvastatin 80mg modified-release tablets',
    'Pravastatin 40mg tablets',
    'Rosuvastatin calcium 10mg tablets',
  ],
  ['Atorvastatin 20mg tablets', 'Simvastatin 20mg / Ezetimibe 10mg tablets'],
  [
    'Atenolol 50mg tablets',
    'Acebutolol 200mg capsules',
    'Bisoprolol fumarate 5mg tablets',
    'Carvedilol 6.25mg tablets',
    'Celiprolol 200mg tablets',
    'Labetalol 100mg tablets',
    'Metoprolol tartrate 50mg tablets',
    'Nadolol 80mg tablets',
    'Nebivolol 5mg tablets',
    'Propranolol 80mg modified-release capsules',
    'Sotalol 80mg tablets',
  ],
  ['Bisoprolol 5mg tablets', 'Atenolol 50mg tablets', 'Co-tenidone 50mg/12.5mg tablets'],
  [
    'Sertraline 50mg tablets',
    'Citalopram 40mg/ml oral drops sugar free',
    'Escitalopram oxalate 10mg tablets',
    'Fluoxetine 20mg capsules',
    'Fluvoxamine maleate 50mg tablets',
    'Paroxetine 20mg tablets',
  ],
  ['Citalopram 20mg tablets', 'Sertraline 50mg tablets'],
  [
    'Lansoprazole 15mg gastro-resistant capsules',
    'Esomeprazole magnesium 20mg gastro-resistant tablets',
    'Omeprazole 20mg gastro-resistant capsules',
    'Pantoprazole 40mg gastro-resistant tablets',
    'Rabeprazole sodium 20mg gastro-resistant tablets',
  ],
  ['Omeprazole 20mg gastro-resistant capsules', 'Lansoprazole 15mg orodispersible tablets'],
  [
    'Ibuprofen 400mg tablets',
    'Celecoxib 100mg capsules',
    'Diclofenac sodium 50mg / Misoprostol 200microgram gastro-resistant tablets',
    'Etodolac 600mg modified-release tablets',
    'Etoricoxib 60mg tablets',
    'Indometacin 25mg capsules',
    'Indomethacin 25mg capsules',
    'Ketoprofen 100mg capsules',
    'Mefenamic acid 500mg tablets',
    'Meloxicam 7.5mg tablets',
    'Nabumetone 500mg tablets',
    'Naproxen 500mg tablets',
    'Piroxicam 20mg capsules',
  ],
  ['Naproxen 250mg tablets', 'Ibuprofen lysine 342mg tablets'],
  [
    'Linagliptin 5mg tablets',
    'Alogliptin 25mg tablets',
    'Saxagliptin 5mg tablets',
    'Sitagliptin 50mg / Metformin 1g tablets',
    'Vildagliptin 50mg tablets',
    'Dulaglutide 1.5mg/0.5ml solution for injection pre-filled disposable devices',
    'Exenatide 2mg powder and solvent for prolonged-release suspension for injection pre-filled disposable devices',
    'Liraglutide 6mg/ml solution for injection 3ml pre-filled disposable devices',
    'Lixisenatide 20micrograms/0.2ml solution for injection 3ml pre-filled disposable devices',
    'Semaglutide 7mg tablets',
    'Tirzepatide 5mg/0.5ml solution for injection pre-filled disposable devices',
    'Ozempic 0.5mg/0.37ml solution for injection 1.5ml pre-filled pens',
    'Rybelsus 7mg tablets',
    'Victoza 6mg/ml solution for injection 3ml pre-filled pens',
    'Trulicity 1.5mg/0.5ml solution for injection pre-filled pens',
    'Mounjaro 5mg/0.5ml solution for injection pre-filled pens',
  ],
  ['Sitagliptin phosphate 100mg tablets', 'Linagliptin 5mg tablets'],
  [
    'Empagliflozin 10mg tablets',
    'Canagliflozin 100mg tablets',
    'Dapagliflozin 10mg tablets',
    'Ertugliflozin 5mg tablets',
  ],
  ['Dapagliflozin 10mg tablets', 'Metformin 1g / Empagliflozin 5mg tablets'],
  [
    'Gliclazide 80mg tablets',
    'Glibenclamide 5mg tablets',
    'Glimepiride 2mg tablets',
    'Glipizide 5mg tablets',
    'Tolbutamide 500mg tablets',
  ],
  ['Glimepiride 2mg tablets', 'Gliclazide MR 30mg tablets'],
  [
    'Amlodipine besylate 5mg tablets',
    'Felodipine 5mg modified-release tablets',
    'Lacidipine 2mg tablets',
    'Lercanidipine 10mg tablets',
    'Nicardipine 20mg capsules',
    'Nifedipine 30mg modified-release tablets',
  ],
  ['Felodipine 5mg modified-release tablets', 'Istin 5mg tablets'],
  ['Furosemide 40mg tablets', 'Bumetanide 1mg tablets', 'Torasemide 5mg tablets'],
  ['Bumetanide 1mg tablets', 'Frusemide 40mg tablets', 'Co-amilofruse 5mg/40mg tablets'],
  [
    'Tamsulosin 400microgram modified-release capsules',
    'Alfuzosin 10mg modified-release tablets',
    'Doxazosin mesilate 4mg tablets',
    'Indoramin 20mg tablets',
    'Prazosin 1mg tablets',
    'Terazosin 2mg tablets',
  ],
  ['Doxazosin 4mg tablets', 'Tamsulosin 400microgram / Dutasteride 500microgram capsules'],
  [
    'Donepezil 10mg tablets',
    'Galantamine hydrobromide 8mg modified-release capsules',
    'Rivastigmine 4.6mg/24hours transdermal patches',
  ],
  ['Rivastigmine 3mg capsules', 'Aricept 10mg tablets'],
  [
    'Tacrolimus 1mg capsules',
    'Prograf 1mg capsules',
    'Advagraf 1mg modified-release capsules',
    'Adoport 1mg capsules',
    'Dailiport 1mg modified-release capsules',
    'Envarsus 1mg modified-release tablets',
    'Modigraf 0.2mg granules sachets',
  ],
  ['Prograf 1mg capsules', 'Tacrolimus 1mg capsules'],
  [
    'Ciclosporin 25mg capsules',
    'Neoral 25mg capsules',
    'Sandimmun 50mg/1ml solution for infusion ampoules',
    'Capimune 25mg capsules',
    'Capsorin 25mg capsules',
    'Deximune 25mg capsules',
    'Vanquoral 25mg capsules',
  ],
  ['Neoral 25mg capsules', 'Ciclosporin 25mg capsules', 'Cyclosporin 25mg capsules'],
  [
    'Lithium carbonate 250mg tablets',
    'Lithium citrate 520mg/5ml oral solution',
    'Priadel 400mg modified-release tablets',
    'Camcolit 400 modified-release tablets',
    'Liskonum 450mg modified-release tablets',
    'Li-Liquid 509mg/5ml oral solution',
  ],
  ['Priadel 400mg modified-release tablets', 'Lithium carbonate 400mg modified-release tablets', 'Lithium'],
];

const taken = (name: string): Fact<MedicationEntry> => ({
  key: `medications:${name}` as FactKey,
  section: 'medications',
  entries: [entryFrom<MedicationEntry>(medicine(name, 'As directed'))],
});
const seen = (one: string, other: string): number => duplicateTherapy([taken(one), taken(other)]).length;

describe('two medicines are of one class', () => {
  it.each(TAKEN.flatMap(([beside, ...names]) => names.map((name) => [beside, name] as const)))(
    'where one is %s and the other %s',
    (beside, name) => {
      expect(seen(beside, name)).toBe(1);
    },
  );
});

describe('two medicines are of no one class', () => {
  it.each([
    ['Aspirin 75mg dispersible tablets', 'Clopidogrel 75mg tablets'],
    ['Morphine 10mg modified-release tablets', 'Oramorph 10mg/5ml oral solution'],
    ['Insulin glargine 100units/ml solution for injection', 'Insulin aspart 100units/ml solution for injection'],
    ['Furosemide 40mg tablets', 'Spironolactone 25mg tablets'],
    ['Gliclazide 80mg tablets', 'Metformin 500mg tablets'],
    ['Xarelto 20mg tablets', 'Rivaroxaban 20mg tablets'],
    ['Marevan 1mg tablets', 'Warfarin 3mg tablets'],
    ['Dabigatran 110mg capsules', 'Pradaxa 150mg capsules'],
    ['Ibuprofen 200mg medicated plasters', 'Naproxen 250mg tablets'],
  ])('where one is %s and the other %s', (one, other) => {
    expect(seen(one, other)).toBe(0);
  });
});

describe('a class', () => {
  it('says who says that one medicine of it at a time is the rule', () => {
    for (const { moieties, source } of Object.values(THERAPY_CLASSES)) {
      expect(moieties.length).toBeGreaterThan(1);
      expect(source).toMatch(/MHRA|BNF|NICE/);
    }
  });

  it('is of one substance whose products must not be swapped only for tacrolimus, ciclosporin and lithium', () => {
    for (const [, ...names] of TAKEN) {
      for (const name of names) {
        const substance = (name.split(' ')[0] ?? '').toLowerCase();
        const kept =
          /^(?:tacrolimus|prograf|advagraf|adoport|dailiport|envarsus|modigraf|ciclosporin|neoral|sandimmun|capimune|capsorin|deximune|vanquoral|lithium|priadel|camcolit|liskonum|li-liquid)$/;
        expect([name, mustNotBeSwapped(substance)]).toEqual([name, kept.test(substance)]);
      }
    }
  });
});
