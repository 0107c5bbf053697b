// Proves src/record/sections/allergies.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import type { Fact, FactKey } from '../../../src/record/fact.ts';
import { allergies, summariseAllergy, type AllergyEntry } from '../../../src/record/sections/allergies.ts';
import { entryFrom } from '../../support/record.ts';

/** One record of a penicillin allergy, by a source of its own. */
function record(source: string, change: object = {}): AllergyEntry {
  return entryFrom<AllergyEntry>(
    {
      resourceType: 'AllergyIntolerance',
      id: '1',
      clinicalStatus: { coding: [{ code: 'active' }] },
      verificationStatus: { coding: [{ code: 'confirmed' }] },
      code: { text: 'Penicillin' },
      ...change,
    },
    source,
  );
}

const reactionOf = (text: string, severity?: string): object => ({
  manifestation: [{ text }],
  ...(severity && { severity }),
});

const reacted = (text: string, severity?: string): object => ({
  reaction: [reactionOf(text, severity)],
});

function factOf(...entries: readonly [AllergyEntry, ...AllergyEntry[]]): Fact<AllergyEntry> {
  return { key: 'allergies:penicillin' as FactKey, section: 'allergies', entries };
}

describe('an allergy in short', () => {
  it('does not let a newest record without a reaction hide the anaphylaxis of another', () => {
    const short = summariseAllergy(
      factOf(
        record('pharmacy'),
        record('hospital', reacted('Eruption of skin', 'mild')),
        record('gp', { ...reacted('Anaphylaxis', 'severe'), criticality: 'high' }),
      ),
    );
    expect(short).toMatchObject({ grave: true, criticality: 'high', severity: 'severe', differs: true });
    expect(short.lead.origin.source).toBe('gp');
    expect(short.manifestations).toEqual(['Anaphylaxis', 'Eruption of skin']);
  });

  it('does not take silence for a difference, nor lose what the other says', () => {
    const short = summariseAllergy(factOf(record('pharmacy'), record('gp', reacted('Rash'))));
    expect(short).toMatchObject({ differs: false, manifestations: ['Rash'], grave: false });
    expect(short.lead.origin.source).toBe('gp');
  });

  it.each([
    ['reactions', reacted('Rash'), reacted('Wheeze')],
    ['severities', reacted('Rash', 'mild'), reacted('Rash', 'severe')],
    ['criticalities', { criticality: 'low' }, { criticality: 'high' }],
    ['one reaction more', reacted('Rash'), { reaction: [{ manifestation: [{ text: 'Rash' }, { text: 'Wheeze' }] }] }],
  ])('says that the records differ in %s', (_what, one, other) => {
    expect(summariseAllergy(factOf(record('a', one), record('b', other))).differs).toBe(true);
  });

  it('says each reaction once, whatever its capitals', () => {
    const short = summariseAllergy(factOf(record('a', reacted('Rash')), record('b', reacted('rash'))));
    expect(short).toMatchObject({ manifestations: ['Rash'], differs: false });
  });

  it('keeps a reaction of which there is only a description', () => {
    const described = record('a', { reaction: [{ description: 'Collapsed, needed adrenaline' }] });
    expect(summariseAllergy(factOf(described)).manifestations).toEqual(['Collapsed, needed adrenaline']);
  });

  it('takes anaphylaxis as grave without a severity, and no severity is made up for it', () => {
    const short = summariseAllergy(
      factOf(record('a', reacted('Anaphylaxis')), record('b', reacted('Rash', 'moderate'))),
    );
    expect(short).toMatchObject({ grave: true, severity: 'moderate', manifestations: ['Anaphylaxis', 'Rash'] });
    expect(short.lead.origin.source).toBe('a');
  });

  it('does not let "low" hide that another could not assess it', () => {
    const short = summariseAllergy(
      factOf(record('a', { criticality: 'low' }), record('b', { criticality: 'unable-to-assess' })),
    );
    expect(short.criticality).toBe('unable-to-assess');
  });

  it('lets a severity in a word of its own be outranked by "severe" alone', () => {
    const of = (other: string): string | undefined =>
      summariseAllergy(factOf(record('a', reacted('Rash', other)), record('b', reacted('Rash', 'life-threatening'))))
        .severity;
    expect(of('moderate')).toBe('life-threatening');
    expect(of('severe')).toBe('severe');
  });

  it('makes no difference of the order of the records', () => {
    const [a, b] = [record('a', reacted('Rash')), record('b', reacted('Anaphylaxis', 'severe'))];
    expect(summariseAllergy(factOf(a, b))).toEqual(summariseAllergy(factOf(b, a)));
  });
});

describe('the record that leads the line about an allergy', () => {
  const leading = (one: object, other: object): readonly string[] => [
    summariseAllergy(factOf(record('one', one), record('other', other))).lead.origin.source,
    summariseAllergy(factOf(record('other', other), record('one', one))).lead.origin.source,
  ];

  it.each<[why: string, one: object, other: object]>([
    ['a high criticality before a moderate reaction', { criticality: 'high' }, reacted('Rash', 'moderate')],
    ['a severe reaction before a moderate one', reacted('Rash', 'severe'), reacted('Rash', 'moderate')],
    ['a severe reaction before one in a word of its own', reacted('Rash', 'severe'), reacted('Rash', 'bad')],
    ['a word of its own before a moderate reaction', reacted('Rash', 'bad'), reacted('Rash', 'moderate')],
    ['a moderate reaction before a mild one', reacted('Rash', 'moderate'), reacted('Rash', 'mild')],
    ['a mild reaction before an ungraded one', reacted('Rash', 'mild'), reacted('Rash')],
    ['an ungraded reaction before none', reacted('Rash'), {}],
    ['a reaction before none, whose criticality is low', reacted('Rash'), { criticality: 'low' }],
    [
      'what could not be assessed before a low criticality',
      { criticality: 'unable-to-assess' },
      { criticality: 'low' },
    ],
    ['a low criticality before none', { criticality: 'low' }, {}],
    [
      'the worst of several reactions before a middling one',
      { reaction: [reactionOf('Rash', 'mild'), reactionOf('Wheeze', 'severe')] },
      reacted('Rash', 'moderate'),
    ],
    [
      'anaphylaxis among other manifestations before a moderate reaction',
      { reaction: [{ manifestation: [{ text: 'Rash' }, { text: 'Anaphylactic shock' }] }] },
      reacted('Rash', 'moderate'),
    ],
  ])('says %s', (_, one, other) => {
    expect(leading(one, other)).toEqual(['one', 'one']);
  });

  it('is the newest of equals, in the order of the fact', () => {
    expect(leading(reacted('Rash'), reacted('Wheeze'))).toEqual(['one', 'other']);
  });

  it('is said to be grave by a high criticality alone, and by no other', () => {
    expect(summariseAllergy(factOf(record('a', { criticality: 'high' }))).grave).toBe(true);
    expect(summariseAllergy(factOf(record('a', { criticality: 'low' }))).grave).toBe(false);
  });
});

describe('what is said of an allergy', () => {
  const short = (...reaction: readonly object[]): ReturnType<typeof summariseAllergy> =>
    summariseAllergy(factOf(record('a', { reaction })));

  it('is the worst severity, though anaphylaxis stands first with another', () => {
    expect(short(reactionOf('Anaphylaxis', 'mild'), reactionOf('Rash', 'severe')).severity).toBe('severe');
    expect(short(reactionOf('Rash', 'mild'), reactionOf('Anaphylaxis', 'mild')).severity).toBe('mild');
  });

  it('is each manifestation, and the description only where there is none', () => {
    const described = { ...reactionOf('Rash'), description: 'After the first dose' };
    expect(short(described).manifestations).toEqual(['Rash']);
    expect(short({ severity: 'mild', manifestation: [] }, reactionOf('Rash')).manifestations).toEqual(['Rash']);
  });

  it('is no difference in another order of the same reactions', () => {
    const [one, other] = [reactionOf('Rash'), reactionOf('Wheeze')];
    const fact = factOf(record('a', { reaction: [one, other] }), record('b', { reaction: [other, one] }));
    expect(summariseAllergy(fact).differs).toBe(false);
  });

  it('is a difference between two reactions and one of both words', () => {
    const two = record('a', { reaction: [reactionOf('Back'), reactionOf('Pain')] });
    expect(summariseAllergy(factOf(two, record('b', reacted('Backpain')))).differs).toBe(true);
  });

  it('is no difference where one of two records leaves out the severity', () => {
    expect(summariseAllergy(factOf(record('a', reacted('Rash', 'mild')), record('b', reacted('Rash')))).differs).toBe(
      false,
    );
  });

  it('is no difference where two records agree and a third is silent', () => {
    const said = { ...reacted('Rash', 'mild'), criticality: 'low' };
    expect(summariseAllergy(factOf(record('a', said), record('b', said), record('c'))).differs).toBe(false);
  });
});

describe('the order of allergies', () => {
  const worst = factOf(record('pharmacy'), record('gp', reacted('Anaphylaxis', 'severe')));

  it.each([
    ['one with a mild reaction', factOf(record('gp', { ...reacted('Rash', 'mild'), code: { text: 'Latex' } }))],
    ['one that is over', factOf(record('gp', { clinicalStatus: { coding: [{ code: 'resolved' }] } }))],
    ['none known', factOf(record('gp', { code: { text: 'No known allergies' } }))],
  ])('puts one whose older record says anaphylaxis before %s', (_what, other) => {
    expect(allergies.compare?.(worst, other)).toBeLessThan(0);
  });

  it('puts one of unknown standing before one that is over', () => {
    const unknown = factOf(record('a', { clinicalStatus: undefined }));
    const over = factOf(record('b', { ...reacted('Anaphylaxis'), clinicalStatus: { coding: [{ code: 'resolved' }] } }));
    expect(allergies.compare?.(unknown, over)).toBeLessThan(0);
  });
});
