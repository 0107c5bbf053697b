// Proves src/record/sections/allergies.ts, src/record/sections/allergy-conflicts.ts, src/record/sections/medicine-doses.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { allergy, at, conflictsIn, kinds } from '../../support/conflicts.ts';

describe('allergies that disagree', () => {
  const none = (code: string, text: string): Resource =>
    allergy(text, { code: { text, coding: [{ system: 'http://snomed.info/sct', code }] } });

  it('do not when one source knows of no drug allergy and another of a food', () => {
    expect(
      kinds(
        at('gp', none('409137002', 'No known drug allergy')),
        at('hospital', allergy('Peanut', { category: ['food'] })),
      ),
    ).toEqual([]);
  });

  it('do not when what is denied is one thing and what is recorded another', () => {
    expect(kinds(at('gp', allergy('No known latex allergy')), at('hospital', allergy('Penicillin')))).toEqual([]);
  });

  it('do not when one source was never asked', () => {
    expect(kinds(at('gp', allergy('Not asked')), at('hospital', allergy('Penicillin')))).toEqual([]);
    expect(kinds(at('gp', allergy('Not asked: penicillin')), at('hospital', allergy('Penicillin')))).toEqual([]);
  });

  it('do not when the denial of that one thing is over', () => {
    const denied = (status: string): Resource =>
      allergy('Not allergic to penicillin', { clinicalStatus: { coding: [{ code: status }] } });
    expect(kinds(at('gp', denied('resolved')), at('hospital', allergy('Penicillin')))).toEqual([]);
    expect(kinds(at('gp', denied('active')), at('hospital', allergy('Penicillin')))).toEqual([
      'allergy-refuted-elsewhere',
    ]);
  });

  it('do not when two that know of none call that grave and not', () => {
    const grave = none('716186003', 'No known allergy');
    expect(
      kinds(at('gp', { ...grave, criticality: 'high' }), at('hospital', { ...grave, criticality: 'low' })),
    ).toEqual([]);
  });

  it('are about the agent itself where it is of no class, else about its classes', () => {
    const refuted = (text: string): Resource =>
      allergy(text, { verificationStatus: { coding: [{ code: 'refuted' }] } });
    const about = (text: string) =>
      conflictsIn([...at('gp', allergy(text)), ...at('hospital', refuted(text))]).map(({ subjects }) => subjects);
    expect(about('Peanut')).toEqual([['allergy:substance:peanut']]);
    expect(about('Amoxicillin')).toEqual([[expect.stringMatching(/^allergy:.*penicillin/)]]);
  });

  it('do when one of two that are joined denies all, though the other denies only medicines', () => {
    const drug = none('716186003', 'No known drug allergies');
    const all = none('716186003', 'No known allergies');
    const peanut = at('hospital', allergy('Peanut', { category: ['food'] }));
    expect(kinds(at('gp', drug), at('council', all), peanut)).toEqual(['allergy-and-no-known-allergies']);
    expect(kinds(at('gp', all), at('council', drug), peanut)).toEqual(['allergy-and-no-known-allergies']);
  });

  it('do not when an intolerance stands beside no known drug allergy', () => {
    expect(
      kinds(
        at('gp', none('409137002', 'No known drug allergy')),
        at('hospital', allergy('Gliclazide', { type: 'intolerance' })),
      ),
    ).toEqual([]);
  });

  it('do when one source knows of none and another of one', () => {
    expect(
      kinds(at('gp', none('716186003', 'No known allergy')), at('hospital', allergy('Peanut', { category: ['food'] }))),
    ).toEqual(['allergy-and-no-known-allergies']);
    expect(kinds(at('gp', none('409137002', 'No known drug allergy')), at('hospital', allergy('Penicillin')))).toEqual([
      'allergy-and-no-known-allergies',
    ]);
  });

  it('do when one source rules out what stands in another, under another name of its class', () => {
    const refuted = allergy('Amoxicillin', { verificationStatus: { coding: [{ code: 'refuted' }] } });
    expect(kinds(at('gp', allergy('Penicillin')), at('hospital', refuted))).toEqual(['allergy-refuted-elsewhere']);
  });
});

describe('an allergy that has ended at one organisation', () => {
  const ended = (status: string, change: object = {}): Resource =>
    allergy('Amoxicillin', { id: status, clinicalStatus: { coding: [{ code: status }] }, ...change });

  it('is no disagreement where nobody else holds it as current, nor within one organisation', () => {
    expect(kinds(at('gp', ended('resolved')), at('hospital', ended('inactive')))).toEqual([]);
    expect(kinds(at('gp', ended('resolved')), at('hospital', allergy('Latex')))).toEqual([]);
    expect(kinds(at('gp', ended('resolved'), allergy('Amoxicillin')))).toEqual([]);
  });

  it.each(['resolved', 'inactive'])('is one where it is %s there and current here, by its class', (status) => {
    expect(kinds(at('gp', allergy('Penicillin')), at('hospital', ended(status)))).toEqual(['allergy-ended-elsewhere']);
  });

  it('names every record of it that stands, and the one in which it has ended', () => {
    const [found] = conflictsIn([
      ...at('gp', allergy('Penicillin')),
      ...at('council', allergy('Amoxicillin')),
      ...at('hospital', ended('resolved')),
    ]);
    expect(found?.kind).toBe('allergy-ended-elsewhere');
    expect(found?.sides.map((id) => id.split('/')[0]).toSorted()).toEqual(['council', 'gp', 'hospital']);
  });
});

describe('one allergy of two severities', () => {
  const reacted = (severity: string | undefined, change: object = {}): Resource =>
    allergy('Penicillin', { reaction: [{ manifestation: [{ text: 'Rash' }], severity }], ...change });

  it.each([
    ['one says no severity', reacted('severe'), reacted(undefined)],
    ['both are severe', reacted('severe'), reacted('severe')],
    ['mild and moderate', reacted('mild'), reacted('moderate')],
    [
      'one was ruled out',
      reacted('severe'),
      reacted('mild', { verificationStatus: { coding: [{ code: 'refuted' }] } }),
    ],
    ['it is over', reacted('severe', { clinicalStatus: { coding: [{ code: 'resolved' }] } }), reacted('mild')],
  ])('is no disagreement where %s', (_what, here, there) => {
    expect(kinds(at('gp', here), at('hospital', there))).not.toContain('allergy-severities-differ');
  });

  it('is no disagreement of one source with itself: two reactions of two days', () => {
    expect(kinds(at('gp', reacted('severe', { id: '1' }), reacted('mild', { id: '2' })))).toEqual([]);
  });

  it.each([
    ['severe and mild', reacted('severe'), reacted('mild')],
    [
      'high and low criticality',
      allergy('Penicillin', { criticality: 'high' }),
      allergy('Penicillin', { criticality: 'low' }),
    ],
    [
      'anaphylaxis and mild',
      allergy('Penicillin', { reaction: [{ manifestation: [{ text: 'Anaphylaxis' }] }] }),
      reacted('mild', { code: { text: 'Allergy to penicillin' } }),
    ],
  ])('is a disagreement in one line: %s', (_what, here, there) => {
    expect(kinds(at('gp', here), at('hospital', there))).toEqual(['allergy-severities-differ']);
  });
});
