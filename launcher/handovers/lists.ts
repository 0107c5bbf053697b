import type { Handover, HandoverList, Notice } from '../../src/messages/handover.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { SourceId } from '../../src/record/source.ts';
import { countWaiting, findHandoverIds } from '../storage/tables/handover-lists.ts';
import { readHandovers, type HandoverRow } from '../storage/tables/handovers.ts';
import { loadNoticesOfTeams, type NoticeRow } from '../storage/tables/notices.ts';
import { createActs, type ActsDeps, type HandoverActs } from './acts.ts';
import { describeNotice } from './describe.ts';
import { Damaged } from './damaged.ts';
import { createListed } from './listed.ts';
import { createLook, isFor, type Look, type Reader } from './look.ts';
import { markResident } from './marked.ts';
import { openResident } from './open-resident.ts';
import type { Room } from './room.ts';
import { handlesOf } from './standing-session.ts';
import { findUnheard } from './unheard.ts';

export type HandoverLists = HandoverActs & {
  ofPatient(reader: Reader & { readonly patient: Patient }): Promise<HandoverList>;
  /** Of the teams, whomever it is about; from an open chart too, though only its own person's can be acted on there. */
  ofTeams(reader: Reader): Promise<HandoverList>;
  /** Handovers that wait for these teams. No patient in it. */
  waiting(addresses: readonly string[]): Promise<number>;
};

const MOST = 200;
/** Of one list; whoever may see none of so many is told that there are more. */
const MOST_LOOKED_AT = 2_000;

type Cut<T> = { readonly found: readonly T[]; readonly more: boolean; readonly unreadable: number };
const UNREADABLE = 'unreadable';

/** What the reader may see is judged before a list is cut: what others have of somebody pushes out nothing of theirs. */
async function cut<From, To>(
  rows: AsyncIterable<From>,
  judged: (row: From) => Promise<To | typeof UNREADABLE | undefined>,
): Promise<Cut<To>> {
  const found: To[] = [];
  let [looked, unreadable] = [0, 0];
  for await (const row of rows) {
    if (looked === MOST_LOOKED_AT) return { found, more: true, unreadable };
    looked += 1;
    const one = await judged(row);
    if (one === UNREADABLE) unreadable += 1;
    if (one === undefined || one === UNREADABLE) continue;
    if (found.length === MOST) return { found, more: true, unreadable };
    found.push(one);
  }
  return { found, more: false, unreadable };
}

/** One that is damaged is counted where the reader may know that it is there, and keeps no other from being listed. */
async function orCounted<T>(judged: Promise<T>, isTheirs: () => boolean | Promise<boolean>) {
  try {
    return await judged;
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    return (await isTheirs()) ? UNREADABLE : undefined;
  }
}

type Shown = { readonly row: HandoverRow; readonly handover: Handover };
type Told = { readonly resident: Patient; readonly notice: Notice };

export type ListsDeps = ActsDeps & { readonly room: Pick<Room, 'isShortFor'> };

export function createLists(deps: ListsDeps): HandoverLists {
  const { queries } = deps.database;
  const listed = createListed(deps);

  async function list(reader: Reader, of: 'chart' | 'list'): Promise<HandoverList> {
    const look = createLook(reader, of, deps);
    const handles = reader.patient && of === 'chart' ? handlesOf(reader.patient, deps.vault) : undefined;
    const handovers = await cut(handoversOf(reader, handles), (row) =>
      orCounted(shown(reader, look, row), () => isKnownTo(reader, of, look, row)),
    );
    const notices = await cut(noticesOf(reader, handles), (row) => orCounted(told(look, row), () => true));
    const unreadable = handovers.unreadable + notices.unreadable;
    await listed(reader, of, [
      ...handovers.found.flatMap(({ row, handover }) =>
        handover.patient.withheld === undefined
          ? [{ nhsNumber: openResident(row.notice, deps).nhsNumber, line: `${row.id} ${String(row.version)}` }]
          : [],
      ),
      ...notices.found.map(({ resident, notice }) => ({ nhsNumber: resident.nhsNumber, line: notice.id })),
    ]);
    return {
      handovers: handovers.found.map(({ handover }) => handover),
      notices: notices.found.map(({ notice }) => notice),
      unheard: await findUnheard(reader, of, look, deps),
      ...(unreadable > 0 && { unreadable }),
      ...((await deps.room.isShortFor(reader, of)) && { notFollowed: true as const }),
      ...((handovers.more || notices.more) && { more: true }),
    };
  }

  async function shown({ addresses }: Reader, look: Look, row: HandoverRow): Promise<Shown | undefined> {
    const handover = await look.see(row);
    // Held back from whom it was not given, nothing says that there is anything.
    return handover.patient.withheld === undefined || isFor(row, addresses) ? { row, handover } : undefined;
  }

  /** Of one that can’t be opened: given to the reader, or of the person whose chart is open and nothing holds it back. */
  async function isKnownTo({ addresses, patient }: Reader, of: 'chart' | 'list', look: Look, row: HandoverRow) {
    if (isFor(row, addresses)) return true;
    if (of === 'list' || !patient) return false;
    const { source, kind } = row.notice;
    return (await look.sight(await look.sessionOf(patient, false), source as SourceId, kind, patient)).seen;
  }

  async function told(look: Look, row: NoticeRow): Promise<Told | undefined> {
    const resident = openResident(row, deps);
    const seen = await look.sight(await look.sessionOf(resident, false), row.source as SourceId, row.kind, resident);
    return seen.seen ? { resident, notice: describeNotice(row, resident, seen, deps) } : undefined;
  }

  /** Their order is asked for once, so that none is passed over that moves meanwhile. */
  async function* handoversOf(
    { addresses }: Reader,
    patientHandles: readonly string[] | undefined,
  ): AsyncGenerator<HandoverRow> {
    const by = patientHandles ? { patientHandles } : { addresses };
    const ids = await findHandoverIds(queries, by, MOST_LOOKED_AT + 1);
    for (let at = 0; at < ids.length; at += MOST + 1) yield* await readHandovers(queries, ids.slice(at, at + MOST + 1));
  }

  async function* noticesOf(
    { addresses }: Reader,
    patientHandles: readonly string[] | undefined,
  ): AsyncGenerator<NoticeRow> {
    const limit = MOST + 1;
    let after: NoticeRow | undefined;
    for (;;) {
      const rows = await loadNoticesOfTeams(queries, addresses, {
        limit,
        ...(patientHandles && { patientHandles }),
        ...(after && { after }),
      });
      yield* rows;
      after = rows.at(-1);
      if (rows.length < limit || !after) return;
    }
  }

  return {
    ...createActs(deps),
    ofPatient: async (reader) => {
      if (reader.patient.restricted === true) await markResident(reader.patient, deps);
      return list(reader, 'chart');
    },
    ofTeams: (reader) => list(reader, 'list'),
    waiting: (addresses) => countWaiting(queries, addresses),
  };
}
