import { describe, expect, it } from 'vitest';
import { splitName } from '../../src/record/fhir/medicine.ts';
import { medicineNames } from '../../src/record/product-name.ts';
import { dosageDetails } from '../../src/record/sections/dosage-key.ts';

const SNOMED = 'http://snomed.info/sct';
const product = (title: string, code?: string): readonly string[] => {
  const codings = code === undefined ? [] : [{ system: SNOMED, code }];
  return medicineNames({ title, ...splitName(title), code: { text: title, codings } }).map(({ name }) => name);
};

describe('a product is the same by the name of dm+d and by', () => {
  it.each<[name: string, ...others: string[]]>([
    ['Amlodipine 5mg tablets', 'Istin 5mg tablets', 'Amlodipine besilate 5mg tablets'],
    ['Amoxicillin 500mg capsules', 'Amoxycillin 500mg capsules', 'Amoxicillin trihydrate 500mg capsules'],
    ['Apixaban 5mg tablets', 'Eliquis 5mg tablets'],
    ['Aspirin 300mg tablets', 'Acetylsalicylic acid 300mg tablets'],
    ['Atorvastatin 20mg tablets', 'Lipitor 20mg tablets', 'Atorvastatin calcium 20mg tablets'],
    ['Atorvastatin 10mg tablets', 'Atorvastatin calcium trihydrate 10mg tablets'],
    ['Bisoprolol 5mg tablets', 'Cardicor 5mg tablets', 'Bisoprolol fumarate 5mg tablets'],
    ['Ciclosporin 25mg capsules', 'Cyclosporin 25mg capsules'],
    ['Citalopram 20mg tablets', 'Cipramil 20mg tablets', 'Citalopram hydrobromide 20mg tablets'],
    ['Colecalciferol 800unit capsules', 'Cholecalciferol 800unit capsules'],
    ['Dabigatran 110mg capsules', 'Dabigatran etexilate 110mg capsules', 'Pradaxa 110mg capsules'],
    ['Dapagliflozin 10mg tablets', 'Forxiga 10mg tablets', 'Dapagliflozin propanediol monohydrate 10mg tablets'],
    ['Donepezil 10mg tablets', 'Aricept 10mg tablets', 'Donepezil hydrochloride 10mg tablets'],
    ['Doxycycline 100mg capsules', 'Vibramycin 100mg capsules', 'Doxycycline hyclate 100mg capsules'],
    ['Doxycycline 50mg capsules', 'Doxycycline monohydrate 50mg capsules'],
    ['Edoxaban 60mg tablets', 'Lixiana 60mg tablets'],
    ['Flucloxacillin 500mg capsules', 'Flucloxacillin sodium 500mg capsules'],
    ['Furosemide 40mg tablets', 'Frusemide 40mg tablets'],
    ['Gliclazide 80mg tablets', 'Diamicron 80mg tablets'],
    ['Indometacin 25mg capsules', 'Indomethacin 25mg capsules'],
    ['Levothyroxine 50microgram tablets', 'Levothyroxine sodium 50microgram tablets', 'Thyroxine 50microgram tablets'],
    ['Linagliptin 5mg tablets', 'Trajenta 5mg tablets'],
    ['Lisinopril 10mg tablets', 'Zestril 10mg tablets', 'Lisinopril dihydrate 10mg tablets'],
    ['Metformin 500mg tablets', 'Glucophage 500mg tablets', 'Metformin hydrochloride 500mg tablets'],
    ['Naproxen 250mg tablets', 'Naprosyn 250mg tablets'],
    ['Omeprazole 20mg gastro-resistant capsules', 'Losec 20mg gastro-resistant capsules'],
    ['Paracetamol 500mg tablets', 'Panadol 500mg tablets', 'Acetaminophen 500mg tablets'],
    ['Ramipril 5mg capsules', 'Tritace 5mg capsules'],
    ['Rivaroxaban 20mg tablets', 'Xarelto 20mg tablets'],
    ['Salbutamol 2mg tablets', 'Albuterol 2mg tablets', 'Salbutamol sulfate 2mg tablets'],
    ['Sertraline 50mg tablets', 'Lustral 50mg tablets', 'Sertraline hydrochloride 50mg tablets'],
    ['Simvastatin 40mg tablets', 'Zocor 40mg tablets'],
    ['Spironolactone 25mg tablets', 'Aldactone 25mg tablets'],
    ['Warfarin 3mg tablets', 'Marevan 3mg tablets', 'Warfarin sodium 3mg tablets'],
  ])('another name of %s', (name, ...others) => {
    for (const other of others) expect(product(other)).toEqual(product(name));
  });

  it.each([
    ['318901006', 'Ramipril 2.5mg capsules'],
    ['318902004', 'Ramipril 5mg capsules'],
    ['318906001', 'Ramipril 10mg capsules'],
    ['319283006', 'Amlodipine 5mg tablets'],
    ['319773006', 'Aspirin 75mg dispersible tablets'],
    ['318590006', 'Bisoprolol 5mg tablets'],
    ['317972000', 'Furosemide 40mg tablets'],
    ['325278007', 'Metformin 500mg tablets'],
    ['322236009', 'Paracetamol 500mg tablets'],
    ['318056008', 'Spironolactone 25mg tablets'],
    ['42206511000001102', 'Apixaban 5mg tablets'],
  ])('the code %s alone: %s', (code, name) => {
    expect(product('As coded', code)).toEqual(product(name));
  });

  it.each<[name: string, ...forms: string[]]>([
    ['Ramipril 5mg tablet', 'tablets', 'tab', 'tabs', 'oral tablet', 'oral tablets'],
    ['Ramipril 5mg tablet', 'film-coated tablet', 'film-coated tablets'],
    ['Ramipril 5mg capsule', 'capsules', 'cap', 'caps', 'oral capsule', 'oral capsules'],
    ['Aspirin 75mg dispersible tablet', 'dispersible tablets', 'dispersible tab'],
    ['Metformin 500mg modified-release tablet', 'modified-release tablets', 'modified release tablets', 'm/r tablets'],
    ['Metformin 500mg modified-release tablet', 'modified release tablet', 'mr tablets'],
    ['Metformin 500mg modified-release tablet', 'prolonged-release tablet', 'prolonged-release tablets'],
    ['Tolterodine 4mg modified-release capsule', 'modified-release capsules', 'modified release capsules'],
    ['Tolterodine 4mg modified-release capsule', 'modified release capsule', 'm/r capsules', 'mr capsules'],
    ['Tolterodine 4mg modified-release capsule', 'prolonged-release capsule', 'prolonged-release capsules'],
    ['Naproxen 250mg gastro-resistant tablet', 'gastro-resistant tablets', 'gastroresistant tablets', 'e/c tablets'],
    ['Naproxen 250mg gastro-resistant tablet', 'ec tablets', 'enteric-coated tablets'],
    ['Omeprazole 20mg gastro-resistant capsule', 'gastro-resistant capsules', 'gastroresistant capsules'],
    ['Omeprazole 20mg gastro-resistant capsule', 'e/c capsules', 'ec capsules'],
    ['Morphine 10mg/5ml oral solution', 'oral solutions'],
    ['Salbutamol 100micrograms/dose inhaler', 'inhalers', 'inhaler cfc free', 'cfc free inhaler'],
    ['Furosemide 20mg/2ml solution for injection', 'solution for injection ampoules', 'injection'],
    ['Furosemide 20mg/2ml solution for injection', 'solution for injection ampoule'],
    ['Hydrocortisone 10mg cream', 'creams'],
    ['Hydrocortisone 10mg ointment', 'ointments'],
  ])('another form of %s', (name, ...forms) => {
    const [, start = '', form = ''] = /^(\S+ \S+) (.*)$/.exec(name) ?? [];
    for (const other of forms) {
      expect(product(`${start} ${other}`)).toEqual(product(`${start} ${form}`));
      // A form that stands before the strength is known by the same words.
      const [substance = '', strength = ''] = start.split(' ');
      expect(product(`${substance} ${other} ${strength}`)).toEqual(product(name));
    }
  });

  it('a form that changes how it works is another product', () => {
    const forms = [
      'tablet',
      'capsule',
      'dispersible tablet',
      'modified-release tablet',
      'modified-release capsule',
      'gastro-resistant tablet',
      'gastro-resistant capsule',
      'oral solution',
      'inhaler',
      'solution for injection',
      'cream',
      'ointment',
    ];
    expect(new Set(forms.flatMap((form) => product(`Aspirin 75mg ${form}`))).size).toBe(forms.length);
  });
});

describe('a way of giving a medicine is the same by its code and by the words', () => {
  it.each<[code: string, ...words: string[]]>([
    ['26643006', 'Oral', 'By mouth', 'PO', 'Oral route', 'Orally'],
    ['34206005', 'Subcutaneous', 'SC', 'S/C', 'Subcutaneous route'],
    ['47625008', 'Intravenous', 'IV', 'Intravenous route'],
    ['78421000', 'Intramuscular', 'IM', 'Intramuscular route'],
    ['18679011000001101', 'Inhalation', 'Inhaled', 'Inh'],
    ['6064005', 'Topical', 'Topical route'],
    ['37839007', 'Sublingual', 'SL', 'Sublingual route'],
    ['37161004', 'Rectal', 'PR', 'Rectal route'],
  ])('%s', (code, ...words) => {
    const key = (route: string, more: object = {}): unknown =>
      dosageDetails({ dosages: [{ instructions: [], timesADay: 1, route, ...more }] });
    const coded = key('As coded', { routeCode: { text: 'As coded', codings: [{ system: SNOMED, code }] } });
    for (const word of words) expect(key(word)).toEqual(coded);
    expect(key('As coded')).not.toEqual(coded);
  });
});
