import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { endOfLifeCare, type EndOfLifeEntry } from '../../../src/record/sections/end-of-life-care.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { buildRecord } from '../../../src/record/build-record.ts';
import { aPatient, aSource, entriesFrom, entryFrom } from '../../support/record.ts';

const SCT = 'http://snomed.info/sct';
const NOT_FOR_CPR = {
  coding: [{ system: SCT, code: '450476008', display: 'Not for attempted cardiopulmonary resuscitation' }],
};
const FOR_CPR = {
  coding: [{ system: SCT, code: '450475007', display: 'For attempted cardiopulmonary resuscitation' }],
};
const CPR = { coding: [{ system: SCT, code: '89666000', display: 'Cardiopulmonary resuscitation' }] };

function consent(change: object = {}): Resource {
  return {
    resourceType: 'Consent',
    id: '1',
    status: 'active',
    scope: { coding: [{ code: 'adr' }] },
    category: [
      {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentcategorycodes', code: 'dnr' }],
        text: 'ReSPECT: CPR recommendation',
      },
    ],
    dateTime: '2026-02-01T15:00:00Z',
    ...change,
  };
}

const flag = (code: object): Resource => ({
  resourceType: 'Flag',
  id: '2',
  status: 'active',
  code,
  period: { start: '2026-02-01' },
});
const read = (resource: Resource): EndOfLifeEntry => entryFrom<EndOfLifeEntry>(resource);

describe('a decision on resuscitation', () => {
  it.each([
    'DNACPR discussed',
    'Do not attempt CPR decision rescinded',
    'DNACPR form cancelled',
    'Not for attempted CPR? to be reviewed',
    'Discussion about DNACPR not appropriate at this time',
    'Resuscitation status',
    'No DNACPR in place',
    'DNACPR: none',
    'DNACPR not in place',
    'DNACPR expired',
    'CPR decision: not for hospital, for CPR',
  ])('is not derived from words that leave doubt: %s', (text) => {
    const entry = read(flag({ text }));
    expect(entry).toMatchObject({ section: 'end-of-life-care', title: text, cautions: ['source-unclear'] });
    expect(entry).not.toHaveProperty('decision');
  });

  it('is not derived from a code whose words take it back, and is from one that was only talked about', () => {
    expect(read(flag({ ...NOT_FOR_CPR, text: 'Not for attempted CPR: rescinded 01-Jun' }))).not.toHaveProperty(
      'decision',
    );
    expect(read(flag({ coding: [{ code: 'DNR' }], text: 'DNR rescinded' }))).not.toHaveProperty('decision');
    expect(read(flag({ ...NOT_FOR_CPR, text: 'Not for attempted CPR, discussed with family' })).decision).toBe(
      'do-not-attempt-resuscitation',
    );
  });

  it('is not derived where the code says one thing and the words another', () => {
    expect(read(flag({ ...NOT_FOR_CPR, text: 'For attempted CPR' }))).not.toHaveProperty('decision');
  });

  it('is not derived from a denial of an attempt, which can be read both ways', () => {
    expect(read(consent({ provision: { type: 'deny', code: [FOR_CPR] } }))).not.toHaveProperty('decision');
  });

  it.each([
    ['no', { valueBoolean: false }, 'DNACPR in place: No'],
    ['"No"', { valueString: 'No' }, 'DNACPR in place: No'],
    ['no and why', { valueString: 'No - for full escalation' }, 'DNACPR in place: No - for full escalation'],
    [
      'a coded no',
      { valueCodeableConcept: { coding: [{ system: SCT, code: '373067005', display: 'No' }] } },
      'DNACPR in place: No',
    ],
    ['a coded absent', { valueCodeableConcept: { text: 'Absent' } }, 'DNACPR in place: Absent'],
    ['not known', { valueCodeableConcept: { text: 'Not known' } }, 'DNACPR in place: Not known'],
    ['a reason for no answer', { dataAbsentReason: { coding: [{ code: 'not-asked' }] } }, 'DNACPR in place'],
  ])('is not derived from a question that is answered with %s', (_what, answer, title) => {
    const entry = read({
      resourceType: 'Observation',
      id: '4',
      status: 'final',
      code: { text: 'DNACPR in place' },
      ...answer,
    } as Resource);
    expect(entry).toMatchObject({ section: 'end-of-life-care', title });
    expect(entry.cautions).toContain('source-unclear');
    expect(entry).not.toHaveProperty('decision');
  });

  it.each([
    ['yes', { valueBoolean: true }],
    ['a coded yes', { valueCodeableConcept: { text: 'Yes' } }],
    ['the decision itself', { valueString: 'Not for CPR' }],
  ])('is read from a question that is answered with %s', (_what, answer) => {
    const question = { resourceType: 'Observation', id: '4', status: 'final', code: { text: 'DNACPR in place' } };
    expect(read({ ...question, ...answer } as Resource).decision).toBe('do-not-attempt-resuscitation');
  });

  it.each([
    ['a flag', flag(NOT_FOR_CPR), 'do-not-attempt-resuscitation'],
    ['a flag', flag(FOR_CPR), 'attempt-resuscitation'],
    ['a flag in words', flag({ text: 'DNACPR in place' }), 'do-not-attempt-resuscitation'],
    ['a flag in words', flag({ text: 'Not for resuscitation' }), 'do-not-attempt-resuscitation'],
    ['a flag in words', flag({ text: 'For full resuscitation' }), 'attempt-resuscitation'],
    [
      'a consent that denies',
      consent({ provision: { type: 'deny', code: [NOT_FOR_CPR] } }),
      'do-not-attempt-resuscitation',
    ],
    ['a consent that permits', consent({ provision: { type: 'permit', code: [FOR_CPR] } }), 'attempt-resuscitation'],
    [
      'a consent that denies the procedure',
      consent({ provision: { type: 'deny', code: [CPR] } }),
      'do-not-attempt-resuscitation',
    ],
    [
      'a consent that permits the procedure',
      consent({ provision: { type: 'permit', code: [CPR] } }),
      'attempt-resuscitation',
    ],
    ['a consent that is only of the kind', consent(), 'do-not-attempt-resuscitation'],
    [
      'a problem',
      { resourceType: 'Condition', id: '3', clinicalStatus: { coding: [{ code: 'active' }] }, code: NOT_FOR_CPR },
      'do-not-attempt-resuscitation',
    ],
    [
      'an observation',
      {
        resourceType: 'Observation',
        id: '4',
        status: 'final',
        code: { coding: [{ system: SCT, code: '304251008' }] },
        valueCodeableConcept: NOT_FOR_CPR,
      },
      'do-not-attempt-resuscitation',
    ],
  ])('is read from %s', (_what, resource, decision) => {
    expect(read(resource as Resource)).toMatchObject({ kind: 'resuscitation', decision, state: 'current' });
  });

  it('is shown in the words that decide, with its review date, and does not lapse by itself', () => {
    const entry = read(
      consent({ provision: { type: 'deny', code: [NOT_FOR_CPR], period: { start: '2020-01-01', end: '2021-01-01' } } }),
    );
    expect(entry).toMatchObject({
      title: 'Not for attempted cardiopulmonary resuscitation',
      reviewDate: '2021-01-01',
      state: 'current',
      date: '2026-02-01T15:00:00Z',
    });
    const record = buildRecord({
      patient: aPatient(),
      sources: [aSource('gp')],
      statuses: new Map(),
      entries: [entry],
      unread: [],
      nowMs: Date.UTC(2026, 10, 22),
    });
    expect(record.sections.find(({ id }) => id === 'end-of-life-care')?.facts[0]?.entries[0].state).toBe('current');
  });

  it.each([
    ['active', 'current'],
    ['inactive', 'past'],
    ['rejected', 'negated'],
    ['proposed', 'planned'],
    ['entered-in-error', 'in-error'],
    [undefined, 'unknown'],
  ])('of status %s is %s', (status, state) => {
    expect(read(consent({ status }))).toMatchObject({ state });
  });
});

describe('what is no decision for the end of life', () => {
  it.each([
    [
      'consent to share a record',
      {
        resourceType: 'Consent',
        id: '1',
        status: 'active',
        scope: { coding: [{ code: 'patient-privacy' }] },
        category: [{ text: 'Information access' }],
      },
    ],
    [
      'a successful resuscitation',
      { resourceType: 'Condition', id: '1', code: { text: 'Successful cardiopulmonary resuscitation' } },
    ],
    [
      'resuscitation that was given',
      {
        resourceType: 'Observation',
        id: '1',
        status: 'final',
        code: { text: 'Bystander CPR given' },
        valueBoolean: true,
      },
    ],
    ['any other flag', { resourceType: 'Flag', id: '1', status: 'active', code: { text: 'Falls' } }],
    [
      'any other letter',
      {
        resourceType: 'DocumentReference',
        id: '1',
        status: 'current',
        type: { text: 'Discharge summary' },
        content: [{ attachment: { title: 'Letter' } }],
      },
    ],
  ])('is left to others: %s', (_what, resource) => {
    const { entries } = readResources([resource], 'gp' as SourceId);
    expect(entries.map(({ section }) => section)).not.toContain('end-of-life-care');
  });
});

describe('a consent to sharing a record', () => {
  it('is neither shown nor counted as unread: it says nothing of care', () => {
    const sharing = {
      resourceType: 'Consent',
      id: '1',
      status: 'active',
      scope: { coding: [{ code: 'patient-privacy' }] },
    };
    expect(readResources([sharing], 'gp' as SourceId)).toEqual({ entries: [], unread: [] });
  });

  it('hides no decision about treatment that was filed as one about privacy', () => {
    const system = 'http://terminology.hl7.org/CodeSystem/consentcategorycodes';
    const filed = {
      resourceType: 'Consent',
      id: '1',
      status: 'active',
      scope: { coding: [{ code: 'patient-privacy' }] },
      category: [{ coding: [{ system, code: 'dnr', display: 'Do Not Resuscitate' }] }],
    };
    expect(readResources([filed], 'gp' as SourceId).entries).toMatchObject([
      { section: 'end-of-life-care', kind: 'resuscitation', title: 'Do Not Resuscitate' },
    ]);
  });
});

describe('a form or wish', () => {
  it('is shown with the document that can be opened', () => {
    const document = {
      resourceType: 'DocumentReference',
      id: 'd1',
      status: 'current',
      type: { coding: [{ system: SCT, code: '1382601000000107', display: 'ReSPECT form' }] },
      date: '2026-02-01',
      custodian: { display: 'Northcliffe Surgery' },
      content: [{ attachment: { contentType: 'application/pdf' } }],
    };
    expect(read(document)).toMatchObject({
      kind: 'plan',
      title: 'ReSPECT form',
      documentLocation: 'Northcliffe Surgery',
      links: [{ rel: 'document', to: 'DocumentReference/d1' }],
      reference: 'DocumentReference/d1',
      attachments: [{ contentType: 'application/pdf' }],
    });
  });

  it('is named by its type where its description is only a date', () => {
    const document = {
      resourceType: 'DocumentReference',
      id: 'd1',
      status: 'current',
      type: { text: 'Treatment escalation plan' },
      description: '(19-Jan-2010)',
    };
    expect(read(document).title).toBe('Treatment escalation plan');
  });

  it('of where to be cared for is an advance decision', () => {
    expect(read(consent({ category: [{ text: 'Preferred place of death' }] }))).toMatchObject({
      kind: 'advance-decision',
    });
  });
});

describe('a form that is not signed off', () => {
  const form = { resourceType: 'DocumentReference', id: 'd1', status: 'current', type: { text: 'ReSPECT form' } };

  it('is marked as a draft, and one that was withdrawn is in error', () => {
    expect(read({ ...form, docStatus: 'preliminary' }).cautions).toEqual(['preliminary']);
    expect(read({ ...form, docStatus: 'entered-in-error' }).state).toBe('in-error');
  });
});

describe('a signed form filed at two places', () => {
  const form = {
    resourceType: 'DocumentReference',
    id: 'd1',
    identifier: [{ system: 'https://forms.example/number', value: 'R-1' }],
    status: 'current',
    docStatus: 'final',
    type: { text: 'ReSPECT form' },
    date: '2026-10-01T14:30:00Z',
  };
  const key = (change: object = {}): string => endOfLifeCare.factKey(read({ ...form, id: 'copy', ...change }));

  it.each([
    ['another number', { identifier: [{ system: 'https://forms.example/number', value: 'R-2' }] }],
    ['no number', { identifier: undefined }],
    ['another day', { date: '2026-11-01T14:30:00Z' }],
    ['no day', { date: undefined }],
    ['another standing', { status: 'superseded' }],
    ['a draft', { docStatus: 'preliminary' }],
    ['another name', { type: { text: 'Living will' } }],
  ])('stays two lines by %s', (_why, change) => {
    expect(key(change)).not.toBe(endOfLifeCare.factKey(read(form)));
  });

  it('is one line by its number, day, name and standing', () => {
    expect(key({ custodian: { display: 'The hospice' } })).toBe(endOfLifeCare.factKey(read(form)));
  });
});

describe('decisions of several organisations', () => {
  const conflicts = (...entries: ReturnType<typeof entriesFrom>[]) =>
    buildRecord({
      patient: aPatient(),
      sources: [aSource('gp'), aSource('hospital')],
      statuses: new Map(),
      entries: entries.flat(),
      unread: [],
      nowMs: Date.UTC(2026, 10, 22),
    }).conflicts.map(({ kind }) => kind);

  it('do not differ where one is over', () => {
    expect(
      conflicts(
        entriesFrom('gp', { ...flag(FOR_CPR), status: 'inactive' }),
        entriesFrom('hospital', flag(NOT_FOR_CPR)),
      ),
    ).toEqual([]);
  });

  it('differ where both stand', () => {
    expect(conflicts(entriesFrom('gp', flag(FOR_CPR)), entriesFrom('hospital', flag(NOT_FOR_CPR)))).toEqual([
      'resuscitation-decisions-differ',
    ]);
  });

  it('are one line when they are the same, of the same day', () => {
    const [a, b] = [read(flag(NOT_FOR_CPR)), read({ ...flag(NOT_FOR_CPR), id: '9' })];
    expect(endOfLifeCare.factKey(a)).toBe(endOfLifeCare.factKey(b));
    expect(endOfLifeCare.factKey(read({ ...flag(NOT_FOR_CPR), period: { start: '2025-01-01' } }))).not.toBe(
      endOfLifeCare.factKey(a),
    );
  });
});

describe('a form for the end of life', () => {
  const form = (change: object): Resource => ({
    resourceType: 'QuestionnaireResponse',
    id: 'q1',
    status: 'completed',
    authored: '2026-10-01',
    questionnaire: 'https://x.example/Questionnaire/EndOfLifePlan',
    item: [{ linkId: '1', text: 'Not for attempted CPR', answer: [{ valueBoolean: false }] }],
    ...change,
  });

  it('decides nothing by its answers, which are shown under their questions', () => {
    const entry = read(form({}));
    expect(entry).toMatchObject({ section: 'end-of-life-care', kind: 'plan', notes: ['Not for attempted CPR: No'] });
    expect(entry).not.toHaveProperty('decision');
  });

  it.each(['DNACPR-form', 'CPR-decision', 'ResuscitationStatus'])('is one by the name of the form: %s', (name) => {
    const entry = read(form({ questionnaire: `https://x.example/Questionnaire/${name}` }));
    expect(entry).toMatchObject({ section: 'end-of-life-care', kind: 'plan' });
    expect(entry).not.toHaveProperty('decision');
  });

  it('is not any form in which the end of life is mentioned', () => {
    const item = [{ linkId: '1', text: 'End of life care discussed', answer: [{ valueBoolean: true }] }];
    const other = form({ questionnaire: 'https://x.example/Questionnaire/needs-assessment', item });
    expect(read(other).section).toBe('assessments');
  });

  it('filled in otherwise is never the same line', () => {
    const answered = form({ item: [{ linkId: '1', text: 'Not for attempted CPR', answer: [{ valueBoolean: true }] }] });
    expect(endOfLifeCare.factKey(read(form({})))).toBe(endOfLifeCare.factKey(read(form({ id: 'q2' }))));
    expect(endOfLifeCare.factKey(read(answered))).not.toBe(endOfLifeCare.factKey(read(form({}))));
  });
});
