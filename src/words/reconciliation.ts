import type { Counted } from './words.ts';

/** The words of medicines side by side; they come with their part. */
export type ReconciliationWords = {
  readonly heading: string;
  /** What this view does and does not do. */
  readonly only: string;
  readonly scroll: string;
  readonly caption: string;
  readonly medicine: string;
  readonly home: string;
  readonly recordedAs: (status: string) => string;
  readonly standing: Readonly<Record<'current' | 'past' | 'planned' | 'negated' | 'in-error' | 'unknown', string>>;
  readonly ended: (date: string) => string;
  readonly since: (date: string) => string;
  readonly by: (name: string) => string;
  readonly noReason: string;
  readonly records: Counted;
  readonly notRecorded: string;
  readonly notKnown: string;
  readonly marks: Readonly<
    Record<
      | 'allergy-and-medicine'
      | 'two-doses'
      | 'stopped-here-active-there'
      | 'on-hold-here-active-there'
      | 'duplicate-therapy',
      string
    >
  >;
  readonly stoppedInHospital: string;
  readonly undated: string;
  readonly without: (names: string) => string;
  readonly unasked: (names: string) => string;
  readonly notRecordedBy: (names: string) => string;
  readonly notKnownOf: (names: string) => string;
  readonly older: Counted;
  readonly inSection: string;
  readonly open: (medicine: string) => string;
  readonly counts: (medicines: number, organisations: number, marked: number) => string;
};

const one =
  (single: string, many: string): Counted =>
  (n) =>
    (n === 1 ? single : many).replace('#', String(n).replace(/\B(?=(\d{3})+$)/g, ','));

const enGB: ReconciliationWords = {
  heading: 'Medicines side by side',
  only: 'What each organisation has recorded, under its name. Nothing here says which is right. Doses are compared only where both are written so that they can be.',
  scroll: 'Medicines by organisation; scrolls sideways',
  caption: 'Medicines as rows, organisations as columns, each cell as recorded',
  medicine: 'Medicine',
  home: 'your own record',
  recordedAs: (status) => `Recorded as ${status}`,
  standing: {
    current: 'current',
    past: 'over',
    planned: 'planned',
    negated: 'not taken, or not to be given',
    'in-error': 'entered in error',
    unknown: 'status not known',
  },
  ended: (date) => `ended ${date}`,
  since: (date) => `dated ${date}`,
  by: (name) => `by ${name}`,
  noReason: 'reason not recorded',
  records: one('# record', '# records'),
  notRecorded: 'not recorded',
  notKnown: 'not known',
  marks: {
    'allergy-and-medicine': 'Allergy to it recorded',
    'two-doses': 'Different doses',
    'stopped-here-active-there': 'Stopped here, active there',
    'on-hold-here-active-there': 'On hold here, active there',
    'duplicate-therapy': 'Another medicine of its class is current',
  },
  stoppedInHospital: 'Stopped in hospital, active at the GP',
  undated: 'date not known',
  without: (names) => `Answered, and recorded none of these: ${names}.`,
  unasked: (names) => `Not asked, so what they hold is not known: ${names}.`,
  notRecordedBy: (names) => `Not recorded by ${names}.`,
  notKnownOf: (names) => `Not known: ${names}.`,
  older: one(
    '# record of a medicine that ended earlier is in the section.',
    '# records of medicines that ended earlier are in the section.',
  ),
  inSection: 'Medicines as one list',
  open: (medicine) => `${medicine}: show in the list`,
  counts: (medicines, organisations, marked) =>
    `${one('# medicine', '# medicines')(medicines)}, ${one('# organisation', '# organisations')(organisations)}` +
    (marked > 0 ? `, ${one('# with a disagreement', '# with disagreements')(marked)}` : ''),
};

const cy: ReconciliationWords = {
  heading: 'Meddyginiaethau ochr yn ochr',
  only: 'Yr hyn y mae pob sefydliad wedi’i gofnodi, o dan ei enw. Nid oes dim yma’n dweud pa un sy’n gywir. Dim ond lle mae’r ddau wedi’u hysgrifennu mewn modd y gellir eu cymharu y cymherir dosau.',
  scroll: 'Meddyginiaethau fesul sefydliad; mae’n sgrolio i’r ochr',
  caption: 'Meddyginiaethau mewn rhesi, sefydliadau mewn colofnau, pob cell fel y’i cofnodwyd',
  medicine: 'Meddyginiaeth',
  home: 'eich cofnod chi',
  recordedAs: (status) => `Cofnodwyd fel: ${status}`,
  standing: {
    current: 'cyfredol',
    past: 'wedi dod i ben',
    planned: 'wedi’i gynllunio',
    negated: 'heb ei gymryd, neu ddim i’w roi',
    'in-error': 'cofnodwyd ar gam',
    unknown: 'statws anhysbys',
  },
  ended: (date) => `daeth i ben ${date}`,
  since: (date) => `dyddiedig ${date}`,
  by: (name) => `gan ${name}`,
  noReason: 'ni chofnodwyd rheswm',
  records: one('# cofnod', '# o gofnodion'),
  notRecorded: 'heb ei chofnodi',
  notKnown: 'anhysbys',
  marks: {
    'allergy-and-medicine': 'Cofnodwyd alergedd iddi',
    'two-doses': 'Dosau gwahanol',
    'stopped-here-active-there': 'Wedi’i stopio yma, yn gyfredol acw',
    'on-hold-here-active-there': 'Wedi’i gohirio yma, yn gyfredol acw',
    'duplicate-therapy': 'Mae meddyginiaeth arall o’r un dosbarth yn gyfredol',
  },
  stoppedInHospital: 'Wedi’i stopio yn yr ysbyty, yn gyfredol gan y meddyg teulu',
  undated: 'dyddiad anhysbys',
  without: (names) => `Wedi ateb, heb gofnodi’r un o’r rhain: ${names}.`,
  unasked: (names) => `Heb eu holi, felly ni wyddys beth sydd ganddynt: ${names}.`,
  notRecordedBy: (names) => `Heb ei chofnodi gan ${names}.`,
  notKnownOf: (names) => `Anhysbys: ${names}.`,
  older: one(
    'Mae # cofnod o feddyginiaeth a ddaeth i ben yn gynharach yn yr adran.',
    'Mae # o gofnodion o feddyginiaethau a ddaeth i ben yn gynharach yn yr adran.',
  ),
  inSection: 'Meddyginiaethau fel un rhestr',
  open: (medicine) => `${medicine}: dangos yn y rhestr`,
  counts: (medicines, organisations, marked) =>
    `Meddyginiaethau: ${String(medicines)}, sefydliadau: ${String(organisations)}` +
    (marked > 0 ? `, ag anghytundeb: ${String(marked)}` : ''),
};

export const RECONCILIATION: Readonly<Record<string, ReconciliationWords>> = { 'en-GB': enGB, cy };

export function reconciliationWords(language: string): ReconciliationWords {
  return RECONCILIATION[language] ?? enGB;
}
