import { describe, expect, it } from 'vitest';
import { LASTING_DIAGNOSES } from '../../src/record/lasting-diagnoses.ts';
import type { Resource } from '../../src/record/resource.ts';
import { splitByWindow } from '../../src/record/split-by-window.ts';
import { buildRecord } from '../../src/record/build-record.ts';
import { aPatient, aSource, entriesFrom } from '../support/record.ts';

const condition = (text: string, status: string | undefined, change: object = {}): Resource => ({
  resourceType: 'Condition',
  id: text,
  ...(status && { clinicalStatus: { coding: [{ code: status }] } }),
  code: { text },
  onsetDateTime: '2004-05-01',
  ...change,
});

/** What stands at once among the problems, and what waits behind "show past". */
function shown(...resources: readonly Resource[]): {
  readonly inside: readonly string[];
  readonly older: readonly string[];
} {
  const record = buildRecord({
    patient: aPatient(),
    sources: [aSource('gp')],
    statuses: new Map(),
    entries: entriesFrom('gp', ...resources),
    unread: [],
    nowMs: Date.UTC(2026, 10, 22),
  });
  const view = record.sections.find(({ id }) => id === 'problems');
  if (!view) throw new Error('no problems');
  const { inside, older } = splitByWindow(view, '2026-11-22');
  const titles = (facts: typeof inside): readonly string[] => facts.map(({ entries: [entry] }) => entry.title);
  return { inside: titles(inside), older: titles(older) };
}

describe('a diagnosis that is past', () => {
  it.each([
    ['Malignant neoplasm of breast', 'remission'],
    ['Malignant neoplasm of breast', 'inactive'],
    ['Acute myeloid leukaemia', 'remission'],
    ['Hodgkin lymphoma', 'resolved'],
    ['Bipolar affective disorder', 'remission'],
    ['Epilepsy', 'inactive'],
    ['Alcohol dependence', 'remission'],
    ['Heart failure', 'inactive'],
    ['Pulmonary embolism', 'resolved'],
    ['Ischaemic stroke', 'inactive'],
    ['Splenectomy', 'resolved'],
    ['Malignant neoplasm, not otherwise specified', 'inactive'],
  ])('stands at once where it decides care today: %s, %s', (text, status) => {
    expect(shown(condition(text, status))).toEqual({ inside: [text], older: [] });
  });

  it('stands at once by its ICD-10 code, in whatever words', () => {
    const coded = { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'C50.9' }], text: 'Canser y fron' };
    expect(shown(condition('1', 'remission', { code: coded })).inside).toEqual(['Canser y fron']);
  });

  it('stands at once where the status says active and an end says over', () => {
    expect(shown(condition('Lymphoma', 'active', { abatementDateTime: '2010-01-01' })).inside).toEqual(['Lymphoma']);
  });

  it.each([
    ['Otitis media', 'resolved'],
    ['Ankle sprain', 'inactive'],
    ['Benign neoplasm of skin', 'inactive'],
    ['Cervical cancer screening', 'inactive'],
    ['Suspected cancer', 'resolved'],
    ['Heart failure', 'resolved'],
  ])('waits behind “show past” where it does not: %s, %s', (text, status) => {
    expect(shown(condition(text, status))).toEqual({ inside: [], older: [text] });
  });

  it('is said to be past, and comes after what stands', () => {
    expect(shown(condition('Lymphoma', 'remission'), condition('Eczema', 'active')).inside).toEqual([
      'Eczema',
      'Lymphoma',
    ]);
    const [entry] = entriesFrom('gp', condition('Lymphoma', 'remission'));
    expect(entry).toMatchObject({ state: 'past', statusAsRecorded: 'remission', lasting: 'cancer' });
  });

  it('is no diagnosis where it was ruled out', () => {
    const refuted = { verificationStatus: { coding: [{ code: 'refuted' }] } };
    expect(entriesFrom('gp', condition('Lymphoma', 'remission', refuted))[0]).not.toHaveProperty('lasting');
  });
});

describe('the rules for lasting diagnoses', () => {
  it('each give a clinical reason and a source', () => {
    for (const { id, reason, source } of LASTING_DIAGNOSES) {
      expect(reason.length, id).toBeGreaterThan(40);
      expect(source.length, id).toBeGreaterThan(10);
    }
    expect(new Set(LASTING_DIAGNOSES.map(({ id }) => id)).size).toBe(LASTING_DIAGNOSES.length);
  });
});
