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

const reacted = (text: string, severity?: string): object => ({
  reaction: [{ manifestation: [{ text }], ...(severity && { severity }) }],
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
