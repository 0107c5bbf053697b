import { describe, expect, it } from 'vitest';
import { readResources } from '../../../src/record/read-resources.ts';
import type { SourceId } from '../../../src/record/source.ts';
import { aboutMe, type AboutMeEntry } from '../../../src/record/sections/about-me.ts';
import { conflictsOf, entryFrom } from '../../support/record.ts';

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
    const unnamed = { ...FORM, questionnaire: undefined, category: [{ text: 'About me' }] };
    expect(entryFrom(unnamed)).toMatchObject({ section: 'about-me', title: 'About Me' });
  });

  it('says who helped to say it', () => {
    expect(entryFrom<AboutMeEntry>(FORM).supportedBy).toBe('Sam Carer');
    expect(entryFrom<AboutMeEntry>({ ...FORM, author: FORM.source }).supportedBy).toBeUndefined();
    expect(entryFrom({ ...FORM, author: undefined })).not.toHaveProperty('supportedBy');
  });

  it('never names the person as who helped the person, under whatever name', () => {
    const author = { reference: 'Patient/p', display: 'Mx Alex Example' };
    expect(entryFrom({ ...FORM, author })).not.toHaveProperty('supportedBy');
    expect(entryFrom({ ...FORM, author, source: undefined })).not.toHaveProperty('supportedBy');
  });

  it('told and written by one name, of which nothing more is said, has no helper', () => {
    const alex = { display: 'Alex Example' };
    expect(entryFrom({ ...FORM, author: alex, source: alex })).not.toHaveProperty('supportedBy');
  });

  it('said by somebody else for the person says who, whoever wrote it down', () => {
    const carer = { reference: 'RelatedPerson/r', display: 'Sam Carer' };
    expect(entryFrom<AboutMeEntry>({ ...FORM, source: carer, author: carer }).supportedBy).toBe('Sam Carer');
    expect(entryFrom<AboutMeEntry>({ ...FORM, source: carer, author: undefined }).supportedBy).toBe('Sam Carer');
    const nurse = { reference: 'Practitioner/n', display: 'Nell Nurse' };
    expect(entryFrom<AboutMeEntry>({ ...FORM, source: carer, author: nurse }).supportedBy).toBe(
      'Sam Carer, Nell Nurse',
    );
    expect(entryFrom<AboutMeEntry>({ ...FORM, source: nurse, author: undefined }).supportedBy).toBe('Nell Nurse');
    const post = { reference: 'PractitionerRole/n', display: 'Ward sister' };
    expect(entryFrom<AboutMeEntry>({ ...FORM, source: post, author: undefined }).supportedBy).toBe('Ward sister');
    const nameless = { reference: 'RelatedPerson/r' };
    expect(entryFrom<AboutMeEntry>({ ...FORM, source: nameless, author: nurse }).supportedBy).toBe('Nell Nurse');
    const contained = [{ resourceType: 'RelatedPerson', id: 'x', name: [{ text: 'Sam Carer' }] }];
    const inside = { ...FORM, contained, source: { reference: '#x' }, author: undefined };
    expect(entryFrom<AboutMeEntry>(inside).supportedBy).toBe('Sam Carer');
  });

  it('says when it was said and how its source has it, and leaves out what is not said', () => {
    const entry = entryFrom<AboutMeEntry>({ ...FORM, identifier: { system: 'https://a.example', value: '7' } });
    expect(entry).toMatchObject({
      section: 'about-me',
      state: 'current',
      statusAsRecorded: 'completed',
      date: '2026-09-01',
      attachments: [],
      cautions: [],
      businessId: 'https://a.example|7',
    });
    expect(entry).not.toHaveProperty('reference');
    const bare = entryFrom({ ...FORM, status: undefined, authored: undefined });
    for (const left of ['statusAsRecorded', 'date', 'businessId']) expect(bare).not.toHaveProperty(left);
  });

  it('is called what its form is called, where that is words', () => {
    const named = {
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/display', valueString: 'All about me' }],
    };
    expect(entryFrom({ ...FORM, _questionnaire: named }).title).toBe('All about me');
  });

  it('stands under a heading of its own for ever, and disagrees with nothing', () => {
    expect(aboutMe).toMatchObject({ id: 'about-me', heading: 'About Me', groupedBy: 'identifier', window: null });
    expect(conflictsOf({ a: [FORM], b: [{ ...FORM, item: FORM.item.slice(1) }] })).toEqual([]);
  });

  it('without a status is unknown; unfinished it is preliminary', () => {
    expect(entryFrom({ ...FORM, status: undefined }).state).toBe('unknown');
    expect(entryFrom({ ...FORM, status: 'in-progress' }).cautions).toEqual(['preliminary']);
  });

  it('broken off is past and unfinished; changed afterwards it says so; made in error it says nothing', () => {
    expect(entryFrom({ ...FORM, status: 'stopped' })).toMatchObject({ state: 'past', cautions: ['preliminary'] });
    expect(entryFrom({ ...FORM, status: 'amended' })).toMatchObject({ state: 'current', cautions: ['amended'] });
    expect(entryFrom({ ...FORM, status: 'entered-in-error' }).state).toBe('in-error');
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

  describe('that is a document', () => {
    const document = {
      resourceType: 'DocumentReference',
      id: 'd1',
      status: 'current',
      type: { text: 'About Me' },
      date: '2025-01-01',
      content: [{ attachment: { contentType: 'application/pdf' } }],
    };

    it('made in error says nothing, whichever of its two statuses says so', () => {
      expect(entryFrom({ ...document, docStatus: 'entered-in-error' }).state).toBe('in-error');
      expect(entryFrom({ ...document, status: 'entered-in-error' }).state).toBe('in-error');
    });

    it('not finished or changed afterwards says so', () => {
      expect(entryFrom({ ...document, docStatus: 'preliminary' }).cautions).toEqual(['preliminary']);
      expect(entryFrom({ ...document, docStatus: 'amended' }).cautions).toEqual(['amended']);
    });

    it('says what it is by its description, else its file, its type, or its heading', () => {
      const content = [{ attachment: {} }, { attachment: { title: 'All about me.pdf' } }];
      expect(entryFrom({ ...document, description: 'My life', content }).title).toBe('My life');
      expect(entryFrom({ ...document, content }).title).toBe('All about me.pdf');
      expect(entryFrom(document).title).toBe('About Me');
      const byCategory = { ...document, type: undefined, category: [{ text: 'This is me' }] };
      expect(entryFrom(byCategory).title).toBe('About Me');
      expect(entryFrom({ ...document, type: { text: 'Patient story' } })).toMatchObject({
        title: 'Patient story',
        code: { text: 'Patient story' },
      });
      expect(entryFrom(byCategory)).not.toHaveProperty('code');
    });

    it('stands by the day on which its file was written, else by the day on which it was filed', () => {
      const content = [{ attachment: {} }, { attachment: { creation: '2024-12-24' } }];
      expect(entryFrom({ ...document, content }).date).toBe('2024-12-24');
      expect(entryFrom({ ...document, content })).not.toHaveProperty('dateIs');
      expect(entryFrom(document)).toMatchObject({ date: '2025-01-01', dateIs: 'recorded' });
      const undated = entryFrom({ ...document, date: undefined });
      for (const left of ['date', 'dateIs']) expect(undated).not.toHaveProperty(left);
    });

    it('says both statuses, its number and its files, and leaves out what is not said', () => {
      const identifier = [{ system: 'https://a.example', value: '7' }];
      expect(entryFrom({ ...document, docStatus: 'final', identifier })).toMatchObject({
        statusAsRecorded: 'current, final',
        businessId: 'https://a.example|7',
        attachments: [{ contentType: 'application/pdf' }],
        lines: [],
      });
      expect(entryFrom(document)).toMatchObject({ statusAsRecorded: 'current' });
      expect(entryFrom({ ...document, status: undefined, docStatus: 'final' })).toMatchObject({
        state: 'unknown',
        statusAsRecorded: 'final',
      });
      const bare = entryFrom({ ...document, status: undefined });
      for (const left of ['statusAsRecorded', 'businessId']) expect(bare).not.toHaveProperty(left);
    });
  });

  it('is one with a copy only by its number, its moment and its words', () => {
    const identifier = { system: 'https://a.example', value: '7' };
    const key = (change: object, source: string): string =>
      aboutMe.factKey(entryFrom<AboutMeEntry>({ ...FORM, identifier, ...change }, source));
    const said = (text: string, valueString: string): object => ({ item: [{ text, answer: [{ valueString }] }] });
    expect(key({}, 'a')).toBe(key({}, 'b'));
    expect(key({ authored: '2026-09-02' }, 'b')).not.toBe(key({}, 'a'));
    expect(key({ authored: undefined }, 'b')).not.toBe(key({ authored: undefined }, 'a'));
    expect(key({ status: 'stopped' }, 'b')).not.toBe(key({}, 'a'));
    expect(key(said('Please do', 'shout'), 'b')).not.toBe(key(said('Please do not', 'shout'), 'a'));
    expect(key(said('Please do', 'sing'), 'b')).not.toBe(key(said('Please do', 'shout'), 'a'));
  });

  it('is never judged to say the same as another', () => {
    expect(aboutMe.factKey(entryFrom<AboutMeEntry>(FORM, 'a'))).not.toBe(
      aboutMe.factKey(entryFrom<AboutMeEntry>(FORM, 'b')),
    );
  });
});
