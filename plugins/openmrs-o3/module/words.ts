/** What the module itself says, in the languages the record speaks. Everything else is said inside the frame. */
export type ModuleWords = typeof enGB;

const enGB = {
  record: 'Shared record',
  opening: 'Opening the shared record…',
  open: 'Open the shared record',
  tile: 'What other organisations hold about this patient.',
  tag: 'Shared record: what other organisations hold about this patient',
  again: 'Try again',
  left: 'The chart has gone to another patient. Nothing is shown here.',
  signedOut: 'You have signed out. Nothing is shown here.',
  silent: 'The shared record has not answered.',
  refused: 'The shared record could not be opened for this patient.',
  noNumber: 'This chart has no NHS number and full date of birth, and the shared record can’t be opened without them.',
  noRole: 'Your role in OpenMRS has no access to the shared record.',
  notSet:
    'The shared record is not set up here. Your system’s administrator has to set the launcher and the organisation.',
};

const cy: ModuleWords = {
  record: 'Cofnod a rennir',
  opening: 'Wrthi’n agor y cofnod a rennir…',
  open: 'Agor y cofnod a rennir',
  tile: 'Yr hyn sydd gan sefydliadau eraill am y claf hwn.',
  tag: 'Cofnod a rennir: yr hyn sydd gan sefydliadau eraill am y claf hwn',
  again: 'Rhoi cynnig arall arni',
  left: 'Mae’r siart wedi mynd at glaf arall. Does dim yn cael ei ddangos yma.',
  signedOut: 'Rydych wedi allgofnodi. Does dim yn cael ei ddangos yma.',
  silent: 'Nid yw’r cofnod a rennir wedi ateb.',
  refused: 'Nid oedd modd agor y cofnod a rennir ar gyfer y claf hwn.',
  noNumber: 'Nid oes rhif GIG a dyddiad geni llawn yn y siart hwn, ac ni ellir agor y cofnod a rennir hebddynt.',
  noRole: 'Nid oes gan eich rôl yn OpenMRS fynediad i’r cofnod a rennir.',
  notSet: 'Nid yw’r cofnod a rennir wedi’i osod yma. Rhaid i weinyddwr eich system osod y lansiwr a’r sefydliad.',
};

/** A language tag as a browser takes it: OpenMRS says `en_GB`. */
export function localeOf(said: string): string {
  return said.replaceAll('_', '-');
}

export function wordsFor(locale: string): ModuleWords {
  return /^cy\b/.test(localeOf(locale)) ? cy : enGB;
}
