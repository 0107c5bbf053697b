import { numbersOf } from '../../src/record/patient.ts';
import type { Audit } from '../audit/audit.ts';
import type { OdsCode } from '../../src/record/source.ts';
import { CorridorError } from '../errors.ts';
import type { Session } from '../session/session.ts';
import type { Database } from '../storage/database.ts';
import { countWaiting } from '../storage/tables/message-outbox.ts';
import { eventOf, refusal, residentOf } from './acting.ts';
import type { Draft } from './drafts.ts';
import { judgeTeam } from './judge-going.ts';
import type { ItemReference, KnownItem, MessageJudge, PatientReader } from './reader.ts';
import { residentIn } from './resident-of-thread.ts';
import type { Teams } from './teams.ts';
import type { LoadedThread } from './thread-log.ts';

export type SendingDeps = {
  readonly database: Database;
  readonly audit: Audit;
  readonly judge: MessageJudge;
  /**
   * The item as its source has it now, for whom it would be shown. Throws `access.refused` where it would not be, and the
   * source's own code where it can't be looked at: nothing is hung on what nobody has seen.
   */
  readonly lookAt: (session: Session, item: ItemReference, signal: AbortSignal) => Promise<KnownItem>;
  readonly teams: Teams;
  readonly limits: { readonly bodyChars: number; readonly threadMessages: number; readonly waiting: number };
  readonly now: () => number;
};

/** What holds before anything is written; whoever breaks it is told by which rule, and so is the audit. */
export type SendingRules = ReturnType<typeof createSendingRules>;

export function createSendingRules(deps: SendingDeps) {
  const { database, audit, judge, teams, limits } = deps;

  async function refuse(reader: PatientReader, rule: string, error: CorridorError): Promise<never> {
    await audit.record({ ...eventOf(reader, 'message.refused', deps.now()), outcome: 'refused', code: rule });
    throw error;
  }

  return {
    refuse,

    async mayWrite(reader: PatientReader, body: string, about?: ItemReference): Promise<void> {
      if (body.length > limits.bodyChars) throw new CorridorError('message.too_long', 'body');
      const may = await judge.open(reader.session, about);
      if (!may.allowed) await refuse(reader, may.rule, refusal(may));
    },

    async isOf(reader: PatientReader, draft: Draft): Promise<void> {
      if (!numbersOf(reader.patient).some((number) => number === draft.patient))
        await refuse(reader, 'message.other_patient', new CorridorError('message.other_patient'));
    },

    /** The very item, asked of its source once more: its labels go with what is written of it. */
    async item(
      reader: PatientReader,
      about: ItemReference | undefined,
      signal: AbortSignal,
    ): Promise<KnownItem | undefined> {
      if (!about) return undefined;
      try {
        return await deps.lookAt(reader.session, about, signal);
      } catch (cause) {
        if (!(cause instanceof CorridorError) || cause.code !== 'access.refused') throw cause;
        return refuse(reader, 'message.item', refusal(NOT_YOURS));
      }
    },

    /** Whoever is to get it must be somebody who may see it: at least one of the team's roles. */
    async maySee(reader: PatientReader, to: string, item: KnownItem | undefined, thread?: LoadedThread): Promise<void> {
      const team = teams.find(to);
      if (!team) throw new CorridorError('message.recipient_unknown');
      const resident = thread ? residentIn(thread, residentOf(reader)) : residentOf(reader);
      const verdict = await judgeTeam(judge, team, resident, { giver: reader.ods, ...(item && { item }) });
      if (!verdict.allowed) await refuse(reader, verdict.rule, refusal(verdict));
    },

    /** What is given away is the word of who asked: held back from the others on its way there, it would be with nobody. */
    async mayBeGiven(reader: PatientReader, to: string, { standing, acts, details }: LoadedThread): Promise<void> {
      const team = teams.find(to);
      const asked = acts.find(({ head }) => head.version === standing.lastAsk)?.head.sender;
      if (!team || asked === undefined || asked === reader.ods) return;
      const what = { giver: asked as OdsCode, ...(details?.about && { item: details.about }) };
      const verdict = await judgeTeam(judge, team, residentOf(reader), what);
      if (!verdict.allowed) await refuse(reader, verdict.rule, refusal(verdict));
    },

    async hasRoom(reader: PatientReader): Promise<void> {
      const waiting = await countWaiting(database.queries, reader.ods, limits.waiting);
      if (waiting >= limits.waiting) throw new CorridorError('message.busy');
    },
  };
}

const NOT_YOURS = { rule: 'message.item', words: 'This item is not one that you may see.' };
