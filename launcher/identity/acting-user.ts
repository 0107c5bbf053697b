import type { OdsCode } from '../../src/record/source.ts';

/** What one launch says of its user, and how the EPR said each part. */
export type ClaimedUser = {
  /** `iss|sub` of the id_token. */
  readonly key: string;
  readonly name: string;
  readonly sdsUserId?: string;
  readonly professionalId?: { readonly system: string; readonly value: string };
  /** Of each field, where it was learnt. */
  readonly evidence: { readonly [field: string]: string };
};

export type IdentityKind = 'sds' | 'professional' | 'account';

/** One identity of one person, as one organisation's EPR has claimed it. */
export type UserIdentity = {
  readonly identity: string;
  readonly kind: IdentityKind;
  readonly userKey: string;
  readonly name: string;
  readonly claimedBy: OdsCode;
  /** `id_token` or `Practitioner`. */
  readonly claimedHow: string;
  readonly firstSeen: string;
  readonly lastSeen: string;
};

export type UserIdentityStore = {
  /** All identities of every person one of these belongs to. */
  find(identities: readonly string[]): Promise<readonly UserIdentity[]>;
  /** All or nothing; what was claimed by the same organisation before is brought up to date. */
  save(rows: readonly UserIdentity[], moved: { readonly from: readonly string[]; readonly to: string }): Promise<void>;
};

/** `refused`: the EPR now says of this account what contradicts what was said of it before. */
export type LinkedUser =
  | { readonly key: string; readonly linkedTo: readonly OdsCode[]; readonly unlinked?: 'name' }
  | { readonly refused: 'launch.identity_conflict'; readonly why: string };

export type LinkUser = (claimed: ClaimedUser, ods: OdsCode) => Promise<LinkedUser>;

const SDS_USER_ID = 'https://fhir.nhs.uk/Id/sds-user-id';
const DAY_MS = 86_400_000;

/**
 * One person launching from three EPRs is one user: joined by the SDS user id, a professional registration, or the same
 * account (smart.md 3.2), never by name. A name that has nothing in common keeps two accounts apart; numbers that
 * contradict those seen before refuse the launch, for one of the two is somebody else's.
 */
export function createLinkUser({
  store,
  now,
}: {
  readonly store: UserIdentityStore;
  readonly now: () => number;
}): LinkUser {
  return async (claimed, ods) => {
    const own = identitiesOf(claimed);
    const known = await store.find(own.map(({ identity }) => identity));
    const clash = own.find((one) => contradicts(one, own, known));
    if (clash) return { refused: 'launch.identity_conflict', why: clash.kind };
    const alike = known.filter((row) => row.identity === claimed.key || namesShareAWord(row.name, claimed.name));
    if (known.length > 0 && alike.length === 0) return { key: claimed.key, linkedTo: [], unlinked: 'name' };
    const key = chooseKey(own, alike);
    const at = new Date(now()).toISOString();
    const rows = own.map((one): UserIdentity => {
      const before = alike.find((row) => row.identity === one.identity && row.claimedBy === ods);
      return {
        ...one,
        userKey: key,
        name: claimed.name,
        claimedBy: ods,
        firstSeen: before?.firstSeen ?? at,
        lastSeen: at,
      };
    });
    const from = [...new Set(alike.map(({ userKey }) => userKey))].filter((other) => other !== key);
    if (from.length > 0 || rows.some((row) => isNews(row, alike, now()))) await store.save(rows, { from, to: key });
    const elsewhere = alike.map(({ claimedBy }) => claimedBy).filter((other) => other !== ods);
    return { key, linkedTo: [...new Set(elsewhere)].sort() };
  };
}

type Own = Pick<UserIdentity, 'identity' | 'kind' | 'claimedHow'>;

/** Surest first: the first of them names the person. */
function identitiesOf({ key, sdsUserId, professionalId, evidence }: ClaimedUser): readonly Own[] {
  const how = (field: string): string => evidence[field] ?? 'id_token';
  const sds: Own[] =
    sdsUserId === undefined
      ? []
      : [{ identity: `${SDS_USER_ID}|${sdsUserId}`, kind: 'sds', claimedHow: how('user.sdsUserId') }];
  const professional: Own[] = professionalId
    ? [
        {
          identity: `${professionalId.system}|${professionalId.value}`,
          kind: 'professional',
          claimedHow: how('user.professionalId'),
        },
      ]
    : [];
  return [...sds, ...professional, { identity: key, kind: 'account', claimedHow: how('user.key') }];
}

/** A person has one SDS user id and one number in a register; an account belongs to one person. */
function contradicts({ identity, kind }: Own, own: readonly Own[], known: readonly UserIdentity[]): boolean {
  if (kind === 'account') return false;
  const register = identity.slice(0, identity.lastIndexOf('|'));
  const tied = new Set(
    known.filter((row) => own.some((one) => one.identity === row.identity)).map(({ userKey }) => userKey),
  );
  return known.some(
    (row) =>
      row.kind === kind &&
      tied.has(row.userKey) &&
      row.identity !== identity &&
      row.identity.slice(0, row.identity.lastIndexOf('|')) === register,
  );
}

/** The SDS user id where anybody ever gave one, or else the key that is known; a new person is named by their surest identity. */
function chooseKey(own: readonly Own[], known: readonly UserIdentity[]): string {
  const sds = [...own, ...known].find(({ kind }) => kind === 'sds')?.identity;
  const oldest = [...known].sort((a, b) => a.firstSeen.localeCompare(b.firstSeen))[0]?.userKey;
  return sds ?? oldest ?? own[0]?.identity ?? '';
}

/** Once a day is enough to say that it is still so. */
function isNews(row: UserIdentity, known: readonly UserIdentity[], nowMs: number): boolean {
  const before = known.find((one) => one.identity === row.identity && one.claimedBy === row.claimedBy);
  return !before || before.name !== row.name || nowMs - Date.parse(before.lastSeen) > DAY_MS;
}

const TITLES = new Set([
  'dr',
  'mr',
  'mrs',
  'ms',
  'miss',
  'mx',
  'prof',
  'professor',
  'sister',
  'nurse',
  'charge',
  'sir',
  'dame',
]);

function namesShareAWord(a: string, b: string): boolean {
  const words = (name: string): readonly string[] =>
    name
      .normalize('NFKD')
      .replace(/[\p{M}'’‘`]/gu, '')
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .filter((word) => word.length > 1 && !TITLES.has(word));
  const other = new Set(words(b));
  return words(a).some((word) => other.has(word));
}
