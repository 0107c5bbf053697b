import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { RecordEvent } from '../../src/record/wire.ts';
import type { Audit, AuditEvent } from '../audit/audit.ts';

/** Labels are organisations, sources, routes, states and codes: never a patient, a user or a launch. */
export type Metrics = {
  readonly contentType: string;
  text(): Promise<string>;
  request(method: string, route: string, status: number, seconds: number): void;
  /** A team could not be told of somebody for want of room (`handover.subscriptions`); `false`: there is room again. */
  notFollowed(full: boolean): void;
  /** Counts launches and views as their audit events are written; passes everything on unchanged. */
  watchAudit(audit: Audit): Audit;
  /** Counts how each source settles; passes everything on unchanged. */
  watchRecord(events: AsyncGenerator<RecordEvent>): AsyncGenerator<RecordEvent>;
};

export function createMetrics(openStreams: () => number): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const instruments = makeInstruments(registry, openStreams);
  const count = (event: AuditEvent): void => countEvent(instruments, event);
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    request: (method, route, status, seconds) =>
      instruments.requests.observe({ method, route, status: String(status) }, seconds),
    notFollowed: (full) => {
      instruments.followingFull.set(full ? 1 : 0);
      if (full) instruments.notFollowed.inc();
    },
    watchAudit: (audit) => ({
      record: async (event) => {
        await audit.record(event).catch(failed(instruments));
        count(event);
      },
      recordAll: async (events) => {
        await audit.recordAll(events).catch(failed(instruments));
        events.forEach(count);
      },
    }),
    watchRecord: (events) => watchRecord(instruments, events),
  };
}

type Instruments = ReturnType<typeof makeInstruments>;

function makeInstruments(registry: Registry, openStreams: () => number) {
  const registers = [registry];
  new Gauge({
    name: 'corridor_streams_open',
    help: 'Record streams open now.',
    registers,
    collect() {
      this.set(openStreams());
    },
  });
  return {
    requests: new Histogram({
      name: 'corridor_http_request_seconds',
      help: 'Requests by route pattern, to the end of the answer.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    launches: new Counter({
      name: 'corridor_launches_total',
      help: 'Launches by how they ended (started, finished, refused).',
      labelNames: ['organisation', 'result', 'code'],
      registers,
    }),
    views: new Counter({
      name: 'corridor_views_total',
      help: 'Records and documents shown or refused.',
      labelNames: ['organisation', 'kind', 'outcome'],
      registers,
    }),
    auditFailures: new Counter({
      name: 'corridor_audit_failures_total',
      help: 'Audit writes that failed; nothing was shown.',
      registers,
    }),
    notFollowed: new Counter({
      name: 'corridor_not_followed_total',
      help: 'Times a team could not be told of somebody for want of room (handover.subscriptions). Alert on any.',
      registers,
    }),
    followingFull: new Gauge({
      name: 'corridor_following_full',
      help: '1 while there is no room for one more to be followed (handover.subscriptions).',
      registers,
    }),
    settled: new Histogram({
      name: 'corridor_source_settled_seconds',
      help: 'Time from asking a source to its final status.',
      labelNames: ['source', 'state'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30],
      registers,
    }),
    recordSeconds: new Histogram({
      name: 'corridor_record_seconds',
      help: 'Time from the opening of a record stream to its end.',
      labelNames: ['end'],
      buckets: [0.25, 0.5, 1, 2, 4, 8, 15, 30, 60],
      registers,
    }),
  };
}

function failed(instruments: Instruments): (cause: unknown) => never {
  return (cause) => {
    instruments.auditFailures.inc();
    throw cause;
  };
}

function countEvent(instruments: Instruments, event: AuditEvent): void {
  const organisation = event.organisation ?? 'unknown';
  const [area = '', done = ''] = event.type.split('.');
  if (area === 'launch') instruments.launches.inc({ organisation, result: done, code: event.code ?? '' });
  if (area === 'record' || area === 'document')
    instruments.views.inc({ organisation, kind: area, outcome: event.outcome });
}

async function* watchRecord(
  instruments: Instruments,
  events: AsyncGenerator<RecordEvent>,
): AsyncGenerator<RecordEvent> {
  const started = performance.now();
  let end: 'closed' | 'cut' = 'cut';
  try {
    for await (const event of events) {
      if (event.type === 'settled') {
        instruments.settled.observe({ source: event.source, state: event.status.state }, event.status.tookMs / 1_000);
      }
      if (event.type === 'closed') end = 'closed';
      yield event;
    }
  } finally {
    instruments.recordSeconds.observe({ end }, (performance.now() - started) / 1_000);
  }
}
