// Proves src/record/sections/end-of-life-care.ts, src/record/sections/resuscitation.ts, with the tests of those names.
import { describe, expect, it } from 'vitest';
import { buildResolver } from '../../../src/record/fhir/reference.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { endOfLifeCare } from '../../../src/record/sections/end-of-life-care.ts';
import type { SourceId } from '../../../src/record/source.ts';
import {
  consent,
  flag,
  form,
  NOT_FOR_CPR,
  readDecision as read,
  resource as record,
  type Change,
} from '../../support/end-of-life.ts';
import { entriesFrom } from '../../support/record.ts';
import { linesOf, listedInAnyOrder, readBy, standingsInOrder } from '../../support/section.ts';

describe('where the signed form is', () => {
  const DOCUMENT = { resourceType: 'DocumentReference', id: '9', description: 'Scanned in May' };
  const resolve = buildResolver(new Map([['DocumentReference/9', DOCUMENT]]));
  const where = (resource: Resource): string | undefined =>
    endOfLifeCare.read(resource, { source: 'gp' as SourceId, resolve })?.entries[0]?.documentLocation;
  const told = [
    [
      'the words of an extension',
      { extension: [{ url: 'https://x.example/documentLocation', valueString: 'At home' }] },
      'At home',
    ],
    ['how the source calls it', { sourceReference: { reference: 'DocumentReference/9', display: 'Scan' } }, 'Scan'],
    ['how it calls itself', { sourceReference: { reference: 'DocumentReference/9' } }, 'Scanned in May'],
    ['the title of an attached copy', { sourceAttachment: { title: 'Copy' } }, 'Copy'],
    ['nothing', {}, undefined],
  ] as const;

  it.each(told)('is told by %s', (_what, change, location) => {
    expect(where(consent(change))).toBe(location);
  });

  it('is told by the first of these', () => {
    const changes = told.map(([, change]) => change);
    const locations = told.map((_, from) =>
      where(consent(Object.assign({}, ...changes.slice(from).reverse()) as Change)),
    );
    expect(locations).toEqual(told.map(([, , location]) => location));
    expect(where(consent({ extension: [{ url: 'https://x.example/DocumentLocation', valueString: 'At home' }] }))).toBe(
      'At home',
    );
  });

  it('is told by who keeps it, of a form alone', () => {
    const custodian = { display: 'The hospice' };
    expect(where(form({ custodian }))).toBe('The hospice');
    expect(where(consent({ custodian }))).toBeUndefined();
  });
});

describe('end of life care as a section', () => {
  it('is shown whatever its age, of whatever type the source keeps it in', () => {
    expect(endOfLifeCare).toMatchObject({
      id: 'end-of-life-care',
      heading: 'End of life care',
      groupedBy: 'everything',
      reads: [
        'Consent',
        'Flag',
        'Observation',
        'Condition',
        'DocumentReference',
        'QuestionnaireResponse',
        'ServiceRequest',
        'Procedure',
        'CarePlan',
        'Goal',
        'Composition',
      ],
      takes: ['CarePlan', 'Goal', 'DocumentReference', 'Composition', 'ServiceRequest', 'Procedure', 'Observation'],
      window: null,
    });
  });

  it('takes nothing from a consent to sharing, whatever it is that may be shared', () => {
    const scope = { coding: [{ code: 'patient-privacy' }] };
    expect(readBy(endOfLifeCare, consent({ scope, category: [{ text: 'DNACPR' }] }))).toEqual({
      entries: [],
      unread: [],
    });
  });

  it('leaves to About me the form that somebody filled in about themselves', () => {
    const questionnaire = 'https://x.example/Questionnaire/EndOfLifePlan-AboutMe';
    const item = [{ linkId: '1', text: 'What matters to me', answer: [{ valueString: 'My dog' }] }];
    const answers = record('QuestionnaireResponse', {
      status: 'completed',
      questionnaire,
      item,
      code: { text: 'About me' },
    });
    expect(readBy(endOfLifeCare, answers)).toBeNull();
  });

  it('stands with decisions first, then wishes, then forms, and what is over last', () => {
    const all = [
      form({ id: '1', date: '2026-03-03' }),
      consent({ id: '2', dateTime: '2026-02-02', category: [{ text: 'Preferred place of death' }] }),
      flag({ id: '3', period: { start: '2026-01-01' } }),
      flag({ id: '4', status: 'inactive', code: { text: 'Not for resuscitation' } }),
      consent({ id: '5', status: 'inactive', category: [{ text: 'Advance statement' }] }),
    ];
    expect(listedInAnyOrder(endOfLifeCare, all)).toEqual([
      [
        'Not for attempted CPR',
        'Preferred place of death',
        'ReSPECT form',
        'Not for resuscitation',
        'Advance statement',
      ],
    ]);
    expect(standingsInOrder(endOfLifeCare, read(flag()))).toEqual([
      'current = unknown, in-error = negated = past = planned',
    ]);
  });
});

describe('one line for several records for the end of life', () => {
  const lines = (one: Resource, other: Resource): number =>
    linesOf(endOfLifeCare, [one], [{ ...other, id: '2' }]).length;
  const on = (start: string, change: Change = {}): Resource => flag({ period: { start }, ...change });
  const until = (end: string): Resource => consent({ dateTime: '2026-01-01', provision: { period: { end } } });

  it('is made of the same decision in the same words on one day', () => {
    expect(lines(on('2026-01-01'), on('2026-01-01T09:00:00Z'))).toBe(1);
    expect(
      lines(
        on('2026-01-01', { code: { text: 'DNACPR in place' } }),
        on('2026-01-01', { code: { text: 'DNACPR IN PLACE' } }),
      ),
    ).toBe(1);
  });

  it.each([
    ['the day', on('2026-01-01'), on('2026-01-02')],
    ['the end', on('2026-01-01'), flag({ period: { start: '2026-01-01', end: '2027-01-01' } })],
    ['the standing', on('2026-01-01'), on('2026-01-01', { status: 'inactive' })],
    ['the words', on('2026-01-01'), on('2026-01-01', { code: { text: 'DNACPR in place' } })],
    ['the day to look at it again', until('2027-01-01'), until('2028-01-01')],
    [
      'a doubt',
      record('Observation', { status: 'final', code: NOT_FOR_CPR, effectiveDateTime: '2026-01-01' }),
      record('Observation', { status: 'amended', code: NOT_FOR_CPR, effectiveDateTime: '2026-01-01' }),
    ],
    ['having no day', flag(), flag()],
    [
      'being only recorded',
      record('Condition', { code: NOT_FOR_CPR, recordedDate: '2026-01-01' }),
      record('Condition', { code: NOT_FOR_CPR, recordedDate: '2026-01-01' }),
    ],
  ])('is not made where they differ by %s', (_what, one, other) => {
    expect(lines(one, other)).toBe(2);
  });

  it('is not made by the number of what is no form', () => {
    const identifier = [{ system: 'https://forms.example', value: '1' }];
    const numbered = record('Condition', { code: NOT_FOR_CPR, identifier, recordedDate: '2026-01-01' });
    expect(lines(numbered, numbered)).toBe(2);
    expect(entriesFrom('gp', numbered)[0]).not.toHaveProperty('businessId');
  });
});
