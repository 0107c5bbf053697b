/** What the page of a team's list says besides its lists. */
export const teamEnGB = {
  language: 'en-GB' as 'en-GB' | 'cy',
  heading: 'Shared messages',
  nobody: 'No patient is open here. Open a patient’s chart in your own system to read or answer what is about them.',
  signedIn: (name: string): string => `For ${name}`,
  over: {
    code: 'session.expired',
    message: 'The list was closed because it had been open or unused for a while.',
    nextStep: 'Open “Shared messages” again from your system’s home page.',
  },
  signedOut: {
    code: 'session.expired',
    message: 'Your system no longer says that you are signed in, so the list was closed.',
    nextStep: 'Sign in again and open “Shared messages” from your system’s home page.',
  },
};

export type TeamWords = typeof teamEnGB;
