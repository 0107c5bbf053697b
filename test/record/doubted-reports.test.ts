import { describe, expect, it } from 'vitest';
import { buildRecord } from '../../src/record/build-record.ts';
import { doubtByReport } from '../../src/record/doubted-reports.ts';
import type { Caution } from '../../src/record/entry.ts';
import type { Resource } from '../../src/record/resource.ts';
import { aPatient, aSource, entriesFrom } from '../support/record.ts';

const potassium: Resource = {
  resourceType: 'Observation',
  id: 'k',
  status: 'final',
  category: [{ coding: [{ code: 'laboratory' }] }],
  code: { text: 'Potassium' },
  effectiveDateTime: '2026-11-01T09:00:00Z',
  valueQuantity: { value: 6.9, unit: 'mmol/L' },
};

const report = (change: object, id = 'r'): Resource => ({
  resourceType: 'DiagnosticReport',
  id,
  status: 'final',
  code: { text: 'Urea and electrolytes' },
  effectiveDateTime: '2026-11-01T09:00:00Z',
  result: [{ reference: 'Observation/k' }],
  ...change,
});

/** What is cautioned of the potassium (or another record) of the laboratory, beside what else is said, by whichever source. */
function cautions(lab: readonly Resource[], gp: readonly Resource[] = [], of = 'Observation/k'): readonly Caution[] {
  const record = buildRecord({
    patient: aPatient(),
    sources: [aSource('lab'), aSource('gp')],
    statuses: new Map(),
    entries: [...entriesFrom('lab', ...lab), ...entriesFrom('gp', ...gp)],
    unread: [],
    nowMs: Date.UTC(2026, 10, 22),
  });
  const entries = record.sections.flatMap(({ facts }) => facts.flatMap((fact) => fact.entries));
  return entries.find(({ id }) => id === `lab/${of}`)?.cautions ?? [];
}

describe('a result that is a record of its own', () => {
  it.each<[string, object, Caution]>([
    ['was of a spoilt sample', { conclusion: 'Sample haemolysed. Potassium unreliable.' }, 'value-unsuitable'],
    ['was called off', { status: 'cancelled' }, 'cancelled'],
    ['was entered in error', { status: 'entered-in-error' }, 'source-unclear'],
    ['cannot be interpreted', { modifierExtension: [{ url: 'https://x.example' }] }, 'not-interpretable'],
  ])('has the doubt of its report, whichever came first, where that %s', (_why, change, caution) => {
    expect(cautions([potassium, report(change)])).toEqual([caution]);
    expect(cautions([report(change), potassium])).toEqual([caution]);
  });

  it('has none where its report has none, is only preliminary or amended, or names another result', () => {
    for (const status of ['final', 'preliminary', 'amended'])
      expect(cautions([potassium, report({ status })])).toEqual([]);
    const other = report({ status: 'cancelled', result: [{ reference: 'Observation/na' }] });
    expect(cautions([potassium, other])).toEqual([]);
  });

  it('has none where another report holds it without that doubt', () => {
    const both = [potassium, report({ status: 'cancelled' }), report({}, 'r2')];
    expect(cautions(both)).toEqual([]);
    expect(cautions([...both].reverse())).toEqual([]);
  });

  it('has it beside another that is sound, and where two reports that hold it are in the same doubt', () => {
    const sound = report({ result: [{ reference: 'Observation/na' }] }, 'r2');
    expect(cautions([potassium, report({ status: 'cancelled' }), sound])).toEqual(['cancelled']);
    expect(cautions([potassium, report({ status: 'cancelled' }), report({ status: 'cancelled' }, 'r2')])).toEqual([
      'cancelled',
    ]);
  });

  it('has it once, beside its own', () => {
    const spoilt = { ...potassium, note: [{ text: 'Sample haemolysed' }] };
    const withdrawn = report({ status: 'entered-in-error', conclusion: 'Sample haemolysed' });
    expect(cautions([spoilt, withdrawn])).toEqual(['value-unsuitable', 'source-unclear']);
  });

  it('lends none to the request that its report answers', () => {
    const request = {
      resourceType: 'ServiceRequest',
      id: 's',
      status: 'active',
      intent: 'order',
      category: [{ coding: [{ system: 'http://snomed.info/sct', code: '108252007' }] }],
      code: { text: 'Potassium' },
    };
    const answer = report({ status: 'cancelled', basedOn: [{ reference: 'ServiceRequest/s' }] });
    expect(cautions([request, answer], [], 'ServiceRequest/s')).toEqual(cautions([request], [], 'ServiceRequest/s'));
    expect(cautions([request, answer], [], 'DiagnosticReport/r')).toEqual(['cancelled']);
  });

  it('has none of a report of another source that uses the same ids', () => {
    expect(cautions([potassium], [report({ status: 'cancelled' })])).toEqual([]);
  });
});

describe('a result that is a member of a panel', () => {
  const panel = (change: object, id = 'p'): Resource => ({
    resourceType: 'Observation',
    id,
    status: 'final',
    category: [{ coding: [{ code: 'laboratory' }] }],
    code: { text: 'Urea and electrolytes' },
    effectiveDateTime: '2026-11-01T09:00:00Z',
    hasMember: [{ reference: 'Observation/k' }],
    ...change,
  });
  const ofPanel = (change: object = {}): Resource => report({ result: [{ reference: 'Observation/p' }], ...change });

  it.each<[string, object, Caution]>([
    ['is of a spoilt sample', { note: [{ text: 'Sample haemolysed. Potassium unreliable.' }] }, 'value-unsuitable'],
    ['was called off', { status: 'cancelled' }, 'cancelled'],
    ['was entered in error', { status: 'entered-in-error' }, 'source-unclear'],
    ['cannot be interpreted', { modifierExtension: [{ url: 'https://x.example' }] }, 'not-interpretable'],
    ['is about a donor', { focus: [{ display: 'Donor' }] }, 'about-somebody-else'],
  ])('has the doubt of a panel that %s, also where a report holds both', (_why, change, caution) => {
    expect(cautions([potassium, panel(change)])).toEqual([caution]);
    const both = report({ result: [{ reference: 'Observation/p' }, { reference: 'Observation/k' }] });
    expect(cautions([both, panel(change), potassium])).toEqual([caution]);
  });

  it('has the doubt of the report that holds only the panel', () => {
    expect(cautions([ofPanel({ status: 'cancelled' }), panel({}), potassium])).toEqual(['cancelled']);
    expect(cautions([ofPanel({ status: 'entered-in-error' }), panel({}), potassium])).toEqual(['source-unclear']);
  });

  it('has none where neither has, or where another panel holds it without that doubt', () => {
    expect(cautions([ofPanel(), panel({}), potassium])).toEqual([]);
    expect(cautions([panel({ status: 'cancelled' }), panel({}, 'p2'), potassium])).toEqual([]);
  });

  const holding = (id: string, members: readonly string[], change: object = {}): Resource =>
    panel({ hasMember: members.map((member) => ({ reference: `Observation/${member}` })), ...change }, id);

  it('has the doubt of whatever holds it at any depth, whichever came first', () => {
    const cancelled = { status: 'cancelled' };
    const nested = [holding('p', ['p2']), holding('p2', ['p3']), holding('p3', ['k']), potassium];
    for (const all of [
      [ofPanel(cancelled), ...nested],
      [holding('top', ['p'], cancelled), ...nested],
    ]) {
      expect(cautions(all)).toEqual(['cancelled']);
      expect(cautions([...all].reverse())).toEqual(['cancelled']);
      expect(cautions(all, [], 'Observation/p3')).toEqual(['cancelled']);
    }
    expect(cautions([ofPanel(), ...nested])).toEqual([]);
  });

  it('has each doubt of each level once, and the panels above none of it', () => {
    const all = [
      ofPanel({ conclusion: 'Sample haemolysed. Potassium unreliable.' }),
      holding('p', ['p2']),
      holding('p2', ['k'], { status: 'cancelled' }),
      potassium,
    ];
    expect([...cautions(all)].sort()).toEqual(['cancelled', 'value-unsuitable']);
    expect(cautions(all, [], 'Observation/p')).toEqual(['value-unsuitable']);
  });

  it('has none below a panel that a sound one holds too, however deep', () => {
    const all = [
      holding('p', ['p2'], { status: 'cancelled' }),
      holding('sound', ['p2']),
      holding('p2', ['p3']),
      holding('p3', ['k']),
      potassium,
    ];
    expect(cautions(all)).toEqual([]);
    expect(cautions([...all].reverse())).toEqual([]);
  });

  it('has the doubt of its own panel, though a sound one holds that panel too', () => {
    const all = [
      holding('p', ['p2'], { status: 'cancelled' }),
      holding('sound', ['p2']),
      holding('p2', ['p3']),
      holding('p3', ['k'], { status: 'cancelled' }),
      potassium,
    ];
    expect(cautions(all)).toEqual(['cancelled']);
    expect(cautions(all, [], 'Observation/p2')).toEqual([]);
  });

  it('leaves the panel that the doubt comes from as it was', () => {
    const [whole, part] = entriesFrom('lab', holding('p', ['k'], { status: 'entered-in-error' }), potassium);
    const [after, below] = doubtByReport([whole, part].filter((entry) => entry !== undefined));
    expect(after).toBe(whole);
    expect(below?.cautions).toEqual(['source-unclear']);
  });

  it('has the doubt from above where panels name each other in a circle, and none out of the circle itself', () => {
    const circle = [holding('p', ['p2']), holding('p2', ['p', 'k']), potassium];
    expect(cautions([ofPanel(), ...circle])).toEqual([]);
    expect(cautions([holding('top', ['p'], { status: 'cancelled' }), ...circle])).toEqual(['cancelled']);
    expect(cautions([ofPanel({ status: 'cancelled' }), ...circle])).toEqual(['cancelled']);
    expect(cautions([holding('p', ['p', 'k'], { status: 'cancelled' }), potassium])).toEqual(['cancelled']);
    const alsoSound = holding('sound', ['p']);
    expect(cautions([holding('top', ['p'], { status: 'cancelled' }), alsoSound, ...circle])).toEqual([]);
  });

  it('has it at the end of a chain deeper than any call may go', () => {
    const chain = Array.from({ length: 5_000 }, (_, at) => holding(`c${at}`, [`c${at + 1}`]));
    const last = holding('c5000', ['k']);
    expect(cautions([holding('top', ['c0'], { status: 'cancelled' }), ...chain, last, potassium])).toEqual([
      'cancelled',
    ]);
  });
});
