import { createHash } from 'node:crypto';
import { numbersOf, type Patient } from '../../src/record/patient.ts';
import type { OdsCode } from '../../src/record/source.ts';
import type { Session } from '../session/session.ts';
import type { LaunchContext } from '../smart/launch-context.ts';
import type { NoticeSubscriptionRow } from '../storage/tables/notice-subscriptions.ts';
import { opened } from './damaged.ts';
import type { HandoverGround } from './ports.ts';

/** What a launch proved of a team's care for a resident, as far as asking later needs it. Sealed at rest. */
export type Proven = Pick<LaunchContext, 'patient' | 'home' | 'homePatientId' | 'launchId'> &
  Partial<Pick<LaunchContext, 'encounterId' | 'careEvidence'>>;

/** The same for the same team and resident. */
export function subscriptionId(address: string, patientHandle: string): string {
  return createHash('sha256').update(`${address}|${patientHandle}`).digest('base64url');
}

export function sealProven(proven: Proven, id: string, { vault }: Pick<HandoverGround, 'vault'>): string {
  return vault.sealOwn(`subscription|${id}`, JSON.stringify(proven));
}

/** Throws `Damaged`. */
export function openProven(
  { id, sealed }: Pick<NoticeSubscriptionRow, 'id' | 'sealed'>,
  { vault }: Pick<HandoverGround, 'vault'>,
): Proven {
  return opened('a subscription', () => vault.openOwn(`subscription|${id}`, sealed));
}

/**
 * For whom a source is asked when nobody sits before a screen: the team, by the role and the care that a launch proved,
 * until the subscription ends. It is no person and never looks like one; every rule judges it as it judges a reader.
 */
export function standingSession(
  row: Pick<NoticeSubscriptionRow, 'id' | 'address' | 'role' | 'since' | 'until'>,
  proven: Proven,
  teams: HandoverGround['teams'],
): Session {
  const team = teams.find(row.address)?.correspondent;
  const context = {
    ...proven,
    user: { key: `team|${row.address}`, name: team ? `${team.team} (team), ${team.organisation.name}` : row.address },
    role: row.role,
    needPatientBanner: true,
    evidence: { user: 'configuration', role: 'subscription', patient: 'subscription' },
  };
  const session = { id: row.id, context, purpose: 'direct-care', openedAt: row.since, expiresAt: row.until };
  return session as unknown as Session;
}

/** The reader's own session, looking at another resident: as their team is shown to care for them, and no more. */
export function sessionAbout(
  session: Pick<Session, 'id' | 'purpose' | 'openedAt' | 'expiresAt'> & {
    readonly context: Pick<LaunchContext, 'launchId' | 'home' | 'user' | 'role'>;
  },
  proven: Pick<Proven, 'patient'> & Partial<Proven>,
): Session {
  const { launchId, home, user, role } = session.context;
  const { patient, homePatientId = '', encounterId, careEvidence } = proven;
  const context = {
    launchId,
    home,
    user,
    role,
    patient,
    homePatientId,
    needPatientBanner: true,
    ...(encounterId !== undefined && { encounterId }),
    ...(careEvidence !== undefined && { careEvidence }),
  };
  return { ...session, context } as unknown as Session;
}

export function odsOf(address: string): OdsCode {
  return (address.split('/')[0] ?? '') as OdsCode;
}

/** Every name under which a resident may stand in the tables. */
export function handlesOf(
  patient: Pick<Patient, 'nhsNumber' | 'supersedes'>,
  vault: HandoverGround['vault'],
): string[] {
  return numbersOf(patient).map((number) => vault.handle(number));
}
