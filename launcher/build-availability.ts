import { SourceTrouble } from '../plugins/plugin.ts';
import type { Parts } from './build-services.ts';
import { openOwnWayOut } from './federation/open-source.ts';
import type { TeamServicesDeps } from './messaging/team-services.ts';
import type { SourceTokens } from './trust/backend-services.ts';

/** No more than this is asked for, whatever else the launcher may read there. */
const SCOPE = 'system/HealthcareService.rs';
/** A list of teams is small; what is larger is something else. */
const MOST_BYTES = 524_288;
const MOST = 50;
const DEADLINE_MS = 5_000;

/**
 * Asks a source for the HealthcareServices of its own teams, as the launcher itself: no user, no patient, nothing of a
 * launch. That it asks stands in the audit before it asks, and how it ended after.
 */
export function buildAskServices(
  { community, plugins, agents, config, audit }: Pick<Parts, 'community' | 'plugins' | 'agents' | 'config' | 'audit'>,
  tokens: Pick<SourceTokens, 'own'>,
  now: () => number,
): TeamServicesDeps['ask'] {
  return async (id, references) => {
    const source = community.source(id);
    const face = plugins.find((plugin) => plugin.id === source?.plugin)?.source;
    if (!source || !face?.services)
      throw new SourceTrouble('source.unavailable', 'no such source, or it knows no services');
    const signal = AbortSignal.timeout(Math.min(source.deadlineMs, DEADLINE_MS));
    const limits = { ...config.source, pageBytes: Math.min(config.source.pageBytes, MOST_BYTES) };
    const { fetch, requestId } = openOwnWayOut(source, {
      token: (fresh, outer) => tokens.own(source, SCOPE, outer, { fresh }),
      agents,
      limits,
    });
    const event = { source: id, requestId, code: 'services' } as const;
    const at = (): string => new Date(now()).toISOString();
    await audit.record({ ...event, type: 'source.asked', at: at(), outcome: 'success' });
    const ask = {
      ids: references.flatMap((one) => one.id ?? []),
      identifiers: references.flatMap((one) => one.identifier ?? []),
    };
    const tools = { fetch, limits: { ...config.source, pageSize: MOST, pages: 1, resources: MOST } };
    try {
      const found = await face.services(source.settings, tools, ask, signal);
      const detail = { services: found.length };
      await audit.record({ ...event, type: 'source.settled', at: at(), outcome: 'success', detail });
      return found.slice(0, 2 * MOST);
    } catch (error) {
      const code = signal.aborted
        ? 'source.timeout'
        : error instanceof SourceTrouble
          ? error.code
          : 'source.invalid_answer';
      await audit.record({ ...event, type: 'source.settled', at: at(), outcome: 'failed', code });
      throw error;
    }
  };
}
