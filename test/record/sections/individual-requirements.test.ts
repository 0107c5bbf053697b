import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { Fact } from '../../../src/record/fact.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { individualRequirements, type RequirementEntry } from '../../../src/record/sections/individual-requirements.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { conflictsOf, entriesFrom, entryFrom } from '../../support/record.ts';
import { readBy } from '../../support/section.ts';

const NRAF = {
  coding: [
    {
      system: 'https://fhir.nhs.uk/England/CodeSystem/RA-Flag',
      code: 'NRAF',
      display: 'National Reasonable Adjustments Flag',
    },
  ],
};

function flag(change: object = {}): Resource {
  return {
    resourceType: 'Flag',
    id: '1',
    status: 'active',
    category: [{ text: 'Reasonable adjustment' }],
    code: { text: 'Longer appointments' },
    period: { start: '2026-01-10' },
    ...change,
  };
}

const read = (resource: Resource): RequirementEntry => entryFrom<RequirementEntry>(resource);

const factOf = (entry: RequirementEntry): Fact<RequirementEntry> =>
  ({ entries: [entry] }) as unknown as Fact<RequirementEntry>;
const impairment = (change: object = {}): Resource => ({
  resourceType: 'Condition',
  id: '1',
  category: [{ text: 'Impairment' }],
  code: { text: 'Deaf' },
  clinicalStatus: { coding: [{ code: 'active' }] },
  ...change,
});

describe('what is no individual requirement', () => {
  it('is a diagnosis, however much it impairs', () => {
    const deaf = {
      resourceType: 'Condition',
      id: '1',
      code: { text: 'Hearing impairment' },
      category: [{ text: 'Problem list item' }],
    };
    expect(entryFrom(deaf).section).toBe('problems');
  });

  it('is a consent to the sharing of anything else', () => {
    const consent = {
      resourceType: 'Consent',
      id: '1',
      status: 'active',
      scope: { coding: [{ code: 'patient-privacy' }] },
      category: [{ text: 'Record sharing' }],
    };
    expect(readResources([consent], 'gp' as SourceId)).toEqual({ entries: [], unread: [] });
    expect(readBy(individualRequirements, consent)).toBeNull();
    expect(readBy(individualRequirements, flag({ category: [], code: { text: 'Diabetes' } }))).toBeNull();
  });

  it('is a requirement that was denied or withdrawn', () => {
    expect(read(flag({ code: { text: 'No reasonable adjustments needed' } })).state).toBe('negated');
    expect(read(flag({ code: { text: 'Interpreter not required' } })).state).toBe('negated');
    expect(read(flag({ status: 'entered-in-error' })).state).toBe('in-error');
    expect(read(flag({ status: 'inactive' })).state).toBe('past');
    expect(read(flag({ status: undefined })).state).toBe('unknown');
  });

  it.each([
    'No adjustments',
    'No adjustment required',
    'No requirements',
    'No known requirement',
    'Nil known current individual impairments',
    'No impairment',
    'No special needs',
    'None',
    'Nil',
    'None known',
    'Nil recorded',
    'Does not need an interpreter',
    'Does not require an interpreter',
    'Adjustments: none needed',
    'Hearing loop no longer needed',
    'Interpreter no longer required',
    'Longer appointments declined',
    'No communication needs',
    'No known dietary requirements',
    'No longer needs an interpreter',
  ])('is one that its own words deny: %s', (text) => {
    expect(read(flag({ code: { text } })).state).toBe('negated');
    expect(read(impairment({ code: { text } })).state).toBe('negated');
  });

  it.each([
    'Sign language interpreter required, spoken language interpreter not required',
    'Needs large print; braille not needed',
    'Longer appointments, home visits declined',
    'No stairs',
  ])('is none that asks for one thing and not for another: %s', (text) => {
    expect(read(flag({ code: { text } })).state).toBe('current');
  });

  it('is what was made in error, whatever its words deny', () => {
    expect(read(flag({ status: 'entered-in-error', code: { text: 'No adjustments' } })).state).toBe('in-error');
  });

  it('is a flag about anything else', () => {
    expect(entryFrom(flag({ category: [], code: { text: 'Parks behind the surgery' } })).section).not.toBe(
      'individual-requirements',
    );
  });

  it('is an impairment that says not what it is', () => {
    const reading = readResources([impairment({ code: undefined })], 'gp' as SourceId);
    expect(reading).toMatchObject({ entries: [], unread: [{ element: 'Condition.code' }] });
  });

  it('is anything else that stands in a category of adjustments', () => {
    const task = { resourceType: 'Task', id: '1', status: 'requested', category: [NRAF] };
    expect(entriesFrom('gp', task).map(({ section }) => section)).not.toContain('individual-requirements');
  });
});

describe('individual requirements', () => {
  it('stand under a heading of their own for ever, joined by what is required', () => {
    expect(individualRequirements).toMatchObject({
      id: 'individual-requirements',
      heading: 'Individual requirements',
      groupedBy: 'concept',
      window: null,
    });
  });

  it('never disagree: one organisation may not know of a need', () => {
    expect(conflictsOf({ a: [flag()], b: [flag({ code: { text: 'Hearing loop' } })] })).toEqual([]);
  });

  it('come with what must be done first, then why, then that there is such a record; what is over last', () => {
    const over = '2020-01-01';
    const ordered = [
      read(flag()),
      read(impairment()),
      read(flag({ code: NRAF })),
      read({ resourceType: 'Consent', id: '1', status: 'active', category: [NRAF] }),
      read(flag({ status: undefined })),
      read(impairment({ clinicalStatus: undefined })),
      read({ resourceType: 'Consent', id: '1', status: 'draft', category: [NRAF] }),
      read(flag({ status: 'inactive', period: { start: over } })),
      read(impairment({ clinicalStatus: { coding: [{ code: 'resolved' }] } })),
    ].map(factOf);
    const sorted = [...ordered].reverse().sort((a, b) => individualRequirements.compare?.(a, b) ?? 0);
    expect(sorted.map(({ entries: [e] }) => `${e.state} ${e.kind}`)).toEqual([
      'current adjustment',
      'current impairment',
      'current indicator',
      'current consent',
      'unknown adjustment',
      'unknown impairment',
      'planned consent',
      'past adjustment',
      'past impairment',
    ]);
  });
});

describe('an individual requirement', () => {
  it.each([
    'No stairs: ground floor only',
    'No male staff',
    'No telephone calls: send a text',
    'No needlework',
    'Casino adjustments',
    'Says no adjustments without her advocate',
    'Nonelective visits by telephone',
    'None of her appointments before noon',
    'Ask for a nil',
    'Family says he does not need to be alone',
    'Not needed before noon: wake her late',
    'Declined letters before: ring her',
    'No adjustments except longer appointments',
    'No special needs apart from a hearing loop',
    'No additional needs other than large print',
    'No known requirements but needs large print',
    'None needed unless she is admitted',
    'No needs aside from large print',
    'Interpreter declined; hearing loop needed',
  ])('may forbid, or except: %s', (text) => {
    expect(read(flag({ code: { text } })).state).toBe('current');
  });

  it('is the flag that there is a record, or an adjustment of it', () => {
    expect(read(flag({ category: [NRAF], code: NRAF }))).toMatchObject({
      kind: 'indicator',
      title: 'National Reasonable Adjustments Flag',
    });
    expect(read(flag())).toMatchObject({ kind: 'adjustment', title: 'Longer appointments', state: 'current' });
    expect(read(flag())).not.toHaveProperty('basis');
    const other = { coding: [{ system: 'https://x.example', code: 'X', display: 'Hearing loop' }] };
    expect(read(flag({ code: other })).kind).toBe('adjustment');
    expect(read(flag({ code: { text: 'A record', coding: [other.coding[0], NRAF.coding[0]] } })).kind).toBe(
      'indicator',
    );
  });

  it.each([
    ['National Reasonable Adjustments Flag', 'indicator'],
    ['Reasonable adjustments', 'indicator'],
    ['Reasonable adjustment flag', 'indicator'],
    ['Reasonable adjustment: hearing loop', 'adjustment'],
    ['Other reasonable adjustments', 'adjustment'],
  ])('called %s is an %s', (text, kind) => {
    expect(read(flag({ code: { text } })).kind).toBe(kind);
  });

  it('of the national record may be an impairment, with its category', () => {
    const category = [
      {
        coding: [
          { system: 'https://fhir.nhs.uk/England/CodeSystem/RA-Flag-Impairment', display: 'Impairment: hearing' },
        ],
      },
    ];
    expect(
      read({
        resourceType: 'Condition',
        id: '1',
        category,
        code: { text: 'Deaf' },
        clinicalStatus: { coding: [{ code: 'active' }] },
      }),
    ).toMatchObject({
      kind: 'impairment',
      title: 'Deaf',
      categories: ['Impairment: hearing'],
      state: 'current',
    });
  });

  it('may be an impairment by the words of any of its categories, with its gravity and its doubts', () => {
    expect(read(impairment({ category: [{ text: 'Problem list item' }, { text: 'Impairments' }] }))).toMatchObject({
      section: 'individual-requirements',
      kind: 'impairment',
      categories: ['Problem list item', 'Impairments'],
    });
    const doubted = impairment({
      severity: { text: 'Severe' },
      verificationStatus: { coding: [{ code: 'provisional' }] },
    });
    expect(read(doubted)).toMatchObject({ severity: 'Severe', cautions: ['unconfirmed'] });
    expect(read(impairment())).not.toHaveProperty('severity');
    const code = { text: 'Deaf', coding: [{ system: 'http://snomed.info/sct', code: '1', display: 'Blind' }] };
    expect(read(impairment({ code })).cautions).toEqual(['text-differs']);
  });

  it('is one with another only where gravity, doubts, remarks and end agree', () => {
    const key = (change: object): string => individualRequirements.factKey(read(impairment(change)));
    expect(key({ severity: { text: 'Severe' } })).not.toBe(key({}));
    expect(key({ verificationStatus: { coding: [{ code: 'provisional' }] } })).not.toBe(key({}));
    expect(key({ note: [{ text: 'Left ear' }] })).not.toBe(key({}));
    const ended = (period: object): string =>
      individualRequirements.factKey(read(flag({ status: 'inactive', period })));
    expect(ended({ start: '2020' })).not.toBe(ended({ start: '2021' }));
    expect(ended({ start: '2020', end: '2021' })).not.toBe(ended({ start: '2020', end: '2022' }));
    const until = (end: string): string =>
      individualRequirements.factKey(read(flag({ period: { start: '2026', end } })));
    expect(until('2030')).not.toBe(until('2031'));
    const undated = (status: string): string =>
      individualRequirements.factKey(read(flag({ status, period: undefined })));
    expect(undated('active')).not.toBe(undated('inactive'));
  });

  it('is one with another in whatever order its doubts were told', () => {
    const entry = read(flag());
    const doubted = (...cautions: RequirementEntry['cautions']): string =>
      individualRequirements.factKey({ ...entry, cautions });
    expect(doubted('unconfirmed', 'preliminary')).toBe(doubted('preliminary', 'unconfirmed'));
  });

  it('is one line for all who know of it in the same words, and never joins another', () => {
    const key = (change: object): string => individualRequirements.factKey(read(flag(change)));
    expect(key({ period: { start: '2020' } })).toBe(key({}));
    expect(key({ code: { text: 'Hearing loop' } })).not.toBe(key({}));
    expect(key({ status: 'inactive' })).not.toBe(key({}));
  });
});

describe('the consent to share the flag', () => {
  const consent = (change: object): Resource => ({
    resourceType: 'Consent',
    id: '1',
    status: 'active',
    scope: { coding: [{ code: 'patient-privacy' }] },
    category: [NRAF],
    dateTime: '2026-01-10',
    ...change,
  });

  it('that is denied is never read as given, and where nothing is said nothing is derived', () => {
    expect(read(consent({ provision: { type: 'deny' } }))).toMatchObject({
      kind: 'consent',
      agreed: false,
      state: 'negated',
    });
    expect(read(consent({ status: 'rejected', provision: { type: 'permit' } }))).toMatchObject({
      agreed: false,
      state: 'negated',
    });
    expect(read(consent({}))).not.toHaveProperty('agreed');
  });

  it('that is given says so', () => {
    expect(read(consent({ provision: { type: 'permit' } }))).toMatchObject({
      agreed: true,
      state: 'current',
      date: '2026-01-10',
    });
  });

  it.each(['draft', 'proposed'])('that is only %s is not agreed to yet, whatever it permits', (status) => {
    const entry = read(consent({ status, provision: { type: 'permit' } }));
    expect(entry.state).toBe('planned');
    expect(entry).not.toHaveProperty('agreed');
    expect(read(consent({ status, provision: { type: 'deny' } }))).toMatchObject({ agreed: false, state: 'planned' });
  });

  it('that was withdrawn is past, and a denial that is over is not one that stands', () => {
    expect(read(consent({ status: 'inactive', provision: { type: 'permit' } })).state).toBe('past');
    expect(read(consent({ status: 'inactive', provision: { type: 'deny' } })).state).toBe('past');
  });

  it('says what it is about, since when and until when, and what its source says', () => {
    const period = { start: '2026-02-01', end: '2030-01-01' };
    const category = [{ text: 'Sharing' }, {}];
    const code = [{ text: 'Reasonable adjustment' }];
    const entry = read(consent({ category, dateTime: undefined, provision: { type: 'permit', period, code } }));
    expect(entry).toMatchObject({
      section: 'individual-requirements',
      title: 'Reasonable adjustment',
      categories: ['Sharing'],
      statusAsRecorded: 'active, permit',
      date: '2026-02-01',
      period,
    });
    expect(read(consent({}))).toMatchObject({ statusAsRecorded: 'active', date: '2026-01-10' });
    const bare = read(consent({ status: undefined, dateTime: undefined }));
    for (const left of ['statusAsRecorded', 'date', 'period']) expect(bare).not.toHaveProperty(left);
  });

  it('is a statement of its own every time', () => {
    const key = (id: string): string => individualRequirements.factKey(read(consent({ id })));
    expect(key('1')).not.toBe(key('2'));
  });
});
