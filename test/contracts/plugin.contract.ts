import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../launcher/errors.ts';
import { readPluginSettings, settingsSchema } from '../../plugins/manifest.ts';
import { PluginTrouble, type EprPlugin } from '../../plugins/plugin.ts';
import type { PluginRequest, PluginRoute } from '../../plugins/router-face.ts';
import { pluginTools } from '../support/plugin-tools.ts';

export type PluginBench = {
  /** Settings an organisation might write. */
  readonly settings: object;
  /** Folder under `plugins/`, when it is not the id. */
  readonly folder?: string;
};

const JUNK: readonly unknown[] = [undefined, {}, [], 'x'.repeat(2_000), { hook: 'patient-view' }, { toString: 1 }];

/** What every plugin must keep at the server, run on one plugin: it is true of itself, and it fails closed. */
export function pluginContract(plugin: EprPlugin, bench: PluginBench): void {
  describe(`the ${plugin.id} plugin`, () => {
    const { manifest } = plugin;
    if (!manifest) throw new Error(`${plugin.id} has no manifest`);
    const folder = new URL(`../../plugins/${bench.folder ?? plugin.id}/`, import.meta.url);

    it('refuses settings that are not its own, and says which field', () => {
      const read = readPluginSettings(manifest, { ...bench.settings, nobodyKnowsThis: true });
      expect(read).toMatchObject({ problems: [{ message: expect.any(String) as unknown }] });
    });

    it('takes what an organisation would write, and has a JSON Schema of it', () => {
      expect(readPluginSettings(manifest, bench.settings)).toHaveProperty('settings');
      expect(settingsSchema(manifest)).toMatchObject({ type: 'object', title: `Settings of ${plugin.id}` });
    });

    it('says who it is and what it was, and was not, tested with', () => {
      expect(manifest).toMatchObject({ id: plugin.id, contract: 1 });
      expect(manifest.version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(manifest.testedWith.length).toBeGreaterThan(0);
      const readme = existsSync(new URL('README.md', folder)) ? readFileSync(new URL('README.md', folder), 'utf8') : '';
      for (const product of manifest.notTestedWith) {
        expect(manifest.testedWith.map(({ what }) => what)).not.toContain(product);
        expect(readme, `README.md of ${plugin.id}`).toContain(product);
      }
    });

    it('lets nobody frame our pages but origins its settings name', () => {
      const read = readPluginSettings(manifest, bench.settings);
      const origins = 'settings' in read ? (manifest.frameAncestors?.(read.settings) ?? []) : [];
      for (const origin of origins) {
        expect(origin).not.toMatch(/[*]|^null$/);
        expect(new URL(origin).origin).toBe(origin);
        expect(JSON.stringify(bench.settings)).toContain(origin);
      }
    });

    it('tells the page of its host no secret of its settings', () => {
      const read = readPluginSettings(manifest, bench.settings);
      const told = plugin.host?.pageSettings({
        settings: 'settings' in read ? read.settings : undefined,
        frameAncestors: ['https://epr.example'],
        answer: { token: { access_token: 'canary-token', patient: 'canary-patient' }, claims: { sub: 'canary-sub' } },
      });
      const words = JSON.stringify(told ?? {});
      expect(words).not.toMatch(/canary/);
      for (const secret of secretsIn(bench.settings)) expect(words).not.toContain(secret);
    });

    it('opens nothing, and gives nothing away, to a caller that proves nothing', async () => {
      for (const route of plugin.router?.routes ?? []) {
        if (route.caller === 'page' || isDiscovery(route)) continue;
        for (const body of JUNK) {
          const { tools, issued } = pluginTools(plugin, bench.settings);
          const ended = await route.handle(request(body), tools).catch((error: unknown) => error);
          expect(issued).toEqual([]);
          if (ended instanceof PluginTrouble) expect(Object.keys(ERRORS)).toContain(ended.code);
          else
            expect(ended, `${route.method} ${route.path}`).toMatchObject({
              status: expect.closeTo(450, -2) as unknown,
            });
          for (const secret of secretsIn(bench.settings)) expect(JSON.stringify(ended)).not.toContain(secret);
        }
      }
    });
  });
}

/** Public by its standard, and says nothing but what there is. */
function isDiscovery({ method, cors }: PluginRoute): boolean {
  return method === 'GET' && cors === 'any';
}

export function request(body: unknown, more: Partial<PluginRequest> = {}): PluginRequest {
  return {
    parameters: {},
    query: {},
    repeated: [],
    header: () => undefined,
    body,
    signal: AbortSignal.timeout(5_000),
    ...more,
  };
}

/** Long words without a space that are no address: keys and secrets. */
function secretsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.length >= 24 && !/[\s/]/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(secretsIn) : [];
}
