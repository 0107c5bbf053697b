import { describe, expect, it } from 'vitest';
import { readAttachments } from '../../../src/record/fhir/attachment.ts';

const HASH = 'qZk+NkcGgWq6PiVxeFDCbJzQ2J0=';

describe('an attachment', () => {
  it('never keeps an address or bytes', () => {
    expect(readAttachments([{ url: 'https://x.example', data: 'aGk=' }])).toEqual([{}]);
    expect(readAttachments(undefined)).toEqual([]);
  });

  it('keeps what is said of the file', () => {
    const said = { title: 'Letter', contentType: 'text/plain', creation: '2026-03-01', hash: HASH, size: 0 };
    expect(readAttachments(said)).toEqual([
      { title: 'Letter', contentType: 'text/plain', created: '2026-03-01', hash: HASH, sizeBytes: 0 },
    ]);
  });

  it.each([-1, 1.5, '2', Number.NaN])('has no size that is no number of bytes: %s', (size) => {
    expect(readAttachments([{ size }])).toEqual([{}]);
  });

  it.each([`x${HASH}`, `${HASH}x`, HASH.slice(1), HASH.replace('=', 'A'), HASH.replace('+', '-'), 7])(
    'has no hash that is none: %s',
    (hash) => {
      expect(readAttachments([{ hash }])).toEqual([{}]);
    },
  );
});
