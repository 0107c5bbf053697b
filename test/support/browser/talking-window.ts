import { WHOLE } from '../../../src/record/build-record.ts';
import { readDate } from '../../../src/record/fhir/date.ts';
import { parseNhsNumber } from '../../../src/record/nhs-number.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { RecordEvent } from '../../../src/record/wire.ts';
import { answered } from '../../../src/stream/record-of-entries.ts';
import { holdContext } from '../../../src/app/context/hold-context.ts';
import { SILENT_HOST, type ContextSignal, type HostPort } from '../../../src/app/host-port.ts';
import type { OpenedLaunch } from '../../../src/app/launch/callback-page.ts';
import { openRecordWith } from '../../../src/app/open-record.ts';
import type { Thread } from '../../../src/messages/thread.ts';
import { contextEnGB } from '../../../src/words/context-en-GB.ts';
import * as sample from './sample-record.ts';
import { ADDRESSES, thread } from './sample-threads.ts';

type Somebody = OpenedLaunch['context']['patient'];
export const BEDFORD: Somebody = { family: 'Bedford', nhsNumber: '9990123454', birthDate: '1948-03-14' };
export const CARTER: Somebody = { family: 'Carter', nhsNumber: '9990000018', birthDate: '1950-01-01' };

/** What was posted to the launcher, by whose session. */
export type Posted = { readonly path: string; readonly bearer: string; readonly body: Record<string, unknown> };

/**
 * A window whose host changes the patient, with the real context machine and record in it and a pretend launcher behind:
 * each session knows one person and answers for no other.
 */
export class TalkingWindow {
  readonly root = document.createElement('div');
  readonly posted: Posted[] = [];
  readonly #reader: () => string | undefined;
  threads: readonly Thread[] = [];
  /** What the list of the reader's teams is made of, by path. */
  team: Readonly<Record<string, object>> = {};
  #tell: (signal: ContextSignal) => void = () => undefined;
  #epoch = 1;
  #held: { close(): void } | undefined;

  constructor(reader: () => string | undefined = () => 'reader') {
    this.#reader = reader;
    document.body.append(this.root);
  }

  async open(person: Somebody): Promise<void> {
    const assertedAt = new Date().toISOString();
    const port: HostPort = {
      ...SILENT_HOST,
      capabilities: new Set(['context-events', 'context-ack']),
      connect: () =>
        Promise.resolve({ epoch: 1, launchId: 'host', evidence: 'host-message', assertedAt, patient: person }),
      onContext: (listener) => {
        this.#tell = listener;
        return () => undefined;
      },
    };
    this.#held = await holdContext({
      root: this.root,
      launch: this.#launchOf(person),
      window: new EventTarget() as Window,
      hosts: {
        test: () => Promise.resolve({ host: { id: 'test', contract: 1, detect: () => true, create: () => port } }),
      },
      fetch: () => Promise.reject(new TypeError('no network')),
      words: contextEnGB,
      redeem: (ticket) => Promise.resolve(this.#launchOf(ticket === CARTER.family ? CARTER : BEDFORD)),
      endUnseen: () => undefined,
      show: ({ session, context }, place, painted, epoch) =>
        openRecordWith(
          { bearer: session, context, root: place, painted, epoch, fetch: this.#answer(session) },
          { merging: WHOLE },
        ),
    });
  }

  /** The host's word: the record is off the screen when this returns. */
  turnTo(patient: Somebody): void {
    const assertedAt = new Date().toISOString();
    const context = { epoch: ++this.#epoch, launchId: 'host', evidence: 'host-message', assertedAt } as const;
    this.#tell({ type: 'change', context: { ...context, patient, ticket: patient.family } });
  }

  close(): void {
    this.#held?.close();
    this.root.remove();
  }

  #launchOf(patient: Somebody): OpenedLaunch {
    const reader = this.#reader();
    return {
      session: patient.family,
      context: {
        launchId: patient.family,
        ods: 'SURGERY',
        needPatientBanner: true,
        patient,
        host: { plugin: 'test', settings: {}, origins: [] },
        ...(reader !== undefined && { reader }),
      },
    };
  }

  #answer(bearer: string): typeof fetch {
    return (address, init) => {
      const path = typeof address === 'string' ? address.replace('/api/', '') : '';
      if (path === 'record') return Promise.resolve(new Response(streamOf(bearer)));
      if (init?.method === 'POST' && typeof init.body === 'string') {
        const body = JSON.parse(init.body) as Record<string, unknown>;
        if (path.startsWith('messages')) this.posted.push({ path, bearer, body });
        if (path === 'messages') return answer(thread({ id: 'new', state: 'queued' }), 201);
        return Promise.resolve(new Response(null, { status: 204 }));
      }
      if (path === 'messages') return answer({ threads: this.threads });
      if (path === 'messages/addresses') return answer({ entries: ADDRESSES });
      const team = this.team[path];
      if (team) return answer(team);
      if (path === 'handovers') return answer({ handovers: [], notices: [], unheard: [] });
      return Promise.resolve(new Response());
    };
  }
}

function answer(body: object, status = 200): Promise<Response> {
  return Promise.resolve(new Response(JSON.stringify(body), { status }));
}

function streamOf(family: string): string {
  const { nhsNumber, birthDate } = family === CARTER.family ? CARTER : BEDFORD;
  const [surgery, hospital] = [sample.sourceOf('surgery'), sample.sourceOf('hospital')];
  const patient = {
    family,
    given: 'Somebody',
    nhsNumber: parseNhsNumber(nhsNumber) ?? sample.patient.nhsNumber,
    birthDate: readDate(birthDate) ?? sample.patient.birthDate,
  };
  const readings = [
    [surgery, readResources([sample.medicine('r1', '5')], surgery.id)],
    [hospital, readResources([sample.medicine('r2', '2.5', { authoredOn: '2026-10-28' })], hospital.id)],
  ] as const;
  const at = '2026-11-20T09:00:00Z';
  const events: RecordEvent[] = [
    { type: 'opened', version: 1, viewId: 'v', at, patient, sources: [surgery, hospital] },
    ...readings.flatMap(([{ id }, reading]): RecordEvent[] => [
      { type: 'entries', source: id, ...reading },
      { type: 'settled', source: id, status: answered(reading.entries, at) },
    ]),
    { type: 'closed' } as RecordEvent,
  ];
  return events.map((event) => `${JSON.stringify(event)}\n`).join('');
}
