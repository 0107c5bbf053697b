import { configSchema } from '../plugins/openmrs-o3/module/config-schema.ts';

const BEGIN = '<!-- Module settings, made by `npm run docs` from the schema. -->';
const END = '<!-- End of module settings. -->';

type Setting = { readonly _default?: unknown; readonly _description?: string };
type Settings = { readonly [name: string]: Setting | Settings };

/** What an implementer sets in OpenMRS’s own configuration, where a README has a place for it. */
export function withModuleSettings(text: string): string {
  const [before = '', rest] = text.split(BEGIN);
  if (rest === undefined) return text;
  return `${before}${BEGIN}\n\n${linesOf(configSchema as unknown as Settings, '').join('\n')}\n\n${END}${rest.split(END)[1] ?? ''}`;
}

function linesOf(settings: Settings, path: string): readonly string[] {
  return Object.entries(settings).flatMap(([name, one]) => {
    if (!isSetting(one)) return linesOf(one, `${path}${name}.`);
    const fallback =
      one._default === ''
        ? 'Empty'
        : `\`${typeof one._default === 'string' ? one._default : JSON.stringify(one._default)}\``;
    return [`- \`${path}${name}\`: ${one._description ?? ''} ${fallback} unless set.`];
  });
}

function isSetting(one: Setting | Settings): one is Setting {
  return typeof one._description === 'string';
}
