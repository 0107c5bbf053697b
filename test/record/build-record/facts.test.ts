// Proves src/record/merge.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../../src/record/build-record.ts';
import type { Entry } from '../../../src/record/entry.ts';
import type { SectionView } from '../../../src/record/patient-record.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { SectionId } from '../../../src/record/section.ts';
import { asthma, parts, section } from '../../support/record-parts.ts';
import { entriesFrom } from '../../support/record.ts';

describe('a fact', () => {
  const labelled = (id: string, ...codes: readonly string[]): Resource =>
    asthma(id, {
      meta: {
        security: codes.map((code) => ({
          system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
          code,
        })),
      },
    });

  it('carries every label of its records, and none where they have none', () => {
    const facts = (...entries: readonly Entry[]): SectionView['facts'] => section({ entries }, 'problems').facts;
    const [fact] = facts(...entriesFrom('gp', labelled('1', 'R')), ...entriesFrom('hospital', asthma('2')));
    expect(fact?.entries).toHaveLength(2);
    expect(fact?.labels).toEqual(['http://terminology.hl7.org/CodeSystem/v3-Confidentiality|R']);
    const [plain] = facts(...entriesFrom('gp', asthma('1')));
    expect(plain).not.toHaveProperty('labels');
  });
});

describe('facts', () => {
  it('join what is named by a code here and only by its words there', () => {
    const words = { resourceType: 'Condition', id: '2', clinicalStatus: { coding: [{ code: 'active' }] } };
    const entries = [
      ...entriesFrom('gp', asthma('1')),
      ...entriesFrom('hospital', { ...words, code: { text: 'Asthma' } }),
    ];
    expect(section({ entries }, 'problems').facts.map((fact) => fact.entries.length)).toEqual([2]);
  });
});

describe('the identity that a section gives its entries', () => {
  const potassium = (id: string, effectiveDateTime: string): Resource => ({
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { text: 'Potassium' },
    category: [{ coding: [{ code: 'laboratory' }] }],
    effectiveDateTime,
    valueQuantity: { value: 6.4, unit: 'mmol/L' },
  });

  it('is asked before its key: the practice’s copy of a day stands with the laboratory’s of an hour', () => {
    const entries = [
      ...entriesFrom('gp', potassium('1', '2026-11-20')),
      ...entriesFrom('hospital', potassium('2', '2026-11-20T08:15:00Z')),
    ];
    const { facts } = section({ entries }, 'investigation-results');
    expect(facts.map((fact) => fact.entries.length)).toEqual([2]);
  });
});

describe('a standing that the section works out from the clock', () => {
  const supply = (daysSupply: number): Resource => ({
    resourceType: 'MedicationDispense',
    id: `d${daysSupply}`,
    status: 'completed',
    medicationCodeableConcept: { text: 'Ramipril 5mg capsules' },
    whenHandedOver: '2026-11-01',
    daysSupply: { value: daysSupply, unit: 'days', code: 'd' },
  });

  it('is that of the moment the record is built for, and all else of the entry stays', () => {
    const entries = entriesFrom('gp', supply(28), supply(7));
    const shown = section({ entries }, 'medications').facts.flatMap((fact) => fact.entries);
    expect(shown.map(({ id, state }) => [id, state])).toEqual([
      ['gp/MedicationDispense/d28', 'current'],
      ['gp/MedicationDispense/d7', 'past'],
    ]);
    expect(shown.map(({ state: _state, ...rest }) => rest)).toEqual(entries.map(({ state: _state, ...rest }) => rest));
  });

  it('leaves the very same entry where nothing about it has changed', () => {
    const [entry] = entriesFrom('gp', asthma('1'));
    const [fact] = section({ entries: entry ? [entry] : [] }, 'problems').facts;
    expect(fact?.entries[0]).toBe(entry);
  });
});

describe('why records stand in one line', () => {
  const referral = (id: string): Resource => ({
    resourceType: 'ServiceRequest',
    id,
    status: 'active',
    intent: 'order',
    category: [{ text: 'Referral' }],
    code: { text: 'Referral to cardiology' },
    authoredOn: '2026-10-01',
  });
  const reasons = (section: SectionId, ...entries: readonly Entry[]): readonly (string | undefined)[] =>
    buildRecord(parts({ entries }))
      .sections.find(({ id }) => id === section)
      ?.facts.map(({ reason }) => reason) ?? [];
  const asthma = (id: string): Resource => ({ resourceType: 'Condition', id, code: { text: 'Asthma' } });

  it('is not said of one record', () => {
    const facts = buildRecord(parts({ entries: entriesFrom('gp', asthma('1')) })).sections.flatMap(
      (view) => view.facts,
    );
    expect(facts).toHaveLength(1);
    expect(facts[0]).not.toHaveProperty('reason');
  });

  it('is what the records themselves have in common, else what their section compares', () => {
    const alert = (id: string): Resource => ({
      resourceType: 'Flag',
      id,
      status: 'active',
      code: { text: 'Lives alone' },
    });
    const penicillin = { resourceType: 'AllergyIntolerance', id: 'a', code: { text: 'Penicillin' } };
    const allergies = [...entriesFrom('gp', penicillin), ...entriesFrom('hospital', penicillin)];
    expect(reasons('allergies', ...allergies)).toEqual(['agent']);
    const flags = [...entriesFrom('gp', alert('1')), ...entriesFrom('hospital', alert('1'))];
    const [section] = flags.map((flag) => flag.section);
    if (section === undefined) throw new Error('expected a flag');
    expect(reasons(section, ...flags)).toEqual(['concept']);
  });

  it('is the referral itself where a Task tells what became of it', () => {
    const task: Resource = {
      resourceType: 'Task',
      id: 't',
      status: 'rejected',
      intent: 'order',
      focus: { reference: 'ServiceRequest/r' },
      lastModified: '2026-10-03',
    };
    expect(reasons('referrals', ...entriesFrom('gp', referral('r'), task))).toEqual(['same-referral']);
  });
});
