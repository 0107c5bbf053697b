import type { SecurityLabel } from '../../src/record/entry.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';
import type { Session } from '../session/session.ts';
import type { Teams } from './teams.ts';

/** Who reads or writes here: somebody with a role at an organisation, whatever brought them. */
export type Reader = {
  readonly user: { readonly key: string; readonly name: string; readonly sdsUserId?: string };
  readonly role: string;
  readonly ods: OdsCode;
  /** When somebody speaks for one team alone: an EPR. Left out: all that have their role. */
  readonly team?: string;
  /** Of the launch or the session; joins the trail. */
  readonly launchId?: string;
};

/** With a resident's chart open. */
export type PatientReader = Reader & { readonly patient: Patient; readonly session: Session };

export function patientReader(session: Session): PatientReader {
  const { user, role, home, launchId, patient } = session.context;
  return { user: userOf(user), role, ods: home.ods, launchId, patient, session };
}

/** Of a session: as far as a message names somebody. */
export function userOf({ key, name, sdsUserId }: Session['context']['user']): Reader['user'] {
  return { key, name, ...(sdsUserId !== undefined && { sdsUserId }) };
}

export type Verdict =
  { readonly allowed: true } | { readonly allowed: false; readonly rule: string; readonly words: string };

/** Who is asked about: a reader, or the role of a team that is to be written to. */
export type Party = { readonly ods: OdsCode; readonly role: string; readonly names: readonly string[] };

export type Resident = {
  readonly nhsNumber: string;
  readonly supersedes?: string;
  readonly formerNumbers?: readonly string[];
  readonly restricted: boolean;
};

/** An item of the record, by origin. */
export type ItemReference = { readonly source: SourceId; readonly resource: string };

/** With what its source said of it when a message was hung on it: who may see that may see the message. */
export type KnownItem = ItemReference & {
  readonly labels?: readonly SecurityLabel[];
  readonly sections?: readonly SectionId[];
};

/** The rules, as messages ask them. `build-messaging.ts` joins this to `access`. */
export type MessageJudge = {
  /** Whether a party may see what `giver` wrote or holds of a resident: of an item, or of the resident as a whole. */
  see(party: Party, resident: Resident, what: { readonly giver: OdsCode; readonly item?: KnownItem }): Promise<Verdict>;
  /** Whether this session may open the record at all, now; and the item, when one is named. */
  open(session: Session, item?: ItemReference): Promise<Verdict>;
};

export function partyOf(reader: Reader): Party {
  const { key, sdsUserId } = reader.user;
  // An objection may name somebody by either.
  return { ods: reader.ods, role: reader.role, names: [key, ...(sdsUserId === undefined ? [] : [sdsUserId])] };
}

export function teamsOf(reader: Reader, teams: Teams): readonly string[] {
  return reader.team === undefined ? teams.of(reader.ods, reader.role) : [reader.team];
}
