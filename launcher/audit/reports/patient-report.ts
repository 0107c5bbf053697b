import type { Visit } from './report.ts';

/** Names as the community file has them now; nothing of what it does not know, for a person is told no bare code. */
export type Names = {
  organisation(ods: string): string | undefined;
  role(id: string): string | undefined;
};

export type Language = 'en' | 'cy';

type Words = {
  readonly title: string;
  readonly nobody: string;
  readonly did: { readonly [kind in Visit['kind']]: string };
  readonly why: { readonly [purpose: string]: string };
  readonly of: (role: string, organisation: string) => string;
  readonly someone: string;
  /** The code beside it is what the person can ask the community about. */
  readonly left: (ods: string) => string;
  readonly end: string;
  /** For somebody whose whereabouts are protected: paper lies about, and a name says where they were. */
  readonly unnamed: string;
  readonly askUs: string;
  readonly locale: string;
};

const WORDS: { readonly [language in Language]: Words } = {
  en: {
    title: 'Who has looked at your shared record',
    nobody: 'Nobody has looked at your shared record in this time.',
    did: {
      record: 'opened your shared record',
      document: 'opened a document about you',
      refused: 'asked to see your shared record and was not allowed to',
      'break-glass': 'opened what is normally closed, and had to say why; this is always checked',
      printed: 'printed or saved your shared record',
      message: 'sent a message about your care',
    },
    why: { 'direct-care': 'to care for you', 'break-glass': 'in an emergency', emergency: 'in an emergency' },
    of: (role, organisation) => `${role} at ${organisation}`,
    someone: 'a member of staff',
    left: (ods) => `an organisation that no longer takes part (code ${ods})`,
    unnamed: 'an organisation',
    askUs:
      'No organisation is named, so that nobody who finds this page learns where you are. If you do not know why somebody looked, ask your care team to tell you who it was.',
    end: 'If you do not know why somebody looked, ask the organisation named. You have a right to be told.',
    locale: 'en-GB',
  },
  cy: {
    title: 'Pwy sydd wedi edrych ar eich cofnod a rennir',
    nobody: 'Nid oes neb wedi edrych ar eich cofnod a rennir yn y cyfnod hwn.',
    did: {
      record: 'agorodd eich cofnod a rennir',
      document: 'agorodd ddogfen amdanoch',
      refused: 'gofynnodd am weld eich cofnod a rennir ac ni chafodd ganiatâd',
      'break-glass': 'agorodd yr hyn sydd fel arfer ar gau, a bu’n rhaid dweud pam; caiff hyn ei wirio bob tro',
      printed: 'argraffodd neu gadwodd eich cofnod a rennir',
      message: 'anfonodd neges am eich gofal',
    },
    why: { 'direct-care': 'i ofalu amdanoch', 'break-glass': 'mewn argyfwng', emergency: 'mewn argyfwng' },
    of: (role, organisation) =>
      organisation.startsWith('mewn ') ? `${role} ${organisation}` : `${role} yn ${organisation}`,
    someone: 'aelod o staff',
    left: (ods) => `mewn sefydliad nad yw’n cymryd rhan mwyach (cod ${ods})`,
    unnamed: 'mewn sefydliad',
    askUs:
      'Ni enwir unrhyw sefydliad, rhag i neb a ddaw o hyd i’r dudalen hon ddysgu ble rydych chi. Os na wyddoch pam yr edrychodd rhywun, gofynnwch i’ch tîm gofal pwy ydoedd.',
    end: 'Os na wyddoch pam yr edrychodd rhywun, gofynnwch i’r sefydliad a enwir. Mae gennych hawl i wybod.',
    locale: 'cy-GB',
  },
};

/** The person's own report, in plain words: no codes, no number, and no name of staff (the organisation answers for them). */
export function patientReport(
  visits: readonly Visit[],
  names: Names,
  language: Language = 'en',
  { protectedPerson = false } = {},
): string {
  const words = WORDS[language];
  const day = new Intl.DateTimeFormat(words.locale, {
    timeZone: 'Europe/London',
    dateStyle: 'long',
    timeStyle: 'short',
  });
  const lines = visits.map((visit) => {
    const who = words.of(
      names.role(visit.role) ?? words.someone,
      protectedPerson ? words.unnamed : (names.organisation(visit.organisation) ?? words.left(visit.organisation)),
    );
    const why = words.why[visit.purpose];
    return `${day.format(new Date(visit.at))}: ${who} ${words.did[visit.kind]}${why === undefined ? '' : `, ${why}`}.`;
  });
  return [
    words.title,
    '',
    ...(lines.length > 0 ? lines : [words.nobody]),
    '',
    protectedPerson ? words.askUs : words.end,
    '',
  ].join('\n');
}
