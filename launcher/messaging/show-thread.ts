import type {
  AboutItem,
  Escalation,
  Message,
  Owner,
  Receipt,
  Thread,
  ThreadAct,
  Urgency,
} from '../../src/messages/thread.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';
import { type MessageJudge, partyOf, type Reader, type Resident, teamsOf, type Verdict } from './reader.ts';
import type { Teams } from './teams.ts';
import { correspondentOf, holderOf, type LoadedAct, type LoadedThread, referenceOf } from './thread-log.ts';
import { type EscalationRule, ESCALATION_RULES, type Standing, stateOf } from './thread-state.ts';
import { ruleOfWithheld } from './withheld-code.ts';
import { withholdNames } from './withhold-names.ts';

export type ShowDeps = {
  readonly teams: Teams;
  readonly judge: MessageJudge;
  /** The organisation a source is of. */
  readonly ownerOf: (source: SourceId) => OdsCode | undefined;
  readonly now: () => number;
};

/** A thread as this reader may see it: what a rule holds back is said to be held back, and by which rule. */
export async function showThread(
  thread: LoadedThread,
  reader: Reader,
  resident: Resident,
  deps: ShowDeps,
): Promise<Thread> {
  const { row, standing, details, proofs } = thread;
  const verdicts = await verdictsFor(thread, reader, resident, deps);
  const from = correspondentOf(standing.from, deps.teams);
  const to = holderOf(thread, deps.teams);
  const mayReadSubject = verdicts.of(from.organisation.ods).allowed;
  const about = aboutOf(thread, verdicts);
  const owner = ownerOf(thread, deps.teams);
  const closedBy = mayReadSubject ? actorOf(thread, standing.closedBy, deps.teams) : undefined;
  const own = teamsOf(reader, deps.teams);
  const shown: Thread = {
    id: row.id,
    version: standing.version,
    ...(about && { about }),
    subject: details && mayReadSubject ? details.subject : '',
    from,
    to,
    urgency: row.urgency as Urgency,
    ...(standing.dueAt !== undefined && standing.waits && { dueAt: standing.dueAt }),
    state: stateOf(standing, proofs, new Date(deps.now()).toISOString()),
    messages: thread.acts.filter(isMessage).map((act) => messageOf(act, thread, verdicts, deps.teams)),
    ...(owner && { owner }),
    ...(closedBy && { closedBy }),
    escalations: standing.escalations.map((act) => escalationOf(act, deps.teams)),
    may: details ? mayDo(standing, own, deps.teams) : [],
  };
  return withholdNames(shown, own, standing.from);
}

type Verdicts = { of(giver: OdsCode): Verdict; readonly item?: Verdict };

/** Judged once for each organisation that wrote, and once for the item. */
async function verdictsFor(
  { details, acts }: LoadedThread,
  reader: Reader,
  resident: Resident,
  { judge, ownerOf: owns }: ShowDeps,
): Promise<Verdicts> {
  const item = details?.about;
  const party = partyOf(reader);
  const givers = new Set(acts.filter(isMessage).map(({ head }) => head.sender as OdsCode));
  const found = new Map<OdsCode, Verdict>();
  for (const giver of givers) found.set(giver, await judge.see(party, resident, { giver, ...(item && { item }) }));
  const owner = item && owns(item.source);
  const ofItem = item && owner !== undefined ? await judge.see(party, resident, { giver: owner, item }) : undefined;
  return { of: (giver) => found.get(giver) ?? UNKNOWN, ...(ofItem && { item: ofItem }) };
}

const UNKNOWN: Verdict = { allowed: false, rule: 'source.known', words: 'Nobody knows any more whose this is.' };

function aboutOf({ details }: LoadedThread, { item }: Verdicts): AboutItem | undefined {
  if (!details?.about) return undefined;
  const verdict = item ?? UNKNOWN;
  if (verdict.allowed) return referenceOf(details.about);
  return { withheld: { rule: verdict.rule, words: verdict.words } };
}

export function isMessage({ head }: LoadedAct): boolean {
  return head.kind === 'ask' || head.kind === 'answer';
}

function messageOf(act: LoadedAct, thread: LoadedThread, verdicts: Verdicts, teams: Teams): Message {
  const { head, content } = act;
  const from = correspondentOf(head.from_address, teams);
  const allowed = verdicts.of(head.sender as OdsCode).allowed;
  const unreadable = act.unreadable ?? (allowed ? undefined : 'withheld');
  return {
    id: head.id,
    from: { ...from, person: content?.person ?? '', role: content?.roleName ?? content?.role ?? '' },
    sentAt: head.at,
    ...(unreadable === undefined ? { body: content?.body ?? '' } : { unreadable }),
    receipts: receiptsOf(act, thread, teams),
  };
}

function receiptsOf({ head }: LoadedAct, { proofs, acts }: LoadedThread, teams: Teams): readonly Receipt[] {
  const proven = proofs
    .filter(({ version }) => version === head.version)
    .map(({ kind, at, address, person, code }): Receipt => {
      const rule = ruleOfWithheld(code);
      if (kind === 'undeliverable')
        return rule === undefined
          ? { kind, at, code: code ?? 'message.undeliverable' }
          : { kind, at, code: 'message.withheld', rule };
      const { team } = correspondentOf(address, teams);
      return { kind, at, by: person === undefined ? team : `${person}, ${team}` };
    });
  const answer =
    head.kind === 'ask' ? acts.find((act) => act.head.kind === 'answer' && act.head.version > head.version) : undefined;
  return [
    { kind: 'queued', at: head.at },
    ...proven,
    ...(answer ? [{ kind: 'answered' as const, at: answer.head.at, by: signedBy(answer, teams) }] : []),
  ];
}

function signedBy({ head, content }: LoadedAct, teams: Teams): string {
  const { team } = correspondentOf(head.from_address, teams);
  return content?.person === undefined ? team : `${content.person}, ${team}`;
}

export function ownerOf(thread: LoadedThread, teams: Teams): Owner | undefined {
  return actorOf(thread, thread.standing.takenBy, teams);
}

function actorOf({ acts }: LoadedThread, version: number | undefined, teams: Teams): Owner | undefined {
  const act = acts.find(({ head }) => head.version === version);
  if (act?.content?.person === undefined) return undefined;
  const { team } = correspondentOf(act.head.from_address, teams);
  return { name: act.content.person, team, since: act.head.at };
}

function escalationOf(act: Standing['escalations'][number], teams: Teams): Escalation {
  const rule = act.rule ?? 'message.overdue';
  return {
    at: act.at,
    to: correspondentOf(act.to ?? '', teams),
    rule,
    words: ESCALATION_RULES[rule as EscalationRule] ?? ESCALATION_RULES['message.overdue'],
  };
}

/**
 * What somebody of these teams may do now. Whoever took part may still write; who has it moves it on. A question that
 * waits is ended by the side that asked and by nobody else: it would be lost to them without a word (safety H29).
 */
function mayDo(standing: Standing, addresses: readonly string[], teams: Teams): readonly ThreadAct[] {
  const began = standing.asking.some((address) => addresses.includes(teams.teamAddress(address)));
  const has = addresses.includes(teams.teamAddress(standing.holder));
  if (standing.closed) return began || has ? ['reopen'] : [];
  const had = standing.passed.some((address) => addresses.includes(teams.teamAddress(address)));
  return [
    ...(began || has || had ? (['reply'] as const) : []),
    ...(has ? (['reassign', 'take'] as const) : []),
    ...(began || (has && !standing.waits) ? (['close'] as const) : []),
  ];
}
