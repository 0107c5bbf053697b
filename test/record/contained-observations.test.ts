// Proves src/record/contained-observations.ts and what src/record/read-resources.ts makes of it.
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/record/entry.ts';
import { readResources } from '../../src/record/read-resources.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { SourceId } from '../../src/record/source.ts';

const category = (code: string) => [{ coding: [{ code }] }];
const loinc = (code: string, display: string) => ({ coding: [{ system: 'http://loinc.org', code, display }] });
const observation = (change: object): Resource => ({
  resourceType: 'Observation',
  id: 'inner',
  status: 'final',
  ...change,
});

const PRESSURE = observation({
  code: loinc('8480-6', 'Systolic blood pressure'),
  valueQuantity: { value: 148, unit: 'mmHg' },
});
const POTASSIUM = observation({ code: { text: 'Potassium' }, valueQuantity: { value: 6.9, unit: 'mmol/L' } });
const SMOKING = observation({
  category: category('social-history'),
  code: loinc('72166-2', 'Tobacco smoking status'),
  valueCodeableConcept: { text: 'Smoker' },
});
const PREGNANCY = observation({
  code: loinc('82810-3', 'Pregnancy status'),
  valueCodeableConcept: { text: 'Pregnant' },
});
const FRAILTY = observation({ code: { text: 'Rockwood clinical frailty scale' }, valueInteger: 6 });
const CPR = observation({ code: { text: 'Resuscitation status' }, valueCodeableConcept: { text: 'DNACPR in place' } });
const FAMILY = observation({ code: { text: 'Family history of asthma' } });

const holders: { readonly [name: string]: Resource } = {
  'a report': { resourceType: 'DiagnosticReport', id: 'h', status: 'final', code: { text: 'Pre-assessment' } },
  'a laboratory report': {
    resourceType: 'DiagnosticReport',
    id: 'h',
    status: 'final',
    category: category('LAB'),
    code: { text: 'Bloods' },
  },
  'a report of vital signs': {
    resourceType: 'DiagnosticReport',
    id: 'h',
    status: 'final',
    category: category('vital-signs'),
    code: { text: 'Observations' },
  },
  'a report that is not read': { resourceType: 'DiagnosticReport', id: 'h', status: 'final' },
  'a laboratory panel': observation({ id: 'h', category: category('laboratory'), code: { text: 'Bloods' } }),
  'a panel of vital signs': observation({ id: 'h', category: category('vital-signs'), code: { text: 'Vital signs' } }),
  'a survey': observation({ id: 'h', category: category('survey'), code: { text: 'Needs assessment' } }),
  'a composition': { resourceType: 'Composition', id: 'h', status: 'final', title: 'Clinic letter' },
  'an encounter': { resourceType: 'Encounter', id: 'h', status: 'finished', class: { code: 'AMB' } },
  'a form': {
    resourceType: 'QuestionnaireResponse',
    id: 'h',
    status: 'completed',
    item: [{ text: 'Well?', answer: [{ valueBoolean: true }] }],
  },
  'a referral': { resourceType: 'ServiceRequest', id: 'h', status: 'active', code: { text: 'Referral to cardiology' } },
  'a list': { resourceType: 'List', id: 'h', status: 'current' },
  'a type that nobody reads': { resourceType: 'Media', id: 'h', status: 'completed' },
};

const readIn = (holder: Resource, ...contained: readonly object[]) =>
  readResources([{ ...holder, contained }], 'gp' as SourceId);

/** What is made of an Observation inside another resource, beside what that is by itself. */
function inside(holder: Resource, inner: Resource): readonly Entry[] {
  const alone = new Set(readIn(holder).entries.map(({ id, section }) => `${id} ${section}`));
  return readIn(holder, inner).entries.filter(({ id, section }) => !alone.has(`${id} ${section}`));
}

const held = (name: string): Resource => holders[name] as Resource;
const sectionsIn = (name: string, inner: Resource): readonly string[] =>
  inside(held(name), inner).map(({ section }) => section);

describe('an Observation that lies inside another record', () => {
  it.each(Object.keys(holders))('is lost in none: %s', (name) => {
    for (const inner of [PRESSURE, POTASSIUM, SMOKING, PREGNANCY, FRAILTY, CPR, FAMILY])
      expect(inside(held(name), inner), JSON.stringify(inner['code'])).toHaveLength(1);
  });

  it.each(Object.keys(holders))('stands in its own section, whatever holds it: %s', (name) => {
    expect(sectionsIn(name, SMOKING)).toEqual(['social-context']);
    expect(sectionsIn(name, PREGNANCY)).toEqual(['pregnancy-status']);
    expect(sectionsIn(name, CPR)).toEqual(['end-of-life-care']);
    expect(sectionsIn(name, FAMILY)).toEqual(['family-history']);
  });

  it('is filed as what holds it is, where it says nothing of that itself', () => {
    expect(sectionsIn('a laboratory report', PRESSURE)).toEqual(['investigation-results']);
    expect(sectionsIn('a report of vital signs', PRESSURE)).toEqual(['examination-findings']);
    expect(sectionsIn('a report of vital signs', observation({ code: { text: 'Alertness' } }))).toEqual([
      'examination-findings',
    ]);
    expect(sectionsIn('a laboratory panel', observation({ code: { text: 'Alcohol' }, valueInteger: 2 }))).toEqual([
      'investigation-results',
    ]);
    expect(sectionsIn('a survey', observation({ code: { text: 'Mood' } }))).toEqual(['assessments']);
  });

  it('is a finding by its code or its own category also in a report that is filed as nothing', () => {
    expect(sectionsIn('a report', PRESSURE)).toEqual(['examination-findings']);
    const alert = { code: { text: 'Alertness' } };
    expect(sectionsIn('a report', observation({ ...alert, category: category('vital-signs') }))).toEqual([
      'examination-findings',
    ]);
    expect(sectionsIn('a laboratory report', { ...PRESSURE, category: category('vital-signs') })).toEqual([
      'examination-findings',
    ]);
  });

  it('is a result of the report or the panel that holds it where nothing says otherwise', () => {
    for (const name of ['a report', 'a laboratory report', 'a laboratory panel', 'a report that is not read'])
      expect(sectionsIn(name, POTASSIUM), name).toEqual(['investigation-results']);
    const panel = observation({ id: 'h', code: { text: 'Full blood count' } });
    expect(inside(panel, POTASSIUM).map(({ section }) => section)).toEqual(['investigation-results']);
    expect(sectionsIn('an encounter', { ...POTASSIUM, category: category('laboratory') })).toEqual([
      'investigation-results',
    ]);
  });

  it('is a finding, as it is by itself, where what holds it is neither a report nor a panel of results', () => {
    const request = { ...held('a referral'), category: category('laboratory') };
    for (const holder of [request, held('an encounter'), held('a panel of vital signs')])
      expect(inside(holder, POTASSIUM).map(({ section }) => section)).toEqual(['examination-findings']);
  });

  it('stands under two headings where it says two things, each with a name of its own', () => {
    const escalation = observation({
      category: category('survey'),
      code: { text: 'Needs assessment' },
      component: [{ code: { text: 'DNACPR in place' }, valueBoolean: true }],
    });
    const told = inside(held('an encounter'), escalation);
    expect(told.map(({ id, section }) => [id, section])).toEqual([
      ['gp/Encounter/h#inner', 'assessments'],
      ['gp/Encounter/h#inner-cpr', 'end-of-life-care'],
    ]);
    const unnamed = { ...escalation, category: undefined, code: { text: 'Escalation' } };
    expect(inside(held('a report'), unnamed).map(({ section }) => section)).toEqual([
      'investigation-results',
      'end-of-life-care',
    ]);
  });

  it('is one of what is a list of resources, and no other resource there is taken for one', () => {
    const others = ['Condition', 'Media'].map((resourceType) => ({ ...SMOKING, resourceType }));
    expect(readIn(held('an encounter'), ...others)).toEqual(readIn(held('an encounter')));
    for (const contained of [SMOKING, 'inner', null])
      expect(readResources([{ ...held('an encounter'), contained }], 'gp' as SourceId)).toEqual(
        readIn(held('an encounter')),
      );
  });

  it('names who is referred to, though others of the same id lie beside it', () => {
    const person = (text: string) => ({ resourceType: 'Practitioner', id: 'p', name: [{ text }] });
    const role = { resourceType: 'PractitionerRole', id: 'r', practitioner: { reference: '#p' } };
    const inner = { ...SMOKING, performer: [{ reference: 'PractitionerRole/r' }] };
    const holder = { ...held('an encounter'), contained: [inner, person('Dr Inside')] };
    const { entries } = readResources([{ ...role, contained: [person('Dr Outside')] }, holder], 'gp' as SourceId);
    expect(entries.find(({ section }) => section === 'social-context')?.origin.by).toBe('Dr Outside');
  });

  it('is counted as unread, under what holds it, when it says not what was observed', () => {
    for (const name of ['a report', 'a panel of vital signs', 'an encounter', 'a composition']) {
      const reading = readIn(held(name), observation({ valueInteger: 3 }));
      const type = held(name).resourceType;
      expect(reading.unread, name).toMatchObject([
        { resourceType: type, element: `${type}.contained`, origin: { resource: `${type}/h` } },
      ]);
    }
  });

  it('has no identity but a place in what holds it, and what it refers to lies beside it', () => {
    const doctor = { resourceType: 'Practitioner', id: 'dr', name: [{ text: 'Dr Example' }] };
    const [entry] = readIn(
      held('an encounter'),
      { ...SMOKING, performer: [{ reference: '#dr' }] },
      doctor,
    ).entries.filter((one) => one.section === 'social-context');
    expect(entry).toMatchObject({
      id: 'gp/Encounter/h#inner',
      origin: { source: 'gp', resource: 'Encounter/h', by: 'Dr Example' },
    });
    const two = readIn(held('an encounter'), { ...SMOKING, id: undefined }, { ...CPR, id: undefined }).entries;
    expect(new Set(two.map(({ id }) => id)).size).toBe(3);
  });

  it('was not said by whoever attended the encounter or asked for the referral that holds it', () => {
    const attended = { ...held('an encounter'), participant: [{ individual: { display: 'Dr Attending' } }] };
    expect(inside(attended, SMOKING)[0]?.origin.by).toBeUndefined();
    const panel = { ...held('a panel of vital signs'), performer: [{ display: 'Nurse Example' }] };
    expect(inside(panel, PRESSURE)[0]?.origin.by).toBe('Nurse Example');
  });

  it('leads to the report or the encounter that holds it', () => {
    expect(inside(held('a report'), SMOKING)[0]?.links).toEqual([{ rel: 'report', to: 'DiagnosticReport/h' }]);
    expect(inside(held('an encounter'), SMOKING)[0]?.links).toEqual([{ rel: 'encounter', to: 'Encounter/h' }]);
    expect(inside(held('a survey'), FRAILTY)[0]?.links).toEqual([]);
  });
});

describe('the day of an Observation that lies inside another record', () => {
  const day = (holder: Resource, inner: Resource): object => {
    const [entry] = inside(holder, inner);
    return { date: entry ? entry.date : 'lost', dateIs: entry?.dateIs };
  };

  it('is that of the report or panel that holds it, where it has none of its own', () => {
    for (const name of ['a report of vital signs', 'a panel of vital signs', 'a survey', 'a laboratory panel']) {
      const holder = { ...held(name), effectiveDateTime: '2026-11-01' };
      expect(day(holder, SMOKING), name).toEqual({ date: '2026-11-01', dateIs: undefined });
      expect(day(holder, { ...SMOKING, effectiveDateTime: '2020' }), name).toEqual({ date: '2020', dateIs: undefined });
      expect(
        day({ ...holder, issued: '2026-11-02T09:00:00Z' }, { ...SMOKING, issued: '2026-11-03T09:00:00Z' }),
      ).toEqual({
        date: '2026-11-01',
        dateIs: undefined,
      });
    }
  });

  it('is the day of recording, and said to be that, where what holds it only says when it was written', () => {
    const recorded = (date: string) => ({ date, dateIs: 'recorded' });
    expect(day({ ...held('a form'), authored: '2026-11-01' }, SMOKING)).toEqual(recorded('2026-11-01'));
    expect(day({ ...held('a composition'), date: '2026-11-01' }, SMOKING)).toEqual(recorded('2026-11-01'));
    expect(day({ ...held('a referral'), authoredOn: '2026-11-01' }, SMOKING)).toEqual(recorded('2026-11-01'));
    expect(day({ ...held('a form'), authored: '2026-11-01' }, { ...SMOKING, effectiveDateTime: '2020' })).toEqual({
      date: '2020',
      dateIs: undefined,
    });
  });

  it('is not known where nobody said it: a stay of weeks is no day on which something was seen', () => {
    const stay = { ...held('an encounter'), period: { start: '2026-10-01', end: '2026-11-01' } };
    expect(day(stay, SMOKING)).toEqual({ date: undefined, dateIs: undefined });
  });
});

describe('what stands against the whole', () => {
  const doubts = (holder: object, inner: Resource = SMOKING, name = 'a panel of vital signs'): readonly string[] =>
    inside({ ...held(name), ...holder }, inner)[0]?.cautions ?? ['lost'];

  it('stands against what lies in it', () => {
    for (const name of ['a panel of vital signs', 'an encounter', 'a composition', 'a report that is not read']) {
      expect(inside({ ...held(name), status: 'entered-in-error' }, SMOKING)[0]?.state, name).toBe('in-error');
      expect(doubts({ modifierExtension: [{ url: 'x' }] }, SMOKING, name), name).toContain('not-interpretable');
    }
    expect(doubts({ status: 'preliminary' })).toEqual(['preliminary']);
  });

  it('also where it is withdrawn in another word, or nobody could read it', () => {
    const letter = {
      resourceType: 'DocumentReference',
      id: 'h',
      status: 'current',
      docStatus: 'entered-in-error',
      description: 'Letter',
    };
    const allergy = {
      resourceType: 'AllergyIntolerance',
      id: 'h',
      verificationStatus: category('entered-in-error')[0],
    };
    for (const holder of [letter, allergy]) expect(inside(holder, SMOKING)[0]?.state).toBe('in-error');
  });

  it('but not how far a form has been filled in', () => {
    expect(doubts({ status: 'in-progress' }, SMOKING, 'a form')).toEqual([]);
  });

  it('but not that the whole has no value, or is named in two ways', () => {
    const named = { text: 'Haemoglobin', coding: [{ system: 'http://loinc.org', code: '1', display: 'Urea' }] };
    expect(doubts({ code: named }, POTASSIUM, 'a laboratory panel')).toEqual([]);
  });

  it('is that it is of somebody else, where both say of whom or it lies in the history of a relative', () => {
    const of = (reference: string) => ({ subject: { reference } });
    expect(doubts(of('Patient/1'), { ...SMOKING, ...of('Patient/2') })).toEqual(['about-somebody-else']);
    expect(doubts(of('Patient/1'), { ...SMOKING, ...of('Patient/1') })).toEqual([]);
    expect(doubts(of('Patient/1'))).toEqual([]);
    const relative: Resource = {
      resourceType: 'FamilyMemberHistory',
      id: 'h',
      status: 'completed',
      patient: { reference: 'Patient/1' },
      relationship: { text: 'Mother' },
    };
    for (const one of [relative, { ...relative, relationship: undefined }])
      expect(inside(one, SMOKING)[0]?.cautions).toEqual(['about-somebody-else']);
  });

  it('is that the whole is told of somebody else', () => {
    const relative = { resourceType: 'Condition', id: 'h', code: { text: 'Mother has asthma' } };
    expect(inside(relative, SMOKING)[0]?.cautions).toEqual(['about-somebody-else']);
    const allergy = { resourceType: 'AllergyIntolerance', id: 'h', code: { text: 'Egg' } };
    const of = (reference: string) => ({ reference: `Patient/${reference}` });
    const held = (patient: string) => inside({ ...allergy, patient: of(patient) }, { ...SMOKING, subject: of('2') });
    expect(held('1')[0]?.cautions).toEqual(['about-somebody-else']);
    expect(held('2')[0]?.cautions).toEqual([]);
  });

  it('is its confidentiality, also of a list that is no line of its own', () => {
    const listed = { ...held('a list'), meta: { security: [{ system: 's', code: 'R' }] } };
    expect(inside(listed, SMOKING)[0]?.labels).toEqual(['s|R']);

    const meta = { security: [{ system: 's', code: 'R' }] };
    expect(
      inside({ ...held('an encounter'), meta }, { ...SMOKING, meta: { security: [{ code: 'V' }] } })[0]?.labels,
    ).toEqual(['s|R', '|V']);
  });
});
