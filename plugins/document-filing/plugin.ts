import { readInboxSettings } from '../inbox-face.ts';
import type { EprPlugin } from '../plugin.ts';
import { deliver } from './inbox.ts';
import { inboxSettings, manifest } from './manifest.ts';
import { readAcknowledgement } from './response.ts';

/** A GP system that files ITK3 documents in the patient's record. */
export const documentFiling: EprPlugin = {
  id: manifest.id,
  name: manifest.name,
  manifest,
  inbox: {
    readSettings: (settings) => readInboxSettings(inboxSettings, settings),
    deliver,
    acknowledge: readAcknowledgement,
  },
};
