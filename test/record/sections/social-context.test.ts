import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Resource } from '../../../src/record/resource.ts';
import {
  socialContext,
  type SocialContextEntry,
  type SocialKind,
} from '../../../src/record/sections/social-context.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { splitByWindow } from '../../../src/record/split-by-window.ts';
import { saysOnlyWhere } from '../../../launcher/access/whereabouts.ts';
import { buildRecord } from '../../../src/record/build-record.ts';
import { aPatient, entriesFrom, entryFrom } from '../../support/record.ts';
import { listedInAnyOrder, readBy } from '../../support/section.ts';

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

describe('what social context is about', () => {
  const told = (change: object): Resource => ({
    resourceType: 'Observation',
    id: '1',
    status: 'final',
    effectiveDateTime: '2026-10-01',
    ...change,
  });
  const kindIn = (change: object): string | undefined =>
    (readBy(socialContext, told(change))?.entries[0] as SocialContextEntry | undefined)?.kind;

  it.each([
    ['http://loinc.org', '72166-2', 'tobacco'],
    ['http://loinc.org', '11367-0', 'tobacco'],
    ['http://loinc.org', '74013-4', 'alcohol'],
    ['http://loinc.org', '11331-6', 'alcohol'],
    ['http://loinc.org', '11341-5', 'occupation'],
    ['http://loinc.org', '67875-5', 'occupation'],
    ['http://loinc.org', '71802-3', 'housing'],
    ['http://snomed.info/sct', '365981007', 'tobacco'],
    ['http://snomed.info/sct', '266919005', 'tobacco'],
    ['http://snomed.info/sct', '8517006', 'tobacco'],
    ['http://snomed.info/sct', '77176002', 'tobacco'],
    ['http://snomed.info/sct', '229819007', 'tobacco'],
    ['http://snomed.info/sct', '160573003', 'alcohol'],
  ])('is told by the code of %s, %s: %s, whatever its words', (system, code, kind) => {
    const coding = [{ code: 'x' }, { system }, { system: 'urn:x', code: 'x' }, { system, code }];
    expect(kindIn({ code: { text: 'Hanes', coding } })).toBe(kind);
    expect(kindIn({ code: { text: 'Hanes', coding: [{ system: 'urn:x', code }] } })).toBeUndefined();
    expect(kindIn({ code: { text: 'Housing status', coding } })).toBe(kind);
  });

  it.each<[SocialKind, ...string[]]>([
    [
      'tobacco',
      'Smoker',
      'Tobacco',
      'Cigarette',
      'Cigarettes',
      'Pipe smoker',
      'Vapes',
      'Vape',
      'Vaping',
      'E-cigarette',
    ],
    ['tobacco', 'Ecigarettes', 'Nicotine'],
    ['alcohol', 'Alcohol', 'Alcoholic', 'Heavy drinker', 'Light drinker', 'Moderate drinker', 'Social drinker'],
    ['alcohol', 'Non-drinker', 'Nondrinker', 'Non drinker', 'Teetotal', 'Teetotaller'],
    ['drugs', 'Illicit drug', 'Recreational drugs', 'Injecting drugs', 'Drug use', 'Substance misuse', 'Cannabis'],
    [
      'caring',
      'Is a carer',
      'Cares for wife',
      'Caring role',
      'Caring responsibility',
      'Young carer',
      'Looks after a son',
    ],
    ['household', 'Lives alone', 'Live with son', 'Living on her own', 'Household', 'Marital status'],
    ['housing', 'Housing', 'Smoke alarm', 'Smoke alarms', 'Smoke detectors', 'Smoke detector', 'Accommodation'],
    ['housing', 'Homeless', 'Homelessness', 'No fixed abode', 'Sheltered', 'Lives in a caravan', 'Tenure'],
    ['housing', 'Rough sleeper', 'Rough sleeping'],
    ['occupation', 'Occupation', 'Occupations', 'Employment', 'Employed', 'Unemployed', 'Retired', 'Armed forces'],
    ['occupation', 'Veteran', 'Education status'],
  ])('is told by its words: %s in %s', (kind, ...texts) => {
    for (const text of texts) {
      expect([text, kindIn({ code: { text } })]).toEqual([text, kind]);
      expect([text, kindIn({ code: { text: 'Hanes', coding: [{ code: '1', display: text }] } })]).toEqual([text, kind]);
    }
  });

  it.each([
    [{ coding: [{ code: 'social-history' }] }],
    [{ coding: [{ code: 'x' }, { code: 'SDOH' }] }],
    [{ text: 'Social history' }],
    [{ text: 'sdoh' }],
  ])('is told by its category: %j', (category) => {
    expect(kindIn({ code: { text: 'Likes tea' }, category: [{}, category] })).toBe('other');
    expect(kindIn({ code: { text: 'Likes tea' }, category: [{ text: 'Exam' }] })).toBeUndefined();
    expect(kindIn({ category: [category] })).toBeUndefined();
    expect(kindIn({ code: { text: 'Smoking test' }, category: [category] })).toBe('tobacco');
  });

  it.each(['Smoking cessation advice', 'Alcohol withdrawal', 'AUDIT alcohol', 'CAGE alcohol', 'Nicotine dependence'])(
    'is neither a test nor a plan: %s',
    (text) => {
      expect(kindIn({ code: { text } })).toBeUndefined();
    },
  );

  it('leaves results and reasons for support to their own headings', () => {
    expect(kindIn({ code: { text: 'Alcohol' }, category: [{ coding: [{ code: 'LAB' }] }] })).toBeUndefined();
    expect(kindIn({ code: { text: 'Housing' }, category: [{ text: 'Support reason' }] })).toBeUndefined();
    const category = [{ coding: [{ code: 'social-history' }] }];
    expect(
      readBy(socialContext, { resourceType: 'Condition', id: '1', category, code: { text: 'Smoker' } }),
    ).toBeNull();
    expect(readBy(socialContext, told({ category }))?.unread).toMatchObject([{ element: 'Observation.code' }]);
  });

  it.each([
    ['Smoking status', {}, true],
    ['Alcohol consumption', {}, true],
    ['Alcohol intake', {}, true],
    ['Smoking behaviour', {}, true],
    ['Smoking behavior', {}, true],
    ['Tobacco use', {}, true],
    ['Smoking history', {}, true],
    ['Employment details', {}, true],
    ['Housing arrangement', {}, true],
    ['Housing arrangements', {}, true],
    ['Accommodation type', {}, true],
    ['Ex-smoker', {}, false],
    ['Employment status unchanged smoker', {}, false],
    ['Smoking status', { valueString: 'Smoker' }, false],
    ['Smoking status', { component: [{ code: { text: 'A day' }, valueInteger: 5 }] }, false],
    ['Smoking status', { status: 'registered' }, false],
  ])('“%s” with %j is a heading without its answer: %s', (text, change, missing) => {
    const entry = readBy(socialContext, told({ code: { text }, ...change }))?.entries[0];
    expect(entry?.cautions.includes('value-missing')).toBe(missing);
  });

  it('is listed by what it is about, whatever came first', () => {
    const each = ['Lives alone', 'Housing', 'Young carer', 'Smoker', 'Teetotal', 'Cannabis', 'Retired', 'Likes tea'];
    const category = [{ coding: [{ code: 'social-history' }] }];
    const resources = each.map((text, at) => told({ id: String(9 - at), code: { text }, category }));
    expect(listedInAnyOrder(socialContext, resources)).toEqual([each]);
    expect(socialContext).toMatchObject({ heading: 'Social context', groupedBy: 'test', window: null });
  });

  it('is one question for each kind, and one for each amount, advice and thing of its own', () => {
    const question = (text: string, change: object = {}): string | undefined => {
      const entry = readBy(socialContext, told({ code: { text }, ...change }))?.entries[0];
      return entry && socialContext.latestPer?.(entry);
    };
    expect(question('Smoker')).toBe(question('Smoking status', { valueString: 'Ex-smoker' }));
    expect(question('Smoker')).not.toBe(question('Alcohol'));
    expect(question('Smoking status', { valueString: 'Unknown' })).toBeUndefined();
    const parts = { component: [{ code: { text: 'A day' }, valueInteger: 5 }] };
    const amount = { valueQuantity: { value: 5 } };
    for (const change of [parts, amount]) expect(question('Smoker', change)).not.toBe(question('Smoker'));
    expect(question('Cigarettes', amount)).not.toBe(question('Tobacco', amount));
    expect(question('Smoking', { valueString: 'Cessation advice given' })).not.toBe(question('Smoking'));
    const filed = { category: [{ coding: [{ code: 'social-history' }] }] };
    expect(question('Likes tea', filed)).not.toBe(question('Likes coffee', filed));
    const own = ['Smoker', 'Vapes', 'E-cigarette', 'Second-hand smoke smoker', 'Smoker of shisha', 'Snuff tobacco'];
    expect(new Set(own.map((text) => question(text))).size).toBe(own.length);
    expect(question('Ecig nicotine')).not.toBe(question('Nicotine'));
    expect(question('Secondhand smoker')).not.toBe(question('Smoker'));
    expect(question('Smoking status', { valueString: 'Vapes' })).toBe(question('Vapes'));
  });
});
