import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { templatePlugin as template } from '../../plugins/_template/plugin.ts';
import { PLUGINS } from '../../plugins/index.ts';
import { pluginContract, type PluginBench } from '../contracts/plugin.contract.ts';

/** What an organisation might write for each built-in plugin. */
const SETTINGS: { readonly [id: string]: object } = {
  'smart-launch': { dialect: 'generic', sections: { 'medication-review': 'medications' } },
};

const TEMPLATE: PluginBench = {
  folder: '_template',
  settings: { secret: 'k'.repeat(64), roles: { DR: 'gp' }, frameAncestors: ['https://epr.example'] },
};

for (const plugin of PLUGINS)
  pluginContract(plugin, { settings: SETTINGS[plugin.id] ?? plugin.manifest?.example ?? {} });
pluginContract(template, TEMPLATE);

describe('the list of plugins', () => {
  it('names every folder but the template, and nothing else', () => {
    const folders = readdirSync(new URL('../../plugins/', import.meta.url), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== '_template')
      .map(({ name }) => name);
    expect(PLUGINS.map(({ id }) => id).sort()).toEqual(folders.sort());
  });
});
