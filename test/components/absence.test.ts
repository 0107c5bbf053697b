import { expect, it } from 'vitest';
import { absenceInWords } from '../../src/components/absence.ts';
import type { SectionView } from '../../src/record/patient-record.ts';
import { allergies } from '../../src/record/sections/allergies.ts';
import type { SourceId } from '../../src/record/source.ts';
import { WORDS_AT_FIRST } from '../../src/words/at-first.ts';
import { cy } from '../../src/words/cy.ts';
import { enGB } from '../../src/words/en-GB.ts';
import type { Words } from '../../src/words/words.ts';

const view = (answered: number, notOffered?: number): SectionView => ({
  id: 'allergies',
  section: allergies,
  facts: [],
  conflicts: [],
  absence:
    answered > 0
      ? { kind: 'nothing-recorded', answered }
      : { kind: 'incomplete', answered: 0, waiting: 0, silent: 0, withheld: 0 },
  answers: Array.from({ length: answered }, (_, index) => ({
    source: `s${String(index)}` as SourceId,
    answer: { state: 'nothing-held' as const, count: 0 },
  })),
  ...(notOffered !== undefined && { notOffered }),
});

it('names beside "nothing recorded" the organisations that have no such section to give', () => {
  expect(absenceInWords(view(2), enGB)).toBe('Nothing recorded by the 2 that answered.');
  expect(absenceInWords(view(2, 1), enGB)).toBe(
    'Nothing recorded by the 2 that answered. 1 organisation does not share this here.',
  );
  expect(absenceInWords(view(2, 1), cy)).toContain('Nid yw 1 sefydliad yn rhannu hyn yma.');
});

it('never says "nothing recorded" where only such organisations were there to ask', () => {
  expect(absenceInWords(view(0, 1), enGB)).toBe(
    'No organisation was asked for this. 1 organisation does not share this here.',
  );
});

it('says what is withheld in the words of the first sight, which has none yet for the rule', () => {
  const withheld: SectionView = {
    ...view(1),
    answers: [{ source: 's1' as SourceId, answer: { state: 'withheld', code: 'consent.objection', count: 0 } }],
  };
  const atFirst = Object.fromEntries(WORDS_AT_FIRST.map((group) => [group, enGB[group]])) as unknown as Words;
  expect(absenceInWords(withheld, atFirst)).toBe(
    'Not known: nobody has answered. Some items may be missing because they are not shared.',
  );
  expect(absenceInWords(withheld, enGB)).toContain('This person has objected to this being shared.');
});
