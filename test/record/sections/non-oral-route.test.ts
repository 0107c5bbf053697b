import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../../src/record/build-record.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { nonOralRoutes } from '../../../src/record/sections/non-oral-route.ts';
import { aPatient, aSource, entriesFrom } from '../../support/record.ts';

const medicine = (name: string, route?: string, text = 'One daily'): Resource => ({
  resourceType: 'MedicationRequest',
  id: '1',
  status: 'active',
  intent: 'order',
  medicationCodeableConcept: { text: name },
  dosageInstruction: [{ text, ...(route !== undefined && { route: { text: route } }) }],
});

/** How many lines two organisations' records make. */
function lines(here: Resource, there: Resource): number {
  const sources = { gp: here, hospital: there };
  const record = buildRecord({
    patient: aPatient(),
    sources: Object.keys(sources).map((id) => aSource(id)),
    statuses: new Map(),
    entries: Object.entries(sources).flatMap(([source, resource]) => entriesFrom(source, resource)),
    unread: [],
    nowMs: Date.UTC(2026, 10, 22),
  });
  return record.sections.find(({ id }) => id === 'medications')?.facts.length ?? 0;
}

describe('a medicine of which one record names no route', () => {
  it.each([
    ['Bisoprolol 5mg tablets', 'PEG'],
    ['Bisoprolol 5mg tablets', 'Via nasogastric tube'],
    ['Morphine 10mg', 'Subcutaneous'],
    ['Furosemide 40mg', 'Intravenous'],
    ['Insulin glargine 100units/ml solution for injection', 'Subcutaneous'],
    ['Diazepam 10mg', 'Rectal'],
    ['Glyceryl trinitrate 400micrograms', 'Sublingual'],
  ])('stays apart from one by a route that is not by mouth: %s by %s', (name, route) => {
    expect(lines(medicine(name, route), medicine(name))).toBe(2);
  });

  it.each([
    ['Bisoprolol 5mg tablets', 'Oral'],
    ['Bisoprolol 5mg tablets', 'By mouth'],
    ['Salbutamol 100micrograms/dose inhaler', 'Inhalation'],
    ['Hydrocortisone 1% cream', 'Cutaneous'],
    ['Latanoprost 50micrograms/ml eye drops', 'Eye'],
    ['Miconazole 20mg/g oromucosal oral gel', 'Oral'],
  ])('is one with a record by mouth, or by the way its own form says: %s by %s', (name, route) => {
    expect(lines(medicine(name, route), medicine(name))).toBe(1);
  });
});

describe('the way that a record names', () => {
  const ways = (title: string, routes: readonly (string | undefined)[], form?: string): readonly string[] =>
    nonOralRoutes({
      title,
      ...(form !== undefined && { form }),
      dosages: routes.map((route) => ({ instructions: [], ...(route !== undefined && { route }) })),
    });

  it.each<[why: string, ways: readonly string[]]>([
    ['no direction is given', ways('Furosemide 40mg', [])],
    ['none is named', ways('Furosemide 40mg tablets', [undefined])],
    ['every direction is by mouth', ways('Furosemide 40mg', ['Oral', 'PO', 'Orally', 'Per os', 'To be swallowed'])],
    ['it is by mouth as well as under the tongue', ways('Lorazepam 1mg tablets', ['Oral or sublingual'])],
    ['the product of a needle is drunk', ways('Vancomycin 500mg vials', ['By mouth'])],
    ['the product is for the mouth', ways('Miconazole 2% oral gel', [undefined])],
  ])('is none where %s', (_, found) => {
    expect(found).toEqual([]);
  });

  it.each([
    'PEG',
    'PEJ',
    'RIG tube',
    'NG',
    'NJ',
    'Via NGT',
    'Gastrostomy',
    'Jejunostomy',
    'Nasogastric',
    'Naso-gastric',
    'Naso gastric',
    'Nasojejunal',
    'Enteral',
    'Feeding tube',
    'Orally via PEG',
  ])('is a tube in %s, and has to be said', (route) => {
    expect(ways('Furosemide 40mg', [route])).toEqual(['tube, as said']);
    expect(ways('Furosemide 40mg for nasogastric tube', [route])).not.toEqual(
      ways('Furosemide 40mg tube', [undefined]),
    );
  });

  it.each([
    'Subcutaneous',
    'Subcut',
    'Intravenous',
    'Intramuscular',
    'Intrathecal',
    'Epidural',
    'Injection',
    'Infusion',
    'IV',
    'IM',
    'SC',
    's/c',
    'By syringe driver',
  ])('is a needle in %s, and has to be said', (route) => {
    expect(ways('Morphine 10mg', [route])).toEqual(['injected, as said']);
    expect(ways('Morphine 10mg vials', [route])).not.toEqual(ways('Morphine 10mg vials', [undefined]));
  });

  it.each([
    ['Inhalation', 'Salbutamol inhaler'],
    ['Nebulised', 'Salbutamol nebules for nebuliser'],
    ['Ophthalmic', 'Chloramphenicol eye drops'],
    ['Ocular', 'Chloramphenicol eye drops'],
    ['Aural', 'Otomize ear spray'],
    ['Otic', 'Otomize ear spray'],
    ['Intranasal', 'Beconase nasal spray'],
    ['Topical', 'Ibuprofen gel'],
    ['Transdermal', 'Fentanyl patches'],
    ['To the skin', 'Betamethasone lotion'],
    ['Rectal', 'Phosphate enema'],
    ['Per rectum (rectal)', 'Diclofenac suppositories'],
    ['Vaginal', 'Clotrimazole pessary'],
    ['Buccal', 'Prochlorperazine sublingual tablets'],
  ])('%s is what the form of %s says by itself', (route, title) => {
    expect(ways(title, [route])).toEqual(ways(title, [undefined]));
    expect(ways(title, [route])).not.toEqual(['']);
    expect(ways('As ordered', [undefined], title)).toEqual(ways(title, [undefined]));
  });

  it('is another for another part of the body, in whatever words', () => {
    const each = ['Eye', 'Ear', 'Nose', 'Skin', 'Rectal', 'Vaginal', 'Sublingual', 'Inhaled', 'IV', 'PEG', 'Dental'];
    expect(new Set(each.flatMap((route) => ways('Drug', [route]))).size).toBe(each.length);
    expect(ways('Drug', ['Eye'])).not.toContain('');
    expect(ways('Drug', ['Intra-articular'])).toEqual([expect.stringContaining('articular')]);
  });

  it('is kept in its place where one direction is by mouth and another is not', () => {
    expect(ways('Morphine 10mg', ['Oral', 'Subcutaneous'])).toEqual(['', 'injected, as said']);
    expect(ways('Morphine 10mg', ['Subcutaneous', 'Oral'])).toEqual(['injected, as said', '']);
  });
});
