import type { EprPlugin, HostLaunch } from '../plugin.ts';
import type { Json } from '../../src/record/resource.ts';
import { manifest, type OpenemrSettings } from './manifest.ts';

/** Opened by `smart-launch` in the dialect `openemr`; this is the tab of OpenEMR around it. */
export const openemr: EprPlugin = {
  id: manifest.id,
  name: manifest.name,
  manifest,
  host: { pageSettings },
};

/**
 * The module says when the chart moves on. A launch from OpenEMR's own list of apps has a dialog around it that says nothing:
 * such a site leaves the settings out, and its launches are bound by time.
 */
function pageSettings({ settings, frameAncestors }: HostLaunch): Json | undefined {
  const { origin } = (settings ?? {}) as Partial<OpenemrSettings>;
  return origin !== undefined && frameAncestors.includes(origin) ? {} : undefined;
}
