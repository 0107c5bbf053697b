/** What the page says when the EPR no longer vouches for the patient, and on a launch bound by time. */
export const contextEnGB = {
  opening: 'The chart has moved on. Opening the shared record of the patient who is open now…',
  moved: {
    message: 'The chart has moved on, so the shared record was closed.',
    nextStep: 'Click “Shared record” in the chart that is open now.',
  },
  lost: {
    message: 'Your system no longer says which patient is open, so the shared record was closed.',
    nextStep: 'Check the patient in the chart, then click “Shared record” again.',
  },
  mismatch: {
    message: 'Your system and the shared record named different patients, so nothing is shown.',
    nextStep: 'Close the chart, open it again, and report this if it happens twice.',
  },
  time: {
    message: 'The shared record was closed because it had been open or unused for a while.',
    nextStep: 'Click “Shared record” in the chart to open it again.',
  },
  logout: {
    message: 'You have signed out, so the shared record was closed.',
    nextStep: 'Sign in again and open it from the chart.',
  },
  bound: (opened: string, until: string) =>
    `Opened from the chart at ${opened}. This system does not tell us when you open another patient: check the name. Closes by itself at ${until}, or when it is not used.`,
};

export type ContextWords = typeof contextEnGB;
