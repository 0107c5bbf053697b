import { asObject, asObjects } from '../src/record/resource.ts';
import { PluginTrouble } from './plugin.ts';
import type { PluginMember, RouterTools } from './router-face.ts';
import type { TokenKey } from './signed-token.ts';

type Kept = { readonly keys: readonly TokenKey[]; readonly atMs: number };

const KEPT_MS = 600_000;
/** A flood of unknown `kid`s asks the other side once a minute and no more (smart.md §5 row 37). */
const AGAIN_MS = 60_000;
const MOST_KEYS = 20;

/** By launcher and address, so that two launchers in one process share nothing. */
const KEPT = new WeakMap<RouterTools, Map<string, Kept>>();

/** A published key set at an address that the member's settings pin, kept for ten minutes. `again`: a key was not in it. */
export async function readPublishedKeys(
  url: string,
  member: PluginMember,
  tools: RouterTools,
  { again, signal }: { readonly again: boolean; readonly signal: AbortSignal },
): Promise<readonly TokenKey[]> {
  const kept = KEPT.get(tools) ?? new Map<string, Kept>();
  KEPT.set(tools, kept);
  const known = kept.get(`${member.ods} ${url}`);
  if (known && tools.now() - known.atMs < (again ? AGAIN_MS : KEPT_MS)) return known.keys;
  const keys = await fetchKeys(url, member, tools, signal);
  kept.set(`${member.ods} ${url}`, { keys, atMs: tools.now() });
  return keys;
}

async function fetchKeys(
  url: string,
  member: PluginMember,
  tools: RouterTools,
  signal: AbortSignal,
): Promise<readonly TokenKey[]> {
  try {
    const headers = { accept: 'application/json, application/jwk-set+json' };
    const { status, text } = await tools.fetch(member, { url, method: 'GET', headers, signal });
    const keys = status === 200 ? asObject(JSON.parse(text))?.['keys'] : undefined;
    if (!Array.isArray(keys) || keys.length > MOST_KEYS) throw new Error(`a key set was not read, status ${status}`);
    return asObjects(keys);
  } catch (cause) {
    throw new PluginTrouble('discovery.invalid', 'a published key set could not be read', { cause });
  }
}
