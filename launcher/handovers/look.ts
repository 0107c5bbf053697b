import type { Handover } from '../../src/messages/handover.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { SourceId } from '../../src/record/source.ts';
import type { Session } from '../session/session.ts';
import type { HandoverRow } from '../storage/tables/handovers.ts';
import { loadNoticeSubscriptions } from '../storage/tables/notice-subscriptions.ts';
import { describeHandover } from './describe.ts';
import { openResident } from './open-resident.ts';
import { instant, type HandoverGround } from './ports.ts';
import { createSight, type SightDeps } from './sight.ts';
import { handlesOf, openProven, sessionAbout } from './standing-session.ts';
import { isAt } from './whose.ts';

/** A window's session, with a patient's chart open or without. */
export type ReadingSession = Pick<Session, 'id' | 'purpose' | 'openedAt' | 'expiresAt'> & {
  readonly context: Pick<Session['context'], 'launchId' | 'home' | 'user' | 'role'> & { readonly patient?: Patient };
};

/** Who reads: the session of a window, and the teams its user belongs to. */
export type Reader = {
  readonly session: ReadingSession;
  readonly addresses: readonly string[];
  /** Whether a patient's chart is open: then of that patient only. */
  readonly patient?: Patient;
};

/** One reader's look at handovers; each resident is judged once for all of it. */
export type Look = {
  readonly sight: ReturnType<typeof createSight>;
  see(row: HandoverRow): Promise<Handover>;
  /** The open chart's own session, else one about this resident: as the team is told of them, or because it was given them. */
  sessionOf(about: Patient, given: boolean): Promise<Session>;
};

/** `list`: a team's, of whomever it is about, though a chart is open. */
export function createLook(reader: Reader, of: 'chart' | 'list', deps: HandoverGround & SightDeps): Look {
  const sight = createSight(deps);
  const { session, addresses, patient } = reader;
  const open = patient && handlesOf(patient, deps.vault);

  async function sessionOf(about: Patient, given: boolean): Promise<Session> {
    if (patient && (of === 'chart' || handlesOf(about, deps.vault).some((one) => open?.includes(one))))
      return session as Session;
    for (const patientHandle of handlesOf(about, deps.vault)) {
      const told = await loadNoticeSubscriptions(deps.database.queries, { patientHandle }, instant(deps.now()));
      const own = told.find(({ address }) => addresses.includes(address));
      if (own) return sessionAbout(session, openProven(own, deps));
    }
    // A transition given to a team is a referral of the person to it.
    return sessionAbout(session, { patient: about, ...(given && { careEvidence: 'referral' as const }) });
  }

  async function see(row: HandoverRow): Promise<Handover> {
    const resident = openResident(row.notice, deps);
    const { source, kind } = row.notice;
    const seen = await sight(await sessionOf(resident, isFor(row, addresses)), source as SourceId, kind, resident);
    // Nobody acts on one from the chart of another patient.
    const acting = !open || open.includes(row.notice.patientHandle);
    return describeHandover(
      row,
      resident,
      { addresses: acting ? addresses : [], user: session.context.user.key, own: addresses, sight: seen },
      deps,
    );
  }

  return { sight, see, sessionOf };
}

/** Given to one of these teams or to somebody in it, or come to one because nobody took it. */
export function isFor(row: HandoverRow, addresses: readonly string[]): boolean {
  return [...row.recipients, ...row.escalations].some(({ address }) => isAt(address, addresses));
}
