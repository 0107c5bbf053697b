import type { Handover, HandoverRecipient, Notice } from '../messages/handover.ts';
import type { Counted } from './words.ts';

/** The words of handovers and transitions of care. They come with their part. */
export type HandoverWords = {
  readonly heading: string;
  readonly count: Counted;
  readonly none: string;
  readonly loading: string;
  readonly notLoaded: string;
  readonly kinds: Readonly<Record<Handover['kind'], string>>;
  readonly from: (organisation: string) => string;
  readonly happened: (when: string) => string;
  readonly notDated: string;
  readonly letter: string;
  readonly noLetter: string;
  readonly states: Readonly<Record<HandoverRecipient['state'], string>>;
  readonly waiting: (due: string) => string;
  readonly late: (due: string) => string;
  readonly acknowledged: (name: string, team: string, when: string) => string;
  readonly passed: (to: string, name: string, when: string) => string;
  /** Passed on by its owner, whose it is until the others have acknowledged it. */
  readonly until: (name: string, to: string) => string;
  readonly take: string;
  readonly takeBack: string;
  readonly pass: string;
  readonly passTo: string;
  readonly passNow: (to: string) => string;
  readonly passCancel: string;
  /** Whose it stays meanwhile; or, that nobody has it yet and its time runs on. */
  readonly passFrom: (name: string, owned: boolean) => string;
  readonly passNobody: string;
  readonly passUnknown: string;
  readonly doing: string;
  readonly more: string;
  readonly notHere: string;
  readonly owned: string;
  readonly notOwned: Counted;
  readonly onLeadsList: string;
  readonly escalated: (when: string, to: string, why: string) => string;
  /** Why it was passed on, by the launcher's rule. */
  readonly reasons: Readonly<Record<string, string>>;
  /** A person, and a team or organisation, that must not be named. */
  readonly somebody: string;
  readonly withdrawn: (when: string) => string;
  readonly acknowledge: string;
  readonly acknowledgeFor: (what: string) => string;
  readonly acknowledging: string;
  readonly moved: string;
  readonly withheld: string;
  /** With since when each was not heard; and of one never heard at all. */
  readonly unheard: (organisations: readonly string[]) => string;
  readonly unheardSince: (organisation: string, when: string) => string;
  readonly unheardNever: (organisation: string) => string;
  readonly unheardSome: string;
  readonly unreadable: (count: number) => string;
  readonly notFollowed: string;
  readonly staleSince: (when: string) => string;
  readonly notices: {
    readonly heading: string;
    readonly older: Counted;
    readonly kinds: Readonly<Record<Notice['kind'], string>>;
    readonly at: (organisation: string) => string;
  };
  readonly transitions: {
    readonly heading: string;
    readonly only: string;
    readonly none: string;
    readonly noneSoFar: string;
    readonly kinds: Readonly<Record<'admission' | 'discharge' | 'step-down' | 'planned', string>>;
    readonly to: (place: string) => string;
    readonly fromTo: (from: string, to: string) => string;
    readonly stay: (from: string, to: string | undefined) => string;
    readonly plannedFor: (when: string) => string;
    readonly keptBy: (organisation: string) => string;
    readonly older: Counted;
    readonly changed: (organisation: string) => string;
    readonly started: string;
    readonly stopped: string;
    readonly held: string;
    readonly altered: string;
    readonly before: (organisation: string, when: string) => string;
    readonly unchanged: Counted;
    readonly nothing: (organisation: string) => string;
    readonly disagrees: string;
    readonly silent: (names: string) => string;
    readonly letters: string;
    readonly noLetter: string;
    readonly show: string;
    readonly takenOn: string;
    readonly nobodyAsked: string;
    readonly handoversUnknown: string;
    readonly others: string;
  };
};

const one =
  (single: string, many: string): Counted =>
  (n) =>
    (n === 1 ? single : many).replace('#', String(n));

const enGB: HandoverWords = {
  heading: 'Handovers',
  count: one('# handover', '# handovers'),
  none: 'No handover is waiting to be acknowledged.',
  loading: 'Asking for handovers…',
  notLoaded: 'Handovers could not be fetched, so whether any is waiting is not known.',
  kinds: {
    admission: 'Admission',
    discharge: 'Discharge',
    transfer: 'Transfer',
    'step-down': 'Step-down',
    conveyance: 'Conveyance by ambulance',
    attendance: 'Emergency department attendance ended',
  },
  from: (organisation) => `from ${organisation}`,
  happened: (when) => when,
  notDated: 'date not recorded',
  letter: 'Show the letter',
  noLetter: 'No letter was filed with it.',
  states: { waiting: 'Waiting', acknowledged: 'Acknowledged', late: 'Late', passed: 'Passed on' },
  waiting: (due) => `to be acknowledged by ${due}`,
  late: (due) => `was due ${due}`,
  acknowledged: (name, team, when) => `${name}, ${team}, ${when}`,
  passed: (to, name, when) => `to ${to}, by ${name}, ${when}`,
  until: (name, to) => `Still with ${name} until ${to} acknowledge it.`,
  take: 'Take over',
  takeBack: 'Take back',
  pass: 'Pass on',
  passTo: 'Pass it on to',
  passNow: (to) => `Pass on to ${to}`,
  passCancel: 'Keep it',
  passFrom: (name, owned) =>
    owned
      ? `It stays with ${name} until they acknowledge it.`
      : `${name} have not acknowledged it: its time runs on for whoever it is passed to.`,
  passNobody: 'There is nobody else who may be given it.',
  passUnknown: 'Who may be given it could not be fetched. Nothing was passed on.',
  doing: 'Working…',
  more: 'There are more than are listed here. What nobody has taken on is listed first.',
  notHere: 'About another patient: open them in your EPR to act on it.',
  owned: 'Everybody has acknowledged it',
  notOwned: one('# has not acknowledged it', '# have not acknowledged it'),
  onLeadsList: 'On the lead’s list: not everybody who was asked took it on in the agreed time',
  escalated: (when, to, why) => `${when}: passed to ${to}. ${why}`,
  reasons: {
    'handover.late': 'Somebody who was asked did not acknowledge it in time.',
    'handover.unowned': 'Not everybody who was asked had taken it on after the agreed hours.',
  },
  somebody: 'Somebody',
  withdrawn: (when) => `Taken back by its source ${when}; nobody need acknowledge it.`,
  acknowledge: 'Acknowledge',
  acknowledgeFor: (what) => `Acknowledge: ${what}`,
  acknowledging: 'Acknowledging…',
  moved: 'Somebody else acted on it meanwhile. It is shown as it is now.',
  withheld: 'Person withheld',
  unheard: (organisations) =>
    `Could not be asked what has happened: ${organisations.join('; ')}. An admission or discharge there may be missing here.`,
  unheardSince: (organisation, when) => `${organisation} (last answered ${when})`,
  unheardNever: (organisation) => `${organisation} (has not answered yet)`,
  unheardSome: 'An organisation',
  unreadable: (count) =>
    count === 1
      ? 'One handover or notice for you can’t be read any more and is not listed here. Tell whoever runs Corridor, and ask the organisations involved.'
      : `${String(count)} handovers or notices for you can’t be read any more and are not listed here. Tell whoever runs Corridor, and ask the organisations involved.`,
  notFollowed:
    'Not everybody in your care is followed: there is no room for more. An admission or discharge of somebody whose record was opened lately may be missing here. Tell whoever runs Corridor.',
  staleSince: (when) => `Not refreshed since ${when}: what happened later is not listed.`,
  notices: {
    heading: 'Told of besides',
    older: one('# earlier', '# earlier'),
    kinds: {
      admission: 'Admission',
      discharge: 'Discharge',
      transfer: 'Transfer',
      'step-down': 'Step-down',
      conveyance: 'Conveyance by ambulance',
      attendance: 'Emergency department attendance ended',
      death: 'Death recorded',
      'result-of-concern': 'Result the laboratory marks as critical',
      'package-started': 'Care package started',
      'package-ended': 'Care package ended',
      'plan-changed': 'Care plan changed',
    },
    at: (organisation) => `at ${organisation}`,
  },
  transitions: {
    heading: 'Transitions of care',
    only: 'Stays in hospital and what their own organisation recorded of medicines meanwhile, beside what was recorded before. Nothing here says which is right.',
    none: 'No admission or discharge is recorded by those that answered.',
    noneSoFar: 'No admission or discharge is recorded so far; not everybody has answered.',
    kinds: { admission: 'Admitted', discharge: 'Discharged', 'step-down': 'Stepped down', planned: 'Planned' },
    to: (place) => `to ${place}`,
    fromTo: (from, to) => `${from} to ${to}`,
    stay: (from, to) => (to === undefined ? `admitted ${from}, not discharged` : `admitted ${from}, left ${to}`),
    plannedFor: (when) => `planned for ${when}`,
    keptBy: (organisation) => `told of in a letter that ${organisation} holds`,
    older: one('# stay that ended earlier', '# stays that ended earlier'),
    changed: (organisation) => `Medicines, as recorded by ${organisation}`,
    started: 'Started',
    stopped: 'Stopped',
    held: 'On hold',
    altered: 'Altered',
    before: (organisation, when) => `before: ${organisation}, ${when}`,
    unchanged: one('# recorded as before', '# recorded as before'),
    nothing: (organisation) =>
      `Nothing that ${organisation} recorded in this time says that a medicine was started, stopped, put on hold or altered.`,
    disagrees: 'Others still record it differently',
    silent: (names) =>
      `Not compared with those that have not answered: ${names}. What is “started” may have been taken before.`,
    letters: 'Letter',
    noLetter: 'No letter of this stay is in this view.',
    show: 'Show in the record',
    takenOn: 'Who has taken it on',
    nobodyAsked: 'Nobody has been asked through this record to take it on.',
    handoversUnknown: 'Who has taken it on could not be fetched.',
    others: 'Handed over, with no stay in this view',
  },
};

const cy: HandoverWords = {
  heading: 'Trosglwyddiadau',
  count: one('# trosglwyddiad', '# trosglwyddiad'),
  none: 'Nid oes trosglwyddiad yn aros i’w gydnabod.',
  loading: 'Yn gofyn am drosglwyddiadau…',
  notLoaded: 'Ni ellid nôl y trosglwyddiadau, felly ni wyddys a oes un yn aros.',
  kinds: {
    admission: 'Derbyniad',
    discharge: 'Rhyddhau',
    transfer: 'Symud',
    'step-down': 'Camu i lawr',
    conveyance: 'Cludo mewn ambiwlans',
    attendance: 'Ymweliad ag adran achosion brys ar ben',
  },
  from: (organisation) => `o ${organisation}`,
  happened: (when) => when,
  notDated: 'heb gofnodi dyddiad',
  letter: 'Dangos y llythyr',
  noLetter: 'Ni ffeiliwyd llythyr gydag ef.',
  states: { waiting: 'Yn aros', acknowledged: 'Cydnabuwyd', late: 'Yn hwyr', passed: 'Trosglwyddwyd ymlaen' },
  waiting: (due) => `i’w gydnabod erbyn ${due}`,
  late: (due) => `roedd i’w gydnabod erbyn ${due}`,
  acknowledged: (name, team, when) => `${name}, ${team}, ${when}`,
  passed: (to, name, when) => `i ${to}, gan ${name}, ${when}`,
  until: (name, to) => `Yn dal gyda ${name} nes i ${to} ei gydnabod.`,
  take: 'Cymryd drosodd',
  takeBack: 'Cymryd yn ôl',
  pass: 'Trosglwyddo ymlaen',
  passTo: 'Trosglwyddo ymlaen i',
  passNow: (to) => `Trosglwyddo ymlaen i ${to}`,
  passCancel: 'Ei gadw',
  passFrom: (name, owned) =>
    owned
      ? `Mae’n aros gyda ${name} nes iddynt ei gydnabod.`
      : `Nid yw ${name} wedi’i gydnabod: mae’r amser yn dal i redeg i bwy bynnag y’i trosglwyddir.`,
  passNobody: 'Nid oes neb arall y gellir ei roi iddynt.',
  passUnknown: 'Ni ellid nôl pwy y gellir ei roi iddynt. Ni throsglwyddwyd dim.',
  doing: 'Yn gweithio…',
  more: 'Mae mwy nag a restrir yma. Rhestrir yn gyntaf yr hyn nad oes neb wedi’i gymryd.',
  notHere: 'Am glaf arall: agorwch ef yn eich EPR i weithredu arno.',
  owned: 'Mae pawb wedi’i gydnabod',
  notOwned: one('nid yw # wedi’i gydnabod', 'nid yw # wedi’i gydnabod'),
  onLeadsList: 'Ar restr yr arweinydd: ni chymerodd pawb y gofynnwyd iddynt ef o fewn yr amser y cytunwyd arno',
  escalated: (when, to, why) => `${when}: trosglwyddwyd i ${to}. ${why}`,
  reasons: {
    'handover.late': 'Ni wnaeth rhywun y gofynnwyd iddynt ei gydnabod mewn pryd.',
    'handover.unowned': 'Nid oedd pawb y gofynnwyd iddynt wedi’i gymryd ar ôl yr oriau y cytunwyd arnynt.',
  },
  somebody: 'Rhywun',
  withdrawn: (when) => `Tynnwyd yn ôl gan ei ffynhonnell ${when}; nid oes angen i neb ei gydnabod.`,
  acknowledge: 'Cydnabod',
  acknowledgeFor: (what) => `Cydnabod: ${what}`,
  acknowledging: 'Yn cydnabod…',
  moved: 'Gweithredodd rhywun arall arno yn y cyfamser. Fe’i dangosir fel y mae nawr.',
  withheld: 'Person wedi’i ddal yn ôl',
  unheard: (organisations) =>
    `Ni ellid gofyn beth sydd wedi digwydd: ${organisations.join('; ')}. Gall derbyniad neu ryddhau yno fod ar goll yma.`,
  unheardSince: (organisation, when) => `${organisation} (atebodd ddiwethaf ${when})`,
  unheardNever: (organisation) => `${organisation} (heb ateb eto)`,
  unheardSome: 'Sefydliad',
  unreadable: (count) =>
    count === 1
      ? 'Ni ellir darllen un trosglwyddiad neu hysbysiad i chi mwyach, ac nid yw wedi’i restru yma. Dywedwch wrth bwy bynnag sy’n rhedeg Corridor, a gofynnwch i’r sefydliadau dan sylw.'
      : `Ni ellir darllen ${String(count)} o drosglwyddiadau neu hysbysiadau i chi mwyach, ac nid ydynt wedi’u rhestru yma. Dywedwch wrth bwy bynnag sy’n rhedeg Corridor, a gofynnwch i’r sefydliadau dan sylw.`,
  notFollowed:
    'Nid yw pawb yn eich gofal yn cael eu dilyn: nid oes lle i ragor. Gall derbyniad neu ryddhau rhywun yr agorwyd eu cofnod yn ddiweddar fod ar goll yma. Dywedwch wrth bwy bynnag sy’n rhedeg Corridor.',
  staleSince: (when) => `Heb ei adnewyddu ers ${when}: ni restrir yr hyn a ddigwyddodd wedyn.`,
  notices: {
    heading: 'Clywyd hefyd am',
    older: one('# yn gynharach', '# yn gynharach'),
    kinds: {
      admission: 'Derbyniad',
      discharge: 'Rhyddhau',
      transfer: 'Symud',
      'step-down': 'Camu i lawr',
      conveyance: 'Cludo mewn ambiwlans',
      attendance: 'Ymweliad ag adran achosion brys ar ben',
      death: 'Cofnodwyd marwolaeth',
      'result-of-concern': 'Canlyniad y mae’r labordy yn ei nodi’n argyfyngus',
      'package-started': 'Pecyn gofal wedi dechrau',
      'package-ended': 'Pecyn gofal wedi dod i ben',
      'plan-changed': 'Cynllun gofal wedi newid',
    },
    at: (organisation) => `yn ${organisation}`,
  },
  transitions: {
    heading: 'Trosglwyddiadau gofal',
    only: 'Arosiadau yn yr ysbyty a’r hyn a gofnododd eu sefydliad eu hunain am feddyginiaethau yn y cyfamser, wrth ymyl yr hyn a gofnodwyd cynt. Nid oes dim yma’n dweud pa un sy’n gywir.',
    none: 'Nid oes derbyniad na rhyddhau wedi’i gofnodi gan y rhai a atebodd.',
    noneSoFar: 'Nid oes derbyniad na rhyddhau wedi’i gofnodi hyd yma; nid yw pawb wedi ateb.',
    kinds: {
      admission: 'Derbyniwyd',
      discharge: 'Rhyddhawyd',
      'step-down': 'Camwyd i lawr',
      planned: 'Wedi’i gynllunio',
    },
    to: (place) => `i ${place}`,
    fromTo: (from, to) => `${from} i ${to}`,
    stay: (from, to) =>
      to === undefined ? `derbyniwyd ${from}, heb ei ryddhau` : `derbyniwyd ${from}, gadawodd ${to}`,
    plannedFor: (when) => `wedi’i gynllunio ar gyfer ${when}`,
    keptBy: (organisation) => `sonnir amdano mewn llythyr sydd gan ${organisation}`,
    older: one('# arhosiad a ddaeth i ben yn gynharach', '# arhosiad a ddaeth i ben yn gynharach'),
    changed: (organisation) => `Meddyginiaethau, fel y’u cofnodwyd gan ${organisation}`,
    started: 'Dechreuwyd',
    stopped: 'Stopiwyd',
    held: 'Wedi’i ohirio',
    altered: 'Newidiwyd',
    before: (organisation, when) => `cynt: ${organisation}, ${when}`,
    unchanged: one('# wedi’i chofnodi fel cynt', '# wedi’u cofnodi fel cynt'),
    nothing: (organisation) =>
      `Nid oes dim a gofnododd ${organisation} yn yr amser hwn yn dweud bod meddyginiaeth wedi’i dechrau, ei stopio, ei gohirio na’i newid.`,
    disagrees: 'Mae eraill yn dal i’w chofnodi’n wahanol',
    silent: (names) =>
      `Heb ei gymharu â’r rhai nad ydynt wedi ateb: ${names}. Efallai bod yr hyn a “ddechreuwyd” wedi’i gymryd cynt.`,
    letters: 'Llythyr',
    noLetter: 'Nid oes llythyr o’r arhosiad hwn yn y golwg hwn.',
    show: 'Dangos yn y cofnod',
    takenOn: 'Pwy sydd wedi’i gymryd',
    nobodyAsked: 'Ni ofynnwyd i neb drwy’r cofnod hwn ei gymryd.',
    handoversUnknown: 'Ni ellid nôl pwy sydd wedi’i gymryd.',
    others: 'Trosglwyddwyd, heb arhosiad yn y golwg hwn',
  },
};

export const HANDOVER_WORDS: Readonly<Record<string, HandoverWords>> = { 'en-GB': enGB, cy };

export function handoverWords(language: string): HandoverWords {
  return HANDOVER_WORDS[language] ?? enGB;
}
