import type { AuditEvent } from '../../launcher/audit/audit.ts';
import type { PermittedRequest, RecordAsk } from '../../launcher/access/decision.ts';
import { createRedaction, type RedactionRule } from '../../launcher/access/redact.ts';
import type { FederationDeps } from '../../launcher/federation/deps.ts';
import { createSourceOpener } from '../../launcher/federation/open-source.ts';
import {
  createSourceAgents,
  type SourceAgents,
  type SourceFetchLimits,
} from '../../launcher/federation/source-fetch.ts';
import type { LocatedRequest } from '../../launcher/identity/located-request.ts';
import { matchPatient } from '../../launcher/identity/match.ts';
import { isAbout } from '../../launcher/identity/subject.ts';
import type { Session } from '../../launcher/session/session.ts';
import type { CommunitySource } from '../../launcher/trust/community.ts';
import { fhirR4 } from '../../plugins/fhir-r4/plugin.ts';
import type { SourceTools } from '../../plugins/plugin.ts';
import type { NhsNumber } from '../../src/record/nhs-number.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';
import type { RecordEvent } from '../../src/record/wire.ts';

/** From the 999 test range; passes modulus 11. */
export const NHS_NUMBER = '9990000018' as NhsNumber;
export const PATIENT = { nhsNumber: NHS_NUMBER, family: 'Ashdown', given: 'Wren', birthDate: '1948-03-07' } as Patient;

/** Small in size, not in time: a test that waits for a time to run out sets its own, and no other may run into one. */
export const SMALL_LIMITS: SourceFetchLimits & SourceTools['limits'] = {
  headerMs: 15_000,
  idleMs: 15_000,
  totalMs: 30_000,
  pageBytes: 1_000_000,
  documentBytes: 1_000_000,
  jsonDepth: 64,
  retryAfterMs: 300,
  pageSize: 50,
  pages: 10,
  resources: 1_000,
  concurrency: 4,
};

export function sessionOf(patient: Patient = PATIENT): Session {
  const context = {
    launchId: 'launch-1',
    home: { ods: 'XB001' as OdsCode, iss: 'http://localhost/fhir' },
    user: { key: 'iss|user-1', name: 'Dr Test' },
    role: 'gp',
    patient,
    homePatientId: 'home-1',
    needPatientBanner: true,
  };
  const at = new Date(0).toISOString();
  return { id: 'session-1', context, purpose: 'direct-care', openedAt: at, expiresAt: at } as unknown as Session;
}

export type RequestParts = {
  readonly sources: readonly string[];
  readonly sections?: readonly SectionId[];
  readonly refused?: readonly (readonly [
    string,
    { state: 'withheld' | 'not-agreed' | 'not-connected'; rule: string },
  ])[];
  readonly ask?: RecordAsk;
  readonly patient?: Patient;
};

export function permittedOf(parts: RequestParts): PermittedRequest {
  const sections = parts.sections ?? ['allergies'];
  return {
    viewId: 'view-1',
    session: sessionOf(parts.patient),
    ask: parts.ask ?? { kind: 'record' },
    permitted: new Map(parts.sources.map((id) => [id as SourceId, sections])),
    refused: new Map((parts.refused ?? []).map(([id, refusal]) => [id as SourceId, refusal])),
  } as unknown as PermittedRequest;
}

export function locatedOf(parts: RequestParts): LocatedRequest {
  return { request: permittedOf(parts), sources: parts.sources as readonly SourceId[] } as unknown as LocatedRequest;
}

export function communitySource(id: string, base: string, deadlineMs = 20_000): CommunitySource {
  const authorisation = { profile: 'none', allowLoopbackHttp: true } as const;
  return {
    id: id as SourceId,
    ods: 'XB001' as OdsCode,
    plugin: 'fhir-r4',
    settings: { base },
    authorisation,
    deadlineMs,
  };
}

export const RULE: RedactionRule = { clearance: 'N', tellWithheld: false, restrictedPatient: false };

export type Bench = { readonly deps: FederationDeps; readonly events: AuditEvent[]; readonly agents: SourceAgents };

/** Real plugin, real fetch, real matching; the audit in memory and a bearer that never changes. */
export function openBench(
  bases: { readonly [id: string]: string },
  more: Partial<FederationDeps> & {
    limits_?: Partial<typeof SMALL_LIMITS>;
    deadlines?: { readonly [id: string]: number };
    rule?: RedactionRule;
  } = {},
): Bench {
  const { limits_, deadlines, rule, ...own } = more;
  const agents = createSourceAgents({ connections: 16, connectMs: 15_000 });
  const events: AuditEvent[] = [];
  const sources = new Map(Object.entries(bases).map(([id, base]) => [id, communitySource(id, base, deadlines?.[id])]));
  const open = createSourceOpener({
    source: (id) => sources.get(id),
    plugins: [fhirR4],
    token: () => Promise.resolve('bearer-of-the-test'),
    agents,
    limits: { ...SMALL_LIMITS, ...limits_ },
  });
  const deps: FederationDeps = {
    open,
    describe: (id) => ({
      id,
      organisation: { ods: 'XB001' as OdsCode, name: `Organisation ${id}`, kind: 'gp' },
      home: false,
    }),
    deadlineMs: (id) => sources.get(id)?.deadlineMs ?? 20_000,
    match: (asked, found) => matchPatient(asked, found, Date.now()),
    isAbout,
    redactor: createRedaction(rule ?? RULE),
    limits: { heartbeatMs: 60_000, idleMs: 15_000, buffer: 8 },
    audit: {
      record: (event) => Promise.resolve(void events.push(event)),
      recordAll: (all) => Promise.resolve(void events.push(...all)),
    },
    now: () => Date.now(),
    ...own,
  };
  return { deps, events, agents };
}

export async function collect(events: AsyncGenerator<RecordEvent>): Promise<RecordEvent[]> {
  const all: RecordEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

export function settledOf(events: readonly RecordEvent[], source: string): Extract<RecordEvent, { type: 'settled' }> {
  const found = events.filter((event) => event.type === 'settled' && event.source === source);
  if (found.length !== 1) throw new Error(`${source} was settled ${found.length} times`);
  return found[0] as Extract<RecordEvent, { type: 'settled' }>;
}

export function entriesOf(events: readonly RecordEvent[], source: string): readonly string[] {
  return events.flatMap((event) =>
    event.type === 'entries' && event.source === source ? event.entries.map((entry) => entry.id as string) : [],
  );
}
