// Proves src/record/sections/end-of-life-care.ts, src/record/sections/resuscitation.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import {
  consent,
  flag,
  form,
  NOT_FOR_CPR,
  readDecision as read,
  resource as record,
  SCT,
} from '../../support/end-of-life.ts';

const NOTHING_ELSE = { section: 'end-of-life-care', attachments: [], cautions: [], labels: [], notes: [], links: [] };

describe('a record for the end of life, in full', () => {
  it('shows all that a consent records, and nothing besides', () => {
    const recorded = consent({
      identifier: [{ system: 'https://forms.example', value: '1' }],
      category: [{ text: 'ReSPECT: CPR recommendation' }],
      dateTime: '2026-02-01T15:00:00Z',
      performer: [{ display: 'Dr Ada' }],
      sourceReference: { reference: 'DocumentReference/9', display: 'In the red folder' },
      provision: { type: 'deny', code: [NOT_FOR_CPR], period: { start: '2026-02-01', end: '2027-02-01' } },
    });
    expect(read(recorded)).toEqual({
      ...NOTHING_ELSE,
      id: 'gp/Consent/1',
      origin: { source: 'gp', resource: 'Consent/1', by: 'Dr Ada' },
      kind: 'resuscitation',
      title: 'Not for attempted CPR',
      code: { text: 'Not for attempted CPR', codings: NOT_FOR_CPR.coding },
      decision: 'do-not-attempt-resuscitation',
      state: 'current',
      statusAsRecorded: 'active',
      date: '2026-02-01T15:00:00Z',
      reviewDate: '2027-02-01',
      documentLocation: 'In the red folder',
      reference: 'DocumentReference/9',
      links: [{ rel: 'document', to: 'DocumentReference/9' }],
    });
  });

  it('shows all that a form records, and nothing besides', () => {
    const coding = [{ system: SCT, code: '1382601000000107', display: 'ReSPECT form' }];
    const recorded = form({
      identifier: [{ system: 'https://forms.example', value: '1' }],
      docStatus: 'amended',
      type: { coding },
      description: 'ReSPECT of the spring',
      date: '2026-02-01',
      custodian: { display: 'Northcliffe Surgery' },
      content: [{ attachment: { contentType: 'application/pdf', url: 'https://evil.example/x' } }],
    });
    expect(read(recorded)).toEqual({
      ...NOTHING_ELSE,
      id: 'gp/DocumentReference/1',
      origin: { source: 'gp', resource: 'DocumentReference/1' },
      kind: 'plan',
      title: 'ReSPECT of the spring',
      code: { text: 'ReSPECT form', codings: coding },
      state: 'current',
      statusAsRecorded: 'current',
      date: '2026-02-01',
      dateIs: 'recorded',
      documentLocation: 'Northcliffe Surgery',
      businessId: 'https://forms.example|1',
      reference: 'DocumentReference/1',
      attachments: [{ contentType: 'application/pdf' }],
      cautions: ['amended'],
      links: [{ rel: 'document', to: 'DocumentReference/1' }],
    });
  });

  it('of which only its kind is recorded says nothing else', () => {
    expect(read(record('Consent', { scope: { coding: [{ code: 'adr' }] } }))).toEqual({
      ...NOTHING_ELSE,
      id: 'gp/Consent/1',
      origin: { source: 'gp', resource: 'Consent/1' },
      kind: 'advance-decision',
      title: 'End of life care',
      state: 'unknown',
    });
    expect(read(record('Flag', { code: NOT_FOR_CPR }))).toEqual({
      ...NOTHING_ELSE,
      id: 'gp/Flag/1',
      origin: { source: 'gp', resource: 'Flag/1' },
      kind: 'resuscitation',
      title: 'Not for attempted CPR',
      code: { text: 'Not for attempted CPR', codings: NOT_FOR_CPR.coding },
      decision: 'do-not-attempt-resuscitation',
      state: 'unknown',
    });
  });

  it('whose period was over when its source last touched it is past', () => {
    const period = { start: '2025-01-01', end: '2025-06-30' };
    expect(read(flag({ period, meta: { lastUpdated: '2026-01-01T00:00:00Z' } }))).toMatchObject({
      state: 'past',
      period,
    });
  });

  it('that says there is no such decision has what it denies, and no decision', () => {
    const entry = read(flag({ code: { ...NOT_FOR_CPR, text: 'Not for attempted CPR: rescinded' } }));
    expect(entry).toMatchObject({ denies: 'do-not-attempt-resuscitation' });
    expect(entry).not.toHaveProperty('decision');
    expect(read(flag())).not.toHaveProperty('denies');
  });
});

describe('a form for the end of life', () => {
  it('decides by its own name alone, and denies nothing', () => {
    const discussed = read(form({ type: { text: 'Not for attempted CPR, discussed with family' } }));
    expect(discussed).toMatchObject({ kind: 'plan' });
    expect(discussed).not.toHaveProperty('decision');
    const named = read(form({ description: 'DNACPR form, signed.pdf' }));
    expect(named).toMatchObject({ kind: 'resuscitation', decision: 'do-not-attempt-resuscitation' });
    expect(read(form({ type: { text: 'No DNACPR in place' } }))).not.toHaveProperty('denies');
  });

  it('is opened only where one is named: an encounter is none', () => {
    expect(read(flag({ encounter: { reference: 'Encounter/7' } }))).not.toHaveProperty('reference');
    const document = { encounter: { reference: 'Encounter/7' }, sourceReference: { reference: 'DocumentReference/9' } };
    expect(read(flag(document)).reference).toBe('DocumentReference/9');
  });
});

describe('what such a record is called', () => {
  const observed = (code: object, change: object = {}): string =>
    read(record('Observation', { status: 'final', code, ...change })).title;

  it('is the answer where that decides, else the question with its answer', () => {
    expect(observed({ text: 'Resuscitation status' }, { valueCodeableConcept: NOT_FOR_CPR })).toBe(
      'Not for attempted CPR',
    );
    expect(observed({ text: 'DNACPR in place' }, { valueCodeableConcept: { text: 'No' } })).toBe('DNACPR in place: No');
    expect(observed({ text: 'DNACPR in place' })).toBe('DNACPR in place');
  });

  it('is what decides, else what is about resuscitation, else what comes first', () => {
    const called = (...texts: readonly string[]): string =>
      read(consent({ category: texts.map((text) => ({ text })) })).title;
    expect(called('Advance statement', 'Resuscitation status', 'Not for resuscitation')).toBe('Not for resuscitation');
    expect(called('Advance statement', 'Resuscitation status')).toBe('Resuscitation status');
    expect(called('Advance statement', 'Preferred place of death')).toBe('Advance statement');
  });

  it('is the description of a form that names something, else its type, else whatever is told', () => {
    expect(read(form({ description: 'ReSPECT of the spring' })).title).toBe('ReSPECT of the spring');
    expect(read(form({ description: '19-Jan-10' })).title).toBe('ReSPECT form');
    const bare = { resourceType: 'DocumentReference', id: '1', description: '19/01/10', category: [] };
    expect(read({ ...bare, type: { coding: [{ system: SCT, code: '1382601000000107' }] } }).title).toContain(
      '1382601000000107',
    );
  });
});

describe('doubts of such a record', () => {
  it('are said of an answer whose words and code differ', () => {
    const valueCodeableConcept = { text: 'No', coding: [{ system: SCT, code: '373066001', display: 'Yes' }] };
    const code = { text: 'DNACPR in place' };
    expect(read(record('Observation', { status: 'final', code, valueCodeableConcept })).cautions).toContain(
      'text-differs',
    );
  });

  it.each([
    [form({ docStatus: 'preliminary' }), ['preliminary']],
    [form({ docStatus: 'amended' }), ['amended']],
    [form({ docStatus: 'final' }), []],
    [record('Observation', { status: 'preliminary', code: NOT_FOR_CPR }), ['preliminary']],
    [record('Observation', { status: 'amended', code: NOT_FOR_CPR }), ['amended']],
    [record('Observation', { status: 'corrected', code: NOT_FOR_CPR }), ['amended']],
    [record('Observation', { status: 'cancelled', code: NOT_FOR_CPR }), ['cancelled']],
    [record('ServiceRequest', { status: 'revoked', intent: 'order', code: NOT_FOR_CPR }), ['cancelled']],
    [record('Observation', { status: 'final', code: NOT_FOR_CPR }), []],
    [flag({ code: { text: 'Resuscitation status' } }), ['source-unclear']],
    [
      consent({ category: [{ text: 'Preferred place of death' }], scope: { coding: [{ code: 'research' }] } }),
      ['source-unclear'],
    ],
    [flag({ code: { ...NOT_FOR_CPR, text: 'DNACPR' } }), ['text-differs']],
  ])('are said: %#', (resource, cautions) => {
    expect(read(resource).cautions).toEqual(cautions);
  });

  it.each([
    [{ clinicalStatus: { coding: [{ code: 'resolved' }] } }, 'past', 'resolved'],
    [
      { clinicalStatus: { coding: [{ code: 'active' }] }, verificationStatus: { coding: [{ code: 'confirmed' }] } },
      'current',
      'active',
    ],
    [
      { clinicalStatus: { coding: [{ code: 'active' }] }, verificationStatus: { coding: [{ code: 'refuted' }] } },
      'negated',
      'refuted',
    ],
    [
      {
        clinicalStatus: { coding: [{ code: 'active' }] },
        verificationStatus: { coding: [{ code: 'entered-in-error' }] },
      },
      'in-error',
      'entered-in-error',
    ],
    [{ status: 'active' }, 'unknown', undefined],
  ])('of a problem: %j is %s', (change, state, statusAsRecorded) => {
    const entry = read(record('Condition', { code: NOT_FOR_CPR, ...change }));
    expect(entry.state).toBe(state);
    expect(entry.statusAsRecorded).toBe(statusAsRecorded);
  });

  it('begin with the text: what was withdrawn is in error, whatever the reference to it says', () => {
    expect(read(form({ docStatus: 'entered-in-error' }))).toMatchObject({
      state: 'in-error',
      statusAsRecorded: 'entered-in-error',
    });
  });
});

describe('the day of such a record', () => {
  it.each([
    [
      'took effect',
      record('Observation', {
        status: 'final',
        code: NOT_FOR_CPR,
        effectiveDateTime: '2026-01-01',
        issued: '2026-05-05T09:00:00Z',
      }),
    ],
    ['began', record('Condition', { code: NOT_FOR_CPR, onsetDateTime: '2026-01-01', recordedDate: '2026-05-05' })],
    ['was done', record('Procedure', { status: 'completed', code: NOT_FOR_CPR, performedDateTime: '2026-01-01' })],
    [
      'was ordered',
      record('ServiceRequest', { status: 'active', intent: 'order', code: NOT_FOR_CPR, authoredOn: '2026-01-01' }),
    ],
    ['was consented', consent({ dateTime: '2026-01-01', period: { start: '2026-03-03' } })],
    ['starts', flag({ period: { start: '2026-01-01' } })],
  ])('is that on which it %s', (_what, resource) => {
    const entry = read(resource);
    expect(entry.date).toBe('2026-01-01');
    expect(entry).not.toHaveProperty('dateIs');
  });

  it.each([
    ['recorded', record('Condition', { code: NOT_FOR_CPR, recordedDate: '2026-05-05', date: '2026-06-06' })],
    ['filed', form({ date: '2026-05-05', issued: '2026-06-06' })],
    ['issued', record('Observation', { status: 'final', code: NOT_FOR_CPR, issued: '2026-05-05' })],
  ])('is only that on which it was %s, and said to be so', (_what, resource) => {
    expect(read(resource)).toMatchObject({ date: '2026-05-05', dateIs: 'recorded' });
  });

  it('is none where none is recorded', () => {
    expect(read(flag())).not.toHaveProperty('date');
    expect(read(flag())).not.toHaveProperty('dateIs');
  });

  it.each(['reviewDate', 'ReviewDate', 'UKCore-ReviewDate', 'flag-reviewDate'])(
    'to look at it again may stand in %s',
    (name) => {
      const url = `https://x.example/StructureDefinition/${name}`;
      expect(read(flag({ extension: [{ url, valueDate: '2027-01-01' }] })).reviewDate).toBe('2027-01-01');
      expect(read(flag({ extension: [{ url, valueDateTime: '2027-01-01' }] })).reviewDate).toBe('2027-01-01');
      const provision = { period: { end: '2028-01-01' } };
      expect(read(consent({ provision, extension: [{ url, valueDate: '2027-01-01' }] })).reviewDate).toBe('2027-01-01');
    },
  );
});
