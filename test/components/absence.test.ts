import { expect, it } from 'vitest';
import { absenceInWords } from '../../src/components/absence.ts';
import type { SectionView } from '../../src/record/patient-record.ts';
import { allergies } from '../../src/record/sections/allergies.ts';
import type { SourceId } from '../../src/record/source.ts';
import { cy } from '../../src/words/cy.ts';
import { enGB } from '../../src/words/en-GB.ts';

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
