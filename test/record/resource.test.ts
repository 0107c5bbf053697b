import { describe, expect, it } from 'vitest';
import { asBoolean, asObject, asObjects, asString, isResource } from '../../src/record/resource.ts';

const NOTHING: readonly unknown[] = [undefined, null, 5, 'text', true];

describe('what arrived is taken', () => {
  it('for an object only where it is one', () => {
    for (const value of [...NOTHING, [], [{}]]) expect(asObject(value)).toBeUndefined();
    const object = { a: 1 };
    expect(asObject(object)).toBe(object);
  });

  it('for a resource only where it names its type', () => {
    for (const value of [...NOTHING, {}, [], { resourceType: 5 }, ['resourceType']])
      expect(isResource(value)).toBe(false);
    expect(isResource({ resourceType: 'Flag' })).toBe(true);
  });

  it('for a list of objects, one object as a list of one, and whatever is none left out', () => {
    for (const value of NOTHING) expect(asObjects(value)).toEqual([]);
    const [a, b] = [{ a: 1 }, { b: 1 }];
    expect(asObjects(a)).toEqual([a]);
    expect(asObjects([a, null, 'text', [b], b])).toEqual([a, b]);
    const all = [a, b];
    expect(asObjects(all)).toBe(all);
  });

  it('for a text without the room about it, and an empty one for none', () => {
    for (const value of [undefined, null, 5, true, {}, '', ' \n ']) expect(asString(value)).toBeUndefined();
    expect(asString(' Asthma \n')).toBe('Asthma');
  });

  it('for a yes or a no only where it is one', () => {
    for (const value of [undefined, null, 0, 'true', {}]) expect(asBoolean(value)).toBeUndefined();
    expect([asBoolean(true), asBoolean(false)]).toEqual([true, false]);
  });
});
