import { beforeEach, describe, expect, it } from 'vitest';
import {
  createLinkUser,
  type ClaimedUser,
  type LinkUser,
  type UserIdentity,
} from '../../../launcher/identity/acting-user.ts';
import type { OdsCode } from '../../../src/record/source.ts';

const SDS = 'https://fhir.nhs.uk/Id/sds-user-id';
const GMC = 'https://fhir.hl7.org.uk/Id/gmc-number';
const [GP, HOSPICE, OUT_OF_HOURS] = ['XB001', 'XB501', 'XB511'] as unknown as [OdsCode, OdsCode, OdsCode];

let rows: UserIdentity[];
let saves: number;
let clock: number;
let link: LinkUser;

beforeEach(() => {
  [rows, saves, clock] = [[], 0, 1_800_000_000_000];
  link = createLinkUser({
    now: () => clock,
    store: {
      find: (identities) => {
        const keys = new Set(rows.filter((row) => identities.includes(row.identity)).map(({ userKey }) => userKey));
        return Promise.resolve(rows.filter((row) => keys.has(row.userKey)));
      },
      save: (added, { from, to }) => {
        saves += 1;
        const kept = rows.filter(
          (row) => !added.some((one) => one.identity === row.identity && one.claimedBy === row.claimedBy),
        );
        rows = [...kept.map((row) => (from.includes(row.userKey) ? { ...row, userKey: to } : row)), ...added];
        return Promise.resolve();
      },
    },
  });
});

const person = (account: string, more: Partial<ClaimedUser> = {}): ClaimedUser => ({
  key: account,
  name: 'Dr Ngozi Okafor',
  evidence: { 'user.sdsUserId': 'Practitioner', 'user.professionalId': 'Practitioner', 'user.key': 'id_token' },
  ...more,
});
const sdsUserId = '555040000101';
const professionalId = { system: GMC, value: '7000001' };

describe('a launch is refused', () => {
  it('when an account that had one SDS user id now brings another', async () => {
    await link(person('gp|1', { sdsUserId }), GP);
    expect(await link(person('gp|1', { sdsUserId: '555040000999' }), GP)).toEqual({
      refused: 'launch.identity_conflict',
      why: 'sds',
    });
  });

  it('when a registration number comes with another SDS user id than before', async () => {
    await link(person('gp|1', { sdsUserId, professionalId }), GP);
    const other = person('hospice|9', { sdsUserId: '555040000999', professionalId });
    expect(await link(other, HOSPICE)).toEqual({ refused: 'launch.identity_conflict', why: 'sds' });
  });
});

describe('two accounts stay two users', () => {
  it('that share a name and nothing else', async () => {
    const [one, two] = [await link(person('gp|1'), GP), await link(person('hospice|9'), HOSPICE)];
    expect([one, two]).toMatchObject([{ key: 'gp|1' }, { key: 'hospice|9' }]);
  });

  it('that claim one number under names with nothing in common, and this is said', async () => {
    await link(person('gp|1', { sdsUserId }), GP);
    const stranger = person('hospice|9', { sdsUserId, name: 'Sister Bridget Ward' });
    expect(await link(stranger, HOSPICE)).toEqual({ key: 'hospice|9', linkedTo: [], unlinked: 'name' });
    expect(rows.map(({ claimedBy }) => claimedBy)).toEqual([GP, GP]);
  });
});

describe('one person launching from three EPRs', () => {
  it('is one user, by the SDS user id, with what each EPR claimed and how', async () => {
    const seen = [
      await link(person('gp|1', { sdsUserId }), GP),
      await link(person('hospice|9', { sdsUserId, name: 'Ngozi OKAFOR' }), HOSPICE),
      await link(person('ooh|4', { sdsUserId }), OUT_OF_HOURS),
    ];
    expect(new Set(seen.map((one) => 'key' in one && one.key))).toEqual(new Set([`${SDS}|${sdsUserId}`]));
    expect(seen[2]).toMatchObject({ linkedTo: [GP, HOSPICE] });
    expect(rows.filter(({ kind }) => kind === 'sds')).toMatchObject(
      [GP, HOSPICE, OUT_OF_HOURS].map((claimedBy) => ({ claimedBy, claimedHow: 'Practitioner' })),
    );
  });

  it('is one user when only a professional registration joins two of them', async () => {
    await link(person('gp|1', { sdsUserId, professionalId }), GP);
    expect(await link(person('hospice|9', { professionalId }), HOSPICE)).toMatchObject({ key: `${SDS}|${sdsUserId}` });
  });

  it('becomes one user when a later launch shows that two were one, under the national key', async () => {
    await link(person('hospice|9', { professionalId }), HOSPICE);
    await link(person('gp|1', { sdsUserId }), GP);
    expect(await link(person('ooh|4', { sdsUserId, professionalId }), OUT_OF_HOURS)).toMatchObject({
      linkedTo: [GP, HOSPICE],
    });
    expect(new Set(rows.map(({ userKey }) => userKey))).toEqual(new Set([`${SDS}|${sdsUserId}`]));
  });

  it('keeps the key of an account when the same EPR forgets the number, and writes nothing that is not new', async () => {
    await link(person('gp|1', { sdsUserId }), GP);
    await link(person('gp|1', { sdsUserId }), GP);
    expect(saves).toBe(1);
    expect(await link(person('gp|1'), GP)).toMatchObject({ key: `${SDS}|${sdsUserId}` });
    clock += 2 * 86_400_000;
    await link(person('gp|1', { sdsUserId }), GP);
    expect(saves).toBe(2);
  });
});
