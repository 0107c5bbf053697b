import type { HostPlugin } from './host-plugin.ts';

/** The browser's list of host plugins. Each is a file of its own that only the page fetches whose launch names it. */
export const HOSTS: { readonly [id: string]: () => Promise<{ readonly host: HostPlugin }> } = {
  'smart-launch': () => import('./smart-launch/host.ts'),
  'native-webview': () => import('./native-webview/host.ts'),
  'oracle-mpage': () => import('./oracle-mpage/host.ts'),
  fhircast: () => import('./fhircast/host.ts'),
  'embed-sdk': () => import('./embed-sdk/host.ts'),
  'openmrs-o3': () => import('./openmrs-o3/host.ts'),
  openemr: () => import('./openemr/host.ts'),
};
