import type { Handover, HandoverList, Notice } from '../../src/messages/handover.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { SourceId } from '../../src/record/source.ts';
import { countWaiting, loadHandovers, type HandoverRow } from '../storage/tables/handovers.ts';
import { loadNoticesOfTeams } from '../storage/tables/notices.ts';
import { createActs, type ActsDeps, type HandoverActs } from './acts.ts';
import { describeNotice } from './describe.ts';
import { createListed } from './listed.ts';
import { createLook, isFor, type Look, type Reader } from './look.ts';
import { markResident } from './marked.ts';
import { openResident } from './open-resident.ts';
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

type Cut<T> = { readonly found: readonly T[]; readonly more: boolean };

function cut<T>(lists: readonly (readonly T[])[]): Cut<T> {
  return { found: lists.flatMap((list) => list.slice(0, MOST)), more: lists.some(({ length }) => length > MOST) };
}

export function createLists(deps: ActsDeps): HandoverLists {
  const { queries } = deps.database;
  const listed = createListed(deps);

  /** One more of each than is listed: then there are more. */
  async function rowsOf({ patient, addresses }: Reader, of: 'chart' | 'list'): Promise<Cut<HandoverRow>> {
    if (!patient || of === 'list') return cut([await loadHandovers(queries, { addresses }, MOST + 1)]);
    return cut(
      await Promise.all(
        handlesOf(patient, deps.vault).map((patientHandle) => loadHandovers(queries, { patientHandle }, MOST + 1)),
      ),
    );
  }

  async function list(reader: Reader, of: 'chart' | 'list'): Promise<HandoverList> {
    const look = createLook(reader, of, deps);
    const shown: { readonly row: HandoverRow; readonly handover: Handover }[] = [];
    const rows = await rowsOf(reader, of);
    for (const row of rows.found) {
      const handover = await look.see(row);
      // Held back from whom it was not given, nothing says that there is anything.
      if (handover.patient.withheld === undefined || isFor(row, reader.addresses)) shown.push({ row, handover });
    }
    const { found: notices, more } = await noticesOf(reader, of, look);
    const handovers = shown.map(({ handover }) => handover);
    await listed(reader, of, [
      ...shown.flatMap(({ row, handover }) =>
        handover.patient.withheld === undefined
          ? [{ nhsNumber: openResident(row.notice, deps).nhsNumber, line: `${row.id} ${String(row.version)}` }]
          : [],
      ),
      ...notices.map(({ resident, notice }) => ({ nhsNumber: resident.nhsNumber, line: notice.id })),
    ]);
    return {
      handovers,
      notices: notices.map(({ notice }) => notice),
      unheard: await findUnheard(reader, of, look, deps),
      ...((rows.more || more) && { more: true }),
    };
  }

  async function noticesOf({ addresses, patient }: Reader, of: 'chart' | 'list', look: Look) {
    const handles = patient && of === 'chart' ? handlesOf(patient, deps.vault) : [undefined];
    const found = await Promise.all(
      handles.map((patientHandle) =>
        loadNoticesOfTeams(queries, addresses, {
          limit: MOST + 1,
          ...(patientHandle !== undefined && { patientHandle }),
        }),
      ),
    );
    const notices: { readonly resident: Patient; readonly notice: Notice }[] = [];
    const rows = cut(found);
    for (const row of rows.found) {
      if (row.withdrawnAt !== undefined) continue;
      const resident = openResident(row, deps);
      const seen = await look.sight(await look.sessionOf(resident, false), row.source as SourceId, row.kind, resident);
      if (seen.seen) notices.push({ resident, notice: describeNotice(row, resident, seen, deps) });
    }
    return { found: notices, more: rows.more };
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
