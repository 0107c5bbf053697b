import type { EprPlugin } from '../plugins/plugin.ts';
import type { Config } from './config.ts';
import type { Rehearse } from './conformance/negative-launches.ts';
import { pretendEpr } from './conformance/pretend-epr.ts';
import { CorridorError } from './errors.ts';
import { readHomePatient } from './identity/home-patient.ts';
import { createSealing } from './session/seal.ts';
import { startLaunch } from './smart/authorise.ts';
import type { SmartDeps } from './smart/deps.ts';
import { createDiscover } from './smart/discover.ts';
import { finishLaunch } from './smart/finish.ts';
import type { Outbound } from './smart/outbound.ts';
import type { StoredTransaction, TransactionStore } from './smart/transaction.ts';
import type { Community, LaunchMember } from './trust/community.ts';
import type { LauncherKeys } from './trust/keys.ts';

export type RehearsalParts = {
  readonly community: Community;
  readonly keys: LauncherKeys;
  readonly config: Config;
  readonly plugins: readonly EprPlugin[];
  /** Address of the launcher. */
  readonly issuer: string;
  readonly now: () => number;
};

/** The very functions that serve a launch, with a store in memory and an EPR in memory: nobody is asked. */
export function createRehearsal(member: LaunchMember, parts: RehearsalParts): Rehearse {
  return async (lie, signal) => {
    const at = { nonce: '', waitedMs: 0 };
    const now = (): number => parts.now() + at.waitedMs;
    const epr = pretendEpr(member.launch, lie.epr ?? {});
    const outbound: Outbound = ({ url }) => {
      const { status, json } = epr.answer(url, at.nonce, now());
      const headers = new Headers({ 'content-type': 'application/json' });
      return Promise.resolve({ status, headers, text: () => Promise.resolve(JSON.stringify(json)) });
    };
    const deps = depsOf(parts, outbound, now);
    try {
      const started = await startLaunch({ iss: lie.iss ?? member.launch.iss, launch: 'rehearsal' }, deps, signal);
      const parameters = new URL(started.address).searchParams;
      at.nonce = parameters.get('nonce') ?? '';
      at.waitedMs = lie.waitMs ?? 0;
      const answer = {
        ...{ ods: member.ods, state: parameters.get('state') ?? '', code: 'rehearsal' },
        ...{ binding: started.binding, iss: epr.issuer },
        ...lie.callback,
      };
      await finishLaunch(answer, deps, signal);
      if (lie.twice) await finishLaunch(answer, deps, signal);
      return 'opened';
    } catch (cause) {
      if (cause instanceof CorridorError) return cause.code;
      throw cause;
    }
  };
}

/** A store of launches under way that lasts as long as the check; what was in it can be brought back, to be tried again. */
export function memoryTransactions(): TransactionStore & { remember(): void; bringBack(): void } {
  const held = new Map<string, StoredTransaction>();
  let before: readonly (readonly [string, StoredTransaction])[] = [];
  return {
    save: (transaction) => Promise.resolve(Boolean(held.set(transaction.stateHash, transaction))),
    take: (stateHash, instant) => {
      const found = held.get(stateHash);
      held.delete(stateHash);
      return Promise.resolve(found && found.expiresAt > instant ? found : undefined);
    },
    remember: () => (before = [...held]),
    bringBack: () => {
      for (const [stateHash, transaction] of before) held.set(stateHash, transaction);
    },
  };
}

export function depsOf(
  parts: RehearsalParts,
  outbound: Outbound,
  now: () => number,
  transactions: TransactionStore = memoryTransactions(),
): SmartDeps {
  const { community, keys, config, plugins, issuer } = parts;
  return {
    community,
    publicUrl: issuer,
    limits: config.launch,
    transactions,
    sealing: createSealing(undefined),
    // What never happened is in no log.
    audit: { record: () => Promise.resolve(), recordAll: () => Promise.resolve() },
    outbound,
    discover: createDiscover({ outbound, limits: config.launch, now }),
    launchFace: (id) => plugins.find((plugin) => plugin.id === id)?.launch,
    signingKey: (supported) => keys.signingKey(supported),
    clientSecret: () => 'rehearsal',
    readHomePatient: (resource) => readHomePatient(resource, now()),
    now,
  };
}
