import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'vitest';
import { pluginQuestions } from '../../launcher/conformance/plugin-checks.ts';
import type { EprPlugin } from '../../plugins/plugin.ts';
import type { PluginRequest } from '../../plugins/router-face.ts';

export type PluginBench = {
  /** Settings an organisation might write; left out: the manifest's example. */
  readonly settings?: object;
  /** Folder under `plugins/`, when it is not the id. */
  readonly folder?: string;
};

/** What every plugin must keep at the server: the very questions of `corridor plugin check`. */
export function pluginContract(plugin: EprPlugin, bench: PluginBench = {}): void {
  describe(`the ${plugin.id} plugin`, () => {
    const { manifest } = plugin;
    if (!manifest) throw new Error(`${plugin.id} has no manifest`);
    const file = new URL(`../../plugins/${bench.folder ?? plugin.id}/README.md`, import.meta.url);
    const readme = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const example = bench.settings ?? manifest.example ?? {};
    for (const { title, ask } of pluginQuestions({ plugin: { ...plugin, manifest: { ...manifest, example } }, readme }))
      it(title, async () => void (await ask(AbortSignal.timeout(10_000))));
  });
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
