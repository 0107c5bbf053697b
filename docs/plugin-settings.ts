import { readFileSync } from 'node:fs';
import { PLUGINS } from '../plugins/index.ts';
import { settingsSchema, type PluginManifest } from '../plugins/manifest.ts';
import { withModuleSettings } from './module-settings.ts';

const BEGIN = '<!-- Settings, made by `npm run docs` from the schema. -->';
const END = '<!-- End of settings. -->';

type Schema = {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
};

/** READMEs of plugins that have a place for their settings: the words are written, the settings are their schema's. */
export function pluginReadmes(): { readonly [file: string]: () => string } {
  return Object.fromEntries(
    PLUGINS.flatMap(({ manifest }) => {
      const file = `../plugins/${manifest?.id ?? ''}/README.md`;
      return manifest && readmeAt(file).includes(BEGIN) ? [[file, () => withSettings(readmeAt(file), manifest)]] : [];
    }),
  );
}

function readmeAt(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}

function withSettings(text: string, manifest: PluginManifest): string {
  const [before = ''] = text.split(BEGIN);
  const after = text.split(END)[1] ?? '';
  const lines = listOf(settingsSchema(manifest) as Schema, '');
  return withModuleSettings(`${before}${BEGIN}\n\n${lines.join('\n')}\n\n${END}${after}`);
}

/** One line a setting, with what it holds indented below. */
function listOf(schema: Schema, indent: string): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, given]) => {
    const must = schema.required?.includes(name) === true && given.default === undefined;
    return [`${indent}- \`${name}\`: ${wordsOf(given, must)}`, ...inside(given, `${indent}  `)];
  });
}

function inside(schema: Schema, indent: string): readonly string[] {
  const held = schema.items ?? schema;
  const kinds = held.oneOf ?? held.anyOf?.filter(({ properties }) => (Object.keys(properties ?? {}).length ?? 0) > 1);
  if (!kinds) return listOf(held, indent);
  return kinds.flatMap((kind) => {
    const { profile, ...properties } = kind.properties ?? {};
    const title = `${indent}- with \`profile: ${String(profile?.const)}\`: ${profile?.description ?? ''}`;
    return [title, ...listOf({ ...kind, properties }, `${indent}  `)];
  });
}

function wordsOf(schema: Schema, must: boolean): string {
  const { description = '', enum: choice, default: fallback } = schema;
  const said = [
    must ? 'required.' : '',
    choice ? `One of ${choice.map((one) => `\`${String(one)}\``).join(', ')}.` : '',
    description,
    typeof fallback === 'string' || typeof fallback === 'boolean' ? `Default \`${String(fallback)}\`.` : '',
  ];
  return said.filter((words) => words !== '').join(' ') || 'see below.';
}
