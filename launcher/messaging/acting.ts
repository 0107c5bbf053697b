import { numbersOf } from '../../src/record/patient.ts';
import type { AuditEvent } from '../audit/audit.ts';
import { CorridorError } from '../errors.ts';
import type { Author } from './append-act.ts';
import type { Draft } from './drafts.ts';
import { type PatientReader, type Resident, teamsOf } from './reader.ts';
import type { LoadedAct, LoadedThread, LogDeps } from './thread-log.ts';

// Who acts, as the log, the rules and the audit name them.

export function handlesOf({ patient }: PatientReader, { vault }: LogDeps): readonly string[] {
  return numbersOf(patient).map((number) => vault.handle(number));
}

export function residentOf({ patient }: PatientReader): Resident {
  return {
    nhsNumber: patient.nhsNumber,
    ...(patient.supersedes !== undefined && { supersedes: patient.supersedes }),
    ...(patient.formerNumbers && { formerNumbers: patient.formerNumbers }),
    restricted: patient.restricted === true,
  };
}

/** Whether this reader wrote it themself. An EPR has one key for all who write by it: the name tells them apart. */
export function isBy(reader: PatientReader, { head, content }: LoadedAct): boolean {
  return head.sender === reader.ods && content?.user === reader.user.key && content.person === reader.user.name;
}

/** The team a reader speaks for: the one that takes part, where they are of several; of who asks that which asked. */
export function authorOf(reader: PatientReader, { teams }: LogDeps, thread?: LoadedThread, asks = false): Author {
  const own = teamsOf(reader, teams);
  const { standing } = thread ?? {};
  const had = standing ? [standing.holder, ...standing.passed] : [];
  const asking = standing ? [standing.asker, ...standing.asking] : [];
  const taking = (asks ? [...asking, ...had] : [...had, ...asking]).map((one) => teams.teamAddress(one));
  const address = taking.find((one) => own.includes(one)) ?? own[0] ?? `${reader.ods}/role-${reader.role}`;
  const { key, name, sdsUserId } = reader.user;
  const person = { name, role: reader.role, roleName: teams.roleName(reader.role), user: key };
  return { ods: reader.ods, address, person: { ...person, ...(sdsUserId !== undefined && { sdsUserId }) } };
}

export function eventOf(
  reader: PatientReader,
  type: AuditEvent['type'],
  nowMs: number,
): Omit<AuditEvent, 'outcome'> & { readonly type: AuditEvent['type'] } {
  return {
    type,
    at: new Date(nowMs).toISOString(),
    user: reader.user.key,
    userName: reader.user.name,
    role: reader.role,
    organisation: reader.ods,
    purpose: reader.session.purpose,
    nhsNumber: reader.patient.nhsNumber,
    ...(reader.launchId !== undefined && { launchId: reader.launchId }),
  };
}

export function referenceOf(
  id: string,
  more: { readonly [name: string]: string } = {},
): NonNullable<AuditEvent['detail']> {
  return { reference: `Communication/${id}`, ...more };
}

export function aboutOf({ source, resource }: NonNullable<Draft['about']>): { readonly about: string } {
  return { about: `${source}/${resource}` };
}

export function refusal({ rule, words }: { readonly rule: string; readonly words: string }): CorridorError {
  return new CorridorError('message.refused', rule, {
    cause: { refused: true, rule, words, code: 'access.refused' },
  });
}
