import type { TeamWords } from './team-en-GB.ts';

export const teamCy: TeamWords = {
  language: 'cy',
  heading: 'Negeseuon a rennir',
  nobody:
    'Nid oes claf ar agor yma. Agorwch siart y claf yn eich system eich hun i ddarllen neu ateb yr hyn sydd amdano.',
  signedIn: (name) => `Ar gyfer ${name}`,
  over: {
    code: 'session.expired',
    message: 'Caewyd y rhestr am ei bod wedi bod ar agor neu heb ei defnyddio ers tro.',
    nextStep: 'Agorwch “Shared messages” eto o dudalen gartref eich system.',
  },
  signedOut: {
    code: 'session.expired',
    message: 'Nid yw eich system yn dweud bellach eich bod wedi mewngofnodi, felly caewyd y rhestr.',
    nextStep: 'Mewngofnodwch eto ac agorwch “Shared messages” o dudalen gartref eich system.',
  },
};
