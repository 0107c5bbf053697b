import { readPluginSettings, settingsSchema, type PluginManifest } from '../../plugins/manifest.ts';
import { PluginTrouble, type EprPlugin } from '../../plugins/plugin.ts';
import type { PluginRequest, PluginRoute, RouterTools } from '../../plugins/router-face.ts';
import { ERRORS } from '../errors.ts';
import { must, type Question, Unasked } from './run-checks.ts';

export type PluginUnderCheck = {
  readonly plugin: EprPlugin;
  /** Its README, or nothing. */
  readonly readme: string;
};

const JUNK: readonly unknown[] = [undefined, {}, [], 'x'.repeat(2_000), { hook: 'patient-view' }, { toString: 1 }];

/** The shared suite's server half: what must be so of every plugin, whoever wrote it. */
export function pluginQuestions({ plugin, readme }: PluginUnderCheck): readonly Question[] {
  const { manifest } = plugin;
  const ask = (id: string, title: string, run: (of: PluginManifest) => ReturnType<Question['ask']>): Question => ({
    id: `${plugin.id}.${id}`,
    title: `${plugin.id}: ${title}`,
    ask: () => {
      if (!manifest) throw new Error('it has no manifest');
      return run(manifest);
    },
  });
  return [
    ask('manifest', 'says who it is', (of) => {
      must(of.id === plugin.id && of.contract === 1, 'manifest and plugin do not agree');
      must(/^\d+\.\d+\.\d+$/.test(of.version), 'version is not one');
      return `version ${of.version}`;
    }),
    ask('proof', 'says what it was, and was not, tested with', (of) => {
      must(of.testedWith.length > 0, 'nothing is said');
      const unsaid = of.notTestedWith.filter((product) => !readme.includes(product));
      must(unsaid.length === 0, `its README does not name ${unsaid.join(', ')}`);
      return of.testedWith.map(({ what }) => what).join(', ');
    }),
    ask('settings', 'refuses settings that are not its own', (of) => {
      must('problems' in readPluginSettings(of, { ...of.example, nobodyKnowsThis: true }), 'took one it does not know');
      must('settings' in readPluginSettings(of, of.example ?? {}), 'refuses its own example');
      const count = Object.keys((settingsSchema(of) as { properties?: object }).properties ?? {}).length;
      if (count === 0) return Unasked.doesNotApply('it has no settings');
      return count === 1 ? '1 setting' : `${String(count)} settings`;
    }),
    ask('framing', 'lets only origins of its settings frame our pages', (of) => {
      const origins = of.frameAncestors?.(settingsOf(of)) ?? [];
      for (const origin of origins)
        must(
          URL.canParse(origin) && new URL(origin).origin === origin && JSON.stringify(of.example).includes(origin),
          `lets ${origin}`,
        );
      return origins.length > 0 ? origins.join(' ') : 'it lets none';
    }),
    ask('page', 'tells the page no secret', (of) => {
      const told = plugin.host?.pageSettings({
        settings: settingsOf(of),
        frameAncestors: ['https://epr.example'],
        answer: { token: { access_token: 'canary-token', patient: 'canary-patient' }, claims: { sub: 'canary-sub' } },
      });
      if (!plugin.host) return Unasked.doesNotApply('nothing of it runs in the page');
      const words = JSON.stringify(told ?? {});
      must(!words.includes('canary') && secretsIn(of.example).every((secret) => !words.includes(secret)), 'it does');
      return 'nothing';
    }),
    ask('closed', 'opens nothing to a caller that proves nothing', async (of) => {
      const routes = plugin.router?.routes.filter((route) => route.caller !== 'page' && !isDiscovery(route)) ?? [];
      for (const route of routes) await refuseJunk(plugin, route, of);
      if (routes.length === 0) return Unasked.doesNotApply('it has no address that must be proved');
      return routes.length === 1 ? '1 address' : `${String(routes.length)} addresses`;
    }),
  ];
}

async function refuseJunk(plugin: EprPlugin, route: PluginRoute, manifest: PluginManifest): Promise<void> {
  const where = `${route.method} ${route.path}`;
  for (const body of JUNK) {
    const lent = lentTools(plugin, manifest);
    const ended: unknown = await route.handle(requestOf(body), lent.tools).catch((error: unknown) => error);
    must(lent.issued() === 0, `${where} issued a ticket`);
    if (ended instanceof PluginTrouble) must(Object.hasOwn(ERRORS, ended.code), `${where}: ${ended.code} is no code`);
    else must(((ended as { status?: number } | null)?.status ?? 200) >= 400, `${where} answered`);
    must(
      secretsIn(manifest.example).every((secret) => !(JSON.stringify(ended) ?? '').includes(secret)),
      `${where} gave a secret away`,
    );
  }
}

/** Public by its standard, and says nothing but what there is. */
function isDiscovery({ method, cors }: PluginRoute): boolean {
  return method === 'GET' && cors === 'any';
}

/** One member with the example's settings; no network, no store. */
function lentTools(plugin: EprPlugin, manifest: PluginManifest): { readonly tools: RouterTools; issued(): number } {
  let issued = 0;
  const seen = new Set<string>();
  const tools: RouterTools = {
    address: `https://corridor.example/plugins/${plugin.id}`,
    launcherUrl: 'https://corridor.example',
    members: [
      {
        ods: 'XB001',
        name: 'Example Surgery',
        settings: settingsOf(manifest),
        frameAncestors: ['https://epr.example'],
      },
    ],
    now: () => Date.parse('2026-06-01T12:00:00Z'),
    fetch: () => Promise.reject(new Error('no network in a check')),
    once: (key) => Promise.resolve(!seen.has(key) && Boolean(seen.add(key))),
    issueTicket: () => {
      issued++;
      return Promise.resolve({ ticket: '', address: 'https://corridor.example/open/XB001' });
    },
    issueTeamTicket: () => {
      issued++;
      return Promise.resolve({ ticket: '', address: 'https://corridor.example/open/XB001' });
    },
    countHolders: () => Promise.resolve(undefined),
    audit: () => Promise.resolve(),
  };
  return { tools, issued: () => issued };
}

function requestOf(body: unknown): PluginRequest {
  const signal = AbortSignal.timeout(5_000);
  return { parameters: {}, query: {}, repeated: [], header: () => undefined, body, signal };
}

function settingsOf(manifest: PluginManifest): object {
  const read = readPluginSettings(manifest, manifest.example ?? {});
  must('settings' in read, 'refuses its own example');
  return (read as { readonly settings: object }).settings;
}

/** Long words without a space that are no address: keys and secrets. */
function secretsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.length >= 24 && !/[\s/]/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(secretsIn) : [];
}
