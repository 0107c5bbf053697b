import { asString, type Json } from '../../src/record/resource.ts';
import type { EprPlugin, HostLaunch } from '../plugin.ts';
import { manifest, type MpageSettings } from './manifest.ts';

/** Opened by `smart-launch`; this is the frame around it. */
export const oracleMpage: EprPlugin = {
  id: manifest.id,
  name: manifest.name,
  manifest,
  host: { pageSettings },
};

/**
 * The numbers PowerChart itself knows person and encounter by: with them, and with nothing else, `APPLINK` opens the
 * chart it was launched from. What is not a plain number is none (Millennium's ids are).
 */
function pageSettings({ settings, answer }: HostLaunch): Json | undefined {
  if (settings === undefined) return undefined;
  const { origins, tabs } = settings as MpageSettings;
  const person = numberIn(answer?.token['patient']);
  const encounter = numberIn(answer?.token['encounter']);
  return { origins, tabs, ...(person !== undefined && { person }), ...(encounter !== undefined && { encounter }) };
}

function numberIn(value: unknown): string | undefined {
  const text = asString(value);
  return text !== undefined && /^[0-9]{1,15}$/.test(text) ? text : undefined;
}
