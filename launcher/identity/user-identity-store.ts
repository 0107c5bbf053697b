import type { OdsCode } from '../../src/record/source.ts';
import type { Database } from '../storage/database.ts';
import { findUserIdentities, saveUserIdentities, type UserIdentityRow } from '../storage/tables/user-identities.ts';
import type { UserIdentity, UserIdentityStore } from './acting-user.ts';

/** What is known of users, in the store. */
export function createUserIdentityStore(database: Database): UserIdentityStore {
  const toRow = (row: UserIdentity): UserIdentityRow => ({
    identity: row.identity,
    claimed_by: row.claimedBy,
    kind: row.kind,
    user_key: row.userKey,
    name: row.name,
    claimed_how: row.claimedHow,
    first_seen: row.firstSeen,
    last_seen: row.lastSeen,
  });
  const fromRow = (row: UserIdentityRow): UserIdentity => ({
    identity: row.identity,
    claimedBy: row.claimed_by as OdsCode,
    kind: row.kind as UserIdentity['kind'],
    userKey: row.user_key,
    name: row.name,
    claimedHow: row.claimed_how,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
  });
  return {
    find: async (identities) => (await findUserIdentities(database.queries, identities)).map(fromRow),
    save: (rows, moved) => database.transaction((queries) => saveUserIdentities(queries, rows.map(toRow), moved)),
  };
}
