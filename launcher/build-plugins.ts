import { randomBytes } from 'node:crypto';
import type { EprPlugin, FollowedLaunch, LaunchAnswer } from '../plugins/plugin.ts';
import type { PluginFetch, PluginMember, RouterTools } from '../plugins/router-face.ts';
import type { LaunchTicket } from '../plugins/ticket.ts';
import type { NhsNumber } from '../src/record/nhs-number.ts';
import type { Json } from '../src/record/resource.ts';
import type { OdsCode } from '../src/record/source.ts';
import { dayOf } from './access/day.ts';
import type { Parts } from './build-services.ts';
import { CorridorError } from './errors.ts';
import { openWayOut } from './federation/open-source.ts';
import { openPluginSocket } from './routes/open-plugin-socket.ts';
import { countableHolders } from './identity/countable-holders.ts';
import type { LaunchContext, PageHost } from './smart/launch-context.ts';
import type { Outbound } from './smart/outbound.ts';
import { issueTeamTicket, issueTicket, type TicketDeps } from './smart/ticketed-launch.ts';
import { hashOf } from './smart/transaction.ts';
import { saveOnce } from './storage/tables/launch-transactions.ts';
import type { SourceTokens } from './trust/backend-services.ts';
import type { LaunchMember, Member } from './trust/community.ts';
import { createSourceHeaders } from './trust/source-headers.ts';

/** What a plugin's own routes are lent, bound to its id (`plugins/router-face.ts`). */
export function buildRouterTools(
  plugin: EprPlugin,
  parts: Pick<Parts, 'community' | 'database' | 'outbound' | 'locator' | 'audit' | 'url' | 'config'>,
  tickets: TicketDeps,
  now: () => number,
): RouterTools {
  const { community, database, locator, audit, url } = parts;
  const members = community.members.flatMap((member) => memberFor(plugin.id, member));
  return {
    address: `${url}/plugins/${plugin.id}`,
    launcherUrl: url,
    members,
    now,
    fetch: (member, request) => sendFor(member, request, parts),
    socket: (member, { url: to, signal }) => {
      const { allowedOrigins, allowLoopbackHttp } = reachOf(member, community);
      return openPluginSocket(to, { allowedOrigins, allowLoopbackHttp, signal });
    },
    once: async (key, lifeMs) => {
      const nowMs = now();
      return saveOnce(database.queries, {
        stateHash: hashOf(`once:${plugin.id}:${key}`),
        organisation: `once:${plugin.id}`,
        sealed: '',
        createdAt: new Date(nowMs).toISOString(),
        expiresAt: new Date(nowMs + lifeMs).toISOString(),
      });
    },
    ...keepingOf(plugin.id, tickets, now),
    issueTicket: (ticket) => issueTicket(ticket, tickets),
    issueTeamTicket: (ticket) => issueTeamTicket(ticket, tickets),
    countHolders: async (member, nhsNumber) => {
      const holders = await locator?.find(nhsNumber as NhsNumber);
      return holders && countableHolders(holders, member.ods as OdsCode, dayOf(now()), community);
    },
    audit: ({ outcome, what, ods, launchId, code, detail }) =>
      audit.record({
        type: 'plugin.acted',
        at: new Date(now()).toISOString(),
        outcome,
        ...(ods !== undefined && { organisation: ods as OdsCode }),
        ...(launchId !== undefined && { launchId }),
        code: code ?? what,
        detail: { plugin: plugin.id, what, ...detail },
      }),
  };
}

/** Sealed, among the launches under way: what a plugin keeps lives as long as those, and is swept with them. */
function keepingOf(
  id: string,
  { transactions, sealing, limits }: Pick<TicketDeps, 'transactions' | 'sealing' | 'limits'>,
  now: () => number,
): Required<Pick<RouterTools, 'keep' | 'take'>> {
  // A name may be another plugin's too; an unguessable key, which has no colon, is nobody else's.
  const hashed = (key: string): string => hashOf(key.includes(':') ? `kept:${id}:${key}` : key);
  return {
    keep: async (ods, what, lifeMs, under) => {
      const key = under ?? randomBytes(32).toString('base64url');
      const nowMs = now();
      const saved = await transactions.save(
        {
          stateHash: hashed(key),
          organisation: `kept:${id}:${ods}`,
          sealed: sealing.seal(`plugin:${id}`, what),
          createdAt: new Date(nowMs).toISOString(),
          expiresAt: new Date(nowMs + lifeMs).toISOString(),
        },
        limits.outstandingPerOrganisation,
      );
      if (!saved) throw new CorridorError('launch.too_many');
      return key;
    },
    take: async (key) => {
      const kept = await transactions.take(hashed(key), new Date(now()).toISOString());
      // Another plugin's, or a ticket: not under this key's purpose, and burnt all the same.
      if (!kept?.organisation.startsWith(`kept:${id}:`)) return undefined;
      return sealing.open(`plugin:${id}`, kept.sealed) as Json;
    },
  };
}

function memberFor(id: string, { ods, name, plugins, launch, pluginAncestors }: Member): readonly PluginMember[] {
  const settings = plugins?.[id];
  if (settings === undefined) return [];
  const frameAncestors = [...new Set([...(launch?.frameAncestors ?? []), ...(pluginAncestors ?? [])])];
  return [{ ods, name, settings, frameAncestors, ...(launch && { iss: launch.iss }) }];
}

/** Origins the organisation's entry names: those of its launch, and those of the addresses in its settings of the plugin. */
async function sendFor(
  of: PluginMember,
  request: PluginFetch,
  { community, outbound, config }: Pick<Parts, 'community' | 'outbound' | 'config'>,
): Promise<{ readonly status: number; readonly text: string }> {
  const { member, allowedOrigins, allowLoopbackHttp } = reachOf(of, community);
  const bound = { ...member, launch: { ...member?.launch, allowedOrigins, allowLoopbackHttp } } as LaunchMember;
  const { url, method, headers = {}, form, json, signal } = request;
  const asked: Parameters<Outbound>[0] = {
    member: bound,
    url,
    method,
    headers: {
      ...headers,
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...(json && { 'content-type': 'application/json' }),
    },
    ...(form ? { body: form } : json ? { body: JSON.stringify(json) } : {}),
    deadlineMs: config.launch.exchangeMs,
    maxBytes: config.launch.exchangeBytes,
    signal,
  };
  const answer = await outbound(asked);
  return { status: answer.status, text: await answer.text() };
}

function reachOf({ ods, settings }: PluginMember, community: Parts['community']) {
  const member = community.member(ods as OdsCode);
  return {
    member,
    allowedOrigins: [...(member?.launch?.allowedOrigins ?? []), ...originsIn(settings)],
    allowLoopbackHttp: member?.launch?.allowLoopbackHttp ?? community.environment === 'test',
  };
}

function originsIn(value: unknown): readonly string[] {
  if (typeof value === 'string')
    return /^https?:\/\//.test(value) && URL.canParse(value) ? [new URL(value).origin] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(originsIn) : [];
}

/** The host plugin of a launch's page: the one the community file names, else the launch plugin's own. */
export function pageHostOf(
  plugins: readonly EprPlugin[],
): (member: Member, answer?: LaunchAnswer, named?: LaunchTicket['host']) => PageHost | undefined {
  return (member, answer, named) => {
    const frameAncestors = [...new Set([...(member.launch?.frameAncestors ?? []), ...(member.pluginAncestors ?? [])])];
    if (named) return { plugin: named.plugin, settings: named.settings, origins: frameAncestors };
    const id = member.launch?.host ?? member.launch?.plugin;
    const face = plugins.find((plugin) => plugin.id === id)?.host;
    const settings = face?.pageSettings({
      settings: id === undefined ? undefined : member.plugins?.[id],
      frameAncestors,
      ...(answer && { answer }),
    });
    return settings && id !== undefined ? { plugin: id, settings, origins: frameAncestors } : undefined;
  };
}

/** From the end of a launch to its page's first word: the page opens its session in between. */
const SOON_MS = 120_000;

/** Tells the plugins that the member has settings for; one that fails costs the launch nothing but its following. */
export function followersOf(
  plugins: readonly EprPlugin[],
  onFailure: (error: unknown) => void,
  keeping: { readonly deps: Parameters<typeof keepingOf>[1]; readonly now: () => number },
): {
  launched(member: Member, launch: Omit<FollowedLaunch, 'ods' | 'settings'>): Promise<void>;
  ended(launchId: string): void;
  stop(): void;
} {
  const stopping = new AbortController();
  return {
    launched: async (member, launch) => {
      const told = plugins.flatMap(({ id, follow }) => {
        const settings = member.plugins?.[id];
        if (!follow || settings === undefined) return [];
        const { ods } = member;
        const { keep: keepUnder } = keepingOf(id, keeping.deps, keeping.now);
        const keep = async (what: Json): Promise<void> =>
          void (await keepUnder(ods, what, SOON_MS, `launch:${launch.launchId}`));
        return [follow.launched({ ...launch, ods, settings, keep }, stopping.signal).catch(onFailure)];
      });
      await Promise.all(told);
    },
    ended: (launchId) => {
      for (const { follow } of plugins) follow?.ended(launchId).catch(onFailure);
    },
    stop: () => stopping.abort(),
  };
}

/** The member's own Patients of a number, through the same guarded way out as every source, for the user who asks. */
export function homePatientsFinder(
  parts: Parts,
  tokens: SourceTokens,
  now: () => number,
): TicketDeps['findHomePatients'] {
  const { community, keys, agents, config, plugins, url } = parts;
  const headers = createSourceHeaders({ community, keys, issuer: url, now });
  return async (member, draft, patient, outer) => {
    const source = member.sources[0];
    const face = plugins.find((plugin) => plugin.id === source?.plugin)?.source;
    if (!source || !face) throw new CorridorError('patient.unreadable', 'ticket: the member has no source');
    const asker = { ...draft, patient } as unknown as LaunchContext;
    const signal = AbortSignal.any([outer, AbortSignal.timeout(source.deadlineMs)]);
    const { fetch } = openWayOut(
      source,
      { context: asker, purpose: 'direct-care' },
      { token: (...asked) => tokens.token(...asked), headers, agents, limits: config.source },
    );
    try {
      return await face.open(source.settings, { fetch, limits: config.source }).findPatients(patient.nhsNumber, signal);
    } catch (cause) {
      throw new CorridorError('patient.unreadable', 'ticket: the home source', { cause });
    }
  };
}
