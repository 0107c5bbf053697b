import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sectionOf, SECTIONS, sectionsReading } from '../../../src/record/sections/index.ts';
import type { SectionId } from '../../../src/record/section.ts';

const FOLDER = resolve(import.meta.dirname, '../../../src/record/sections');

describe('the sections', () => {
  it('are all that a file here defines, each of them once', () => {
    const defined = globSync('*.ts', { cwd: FOLDER }).flatMap((file) =>
      [...readFileSync(resolve(FOLDER, file), 'utf8').matchAll(/: Section<\w+> = \{\s+id: '([a-z-]+)'/g)].map(
        ([, id]) => id,
      ),
    );
    expect(defined.length).toBeGreaterThan(30);
    expect(SECTIONS.map(({ id }) => id).sort()).toEqual(defined.sort());
  });

  // One resource has one home: who is offered it first may keep it from the others.
  it('are offered a resource in the order that the particular ones need', () => {
    const order = (type: string) => sectionsReading(type).filter((id) => sectionOf(id)?.reads.includes(type));
    expect(order('Flag').slice(0, 4)).toEqual(['risks', 'alerts', 'safeguarding', 'individual-requirements']);
    expect(order('Condition').at(-1)).toBe('problems');
    expect(order('Observation').at(-1)).toBe('examination-findings');
    expect(order('DocumentReference').at(-1)).toBe('documents');
    expect(order('Patient')[0]).toBe('demographics');
    expect(order('CareTeam')).toEqual(['local-authority', 'professional-contacts']);
  });

  it('that show something of a type are those that read it and those that take a part of it', () => {
    expect(sectionsReading('AllergyIntolerance')).toEqual(['allergies']);
    expect(sectionsReading('Immunization')).toEqual(['vaccinations']);
    expect(sectionsReading('RelatedPerson')).toContain('personal-contacts');
    // Legal information takes a power of attorney from a relative, whom it does not read.
    expect(sectionOf('legal-information')?.reads).not.toContain('RelatedPerson');
    expect(sectionsReading('RelatedPerson')).toContain('legal-information');
    expect(sectionsReading('Basic')).toEqual([]);
    for (const { id, reads, takes = [] } of SECTIONS)
      for (const type of [...reads, ...takes]) expect(sectionsReading(type).filter((one) => one === id)).toEqual([id]);
  });

  it('are found by their name, and nothing by another', () => {
    for (const section of SECTIONS) expect(sectionOf(section.id)).toBe(section);
    expect(sectionOf('no-such-section' as SectionId)).toBeUndefined();
  });
});
