import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { socialContext, type SocialContextEntry } from '../../../src/record/sections/social-context.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { splitByWindow } from '../../../src/record/split-by-window.ts';
import { saysOnlyWhere } from '../../../launcher/access/whereabouts.ts';
import { buildRecord } from '../../../src/record/build-record.ts';
import { aPatient, entriesFrom, entryFrom } from '../../support/record.ts';

function said(text: string, change: object = {}): Resource {
  return {
    resourceType: 'Observation',
    id: '1',
    status: 'final',
    code: { text },
    effectiveDateTime: '2026-10-01',
    ...change,
  };
}

const SOCIAL = { category: [{ coding: [{ code: 'social-history' }] }] };
const read = (resource: Resource): SocialContextEntry => entryFrom<SocialContextEntry>(resource);

describe('what is not social context', () => {
  it.each([
    ['Alcohol withdrawal assessment scale', {}, 'assessments'],
    ['Smoking cessation advice', {}, 'examination-findings'],
    ['Blood alcohol level', { category: [{ coding: [{ code: 'laboratory' }] }] }, 'investigation-results'],
    ['Pregnancy status', SOCIAL, 'pregnancy-status'],
    ['Father has smoked for years', {}, 'family-history'],
  ])('%s', (text, change, section) => {
    expect(entryFrom(said(text, change)).section).toBe(section);
  });
});

describe('a social finding', () => {
  it('without a code is unread', () => {
    expect(readResources([said('', { ...SOCIAL, code: undefined })], 'gp' as SourceId).unread).toMatchObject([
      { element: 'Observation.code' },
    ]);
  });

  it('that asks and holds no answer says so, and one complete in its name needs none', () => {
    expect(read(said('Tobacco smoking status')).cautions).toEqual(['value-missing']);
    expect(read(said('Ex-smoker')).cautions).toEqual([]);
  });

  it('that was withdrawn or called off is no fact', () => {
    expect(read(said('Smoker', { status: 'entered-in-error' })).state).toBe('in-error');
    expect(read(said('Smoker', { status: 'cancelled' }))).toMatchObject({ state: 'negated', cautions: ['cancelled'] });
  });

  it.each([
    ['Tobacco smoking behaviour', 'tobacco'],
    ['Alcohol consumption', 'alcohol'],
    ['Lives alone', 'household'],
    ['No fixed abode', 'housing'],
    ['Is a carer', 'caring'],
    ['Retired', 'occupation'],
    ['Misuse of illicit drugs', 'drugs'],
  ])('%s is about %s', (text, kind) => {
    expect(read(said(text))).toMatchObject({ section: 'social-context', kind });
  });

  it('of no kind that is known is kept under its category', () => {
    expect(read(said('Feels safe at home', SOCIAL)).kind).toBe('other');
  });
});

describe('a home', () => {
  it('is not told of a person whose whereabouts are restricted, by any source', () => {
    const entries = entriesFrom(
      'gp',
      said('Housing', { valueString: 'Refuge in Thornby' }),
      said('Ex-smoker', { id: '2' }),
    );
    const parts = { sources: [], statuses: new Map(), entries, unread: [], nowMs: Date.UTC(2026, 10, 22) };
    const record = buildRecord({ ...parts, patient: aPatient({ restricted: true }) });
    expect(JSON.stringify(record)).not.toContain('Thornby');
    expect(JSON.stringify(record)).toContain('Ex-smoker');
    expect(entries.map(saysOnlyWhere)).toEqual([true, false]);
  });
});

describe('the latest of each kind', () => {
  const shown = (...resources: readonly Resource[]): readonly string[] => {
    const facts = entriesFrom('gp', ...resources).map((entry) => ({
      key: entry.id,
      section: entry.section,
      entries: [entry],
    }));
    const { inside, older } = splitByWindow(
      { id: 'social-context', section: socialContext, facts: facts as never },
      '2026-11-22',
    );
    expect(inside.length + older.length).toBe(facts.length);
    return inside.map(({ entries: [entry] }) => entry.origin.resource.split('/')[1] ?? '');
  };
  const status = (id: string, value: string, date: string): Resource =>
    said('Smoking status', { id, valueCodeableConcept: { text: value }, effectiveDateTime: date });

  it('is not one that says nothing', () => {
    expect(shown(status('new', 'Not asked', '2026-10-01'), status('old', 'Smoker', '2020-01-01'))).toEqual([
      'new',
      'old',
    ]);
    expect(shown(status('new', 'Unknown', '2026-10-01'), status('old', 'Smoker', '2020-01-01'))).toEqual([
      'new',
      'old',
    ]);
  });

  it.each(['Unknown if ever smoked', 'N/A', 'NK', '?', '-', 'Declined', 'No information given', 'Smoking unknown'])(
    'is not an answer that tells nothing: %s',
    (value) => {
      expect(shown(status('new', value, '2026-10-01'), status('old', 'Smoker', '2020-01-01'))).toContain('old');
    },
  );

  it.each([
    'Tobacco smoking consumption unknown',
    'Smoking status not recorded',
    'Smoking status not known',
    'Smoker: declined to answer',
    'Smoking history refused',
    'Tobacco smoking status',
  ])('is not a name that says that nobody knows: %s', (name) => {
    const old = status('old', 'Smoker', '2020-01-01');
    expect(shown(said(name, { id: 'new', ...SOCIAL }), old)).toContain('old');
  });

  it('lets a smoker who stopped stand as one who stopped, however each was written down', () => {
    expect(shown(said('Ex-smoker', { id: 'new' }), status('old', 'Smoker', '2009-01-01'))).toEqual(['new']);
  });

  it('leaves an amount beside the status', () => {
    const packYears = said('Smoking pack years', {
      id: 'years',
      valueQuantity: { value: 30, unit: 'years' },
      effectiveDateTime: '2009-01-01',
    });
    expect(shown(said('Ex-smoker', { id: 'new' }), packYears)).toEqual(['new', 'years']);
  });

  it.each([
    ['Never vaped', 'Smoker'],
    ['Does not use e-cigarettes', 'Smoker'],
    ['Passive smoker', 'Smoker'],
    ['Does not use smokeless tobacco', 'Smoker'],
    ['Does not use cannabis', 'Injecting drug user'],
    ['Marital status: married', 'Lives alone'],
    ['Armed forces veteran', 'Unemployed'],
    ['Education status: degree', 'Unemployed'],
    ['Smoke alarm fitted', 'Homeless'],
    ['Smoke alarm fitted', 'Smoker'],
    ['Housing tenure: rented', 'Lives in sheltered accommodation'],
    ['Smoking cessation advice', 'Smoker'],
    ['Alcohol advice given', 'Heavy drinker'],
  ])('leaves standing what it says nothing of: %s, %s', (newer, older) => {
    const old = said(older, { id: 'old', ...SOCIAL, effectiveDateTime: '2020-01-01' });
    expect(shown(said(newer, { id: 'new', ...SOCIAL }), old)).toContain('old');
  });

  it.each([
    ['Does not vape', 'Vapes'],
    ['Ex-smoker', 'Cigarette smoker'],
    ['Lives with spouse', 'Lives alone'],
    ['Retired', 'Occupation: driver'],
    ['Teetotal', 'Heavy drinker'],
  ])('displaces the older answer to its own question: %s, %s', (newer, older) => {
    const old = said(older, { id: 'old', ...SOCIAL, effectiveDateTime: '2020-01-01' });
    expect(shown(said(newer, { id: 'new', ...SOCIAL }), old)).toEqual(['new']);
  });

  it('keeps both of one day', () => {
    expect(shown(status('a', 'Smoker', '2026-10-01'), status('b', 'Ex-smoker', '2026-10-01'))).toEqual(['a', 'b']);
  });
});

describe('one line for several findings', () => {
  it('is made only of the same answer on the same day', () => {
    const key = (change: object): string =>
      socialContext.factKey(
        read(said('Alcohol consumption', { valueQuantity: { value: 2, unit: 'units/week' }, ...change })),
      );
    expect(key({ id: '2' })).toBe(key({}));
    expect(key({ valueQuantity: { value: 20, unit: 'units/week' } })).not.toBe(key({}));
    expect(key({ effectiveDateTime: '2025-10-01' })).not.toBe(key({}));
  });
});
