import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { aboutMe, type AboutMeEntry } from '../../../src/record/sections/about-me.ts';
import { entryFrom } from '../../support/record.ts';

const FORM = {
  resourceType: 'QuestionnaireResponse',
  id: 'am1',
  status: 'completed',
  authored: '2026-09-01',
  questionnaire: 'https://prsb.example/Questionnaire/about-me',
  source: { reference: 'Patient/p', display: 'Alex Example' },
  author: { display: 'Sam Carer' },
  item: [
    { linkId: 'most-important', text: 'What is most important to me', answer: [{ valueString: 'My garden' }] },
    { linkId: 'dont', text: 'Please do not', answer: [{ valueString: 'shout' }, { valueString: 'rush me' }] },
    { linkId: 'worth-knowing', text: 'Also worth knowing' },
  ],
};

describe('About Me', () => {
  it('that says nothing is unread', () => {
    const reading = readResources([{ ...FORM, item: [] }], 'gp' as SourceId);
    expect(reading).toMatchObject({ entries: [], unread: [{ element: 'QuestionnaireResponse.item' }] });
  });

  it('leaves every other form to the assessments', () => {
    expect(entryFrom({ ...FORM, questionnaire: 'https://x.example/Questionnaire/FitnessForWork' }).section).toBe(
      'assessments',
    );
  });

  it('shows the person’s own words under the form’s own labels, and no empty line', () => {
    expect(entryFrom<AboutMeEntry>(FORM).lines).toEqual([
      { label: 'What is most important to me', value: 'My garden' },
      { label: 'Please do not', value: 'shout' },
      { label: 'Please do not', value: 'rush me' },
    ]);
  });

  it('is titled in words, never by the last part of an address', () => {
    expect(entryFrom(FORM).title).toBe('About Me');
  });

  it('says who helped to say it', () => {
    expect(entryFrom<AboutMeEntry>(FORM).supportedBy).toBe('Sam Carer');
    expect(entryFrom<AboutMeEntry>({ ...FORM, author: FORM.source }).supportedBy).toBeUndefined();
  });

  it('without a status is unknown; unfinished it is preliminary', () => {
    expect(entryFrom({ ...FORM, status: undefined }).state).toBe('unknown');
    expect(entryFrom({ ...FORM, status: 'in-progress' }).cautions).toEqual(['preliminary']);
  });

  it('may be a document to open, without its address', () => {
    const document = {
      resourceType: 'DocumentReference',
      id: 'd1',
      status: 'superseded',
      type: { text: 'About Me' },
      date: '2025-01-01',
      content: [{ attachment: { url: 'https://x.example/y' } }],
    };
    const entry = entryFrom<AboutMeEntry>(document);
    expect(entry).toMatchObject({
      section: 'about-me',
      reference: 'DocumentReference/d1',
      state: 'past',
      dateIs: 'recorded',
    });
    expect(JSON.stringify(entry)).not.toContain('x.example');
  });

  it('is never judged to say the same as another', () => {
    expect(aboutMe.factKey(entryFrom<AboutMeEntry>(FORM, 'a'))).not.toBe(
      aboutMe.factKey(entryFrom<AboutMeEntry>(FORM, 'b')),
    );
  });
});
