import type { SectionId } from '../record/section.ts';
import type { OrganisationKind } from '../record/source.ts';
import type { Caution, EntryState, Unread } from '../record/entry.ts';
import type { ConflictKind, FactReason } from '../record/fact.ts';
import type { RiskKind } from '../record/sections/risk-kinds.ts';
import type { AssessmentEntry } from '../record/sections/assessments.ts';
import type { RequirementEntry } from '../record/sections/individual-requirements.ts';
import type { LegalKind, Power } from '../record/sections/legal-kinds.ts';
import type { PregnancyEntry } from '../record/sections/pregnancy-status.ts';
import type { MedicationEntry } from '../record/sections/medications.ts';
import type { ServiceEntry } from '../record/sections/services-and-care.ts';
import type { EncounterEntry } from '../record/sections/encounters.ts';
import type { SectionAnswer, SourceStatus } from '../record/source-status.ts';

/** A count in words: languages differ in how many plurals they have, so each language says its own. */
export type Counted = (count: number) => string;

/** The kinds of gap an answer can leave. Each has its own words: they call for different action. */
export type GapKind = 'part' | 'unused' | 'silent' | 'ambiguous' | 'details-differ' | 'wrong-person';

/**
 * Every word a person reads, so that a clinician can review the wording in one place.
 * A language that leaves one out does not compile.
 */
export type Words = {
  /** BCP 47. */
  readonly language: string;
  readonly months: readonly [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  readonly banner: {
    readonly doNotAttempt: string;
    readonly attempt: string;
    readonly patient: string;
    readonly born: string;
    readonly nhsNumber: string;
    readonly notKnown: string;
    readonly genders: Readonly<Record<string, string>>;
    readonly deceased: (date: string | undefined) => string;
    /** The national service has replaced the number the home EPR holds. */
    readonly superseded: (number: string) => string;
    /** The national service did not answer when it was asked. */
    readonly unchecked: string;
    readonly restricted: string;
    readonly years: Counted;
    readonly monthsOld: Counted;
    readonly daysOld: Counted;
    readonly diedAged: (age: string) => string;
    readonly allergies: Counted;
    readonly allergiesWaiting: (waiting: number) => string;
    readonly allergiesNone: (answered: number) => string;
    /** `missing`: who is missing, in the words of `gaps`. */
    readonly allergiesUnknown: (missing: string) => string;
    readonly allergiesUnread: Counted;
    /** Allergies are recorded, none of them current. */
    readonly allergiesPast: Counted;
    /** Only a statement about some of them, e.g. no known food allergy. */
    readonly allergiesOnly: (said: string) => string;
    readonly allergiesDoubted: (said: string, standing: string) => string;
    readonly incomplete: string;
    readonly mayBeMissing: string;
    readonly stillWaiting: Counted;
    readonly noneKnown: (who: string, date: string) => string;
    readonly noDrugKnown: (who: string, date: string) => string;
    readonly alerts: Counted;
    readonly alertsNone: Counted;
    /** Short, for it stands beside the others on a phone's one line; how many are awaited stands below, and in its title. */
    readonly alertsWaiting: string;
    /** None recorded by those that answered; somebody did not. */
    readonly alertsIncomplete: string;
    readonly safeguarding: string;
    readonly resuscitation: string;
    readonly resuscitationUnclear: (decision: string) => string;
    readonly more: Counted;
  };
  readonly sources: {
    readonly heading: string;
    readonly ofAnswered: (answered: number, total: number) => string;
    readonly answering: Counted;
    readonly withheld: Counted;
    readonly notAsked: Counted;
    readonly showLedger: string;
    readonly hideLedger: string;
    readonly states: Readonly<Record<SourceStatus['state'], string>>;
    readonly waitingFor: (seconds: number) => string;
    readonly late: (seconds: number) => string;
    /** Late, and nothing of it had arrived. */
    readonly lateNothing: (seconds: number) => string;
    readonly inPart: (why: string) => string;
    /** Why an answer ended before it was whole, by its code. */
    readonly broke: Readonly<Record<string, string>>;
    readonly brokeOff: string;
    readonly asOf: (when: string) => string;
    readonly askAgain: string;
    readonly askAgainOf: (name: string) => string;
    readonly askAllAgain: Counted;
    readonly items: Counted;
    readonly codes: Readonly<Record<string, string>>;
    readonly code: (code: string) => string;
    readonly wrongPatient: (name: string) => string;
    readonly detailsDiffer: (name: string) => string;
    readonly ambiguous: (name: string) => string;
    readonly all: string;
    readonly connecting: string;
  };
  /** What a rule of the shipped policy says to the reader, by its id; a community's own rules bring their own words. */
  readonly rules: Readonly<Record<string, string>>;
  readonly emergency: {
    readonly spooled: string;
    readonly offer: string;
    readonly explain: string;
    readonly reason: string;
    readonly confirm: string;
    readonly open: string;
    readonly opening: string;
    readonly failed: string;
    until(time: string): string;
    readonly help: string;
    wasUntil(time: string): string;
    readonly helpAfter: string;
  };
  readonly ledger: {
    readonly caption: string;
    readonly organisation: string;
    readonly state: string;
    readonly cells: Readonly<Record<SectionAnswer['state'] | 'waiting' | 'not-asked' | 'not-offered', string>>;
    readonly key: string;
    readonly took: (seconds: string) => string;
    readonly here: string;
    readonly sensitive: string;
  };
  readonly kinds: Readonly<Record<OrganisationKind, { readonly letter: string; readonly name: string }>>;
  readonly sections: Readonly<Record<SectionId, { readonly heading: string; readonly short: string }>>;
  readonly section: {
    readonly window: (months: number) => string;
    /** The window of things that stand until ended: it holds only for those that have ended. */
    readonly windowOfEnded: (months: number) => string;
    /** There are items, all of them older than the window. */
    readonly noneInWindow: (months: number) => string;
    /** Only the newest of each kind is shown at once. */
    readonly latest: string;
    readonly counts: (current: number, all: number) => string;
    readonly showOlder: Counted;
    readonly showPast: Counted;
    readonly hideOlder: string;
    readonly showAll: (count: number) => string;
    /** The same, and how many of them are older than the window, or over. */
    readonly showAllOlder: (count: number, older: number) => string;
    readonly showAllPast: (count: number, past: number) => string;
    readonly newItems: Counted;
    /** Of a section: how many of its items differ from what this reader saw the last time. */
    readonly fresh: Counted;
    readonly show: string;
    readonly incomplete: (missing: string) => string;
    readonly waitingFor: (names: string) => string;
    readonly showing: (shown: number, total: number) => string;
  };
  /** Who left a gap, by kind; each stands in a list after other counts. */
  readonly gaps: Readonly<Record<GapKind, Counted>>;
  readonly absence: {
    readonly nothing: (answered: number) => string;
    readonly soFar: (answered: number) => string;
    /** Nobody who was asked has answered. */
    readonly notKnown: string;
    readonly notYet: Counted;
    readonly unread: Counted;
    readonly withheld: string;
    readonly nobody: string;
    /** Sources that have no such section to give. */
    readonly notOffered: Counted;
  };
  /** Headings that hold nothing, gathered. */
  readonly empty: {
    readonly heading: string;
    readonly nothing: string;
    readonly waiting: string;
    /** `why`: who left a gap, in the words of `gaps`. */
    readonly unknown: (why: string) => string;
    /** Nobody was silent, and something may be missing because it is not shared. */
    readonly partly: string;
    readonly nobody: string;
  };
  /** Of several records in one line, said where the line is opened. */
  readonly merged: {
    /** `why`: the words of `because`. */
    readonly said: (count: number, why: string) => string;
    /** What is equal in all of them. */
    readonly because: Readonly<Record<FactReason, string>>;
    /** One of them leaves out what the others say. */
    readonly partial: string;
  };
  readonly fact: {
    readonly statusThere: string;
    readonly sources: Counted;
    readonly records: Counted;
    readonly details: string;
    readonly showAll: string;
    readonly showSeparately: string;
    readonly showTogether: string;
    readonly states: Readonly<Record<EntryState, string>>;
    /** How the records of a line are marked, the highest of them. */
    readonly restricted: string;
    readonly veryRestricted: string;
    readonly cautions: Readonly<Record<Caution, string>>;
    /** How a fact differs from what this reader saw the last time. */
    readonly fresh: Readonly<Record<'new' | 'changed' | 'unseen', string>>;
    readonly dateNotKnown: string;
    /** Of a stay that is over. */
    readonly endNotRecorded: string;
    /** The source gives no clinical date, only that of recording. */
    readonly recorded: (date: string) => string;
    readonly since: (date: string) => string;
    readonly until: (date: string) => string;
    readonly to: string;
    readonly differs: (who: string, what: string) => string;
  };
  readonly provenance: {
    readonly who: string;
    readonly where: string;
    readonly when: string;
    readonly filed: string;
    readonly resource: string;
    readonly version: string;
    readonly coded: string;
    readonly says: (name: string) => string;
    readonly personNotGiven: string;
  };
  readonly conflicts: {
    readonly heading: Counted;
    readonly none: string;
    readonly noneSoFar: string;
    readonly kinds: Readonly<Record<ConflictKind, string>>;
    readonly noVerdict: string;
    /** A link to where this record stands; `section` is its short name. */
    readonly showIn: (section: string) => string;
  };
  readonly medicines: {
    readonly dose: string;
    readonly for: (reason: string) => string;
    readonly stopped: (date: string | undefined, reason: string | undefined) => string;
    readonly lastIssued: (date: string) => string;
    readonly doseNotRecorded: string;
    readonly sideBySide: string;
    readonly asNeeded: string;
    readonly supplies: Readonly<Record<NonNullable<MedicationEntry['supply']>, string>>;
  };
  readonly allergies: {
    readonly high: string;
    readonly noneKnown: string;
    readonly notAsked: string;
    readonly intolerance: string;
    readonly reactionNotRecorded: string;
    readonly severe: string;
    /** The records of one line state different reactions, severities or risks. */
    readonly differs: string;
  };
  readonly results: {
    readonly test: string;
    readonly result: string;
    readonly range: string;
    readonly trend: string;
    readonly when: string;
    readonly source: string;
    readonly flags: Readonly<Record<'low' | 'high' | 'critical-low' | 'critical-high' | 'abnormal', string>>;
    readonly earlier: Counted;
    readonly trendOf: (test: string, points: string) => string;
    readonly noValue: string;
    /** By the codes of FHIR’s data-absent-reason. */
    readonly whyNoValue: Readonly<Record<string, string>>;
  };
  readonly documents: {
    readonly open: string;
    readonly close: string;
    readonly loading: (name: string) => string;
    readonly failed: string;
    readonly noCopy: string;
  };
  readonly people: {
    readonly keyWorker: string;
    readonly nextOfKin: string;
    readonly carer: string;
    readonly emergency: string;
    readonly parental: string;
  };
  readonly risks: Readonly<Record<RiskKind, string>>;
  readonly safeguarding: { readonly inForce: string; readonly ended: string };
  readonly requirements: {
    readonly kinds: Readonly<Record<RequirementEntry['kind'], string>>;
    readonly agreed: string;
    readonly notAgreed: string;
  };
  readonly legal: {
    readonly kinds: Readonly<Record<LegalKind, string>>;
    readonly powers: Readonly<Record<Power, string>>;
    readonly heldBy: (names: string) => string;
    readonly ends: (date: string) => string;
  };
  readonly pregnancy: {
    readonly answers: Readonly<Record<NonNullable<PregnancyEntry['pregnant']>, string>>;
    readonly due: (date: string) => string;
  };
  readonly family: {
    readonly noneKnown: string;
    readonly notKnown: string;
    readonly noIllness: string;
    readonly onset: (when: string) => string;
    readonly causedDeath: string;
    readonly died: (when: string | undefined) => string;
  };
  readonly assessments: Readonly<Record<Exclude<AssessmentEntry['kind'], 'score' | 'questionnaire'>, string>>;
  readonly research: { readonly arm: (arm: string) => string; readonly contact: (who: string) => string };
  /** `unnamed`: of whom a rule lets nobody say who they are. */
  readonly organisations: { readonly code: string; readonly unnamed: string };
  readonly referrals: {
    readonly progress: string;
    readonly from: (who: string) => string;
    readonly to: (whom: string) => string;
    readonly wanted: (date: string) => string;
  };
  readonly admissions: { readonly waiting: string; readonly from: (where: string) => string };
  readonly discharges: { readonly expected: string; readonly summary: string };
  readonly equipment: { readonly ordered: string };
  readonly devices: {
    readonly noneKnown: string;
    readonly notAsked: string;
    readonly serial: string;
    readonly lot: string;
  };
  readonly services: {
    readonly kinds: Readonly<Record<ServiceEntry['kind'], string>>;
    readonly primaryReason: string;
    readonly funding: (source: string) => string;
  };
  readonly care: {
    readonly goal: string;
    readonly review: (date: string) => string;
    readonly by: (date: string) => string;
    readonly form: (where: string) => string;
    readonly proposal: string;
    readonly mustNot: string;
    /** A plan that is a document, opened under Documents. */
    readonly document: string;
    readonly supportedBy: (who: string) => string;
  };
  readonly vaccinations: {
    readonly dose: (number: string) => string;
    readonly batch: (number: string) => string;
    readonly reaction: (what: string) => string;
    /** What it is for. */
    readonly for: (what: string) => string;
    readonly whyNotGiven: (why: string) => string;
  };
  readonly encounters: {
    readonly kinds: Readonly<Record<EncounterEntry['kind'], string>>;
    readonly inHospital: string;
    readonly dischargedTo: (where: string) => string;
  };
  readonly demographics: { readonly interpreter: string };
  /** What a source sent and nobody here can read. */
  readonly unread: {
    readonly help: string;
    readonly show: string;
    readonly hide: string;
    readonly loading: (name: string) => string;
    readonly failed: string;
    readonly noId: string;
    readonly more: Counted;
    readonly reasons: Readonly<Record<Unread['reason'], string>>;
    readonly unnamedType: string;
  };
  readonly app: {
    readonly navigation: string;
    readonly snapshot: string;
    readonly everything: string;
    readonly timeline: string;
    readonly resultsOverTime: string;
    readonly sideBySide: string;
    readonly messages: string;
    readonly transitions: string;
    /** The code of a picture is on its way; it did not come. */
    readonly pictureComing: string;
    readonly pictureMissing: string;
    readonly newItems: (count: number, sections: string) => string;
    readonly show: string;
    /** The stream broke and is being resumed by itself. */
    readonly resuming: string;
    readonly cut: string;
    readonly cutHelp: string;
    readonly failed: string;
    readonly expired: string;
    readonly wrongVersion: string;
    readonly mismatch: string;
    /** The code of some elements did not come. */
    readonly partsMissing: string;
    readonly refused: string;
    readonly blank: string;
    readonly relaunch: string;
    readonly unread: Counted;
    readonly withdrawn: Counted;
    readonly mayBeMissing: string;
    readonly end: (time: string) => string;
    readonly printed: (time: string) => string;
    readonly code: (code: string) => string;
  };
};
