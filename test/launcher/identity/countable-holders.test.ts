import { describe, expect, it } from 'vitest';
import { countableHolders } from '../../../launcher/identity/countable-holders.ts';
import type { Member, Pathway } from '../../../launcher/trust/community.ts';
import type { OdsCode, OrganisationKind } from '../../../src/record/source.ts';

const KINDS: { readonly [ods: string]: OrganisationKind } = {
  HOME: 'gp',
  ACUTE: 'acute',
  OTHER: 'community',
  MIND: 'mental-health',
  HOSPICE: 'hospice',
  COUNCIL: 'council',
};
const all = Object.keys(KINDS) as OdsCode[];
const pathway = (changes: Partial<Pathway> = {}): Pathway => ({
  id: 'p',
  name: 'p',
  purpose: 'direct-care',
  askers: all,
  givers: all,
  ...changes,
});
const count = (holders: readonly string[], pathways: readonly Pathway[] = [pathway()]): number =>
  countableHolders(holders as OdsCode[], 'HOME' as OdsCode, '2026-06-01', {
    pathways,
    member: (ods) => (KINDS[ods] === undefined ? undefined : ({ ods, kind: KINDS[ods] } as Member)),
  });

describe('how many organisations may be told of before a record is opened', () => {
  it('is the same with and without a sensitive service', () => {
    expect(count(['HOME', 'ACUTE', 'MIND', 'HOSPICE', 'COUNCIL'])).toBe(count(['HOME', 'ACUTE']));
  });

  it('leaves out the asker, strangers, and whom no agreement of today joins to it', () => {
    expect(count(['HOME', 'NOBODY'])).toBe(0);
    expect(count(['ACUTE'], [pathway({ to: '2026-05-31' })])).toBe(0);
    expect(count(['ACUTE'], [pathway({ from: '2026-06-02' })])).toBe(0);
    expect(count(['ACUTE'], [pathway({ askers: ['OTHER' as OdsCode] })])).toBe(0);
    expect(count(['ACUTE', 'OTHER'], [pathway({ givers: ['OTHER' as OdsCode] })])).toBe(1);
  });

  it('counts each of the others once', () => {
    expect(count(['HOME', 'ACUTE', 'ACUTE', 'OTHER'])).toBe(2);
  });
});
