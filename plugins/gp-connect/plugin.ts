import type { EprPlugin, SettingProblem, SourceSettings } from '../plugin.ts';
import { manifest } from './manifest.ts';
import { openSource } from './source.ts';

/** GP Connect Access Record Structured 1.x, by way of the Spine Security Proxy. */
export const gpConnect: EprPlugin = {
  id: manifest.id,
  name: manifest.name,
  manifest,
  source: { readSettings, open: openSource },
};

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
type Problems = { readonly problems: readonly SettingProblem[] };

/**
 * `provider`: the practice's FHIR base, as the Spine Directory Service gives it. `proxy`: the Spine Security Proxy; with
 * it every address is `<proxy>/<provider>/…`, so nothing can leave but to the proxy. `prescriptionIssues`: also each issue.
 */
function readSettings(settings: { readonly [name: string]: unknown }): SourceSettings | Problems {
  const { provider, proxy, prescriptionIssues } = settings;
  const problems = [
    ...addressProblem('provider', provider),
    ...(proxy === undefined ? [] : addressProblem('proxy', proxy)),
    ...(prescriptionIssues === undefined || typeof prescriptionIssues === 'boolean'
      ? []
      : [{ field: 'prescriptionIssues', message: 'Say true or false.' }]),
    ...('base' in settings ? [{ field: 'base', message: 'Leave it out: it is made of proxy and provider.' }] : []),
  ];
  if (problems.length > 0) return { problems };
  const base = proxy === undefined ? (provider as string) : `${proxy as string}/${provider as string}`;
  return { ...settings, base };
}

function addressProblem(field: string, value: unknown): readonly SettingProblem[] {
  const message = problemWith(value);
  return message === undefined ? [] : [{ field, message }];
}

function problemWith(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value))
    return 'Give a whole address, e.g. https://provider.example.nhs.uk/A82038/STU3/1/gpconnect/structured/fhir.';
  const url = new URL(value);
  if (url.username || url.password || url.search || url.hash) return 'Leave out user names, queries and fragments.';
  if (value.endsWith('/')) return 'Leave out the slash at the end.';
  if (/%2e|%2f|%5c|\\|\s/i.test(value) || value.split('/').some((part) => part === '..' || part === '.'))
    return 'Write the path plainly, without "..", "%2e" or spaces.';
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname))
    ? undefined
    : 'Use https. Plain http is only for a server on this machine.';
}
