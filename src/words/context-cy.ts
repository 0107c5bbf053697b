import type { ContextWords } from './context-en-GB.ts';

export const contextCy: ContextWords = {
  opening: 'Mae’r siart wedi symud ymlaen. Yn agor cofnod a rennir y claf sydd ar agor nawr…',
  moved: {
    message: 'Mae’r siart wedi symud ymlaen, felly caewyd y cofnod a rennir.',
    nextStep: 'Cliciwch “Cofnod a rennir” yn y siart sydd ar agor nawr.',
  },
  lost: {
    message: 'Nid yw eich system bellach yn dweud pa glaf sydd ar agor, felly caewyd y cofnod a rennir.',
    nextStep: 'Gwiriwch y claf yn y siart, yna cliciwch “Cofnod a rennir” eto.',
  },
  mismatch: {
    message: 'Enwodd eich system a’r cofnod a rennir gleifion gwahanol, felly ni ddangosir dim.',
    nextStep: 'Caewch y siart, agorwch ef eto, a rhowch wybod os bydd hyn yn digwydd ddwywaith.',
  },
  time: {
    message: 'Caewyd y cofnod a rennir am iddo fod ar agor, neu heb ei ddefnyddio, ers tro.',
    nextStep: 'Cliciwch “Cofnod a rennir” yn y siart i’w agor eto.',
  },
  logout: {
    message: 'Rydych wedi allgofnodi, felly caewyd y cofnod a rennir.',
    nextStep: 'Mewngofnodwch eto a’i agor o’r siart.',
  },
  bound: (opened: string, until: string) =>
    `Agorwyd o’r siart am ${opened}. Nid yw’r system hon yn dweud wrthym pan fyddwch yn agor claf arall: gwiriwch yr enw. Mae’n cau ei hun am ${until}, neu pan na chaiff ei ddefnyddio.`,
};
