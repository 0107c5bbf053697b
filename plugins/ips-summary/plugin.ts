import type { EprPlugin, SettingProblem, SourceSettings } from '../plugin.ts';
import { manifest } from './manifest.ts';
import { openSource } from './source.ts';

/** A shared record, or any FHIR R4 server, that gives an International Patient Summary by `$summary`. */
export const ipsSummary: EprPlugin = {
  id: manifest.id,
  name: manifest.name,
  manifest,
  source: { readSettings, open: openSource },
};

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** `ask`: `by-id` (GET Patient/<id>/$summary, the default) or `by-identifier` (POST Patient/$summary, the number in the body). */
function readSettings(settings: {
  readonly [name: string]: unknown;
}): SourceSettings | { readonly problems: readonly SettingProblem[] } {
  const { base, ask } = settings;
  const problems = [
    ...problemWith(base).map((message) => ({ field: 'base', message })),
    ...(ask === undefined || ask === 'by-id' || ask === 'by-identifier'
      ? []
      : [{ field: 'ask', message: 'Say by-id or by-identifier.' }]),
  ];
  return problems.length > 0 ? { problems } : { ...settings, base: base as string };
}

function problemWith(base: unknown): readonly string[] {
  if (typeof base !== 'string' || !URL.canParse(base))
    return ['Give the whole FHIR base address, e.g. https://fhir.example.nhs.uk/r4.'];
  const url = new URL(base);
  if (url.username || url.password || url.search || url.hash) return ['Leave out user names, queries and fragments.'];
  if (base.endsWith('/')) return ['Leave out the slash at the end.'];
  if (/%2e|%2f|%5c|\\|\s/i.test(base) || base.split('/').some((part) => part === '..' || part === '.'))
    return ['Write the path plainly, without "..", "%2e" or spaces.'];
  const plain = url.protocol === 'http:' && LOOPBACK.includes(url.hostname);
  return url.protocol === 'https:' || plain ? [] : ['Use https. Plain http is only for a server on this machine.'];
}
