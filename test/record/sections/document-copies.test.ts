// Proves src/record/sections/documents.ts, with the tests of that name.
import { describe, expect, it } from 'vitest';
import type { Resource } from '../../../src/record/resource.ts';
import { documents } from '../../../src/record/sections/documents.ts';
import {
  composition,
  files,
  HASH,
  letter,
  NUMBER,
  OTHER_HASH,
  readDocument as read,
  type Change,
} from '../../support/letter.ts';
import { linesOf } from '../../support/section.ts';

describe('one line for several copies of a document', () => {
  const lines = (one: Resource, ...others: readonly Resource[]): number =>
    linesOf(
      documents,
      [one],
      others.map((resource, id) => ({ ...resource, id: `${id}` })),
    ).length;
  const DAY = { date: '2026-11-02' };
  const filed = (change: Change): Resource => letter({ ...DAY, ...change });

  it.each([
    [
      'the same bytes under other titles',
      filed({ ...files({ hash: HASH }), description: 'Letter' }),
      filed({ ...files({ hash: HASH }), description: 'Scan' }),
    ],
    [
      'the same bytes in another order',
      filed(files({ hash: HASH }, { hash: OTHER_HASH })),
      filed(files({ hash: OTHER_HASH }, { hash: HASH })),
    ],
    [
      'one size, type, title and moment',
      filed(files({ size: 9, contentType: 'text/plain' })),
      filed(files({ size: 9, contentType: 'text/plain' })),
    ],
    [
      'the same sizes in another order',
      filed(files({ size: 9 }, { size: 10 })),
      filed(files({ size: 10 }, { size: 9 })),
    ],
    ['one number, title and moment', filed(NUMBER), filed({ ...NUMBER, description: 'CLINIC LETTER' })],
    [
      'one number at one moment in two zones',
      filed({ ...NUMBER, date: '2026-06-01T09:00:00Z' }),
      filed({ ...NUMBER, date: '2026-06-01T10:00:00+01:00' }),
    ],
  ])('is made of %s', (_what, one, other) => {
    expect(lines(one, other)).toBe(1);
  });

  it.each([
    ['nothing but title and day', filed({}), filed({})],
    ['one number without a day', letter(NUMBER), letter(NUMBER)],
    ['one number of two standings', filed(NUMBER), filed({ ...NUMBER, status: 'superseded' })],
    ['one number of a draft and the final text', filed(NUMBER), filed({ ...NUMBER, docStatus: 'preliminary' })],
    ['one number on two days', filed(NUMBER), filed({ ...NUMBER, date: '2026-11-03' })],
    [
      'one number at two moments of a day',
      filed({ ...NUMBER, date: '2026-11-02T09:00:00Z' }),
      filed({ ...NUMBER, date: '2026-11-02T10:00:00Z' }),
    ],
    ['a letter and the composition in it', filed(NUMBER), composition({ ...DAY, identifier: NUMBER.masterIdentifier })],
    ['bytes of which one file tells nothing', filed(files({ hash: HASH }, {})), filed(files({ hash: HASH }, {}))],
    ['sizes of which one file tells none', filed(files({ size: 9 }, {})), filed(files({ size: 9 }, {}))],
    [
      'one size of two types of file',
      filed(files({ size: 9, contentType: 'text/plain' })),
      filed(files({ size: 9, contentType: 'text/html' })),
    ],
    ['empty files', filed(files({ size: 0 })), filed(files({ size: 0 }))],
    [
      'one size under two titles',
      filed({ ...files({ size: 9 }), description: 'Letter' }),
      filed({ ...files({ size: 9 }), description: 'Scan' }),
    ],
  ])('is not made of %s', (_what, one, other) => {
    expect(lines(one, other)).toBe(2);
  });

  it('is not made by a size that one source has for two letters of that title', () => {
    const sized = filed(files({ size: 9 }));
    expect(linesOf(documents, [sized, { ...sized, id: 'd2' }], [{ ...sized, id: 'd3' }])).toHaveLength(3);
  });

  it('is made by the bytes although one copy has them in two files of one size', () => {
    const hashed = filed(files({ size: 9, hash: HASH }));
    expect(linesOf(documents, [hashed, { ...hashed, id: 'd2' }], [{ ...hashed, id: 'd3' }])).toHaveLength(1);
  });

  it('says by what it was known as one', () => {
    const reasons = (change: Change): readonly string[] =>
      documents
        .identity?.(read(filed(change)))
        ?.names()
        .map(({ reason }) => reason) ?? [];
    expect(reasons({ ...files({ size: 9, hash: HASH }), ...NUMBER })).toEqual(['same-file', 'same-file', 'identifier']);
    expect(reasons(files({ hash: HASH }))).toEqual(['same-file']);
    expect(reasons({})).toEqual([]);
  });

  it('has one key whatever the order of its doubts', () => {
    const doubtful = read(
      filed({
        ...NUMBER,
        docStatus: 'amended',
        type: {
          text: 'Clinic letter',
          coding: [{ system: 'http://snomed.info/sct', code: '1', display: 'Discharge summary' }],
        },
      }),
    );
    expect(documents.factKey({ ...doubtful, cautions: [...doubtful.cautions].reverse() })).toBe(
      documents.factKey(doubtful),
    );
    expect(doubtful.cautions).toHaveLength(2);
  });
});
