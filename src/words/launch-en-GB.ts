/** What the launch pages say on their own; everything else they show comes from the launcher's error table. */
export const launchEnGB = {
  code: 'Code',
  support: 'Support number',
  noStorage: {
    code: 'launch.binding_missing',
    message: 'The shared record could not be tied to this window.',
    nextStep: 'Open it again from the chart, in a new window if it fails here.',
  },
  relaunch: {
    code: 'launch.relaunch_required',
    message: 'The shared record has to be opened again from the chart.',
    nextStep: 'Close this and click “Shared record” in the patient’s chart.',
  },
  unreachable: {
    code: 'server.unreachable',
    message: 'The shared record did not answer.',
    nextStep: 'Try again in a minute from the patient’s chart; in an emergency use your own system’s summary.',
  },
} as const;
