// Proves src/record/sections/end-of-life-care.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import type { EndOfLifeEntry } from '../../../src/record/sections/end-of-life-care.ts';
import { panelSays } from '../../../src/record/sections/resuscitation-panel.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { conflictKinds, entriesFrom, entryFrom } from '../../support/record.ts';

const YES = 'attempt-resuscitation';
const NO = 'do-not-attempt-resuscitation';

type Part = readonly [question: string, answer: boolean | string];

const panel = (name: string, parts: readonly Part[], change: object = {}): Resource => ({
  resourceType: 'Observation',
  id: '1',
  status: 'final',
  code: { text: name },
  effectiveDateTime: '2026-03-01',
  component: parts.map(([text, answer]) => ({
    code: { text },
    ...(typeof answer === 'boolean' ? { valueBoolean: answer } : { valueString: answer }),
  })),
  ...change,
});

describe('a panel about resuscitation', () => {
  it.each<[string, readonly Part[], object]>([
    ['Resuscitation status', [['Reason', 'Frailty']], {}],
    ['Resuscitation status', [['DNACPR in place', 'Not known']], {}],
    ['Resuscitation status', [['DNACPR discussed?', true]], {}],
    ['Resuscitation status', [['DNACPR in place', true]], { decision: NO }],
    [
      'Resuscitation status',
      [
        ['DNACPR in place?', true],
        ['Reason', 'Frailty'],
      ],
      { decision: NO },
    ],
    ['Resuscitation status', [['DNACPR in place', false]], { denies: NO }],
    ['Resuscitation status', [['For CPR', true]], { decision: YES }],
    [
      'Resuscitation status',
      [
        ['DNACPR in place', false],
        ['For CPR', true],
      ],
      { decision: YES },
    ],
    [
      'Resuscitation status',
      [
        ['DNACPR in place', true],
        ['For CPR', true],
      ],
      {},
    ],
    [
      'Resuscitation status',
      [
        ['DNACPR in place', true],
        ['DNACPR form', 'Withdrawn'],
      ],
      {},
    ],
    [
      'Resuscitation status',
      [
        ['DNACPR in place', false],
        ['For CPR', false],
      ],
      {},
    ],
    ['DNACPR', [['In place', true]], { decision: NO }],
    ['DNACPR', [['In place?', false]], { denies: NO }],
    ['DNACPR', [['Status', 'Withdrawn']], { denies: NO }],
    ['DNACPR', [['Discussed with family', false]], { decision: NO }],
    ['DNACPR', [['Review date', '2027-01-01']], { decision: NO }],
    ['DNACPR', [['For CPR', true]], {}],
    ['DNACPR', [['Valid in hospital as well', false]], { decision: NO }],
    ['DNACPR', [], { decision: NO }],
    ['Ward round', [['Falls', true]], {}],
  ])('%s with %j says %j', (name, parts, says) => {
    expect(panelSays(panel(name, parts))).toStrictEqual(says);
  });

  it('is shown with each of its parts, which are nowhere else', () => {
    const parts: readonly Part[] = [
      ['DNACPR in place', true],
      ['Reason', 'Frailty'],
    ];
    const entry = entryFrom<EndOfLifeEntry>(panel('Resuscitation status', parts, { note: [{ text: 'Reviewed' }] }));
    expect(entry).toMatchObject({
      section: 'end-of-life-care',
      title: 'Resuscitation status',
      decision: NO,
      cautions: [],
      notes: ['Reviewed', 'DNACPR in place: Yes', 'Reason: Frailty'],
    });
  });

  it('says why a part has no answer, and names one that has none', () => {
    const component = [
      { code: { text: 'DNACPR in place' }, dataAbsentReason: { coding: [{ code: 'not-asked' }] } },
      { code: { text: 'Reason' } },
    ];
    const entry = entryFrom<EndOfLifeEntry>(panel('Resuscitation status', [], { component }));
    expect(entry.notes).toEqual(['DNACPR in place: not asked', 'Reason']);
    expect(entry.cautions).toContain('source-unclear');
  });

  it('is shown though one of its parts does not say what it asks', () => {
    const component = [{ valueBoolean: true }, { code: { text: 'DNACPR in place' }, valueBoolean: true }];
    const entry = entryFrom<EndOfLifeEntry>(panel('Resuscitation status', [], { component }));
    expect(entry).toMatchObject({ decision: NO, notes: ['DNACPR in place: Yes'] });
  });

  it('that denies what another source holds is a disagreement', () => {
    const flag: Resource = {
      resourceType: 'Flag',
      id: '2',
      status: 'active',
      code: { text: 'Not for attempted CPR' },
      period: { start: '2026-02-01' },
    };
    const denied = panel('Resuscitation status', [['DNACPR in place?', false]]);
    expect(conflictKinds({ gp: [flag], hospital: [denied] })).toEqual(['resuscitation-decisions-differ']);
    expect(
      conflictKinds({ gp: [flag], hospital: [panel('Resuscitation status', [['DNACPR in place', true]])] }),
    ).toEqual([]);
  });
});

describe('a part of another assessment', () => {
  const sections = (resource: Resource): readonly string[] =>
    entriesFrom('gp', resource)
      .map(({ section }) => section)
      .sort();
  const taken = (resource: Resource): EndOfLifeEntry => entryFrom<EndOfLifeEntry>(resource, 'gp', 'end-of-life-care');

  it('is left alone where none is about resuscitation, and in what is measured', () => {
    const { entries, unread } = readResources([panel('Nursing assessment', [['Falls', true]])], 'gp' as SourceId);
    expect(entries.map(({ section }) => section)).toEqual(['examination-findings']);
    expect(unread).toEqual([]);
    const measured = panel('Observations', [['DNACPR in place', true]], {
      category: [{ coding: [{ code: 'vital-signs' }] }],
    });
    expect(sections(measured)).not.toContain('end-of-life-care');
  });

  it('stays there and is shown here too, with what it says', () => {
    const assessment = panel('Treatment escalation', [
      ['Oxygen', true],
      ['DNACPR in place', true],
    ]);
    expect(sections(assessment)).toEqual(['end-of-life-care', 'examination-findings']);
    expect(taken(assessment)).toMatchObject({
      id: 'gp/Observation/1#cpr',
      title: 'Treatment escalation',
      kind: 'resuscitation',
      decision: NO,
      state: 'current',
      date: '2026-03-01',
      cautions: [],
      notes: ['Oxygen: Yes', 'DNACPR in place: Yes'],
    });
  });

  it('is unclear where it decides nothing, and may deny one', () => {
    const open = taken(panel('Ward round', [['Resuscitation status', 'To be discussed']]));
    expect(open).not.toHaveProperty('decision');
    expect(open.cautions).toEqual(['source-unclear']);
    const denied = taken(panel('Ward round', [['DNACPR in place', false]]));
    expect(denied).toMatchObject({ denies: NO, cautions: ['source-unclear'] });
    expect(denied).not.toHaveProperty('decision');
  });

  it('may be told by a coded answer', () => {
    const component = [{ code: { text: 'Escalation' }, valueCodeableConcept: { text: 'Not for attempted CPR' } }];
    expect(taken(panel('Ward round', [], { component })).decision).toBe(NO);
  });

  it('has the day on which it was recorded where it has no other', () => {
    const undated = panel('Ward round', [['DNACPR in place', true]], {
      effectiveDateTime: undefined,
      issued: '2026-03-02T10:00:00Z',
    });
    expect(taken(undated)).toMatchObject({ date: '2026-03-02T10:00:00Z', dateIs: 'recorded' });
  });
});
