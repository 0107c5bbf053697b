import { type Config, ConfigError } from '../config.ts';
import type { Community } from './community.ts';

/** A live community refuses what only tests may do (architecture.md §7.8). */
export function refuseUnsafe(config: Config, community: Community): void {
  if (community.environment !== 'live') return;
  const needs: readonly (readonly [boolean, string])[] = [
    [
      config.keys.file !== undefined,
      'keys.file (CORRIDOR_KEYS_FILE): a live community needs a key its EPRs have registered',
    ],
    [
      config.seal.keys !== undefined,
      'seal.keys (CORRIDOR_SEAL_KEYS): a live community needs keys that outlive a restart',
    ],
    [
      config.server.publicUrl?.startsWith('https:') === true,
      'server.publicUrl (CORRIDOR_SERVER_PUBLIC_URL): a live community is reached over https',
    ],
    [
      config.admin.allowBeyondLoopback === 'no',
      'admin.allowBeyondLoopback (CORRIDOR_ADMIN_ALLOW_BEYOND_LOOPBACK): a live community’s rules and alerts are read at the launcher itself; use a tunnel',
    ],
  ];
  const problems = needs.filter(([met]) => !met).map(([, problem]) => problem);
  if (problems.length > 0) throw new ConfigError(problems);
}

export type LoudChoice = { readonly event: string; readonly setting?: string; readonly count?: number };

/** What is not as it would be in a live community, to be said at every start. */
export function loudChoices(config: Config, { members, sources }: Community): readonly LoudChoice[] {
  const launches = members.filter(({ launch }) => launch?.allowLoopbackHttp === true).length;
  const asked = sources.filter(({ authorisation }) => authorisation.allowLoopbackHttp === true).length;
  const unsigned = sources.filter(({ authorisation }) => authorisation.profile === 'gpconnect').length;
  return [
    ...(unsigned > 0 ? [{ event: 'sources.unsigned_jwt_allowed', count: unsigned }] : []),
    ...(config.keys.file === undefined ? [{ event: 'keys.made_at_start', setting: 'keys.file' }] : []),
    ...(config.seal.keys === undefined ? [{ event: 'seal.key_made_at_start', setting: 'seal.keys' }] : []),
    ...(config.audit.spool !== undefined ? [{ event: 'audit.spool_allowed', setting: 'audit.spool' }] : []),
    ...(config.admin.allowBeyondLoopback === 'yes'
      ? [{ event: 'admin.beyond_loopback_allowed', setting: 'admin.allowBeyondLoopback' }]
      : []),
    ...(launches > 0 ? [{ event: 'launches.loopback_http_allowed', count: launches }] : []),
    ...(asked > 0 ? [{ event: 'sources.loopback_http_allowed', count: asked }] : []),
  ];
}
