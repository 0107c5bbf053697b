import { setTimeout as after } from 'node:timers/promises';
import { createRedaction } from '../../launcher/access/redact.ts';
import type { AuditEvent } from '../../launcher/audit/audit.ts';
import { createBreaker } from '../../launcher/federation/breaker.ts';
import type { Breaker, FederationDeps } from '../../launcher/federation/deps.ts';
import { federate } from '../../launcher/federation/federate.ts';
import { createSourceOpener } from '../../launcher/federation/open-source.ts';
import type { SourceAgents } from '../../launcher/federation/source-fetch.ts';
import { matchPatient } from '../../launcher/identity/match.ts';
import { isAbout } from '../../launcher/identity/subject.ts';
import { createSourceTokens } from '../../launcher/trust/backend-services.ts';
import type { Community, CommunitySource } from '../../launcher/trust/community.ts';
import { createTokenRequest } from '../../launcher/trust/token-request.ts';
import { fhirR4 } from '../../plugins/fhir-r4/plugin.ts';
import type { OdsCode, SourceId } from '../../src/record/source.ts';
import { encodeEvent, type RecordEvent } from '../../src/record/wire.ts';
import { locatedOf } from '../support/federation.ts';
import type { Fault, Moment, Position } from './fault.ts';
import type { Lane } from './lane.ts';
import { judgeView, type Judged } from './oracle.ts';

export type Cell = {
  readonly fault: Fault;
  readonly position: Position;
  readonly moment: Moment;
  readonly variant: number;
};

/** Which sources have which fault; one fault for a cell of the matrix, several for a random schedule. */
export type Plan = ReadonlyMap<number, { readonly fault: Fault; readonly moment: Moment; readonly variant: number }>;

export const AFFECTED: { readonly [position in Position]: readonly number[] } = {
  fastest: [0],
  middle: [2],
  slowest: [4],
  three: [0, 2, 4],
  all: [0, 1, 2, 3, 4],
};

export function planOf({ fault, position, moment, variant }: Cell): Plan {
  return new Map(AFFECTED[position].map((source) => [source, { fault, moment, variant }]));
}

/** The clocks of a source whose silence is to be noticed, and of one whose silence would be this machine's. */
const SHORT = { headerMs: 150, idleMs: 150, totalMs: 450, deadlineMs: 450 } as const;
const LONG = { headerMs: 20_000, idleMs: 20_000, totalMs: 30_000, deadlineMs: 30_000 } as const;
const LIMITS = {
  pageBytes: 300_000,
  documentBytes: 300_000,
  jsonDepth: 64,
  retryAfterMs: 50,
  pageSize: 50,
  pages: 6,
  resources: 1_000,
  concurrency: 4,
};
/** Views at once or one after another, where the fault is about many of them. */
const VIEWS = 4;

/** Runs one plan on one lane and gives back what was wrong with it: nothing, for a cell that has passed. */
export async function runPlan(lane: Lane, plan: Plan): Promise<readonly string[]> {
  lane.sources.forEach((source, number) => {
    const given = plan.get(number);
    source.prepare(given?.fault, given?.moment ?? 'first-byte', given?.variant ?? 0);
  });
  const agents = lane.agents();
  const breaker = createBreaker({ failures: 3, openMs: 30 });
  const storms = [...plan.values()].some(({ fault }) => 'storm' in fault);
  try {
    if (!storms) return await oneView(lane, plan, agents);
    const flapping = [...plan.values()].some(({ fault }) => 'storm' in fault && fault.storm === 'flapping');
    const problems: string[] = [];
    if (flapping)
      for (let view = 0; view < VIEWS; view += 1) problems.push(...(await oneView(lane, plan, agents, breaker)));
    else
      problems.push(
        ...(await Promise.all(Array.from({ length: VIEWS }, () => oneView(lane, plan, agents, breaker)))).flat(),
      );
    for (const [number, { fault }] of plan) {
      const asked = lane.sources[number]?.requests ?? 0;
      // F36: trouble may not multiply the load. A healthy view asks a source five times.
      if ('storm' in fault && asked > VIEWS * HEALTHY_REQUESTS * 1.1 + 2)
        problems.push(`source ${String(number)} was asked ${String(asked)} times`);
    }
    return problems;
  } finally {
    await agents.close();
    for (const source of lane.sources) source.reset();
  }
}

/** Patient, three pages of allergies, one of vaccinations. */
const HEALTHY_REQUESTS = 5;

async function oneView(lane: Lane, plan: Plan, agents: SourceAgents, breaker?: Breaker): Promise<readonly string[]> {
  const audit: AuditEvent[] = [];
  const withheld = new Map<string, Set<string>>();
  const quiet = [...plan.values()].some(({ fault }) => 'reader' in fault && fault.reader === 'quiet');
  const leaves = [...plan.values()].some(({ fault }) => 'reader' in fault && fault.reader === 'leaves');
  const slow = [...plan.values()].some(({ fault }) => 'reader' in fault && fault.reader === 'slow');
  const deps: FederationDeps = {
    open: openerOf(lane, plan, agents),
    describe: (id) => ({
      id,
      organisation: { ods: 'XB001' as OdsCode, name: `Organisation ${id}`, kind: 'gp' },
      home: false,
    }),
    deadlineMs: (id) => clocksOf(plan, numberOf(id)).deadlineMs,
    match: (asked, found) => matchPatient(asked, found, Date.now()),
    isAbout,
    redactor: createRedaction({ clearance: 'N', tellWithheld: true, restrictedPatient: false }),
    withheld: (source, resource) => {
      const known = withheld.get(source) ?? new Set();
      withheld.set(source, known.add(`${resource.resourceType}/${String(resource.id)}`));
    },
    limits: { heartbeatMs: quiet ? 25 : 15_000, idleMs: 20_000, buffer: slow ? 1 : 8 },
    audit: {
      record: (event) => Promise.resolve(void audit.push(event)),
      recordAll: (events) => Promise.resolve(void audit.push(...events)),
    },
    now: () => Date.now(),
    ...(breaker && { breaker }),
  };
  const reader = new AbortController();
  for (const [number, { fault }] of plan) {
    const source = lane.sources[number];
    if (source && 'reader' in fault && fault.reader === 'leaves') source.onStrike = () => reader.abort();
  }
  const sources = lane.sources.map((_, number) => `s${String(number)}`);
  const view = federate(locatedOf({ sources, sections: ['allergies', 'vaccinations'] }), deps, reader.signal);
  const events: RecordEvent[] = [];
  for await (const event of view) {
    events.push(event);
    if (slow && lane.sources.some(({ struck }) => struck)) await after(4);
  }
  const letGo = leaves ? await untilLetGo(lane, plan) : true;
  const judged: Judged = {
    plan,
    events,
    audit,
    withheld,
    left: leaves && reader.signal.aborted,
    letGo,
    wire: events.map(encodeEvent).join(''),
  };
  return judgeView(judged);
}

/** Safety F38: upstreams are let go of within a second. */
async function untilLetGo(lane: Lane, plan: Plan): Promise<boolean> {
  const busy = (): boolean => [...plan.keys()].some((number) => (lane.sources[number]?.open.size ?? 0) > 0);
  for (let waited = 0; waited < 1_000 && busy(); waited += 10) await after(10);
  return !busy();
}

function openerOf(lane: Lane, plan: Plan, agents: SourceAgents): FederationDeps['open'] {
  const send = createTokenRequest(agents, 65_536);
  const community = {
    roles: [{ id: 'gp', name: 'GP', sections: [], clearance: 'N' }],
    member: () => ({ ods: 'XB001', name: 'Home' }),
  } as unknown as Community;
  return (id, request) => {
    const number = numberOf(id);
    const clocks = clocksOf(plan, number);
    const tokens = createSourceTokens({
      community,
      keys: lane.keys,
      issuer: 'http://127.0.0.1:8400',
      send,
      limits: { tokenMs: clocks.headerMs, tokens: 10 },
      now: () => Date.now(),
    });
    return createSourceOpener({
      source: () => sourceAt(lane, id),
      plugins: [fhirR4],
      token: (source, context, purpose, signal, options) => tokens.token(source, context, purpose, signal, options),
      agents,
      limits: { ...LIMITS, ...clocks },
    })(id, request);
  };
}

function sourceAt(lane: Lane, id: SourceId): CommunitySource | undefined {
  const source = lane.sources[numberOf(id)];
  if (!source) return undefined;
  return {
    id,
    ods: 'XB001' as OdsCode,
    plugin: 'fhir-r4',
    settings: { base: source.base },
    authorisation: {
      profile: 'smart-b2b',
      tokenEndpoint: source.tokenEndpoint,
      clientId: 'corridor',
      scopes: 'system/Patient.rs',
      allowLoopbackHttp: true,
    },
    deadlineMs: 0,
  };
}

function clocksOf(plan: Plan, number: number): typeof SHORT | typeof LONG {
  return plan.get(number)?.fault.clocks === 'short' ? SHORT : LONG;
}

export function numberOf(id: string): number {
  return Number(id.slice(1));
}
