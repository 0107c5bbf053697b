import type { RequestHandler } from 'express';
import type { OrganisationKind } from '../../../src/record/source.ts';
import type { Json, Resource } from '../../../src/record/resource.ts';
import type { SandboxOrganisation } from '../../community.ts';
import type { Chart } from '../launch-tokens.ts';

/** How an EPR takes the shared record in: a folder of `plugins/`, of which the sandbox knows the name and no more. */
export type DoorId =
  | 'smart-launch'
  | 'url-launch'
  | 'cds-hooks'
  | 'fhircast'
  | 'oracle-mpage'
  | 'native-webview'
  | 'embed-sdk'
  | 'openmrs-o3'
  | 'openemr';

/** The EPR's half of a door: what its organisation writes into the community file, and what its pages ask of its server. */
export type Door = {
  readonly id: DoorId;
  /** `launch.host`; left out: the launch plugin’s own. */
  readonly host?: string;
  /** Settings of plugins in the organisation's entry; `roles` are its own codes to roles of the community. */
  plugins(roles: Readonly<Record<string, string>>): { readonly [plugin: string]: object };
  /** Where the public half of its keys is read, at this EPR. */
  readonly keySet?: { readonly path: string; readonly serve: RequestHandler };
  /** What the chart’s script opens when it is pressed; `undefined`: not by this door, and a SMART launch is made instead. */
  open?(chart: Chart, asked: ChartQuestion): Promise<Opening | undefined>;
  /** Another question of the chart’s script; `undefined`: no such question. */
  answer?(question: string, chart: Chart, asked: ChartQuestion): Promise<Json | undefined>;
};

/** Where to go; `launch`: what an element opens there, once; `beside`: what the EPR says beside the token of a SMART launch. */
export type Opening = { readonly url?: string; readonly launch?: string; readonly beside?: Json };

export type ChartQuestion = { readonly patient: Resource; readonly place: string; readonly body: Json };

export type DoorOptions = {
  readonly organisation: Pick<SandboxOrganisation, 'ods' | 'kind' | 'epr'>;
  readonly origin: string;
  readonly fhirBase: string;
  readonly launcherUrl: string;
};

/** One door for all systems of a kind, so that a walk through the community passes every one. */
const DOORS: { readonly [kind in OrganisationKind]?: DoorId } = {
  acute: 'oracle-mpage',
  'independent-hospital': 'cds-hooks',
  'urgent-care': 'fhircast',
  'mental-health': 'embed-sdk',
  ambulance: 'native-webview',
  community: 'openmrs-o3',
  hospice: 'openemr',
  council: 'url-launch',
};

/** How a visitor is told of each. */
export const DOOR_WORDS: { readonly [id in DoorId]: string } = {
  'smart-launch': 'SMART launch in a frame, a pop-up or a tab',
  'url-launch': 'signed and encrypted link',
  'cds-hooks': 'card of a CDS service',
  fhircast: 'window that follows by FHIRcast',
  'oracle-mpage': 'MPage, held by the Consumer of xfc',
  'native-webview': 'control of a desktop program, played by the page',
  'embed-sdk': '<corridor-frame>, the vendor’s server vouches',
  'openmrs-o3': 'module of OpenMRS O3, in a pretend chart',
  openemr: 'module of OpenEMR, in a pretend one',
};

export function doorOf({ kind, epr }: Pick<SandboxOrganisation, 'kind' | 'epr'>): DoorId {
  return (epr === 'full' ? DOORS[kind] : undefined) ?? 'smart-launch';
}
