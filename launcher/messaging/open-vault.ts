import { randomBytes, type JsonWebKey } from 'node:crypto';
import type { Database } from '../storage/database.ts';
import { findOrSaveSecret, holdsConversations, loadSecrets, replaceSecret } from '../storage/tables/message-secrets.ts';
import { createVault, MASTER_BYTES, type Vault } from './vault.ts';

type OpenVaultDeps = {
  readonly database: Database;
  /** `session/seal.ts`: the first key seals, all open. */
  readonly seal: (purpose: string, value: unknown) => string;
  readonly open: (purpose: string, sealed: string) => unknown;
};

const MASTER = 'master';
const PURPOSE = 'message-master';

/** What was sealed under keys of another setting can't be opened: the operator has to say which they were. */
export class VaultLocked extends Error {
  constructor(options?: ErrorOptions) {
    super('the messages in the store are sealed under a key that is not in seal.keys (CORRIDOR_SEAL_KEYS)', options);
    this.name = 'VaultLocked';
  }
}

/**
 * The one secret that all conversations hang on, from the store; made at the first start. It is sealed anew under the
 * first of the seal keys at each start, so that an old key can be taken out once every launcher has started with the new.
 * One that nobody can open is made anew only where nothing hangs on it yet.
 */
export async function openVault(deps: OpenVaultDeps): Promise<Vault> {
  const { queries } = deps.database;
  const made = deps.seal(PURPOSE, randomBytes(MASTER_BYTES).toString('base64'));
  const held = await findOrSaveSecret(queries, MASTER, made);
  try {
    const master = Buffer.from(String(deps.open(PURPOSE, held)), 'base64');
    if (master.length !== MASTER_BYTES) throw new VaultLocked();
    const [sealer] = made.split('.');
    if (sealer !== held.split('.')[0])
      await replaceSecret(queries, MASTER, held, deps.seal(PURPOSE, master.toString('base64')));
    return createVault(master);
  } catch (cause) {
    if (await holdsConversations(queries)) throw new VaultLocked({ cause });
    await replaceSecret(queries, MASTER, held, made);
    const now = await findOrSaveSecret(queries, MASTER, made);
    return createVault(Buffer.from(String(deps.open(PURPOSE, now)), 'base64'));
  }
}

/** The public halves of all keys that sign or have signed: ours are added, and all are given back. */
export async function keepSigners(
  { queries }: Database,
  vault: Vault,
  ours: readonly JsonWebKey[],
): Promise<readonly JsonWebKey[]> {
  for (const jwk of ours) {
    const id = `signer ${String(jwk['kid'])}`;
    if (jwk.kty === 'EC') await findOrSaveSecret(queries, id, vault.sealOwn(id, JSON.stringify(jwk)));
  }
  const rows = await loadSecrets(queries, 'signer ');
  return rows.flatMap(({ id, sealed }) => openSigner(id, sealed, vault));
}

/** One that somebody else put there is no key of ours. */
function openSigner(id: string, sealed: string, vault: Vault): readonly JsonWebKey[] {
  try {
    return [JSON.parse(vault.openOwn(id, sealed)) as JsonWebKey];
  } catch {
    return [];
  }
}
