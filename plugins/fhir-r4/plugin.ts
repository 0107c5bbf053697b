import type { EprPlugin, SettingProblem, SourceSettings } from '../plugin.ts';
import { chartAddress, chartProblem } from './chart-address.ts';
import { manifest } from './manifest.ts';
import { findServices } from './services.ts';
import { openSource } from './source.ts';

/** Any FHIR R4 server with search by POST and Backend Services authorisation. */
export const fhirR4: EprPlugin = {
  id: manifest.id,
  name: manifest.name,
  manifest,
  source: { readSettings, open: openSource, services: findServices },
  openChart: { address: chartAddress },
};

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

function readSettings(settings: {
  readonly [name: string]: unknown;
}): SourceSettings | { readonly problems: readonly SettingProblem[] } {
  const base = settings['base'];
  if (typeof base !== 'string')
    return problem('Give the FHIR base address of the source, e.g. https://fhir.example.nhs.uk/r4.');
  if (!URL.canParse(base))
    return problem('This is not an address. Write it whole, e.g. https://fhir.example.nhs.uk/r4.');
  const url = new URL(base);
  if (url.username || url.password || url.search || url.hash)
    return problem('Leave out user names, queries and fragments.');
  if (base.endsWith('/')) return problem('Leave out the slash at the end.');
  if (/%2e|%2f|%5c|\\|\s/i.test(base) || base.split('/').some((part) => part === '..' || part === '.')) {
    return problem('Write the path plainly, without "..", "%2e" or spaces.');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.includes(url.hostname))) {
    return problem('Use https. Plain http is only for a server on this machine.');
  }
  const wrong = chartProblem(settings['chart']);
  if (wrong !== undefined) return { problems: [{ field: 'chart', message: wrong }] };
  return { ...settings, base };
}

function problem(message: string): { readonly problems: readonly SettingProblem[] } {
  return { problems: [{ field: 'base', message }] };
}
