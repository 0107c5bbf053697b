import { expect, it } from 'vitest';
import { DOCUMENT_CAUTIONS, DOCUMENT_STATES } from '../../../src/record/fhir/document-status.ts';
import { MODIFIER_ELEMENTS } from '../../../src/record/fhir/modifier-elements.ts';
import { entryFrom } from '../../support/record.ts';

const letter = (change: object) => ({
  resourceType: 'DocumentReference',
  id: 'd',
  type: { text: 'Clinic letter' },
  content: [{ attachment: { contentType: 'application/pdf' } }],
  ...change,
});

it('every status that R4 gives a document has a standing', () => {
  expect(Object.keys(DOCUMENT_STATES).sort()).toEqual(
    [...(MODIFIER_ELEMENTS['DocumentReference']?.['status'] ?? [])].sort(),
  );
});

it.each([
  ['current', 'current'],
  ['superseded', 'past'],
  ['entered-in-error', 'in-error'],
  ['final', 'unknown'],
  [undefined, 'unknown'],
])('a document of status %s is %s', (status, state) => {
  expect(entryFrom(letter({ status })).state).toBe(state);
});

it.each([
  ['preliminary', ['preliminary']],
  ['amended', ['amended']],
  ['final', []],
])('a document whose text is %s says so: %j', (docStatus, cautions) => {
  expect(entryFrom(letter({ status: 'current', docStatus })).cautions).toEqual(cautions);
});

it('no other word for the text of a document carries a doubt', () => {
  expect(DOCUMENT_CAUTIONS).toEqual({ preliminary: 'preliminary', amended: 'amended' });
});
