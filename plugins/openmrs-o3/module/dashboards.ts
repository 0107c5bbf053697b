import type { Framework } from './framework.ts';
import type { ExtensionProps } from './lifecycle.ts';
import { asString } from '../../../src/record/resource.ts';

/** The patient whose chart the address names; `undefined` where it names none. */
export function patientInAddress(pathname: string): string | undefined {
  return /\/patient\/([A-Za-z0-9-]+)(?:\/|$)/.exec(pathname)?.[1];
}

/** As `routes.json` says it too. */
export const RECORD_PATH = 'shared-record';

export function chartAddress(patientUuid: string, path: string): string {
  const base = (globalThis as { spaBase?: string }).spaBase ?? '/openmrs/spa';
  return `${base}/patient/${encodeURIComponent(patientUuid)}/chart/${encodeURIComponent(path)}`;
}

/** A link to the dashboard of the shared record, followed inside the application unless the user asks for a tab of its own. */
export function linkTo(address: () => string | undefined, framework: Framework): HTMLAnchorElement {
  const link = document.createElement('a');
  const href = address();
  if (href !== undefined) link.href = href;
  link.addEventListener('click', (event) => {
    const to = address();
    if (to === undefined || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    framework.navigate({ to });
  });
  return link;
}

/** The record of whom the extension was mounted for; where the shell names nobody, of the chart that is open. */
export function recordAddress({ patientUuid }: Partial<ExtensionProps>): string | undefined {
  const uuid = asString(patientUuid) ?? patientInAddress(location.pathname);
  return uuid === undefined ? undefined : chartAddress(uuid, RECORD_PATH);
}
