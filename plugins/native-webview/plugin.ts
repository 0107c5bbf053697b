import type { EprPlugin } from '../plugin.ts';
import { manifest, type WebviewSettings } from './manifest.ts';

/** The record is opened by another plugin (`smart-launch`, `url-launch`); this one speaks with the control around it. */
export const nativeWebview: EprPlugin = {
  id: manifest.id,
  name: manifest.name,
  manifest,
  host: {
    pageSettings: ({ settings }) => {
      const { bridge, allowSimulated } = (settings ?? {}) as Partial<WebviewSettings>;
      return { ...(bridge !== undefined && { bridge }), ...(allowSimulated === true && { simulated: true }) };
    },
  },
};
