import { describe, expect, it } from 'vitest';
import { ByAddress } from '../../src/record/by-address.ts';

describe('what belongs to an address', () => {
  it('is nothing for what is no address, another type or another id', () => {
    const all = new ByAddress<string>();
    all.set('Condition', '1', 'asthma');
    all.set('', '1', 'of no type');
    all.set('Conditio', 'Condition', 'of a type cut short');
    for (const address of ['Condition', 'Condition/2', 'Procedure/1', 'Condition/', ''])
      expect(all.get(address), address).toBeUndefined();
    expect(all.at('Procedure', '1')).toBeUndefined();
    expect(all.at('Condition', '2')).toBeUndefined();
  });

  it('is found by its address and by its parts; an id may have a slash in it', () => {
    const all = new ByAddress<string>();
    all.set('Condition', '1', 'asthma');
    all.set('Condition', '2/3', 'gout');
    expect(all.get('Condition/1')).toBe('asthma');
    expect(all.at('Condition', '1')).toBe('asthma');
    expect(all.get('Condition/2/3')).toBe('gout');
    all.set('', 'x', 'of no type');
    expect(all.get('/x')).toBe('of no type');
  });

  it('is the last that was set, and all of it is there once', () => {
    const all = new ByAddress<string>();
    all.set('Condition', '1', 'asthma');
    all.set('Procedure', '1', 'biopsy');
    all.set('Condition', '1', 'gout');
    expect([...all.values()]).toEqual(['gout', 'biopsy']);
  });
});
