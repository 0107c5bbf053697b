import { readPluginSettings } from '../../plugins/manifest.ts';
import type { EprPlugin } from '../../plugins/plugin.ts';
import type { PluginEvent, RouterTools } from '../../plugins/router-face.ts';
import type { LaunchTicket } from '../../plugins/ticket.ts';

export type PretendTools = {
  readonly tools: RouterTools;
  readonly issued: LaunchTicket[];
  readonly events: PluginEvent[];
};

/** What the launcher lends a plugin, in memory: one member with these settings, a clock that stands, no network. */
export function pluginTools(plugin: EprPlugin, settings: object, more: Partial<RouterTools> = {}): PretendTools {
  const read = plugin.manifest && readPluginSettings(plugin.manifest, settings);
  if (!read || 'problems' in read) throw new Error(`settings of ${plugin.id}: ${JSON.stringify(read)}`);
  const seen = new Set<string>();
  const kept = new Map<string, { readonly [name: string]: unknown }>();
  let keys = 0;
  const issued: LaunchTicket[] = [];
  const events: PluginEvent[] = [];
  const tools: RouterTools = {
    address: `https://corridor.example/plugins/${plugin.id}`,
    launcherUrl: 'https://corridor.example',
    members: [
      { ods: 'XB001', name: 'Northcliffe Surgery', settings: read.settings, frameAncestors: ['https://epr.example'] },
    ],
    now: () => Date.parse('2026-06-01T12:00:00Z'),
    fetch: () => Promise.reject(new Error('no network in this test')),
    once: (key) => {
      const first = !seen.has(key);
      seen.add(key);
      return Promise.resolve(first);
    },
    keep: (_ods, what, _lifeMs, under) => {
      const key = under ?? `kept-with-an-unguessable-key-${String(keys++)}`;
      if (kept.has(key)) return Promise.reject(new Error('kept already'));
      kept.set(key, JSON.parse(JSON.stringify(what)) as { readonly [name: string]: unknown });
      return Promise.resolve(key);
    },
    take: (key) => {
      const what = kept.get(key);
      kept.delete(key);
      return Promise.resolve(what);
    },
    issueTicket: (ticket) => {
      issued.push(ticket);
      return Promise.resolve({ ticket: 't'.repeat(43), address: `https://corridor.example/open/${ticket.ods}#t` });
    },
    countHolders: () => Promise.resolve(undefined),
    audit: (event) => {
      events.push(event);
      return Promise.resolve();
    },
    ...more,
  };
  return { tools, issued, events };
}
