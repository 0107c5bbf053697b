import { randomUUID } from 'node:crypto';
import type { Session } from '../session/session.ts';
import {
  endNoticeSubscription,
  findNoticeSubscription,
  saveNoticeSubscription,
} from '../storage/tables/notice-subscriptions.ts';
import { saveNoticeWatches } from '../storage/tables/notice-watches.ts';
import type { HandoverAgreement } from '../trust/community.ts';
import { isMarked, markResident } from './marked.ts';
import { instant, type HandoverGround } from './ports.ts';
import type { Room } from './room.ts';
import { sealProven, subscriptionId, type Proven } from './standing-session.ts';

export type Subscribe = {
  /** After a record was opened: the reader's teams are told of this resident from now on. Never throws. */
  follow(session: Session): Promise<void>;
  /** The reader's teams have nothing to do with this resident any more. */
  end(session: Session): Promise<number>;
};

export type SubscribeDeps = HandoverGround & {
  readonly room: Pick<Room, 'isLeft' | 'turnedAway' | 'forget'>;
  /** How often sources that don't tell by themselves are asked. */
  readonly pollMs: number;
  readonly onFailure: (event: string, error?: unknown) => void;
};

const DAY_MS = 86_400_000;
/** The reader's own view comes first: only then are sources asked to tell. */
export const AFTER_VIEW_MS = 3_000;
/** Records are opened far more often than care changes hands: so long a subscription is not written anew. */
const FRESH_MS = 3_600_000;

/**
 * Teams are told of a resident only by a legitimate relationship that a launch has proven: an open encounter, a
 * registration, a referral. Who merely opened a chart is told of nothing. Each lasts until a day.
 */
export function createSubscribe(deps: SubscribeDeps): Subscribe {
  const { teams, vault, database } = deps;
  const lately = new Map<string, number>();

  async function follow({ context }: Session): Promise<void> {
    const { home, role, launchId, homePatientId, encounterId, careEvidence } = context;
    if (context.patient.restricted === true) await markResident(context.patient, deps);
    if (encounterId === undefined && careEvidence === undefined) return;
    const nowMs = deps.now();
    // Marked by another chart or source it stays so, whatever this one knows.
    const marked = context.patient.restricted === true || (await isMarked(context.patient, deps));
    const patient = marked ? { ...context.patient, restricted: true as const } : context.patient;
    const proven: Proven = {
      patient,
      home,
      homePatientId,
      launchId,
      ...(encounterId !== undefined && { encounterId }),
      ...(careEvidence !== undefined && { careEvidence }),
    };
    const relationship = encounterId !== undefined ? 'encounter' : (careEvidence ?? '');
    for (const address of listedTeams(home.ods, role)) {
      const patientHandle = vault.handle(patient.nhsNumber);
      const id = subscriptionId(address, patientHandle);
      if ((lately.get(`${id}|${relationship}`) ?? 0) > nowMs - FRESH_MS) continue;
      if (!(await hasRoom(id, nowMs))) {
        deps.room.turnedAway(id, address);
        deps.onFailure('handover.subscriptions_full');
        continue;
      }
      const until = instant(nowMs + deps.agreement.subscriptionDays * DAY_MS);
      const row = { id, address, patientHandle, relationship, role, since: instant(nowMs), until };
      await deps.audit.record({
        type: 'notice.subscribed',
        at: instant(nowMs),
        outcome: 'success',
        launchId,
        user: context.user.key,
        userName: context.user.name,
        role,
        organisation: home.ods,
        purpose: 'direct-care',
        nhsNumber: patient.nhsNumber,
        code: relationship,
        detail: { address, until },
      });
      await database.transaction(async (queries) => {
        await saveNoticeSubscription(queries, { ...row, sealed: sealProven(proven, id, deps) });
        for (const by of ['subscription', 'polling'] as const) {
          const dueAt = nowMs + (by === 'polling' ? deps.pollMs : AFTER_VIEW_MS);
          await saveNoticeWatches(queries, watchesOf(id, nowMs, by), instant(dueAt));
        }
      });
      deps.room.forget(id);
      remember(`${id}|${relationship}`, nowMs);
    }
  }

  /**
   * Of the reader's teams those that the rules give anything to, else the first: one person in three teams is not a reason
   * to ask every source three times. A role without a team of the community file has nobody whose list it would be.
   */
  function listedTeams(ods: Session['context']['home']['ods'], role: string): readonly string[] {
    const listed = new Set(teams.listed.map(({ correspondent }) => correspondent.address));
    const own = teams.of(ods, role).filter((address) => listed.has(address));
    const named = own.filter((address) => isNamed(address, deps.agreement));
    return named.length > 0 ? named : own.slice(0, 1);
  }

  async function hasRoom(id: string, nowMs: number): Promise<boolean> {
    const known = await findNoticeSubscription(database.queries, id);
    // One that is over takes up room anew.
    return (known?.endedAt === undefined && (known?.until ?? '') > instant(nowMs)) || deps.room.isLeft();
  }

  function watchesOf(id: string, nowMs: number, by: 'subscription' | 'polling') {
    return deps.community.sources
      .filter(({ notices }) => notices?.by === by)
      .map(({ id: source }) => ({
        id: randomUUID(),
        subscriptionId: id,
        source,
        changedSince: instant(nowMs),
      }));
  }

  function remember(name: string, nowMs: number): void {
    if (lately.size >= MOST_REMEMBERED) lately.clear();
    lately.set(name, nowMs);
  }

  return {
    follow: (session) => follow(session).catch((error: unknown) => deps.onFailure('handover.follow_failed', error)),
    end: async ({ context }) => {
      const at = instant(deps.now());
      let ended = 0;
      for (const address of listedTeams(context.home.ods, context.role)) {
        const id = subscriptionId(address, vault.handle(context.patient.nhsNumber));
        deps.room.forget(id);
        if (!(await endNoticeSubscription(database.queries, id, at))) continue;
        lately.clear();
        ended += 1;
        await deps.audit.record({
          type: 'notice.subscribed',
          at,
          outcome: 'success',
          launchId: context.launchId,
          user: context.user.key,
          userName: context.user.name,
          role: context.role,
          organisation: context.home.ods,
          purpose: 'direct-care',
          nhsNumber: context.patient.nhsNumber,
          code: 'ended',
          detail: { address, until: at },
        });
      }
      return ended;
    },
  };
}

/** Whether a rule may give a handover to this team, or its lead has it. */
function isNamed(address: string, { lead, rules }: HandoverAgreement): boolean {
  const id = address.split('/')[1];
  return (
    lead.address === address ||
    rules.some(({ to }) =>
      to.some((one) =>
        'address' in one ? one.address === address : ('practice' in one ? one.practice : one.team) === id,
      ),
    )
  );
}

const MOST_REMEMBERED = 20_000;
