// Proves src/record/sections/legal-information.ts, src/record/sections/legal-kinds.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import { ADRT, consent, DOLS, finding, LPA, paper, readLegal as read } from '../../support/legal.ts';

const NOTHING_ELSE = {
  section: 'legal-information',
  powers: [],
  holders: [],
  attachments: [],
  cautions: [],
  labels: [],
  notes: [],
  links: [],
};

describe('legal information, in full', () => {
  it('shows all that a consent records, and nothing besides', () => {
    const actor = (display: string, code?: string): object => ({
      ...(code && { role: { coding: [{ code }] } }),
      reference: { display },
    });
    const recorded = consent('Consent', {
      identifier: [{ system: 'https://opg.example/lpa', value: '7000' }],
      dateTime: '2022-10-04',
      scope: { coding: [{ code: 'adr' }] },
      performer: [{ display: 'Dr A. Example' }],
      sourceReference: { reference: 'DocumentReference/9', display: 'Scanned at the practice' },
      provision: {
        code: [{ text: LPA }],
        period: { start: '2022-11-01', end: '2032-11-01' },
        actor: [
          actor('The practice'),
          actor('Helen Marsh', 'POWATT'),
          actor('Joe Marsh', 'DPOWATT'),
          actor('Helen Marsh', 'HPOWATT'),
        ],
      },
    });
    expect(read(recorded)).toEqual({
      ...NOTHING_ELSE,
      id: 'gp/Consent/1',
      origin: { source: 'gp', resource: 'Consent/1', by: 'Dr A. Example' },
      title: LPA,
      code: { text: LPA, codings: [] },
      kind: 'lpa',
      state: 'current',
      statusAsRecorded: 'active',
      date: '2022-10-04',
      period: { start: '2022-11-01' },
      reviewDate: '2032-11-01',
      powers: ['health-and-welfare'],
      holders: ['Helen Marsh', 'Joe Marsh'],
      documentLocation: 'Scanned at the practice',
      reference: 'DocumentReference/9',
      businessId: 'https://opg.example/lpa|7000',
      links: [{ rel: 'document', to: 'DocumentReference/9' }],
    });
  });

  it('shows all that a paper records, and nothing besides', () => {
    const coding = [{ system: 'http://snomed.info/sct', code: '1363361000000104', display: ADRT }];
    const recorded = paper({
      docStatus: 'amended',
      description: 'Advance decision: blood products',
      type: { coding },
      date: '2024-02-01',
      custodian: { display: 'Northcliffe Surgery' },
      author: [{ display: 'Dr A. Example' }],
      content: [{ attachment: { contentType: 'application/pdf', title: 'Signed', url: 'https://evil.example/x' } }],
    });
    expect(read(recorded)).toEqual({
      ...NOTHING_ELSE,
      id: 'gp/DocumentReference/d',
      origin: { source: 'gp', resource: 'DocumentReference/d', by: 'Dr A. Example' },
      title: 'Advance decision: blood products',
      code: { text: ADRT, codings: coding },
      kind: 'adrt',
      state: 'current',
      statusAsRecorded: 'current, amended',
      cautions: ['amended'],
      date: '2024-02-01',
      dateIs: 'recorded',
      documentLocation: 'Northcliffe Surgery',
      reference: 'DocumentReference/d',
      attachments: [{ contentType: 'application/pdf', title: 'Signed' }],
    });
  });

  it('shows all that a coded entry of the problem list records, and nothing besides', () => {
    const condition = {
      resourceType: 'Condition',
      id: '1',
      clinicalStatus: { coding: [{ code: 'active' }] },
      verificationStatus: { coding: [{ code: 'provisional' }] },
      code: { text: 'Detained under section 3 of the Mental Health Act' },
      onsetDateTime: '2026-05-01',
    };
    expect(read(condition)).toEqual({
      ...NOTHING_ELSE,
      id: 'gp/Condition/1',
      origin: { source: 'gp', resource: 'Condition/1' },
      title: 'Detained under section 3 of the Mental Health Act',
      code: { text: 'Detained under section 3 of the Mental Health Act', codings: [] },
      kind: 'mha',
      state: 'current',
      statusAsRecorded: 'active, provisional',
      cautions: ['unconfirmed'],
      date: '2026-05-01',
      period: { start: '2026-05-01' },
    });
  });

  it.each([
    ['Observation', { code: { text: DOLS } }],
    ['Flag', { code: { text: DOLS } }],
    ['Consent', { category: [{ text: DOLS }] }],
  ])('of which a %s says only the name says nothing else', (resourceType, named) => {
    expect(read({ resourceType, id: '1', ...named })).toEqual({
      ...NOTHING_ELSE,
      id: `gp/${resourceType}/1`,
      origin: { source: 'gp', resource: `${resourceType}/1` },
      title: DOLS,
      code: { text: DOLS, codings: [] },
      kind: 'dols',
      state: 'unknown',
    });
  });

  it('says where its words and its code differ', () => {
    const coding = [{ system: 'http://snomed.info/sct', code: '1', display: DOLS }];
    expect(read(finding('', { code: { text: LPA, coding } })).cautions).toContain('text-differs');
  });

  it.each([
    ['preliminary', ['preliminary']],
    ['amended', ['amended']],
    ['corrected', ['amended']],
    ['cancelled', ['cancelled']],
    ['final', []],
  ])('with status %s warns of %j', (status, cautions) => {
    expect(read(finding(DOLS, { status })).cautions).toEqual(cautions);
  });

  it('that was withdrawn as a text is in error, whatever the status of the reference to it', () => {
    expect(read(paper({ docStatus: 'entered-in-error' }))).toMatchObject({
      state: 'in-error',
      statusAsRecorded: 'current, entered-in-error',
    });
  });
});

describe('the day of legal information', () => {
  it('is that on which it took effect, else was signed, else began', () => {
    const period = { start: '2026-03-03' };
    const dated = { dateTime: '2026-02-02', period, date: '2026-04-04' };
    expect(read(finding(DOLS, { effectiveDateTime: '2026-01-01', ...dated })).date).toBe('2026-01-01');
    expect(read(consent(DOLS, dated)).date).toBe('2026-02-02');
    expect(read(consent(DOLS, { period, date: '2026-04-04' })).date).toBe('2026-03-03');
  });

  it('of which only the filing is known says so', () => {
    expect(read(paper({ date: '2026-04-04', issued: '2026-05-05' }))).toMatchObject({
      date: '2026-04-04',
      dateIs: 'recorded',
    });
    expect(read(finding(DOLS, { issued: '2026-05-05' }))).toMatchObject({ date: '2026-05-05', dateIs: 'recorded' });
    expect(read(consent(DOLS, { dateTime: '2026-02-02', date: '2026-04-04' }))).not.toHaveProperty('dateIs');
  });

  it.each([
    [DOLS, true],
    ['Detained under the Mental Health Act', true],
    ['Court-appointed deputy', true],
    [LPA, false],
    [ADRT, false],
    ['Mental capacity assessment', false],
  ])('on which a provision ends is the end of “%s”: %s; otherwise the day to look at it again', (text, ends) => {
    const entry = read(consent(text, { provision: { period: { start: '2026-01-01', end: '2026-06-30' } } }));
    expect(entry.period).toEqual(ends ? { start: '2026-01-01', end: '2026-06-30' } : { start: '2026-01-01' });
    expect(entry.reviewDate).toBe(ends ? undefined : '2026-06-30');
    const endOnly = read(consent(text, { provision: { period: { end: '2026-06-30' } } }));
    expect(endOnly.period).toEqual(ends ? { end: '2026-06-30' } : undefined);
  });

  it('of its own is believed over that of a provision', () => {
    const provision = { period: { start: '2026-01-01', end: '2026-06-30' } };
    const period = { start: '2025-01-01', end: '2025-06-30' };
    expect(read(consent(DOLS, { provision, period })).period).toEqual(period);
    expect(read(finding(DOLS, { provision, effectivePeriod: period })).period).toEqual(period);
    expect(read(consent(LPA, { provision, period }))).toMatchObject({ period, reviewDate: '2026-06-30' });
  });

  it.each(['reviewDate', 'ReviewDate', 'UKCore-ReviewDate', 'flag-reviewDate'])(
    'to look at it again may stand in %s',
    (name) => {
      const url = `https://x.example/StructureDefinition/${name}`;
      const until = { provision: { period: { end: '2026-06-30' } } };
      expect(read(consent(ADRT, { extension: [{ url, valueDate: '2027-01-01' }], ...until })).reviewDate).toBe(
        '2027-01-01',
      );
      expect(read(finding(DOLS, { extension: [{ url, valueDateTime: '2027-01-01T09:00:00Z' }] })).reviewDate).toBe(
        '2027-01-01T09:00:00Z',
      );
    },
  );

  it('on which it ended when its source last touched it makes it past', () => {
    const period = { start: '2025-01-01', end: '2025-06-30' };
    expect(read(consent(DOLS, { period, meta: { lastUpdated: '2026-01-01T00:00:00Z' } })).state).toBe('past');
  });
});

describe('what was found', () => {
  it.each([
    [{ valueBoolean: true }, 'Yes', 'current'],
    [{ valueBoolean: false }, 'No', 'negated'],
    [{ valueCodeableConcept: { text: 'None' } }, 'None', 'negated'],
    [{ valueString: 'FALSE' }, 'FALSE', 'negated'],
    [{ valueString: 'No objection was made' }, 'No objection was made', 'current'],
    [{ valueString: 'There is no' }, 'There is no', 'current'],
    [{ valueString: 'Lasting power of attorney revoked' }, 'Lasting power of attorney revoked', 'past'],
  ])('is shown as it was answered, and turns it round where it does: %j', (answer, value, state) => {
    expect(read(finding('Lasting power of attorney', answer))).toMatchObject({ value, state });
  });

  it('of capacity stands, whatever it is', () => {
    expect(read(finding('Has mental capacity', { valueBoolean: false }))).toMatchObject({
      kind: 'capacity',
      value: 'No',
      state: 'current',
    });
  });

  it('is an answer of an observation alone', () => {
    expect(read(consent(LPA, { valueBoolean: false }))).not.toHaveProperty('value');
  });

  it.each([
    ['final', 'negated'],
    [undefined, 'negated'],
    ['registered', 'negated'],
    ['cancelled', 'past'],
    ['entered-in-error', 'in-error'],
  ])('makes no more of a record with status %s than %s', (status, state) => {
    expect(read(finding('Lasting power of attorney', { status, valueBoolean: false })).state).toBe(state);
  });

  it('is told by the answer before the words of the name', () => {
    expect(read(finding('Lasting power of attorney revoked', { valueBoolean: false })).state).toBe('negated');
  });
});
