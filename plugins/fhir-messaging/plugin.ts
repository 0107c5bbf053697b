import { readInboxSettings } from '../inbox-face.ts';
import type { EprPlugin } from '../plugin.ts';
import { deliver } from './inbox.ts';
import { inboxSettings, manifest } from './manifest.ts';
import { readAcknowledgement } from './response.ts';

/** An EPR that takes FHIR R4 messages. */
export const fhirMessaging: EprPlugin = {
  id: manifest.id,
  name: manifest.name,
  manifest,
  inbox: {
    readSettings: (settings) => readInboxSettings(inboxSettings, settings),
    deliver,
    acknowledge: readAcknowledgement,
  },
};
