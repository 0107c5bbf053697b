import { afterEach, describe, expect, it } from 'vitest';
import { buildRecord } from '../../src/record/build-record.ts';
import type { Entry } from '../../src/record/entry.ts';
import { readResources } from '../../src/record/read-resources.ts';
import type { SourceId } from '../../src/record/source.ts';
import { dateInWords } from '../../src/components/dates-in-words.ts';
import { enGB } from '../../src/words/en-GB.ts';

const NOW = '2026-11-22T12:00:00Z';

/** The entries of the record built of these resources, as they stand at this moment. */
function built(...resources: readonly object[]): readonly Entry[] {
  const reading = readResources(resources, 'a' as SourceId);
  const record = buildRecord({
    patient: {} as never,
    sources: [],
    statuses: new Map(),
    ...reading,
    nowMs: Date.parse(NOW),
  });
  return record.sections.flatMap(({ facts }) => facts.flatMap(({ entries }) => entries));
}

const plan = (period: object): object => ({
  resourceType: 'CarePlan',
  status: 'active',
  intent: 'plan',
  title: 'Plan',
  period,
});
const flag = (period: object): object => ({ resourceType: 'Flag', status: 'active', code: { text: 'Falls' }, period });
const problem = (parts: object): object => ({
  resourceType: 'Condition',
  code: { text: 'Asthma' },
  clinicalStatus: { coding: [{ code: 'active' }] },
  ...parts,
});

describe('an end that never comes', () => {
  it.each(['9999-12-31', '9999-12-31T23:59:59Z', '2999-12-31', '4000-01-01', '2100-01-01'])('is open: %s', (end) => {
    for (const resource of [plan, flag]) {
      expect(built(resource({ start: '2020-01-01', end }))[0]).toMatchObject({
        state: 'current',
        period: { start: '2020-01-01' },
      });
      expect(built(resource({ start: '2020-01-01', end }))[0]?.period).not.toHaveProperty('end');
    }
  });

  it('is no end of a problem, and no contradiction of its status', () => {
    expect(built(problem({ onsetDateTime: '2019', abatementDateTime: '9999-12-31' }))[0]).toMatchObject({
      state: 'current',
      cautions: [],
      period: { start: '2019' },
    });
  });

  it('ends no name and no telephone number', () => {
    const period = { start: '2001-01-01', end: '9999-12-31' };
    const [person] = built({
      resourceType: 'Patient',
      name: [
        { use: 'usual', family: 'NOW', period },
        { use: 'nickname', family: 'OTHER' },
      ],
      telecom: [{ system: 'phone', value: '01632 960001', period }],
    });
    expect(person).toMatchObject({ title: 'NOW', telecom: [{ value: '01632 960001' }] });
  });

  it('is no death', () => {
    const [person] = built({ resourceType: 'Patient', name: [{ family: 'TEST' }], deceasedDateTime: '9999-12-31' });
    expect(person).not.toHaveProperty('deceased');
  });

  it('is an end where it is a real one', () => {
    expect(built(plan({ start: '2020-01-01', end: '2026-01-01' }))[0]).toMatchObject({ state: 'past' });
    expect(built(plan({ start: '2020-01-01', end: '2027' }))[0]).toMatchObject({
      state: 'current',
      period: { end: '2027' },
    });
  });
});

describe('a day that stands where there is none', () => {
  const NO_DAYS = ['1900-01-01', '1900-01-01T00:00:00Z', '1753-01-01', '0001-01-01', '1899-12-30'];

  it.each(NO_DAYS)('is not known: %s', (day) => {
    expect(built(problem({ onsetDateTime: day }))[0]).not.toHaveProperty('date');
    expect(built(problem({ recordedDate: day }))[0]).not.toHaveProperty('dateIs');
    expect(built(plan({ start: day }))[0]).not.toHaveProperty('period');
  });

  it('may be somebody’s birthday', () => {
    expect(built({ resourceType: 'Patient', name: [{ family: 'TEST' }], birthDate: '1900-01-01' })[0]).toMatchObject({
      birthDate: '1900-01-01',
    });
  });

  it('is none beside it: the days around are days', () => {
    for (const day of ['1900-01-02', '1899-12-29', '1900'])
      expect(built(problem({ onsetDateTime: day }))[0]).toMatchObject({ date: day });
  });
});

describe('a recorded date', () => {
  const zone = process.env['TZ'];
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  const DATES = [
    '2019',
    '2019-03',
    '2026-03-29',
    '2026-10-25',
    '1948-03-14',
    '2026-06-30T23:30:00Z',
    '2026-06-30T23:30:00+13:00',
    '0984-02-29',
  ];

  const ZONES = ['Europe/London', 'Pacific/Kiritimati', 'Pacific/Niue', 'America/St_Johns', 'Asia/Kathmandu'];

  it.each(ZONES)('reads the same in %s', (tz) => {
    process.env['TZ'] = tz;
    for (const text of DATES) {
      const [entry] = built(problem({ onsetDateTime: text }));
      expect(entry).toMatchObject({ date: text });
      const [year, month, day] = text.slice(0, 10).split('-');
      const name = month && enGB.months[Number(month) - 1];
      expect(entry?.date && dateInWords(entry.date, enGB)).toBe(
        [day, name, String(Number(year))].filter(Boolean).join('-'),
      );
    }
  });

  it.each(['2026-02-30', '30/06/2026', 'unknown', '2026-13', 20260630, { value: '2026' }, '2026-06-31T10:00:00Z'])(
    'that is no date is unknown, never today: %j',
    (value) => {
      expect(built(problem({ onsetDateTime: value }))[0]).not.toHaveProperty('date');
    },
  );
});
