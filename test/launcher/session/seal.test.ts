import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSealing, SealBroken } from '../../../launcher/session/seal.ts';

const key = (id: string): { id: string; key: Uint8Array } => ({ id, key: new Uint8Array(randomBytes(32)) });

describe('a sealed value does not open', () => {
  const one = key('one');
  const sealing = createSealing([one]);
  const sealed = sealing.seal('launch', { patient: 'Jackson' });

  it('under another purpose', () => {
    expect(() => sealing.open('session', sealed)).toThrow(SealBroken);
  });

  it('under another key of the same name, or when its key is gone', () => {
    expect(() => createSealing([key('one')]).open('launch', sealed)).toThrow(SealBroken);
    expect(() => createSealing([key('two')]).open('launch', sealed)).toThrow(SealBroken);
  });

  it('under the same key by another name', () => {
    const renamed = createSealing([{ id: 'two', key: one.key }]);
    expect(() => renamed.open('launch', sealed.replace('one.', 'two.'))).toThrow(SealBroken);
  });

  it('when any one character of it is changed, added or left out', () => {
    for (let at = 0; at < sealed.length; at += 1) {
      for (const changed of [
        sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1),
        sealed.slice(0, at) + sealed.slice(at + 1),
        `${sealed.slice(0, at)} ${sealed.slice(at)}`,
      ]) {
        expect(() => sealing.open('launch', changed), changed).toThrow(SealBroken);
      }
    }
  });

  it('when it is something else altogether', () => {
    for (const text of ['', '.', 'one.', 'one.AAAA', `${sealed}.`, `${sealed}=`, 'one']) {
      expect(() => sealing.open('launch', text)).toThrow(SealBroken);
    }
  });
});

describe('a seal', () => {
  it('gives back what was sealed, and shows nothing of it', () => {
    const sealing = createSealing([key('one')]);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(sealing.open('p', sealing.seal('p', value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(sealing.seal('launch', { patient: 'Jackson' })).not.toContain('Jackson');
  });

  it('never seals the same value the same way twice', () => {
    const sealing = createSealing([key('one')]);
    expect(sealing.seal('p', 'same')).not.toBe(sealing.seal('p', 'same'));
  });

  it('seals with the first key and opens with all, so that keys can be changed', () => {
    const [old, next] = [key('old'), key('next')];
    const before = createSealing([old]).seal('p', 1);
    const after = createSealing([next, old]);
    expect(after.open('p', before)).toBe(1);
    expect(after.seal('p', 2)).toMatch(/^next\./);
  });

  it('makes a key of its own when none is given', () => {
    const [a, b] = [createSealing(undefined), createSealing([])];
    expect(a.open('p', a.seal('p', 1))).toBe(1);
    expect(() => b.open('p', a.seal('p', 1))).toThrow(SealBroken);
  });
});
