import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { entriesFrom } from '../../support/record.ts';
import type { Entry } from '../../../src/record/entry.ts';

const POTASSIUM = {
  resourceType: 'Observation',
  id: 'k',
  status: 'final',
  code: { text: 'Potassium' },
  valueQuantity: { value: 6.9, unit: 'mmol/L' },
};

/** What is read of the potassium inside a panel or a report. */
function inside(holder: object, potassium: object = {}): Entry | undefined {
  const resource: Resource = {
    resourceType: 'Observation',
    id: 'p',
    status: 'final',
    category: [{ coding: [{ code: 'laboratory' }] }],
    code: { text: 'Urea and electrolytes' },
    effectiveDateTime: '2026-11-01',
    contained: [{ ...POTASSIUM, ...potassium }],
    ...holder,
  };
  return entriesFrom('lab', resource).find(({ title }) => title === 'Potassium');
}

const REPORT = { resourceType: 'DiagnosticReport', result: [{ reference: '#k' }] };
const PANEL = { hasMember: [{ reference: '#k' }] };

describe('a result that lies inside another record', () => {
  it('leads to the report that holds it, and to none where a panel does', () => {
    expect(inside(REPORT)?.links).toEqual([{ rel: 'report', to: 'DiagnosticReport/p' }]);
    expect(inside(PANEL)?.links).toEqual([]);
  });

  it('has the day and the doubts of its panel, and is in error with it', () => {
    expect(inside(PANEL)).toMatchObject({ state: 'current', cautions: [], date: '2026-11-01' });
    expect(inside({ ...PANEL, status: 'entered-in-error' })?.state).toBe('in-error');
    expect(inside({ ...PANEL, note: [{ text: 'Sample haemolysed' }] })?.cautions).toEqual(['value-unsuitable']);
  });

  it.each([
    ['both are of one person', 'Patient/1', 'Patient/1', []],
    ['only the result says of whom', undefined, 'Patient/2', []],
    ['only the whole says of whom', 'Patient/1', undefined, []],
    ['they are of two', 'Patient/1', 'Patient/2', ['about-somebody-else']],
  ])('is somebody else’s only where both say of whom: %s', (_which, whole, own, cautions) => {
    const of = (reference: string | undefined): object => (reference === undefined ? {} : { subject: { reference } });
    for (const holder of [REPORT, PANEL])
      expect(inside({ ...holder, ...of(whole) }, of(own))?.cautions).toEqual(cautions);
  });
});
