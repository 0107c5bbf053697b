import { openAssertions } from './assertions.ts';
import type { Door, DoorOptions } from './door.ts';
import { patientFacts } from './patient-facts.ts';

/**
 * A tablet whose program shows the record in a browser control and says when the patient changes (`plugins/native-webview`).
 * There is no control in a browser: the chart's page plays it, and says so. The record follows to the next patient by a
 * ticket, for which the vendor's server vouches.
 */
export function webviewDoor(options: DoorOptions): Door {
  const assertions = openAssertions(options);
  return {
    id: 'native-webview',
    host: 'native-webview',
    plugins: (roles) => ({
      'native-webview': { bridge: 'webview2', allowSimulated: true },
      'embed-sdk': assertions.settings(roles),
    }),
    answer: async (question, { user }, { patient, body }) => {
      if (question !== 'context') return undefined;
      const ticket = body['follow'] === true ? await assertions.launchFor(user, patient) : undefined;
      return { patient: { ...patientFacts(patient) }, ...(ticket !== undefined && { ticket }) };
    },
  };
}
