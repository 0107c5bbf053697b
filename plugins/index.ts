import { cdsHooks } from './cds-hooks/plugin.ts';
import { embedSdk } from './embed-sdk/plugin.ts';
import { documentFiling } from './document-filing/plugin.ts';
import { fhirMessaging } from './fhir-messaging/plugin.ts';
import { fhirR4 } from './fhir-r4/plugin.ts';
import { fhircast } from './fhircast/plugin.ts';
import { gpConnect } from './gp-connect/plugin.ts';
import { ipsSummary } from './ips-summary/plugin.ts';
import { nativeWebview } from './native-webview/plugin.ts';
import { openemr } from './openemr/plugin.ts';
import { openmrsO3 } from './openmrs-o3/plugin.ts';
import { oracleMpage } from './oracle-mpage/plugin.ts';
import type { EprPlugin } from './plugin.ts';
import { smartLaunch } from './smart-launch/plugin.ts';
import { urlLaunch } from './url-launch/plugin.ts';

/** Every built-in plugin. The list is explicit so that nothing is loaded by being lying around. */
export const PLUGINS: readonly EprPlugin[] = [
  smartLaunch,
  fhirR4,
  gpConnect,
  ipsSummary,
  urlLaunch,
  nativeWebview,
  cdsHooks,
  oracleMpage,
  fhircast,
  embedSdk,
  openemr,
  openmrsO3,
  fhirMessaging,
  documentFiling,
];
