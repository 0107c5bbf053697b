import { describe, expect, it } from 'vitest';
import type { SourceId } from '../../src/record/source.ts';
import type { RecordEvent } from '../../src/record/wire.ts';
import { openApi } from '../../src/stream/api.ts';
import type { StreamEnd } from '../../src/stream/open-stream.ts';
import { answered } from '../../src/stream/record-of-entries.ts';
import { RecordStore } from '../../src/stream/record-store.ts';
import { readResources } from '../../src/record/read-resources.ts';
import * as sample from '../support/browser/sample-record.ts';
import { answersAfter } from '../support/quiet.ts';
import { until } from '../support/until.ts';

const surgery = sample.sourceOf('surgery');
const hospital = sample.sourceOf('hospital');
const opening: RecordEvent = {
  type: 'opened',
  version: 1,
  viewId: 'v',
  at: '2026-11-20T09:00:00Z',
  patient: sample.patient,
  sources: [surgery, hospital],
};
const closed: RecordEvent = { type: 'closed', at: '2026-11-20T09:00:02Z' };

function says(source: typeof surgery, ...titles: readonly string[]): readonly RecordEvent[] {
  const resources = titles.map((title) => sample.problem(title.toLowerCase(), title));
  const reading = readResources(resources, source.id);
  return [
    { type: 'entries', source: source.id, ...reading },
    { type: 'settled', source: source.id, status: answered(reading.entries, '2026-11-20T09:00:01Z') },
  ];
}

/** One answer of a launcher: events, and whether the connection breaks after them. */
type Answer = {
  readonly events?: readonly RecordEvent[];
  readonly breaks?: boolean;
  readonly status?: number;
  /** After its events it says nothing more, or only that it is alive. */
  readonly hangs?: 'silent' | 'alive';
};

function view(...answers: readonly Answer[]) {
  const store = new RecordStore((task) => {
    task();
    return () => undefined;
  });
  const asked: string[] = [];
  const waits: number[] = [];
  const phases: string[] = [];
  store.subscribe(() => phases.push(store.phase.phase));
  const left = [...answers];
  const fetchOne = ((address: string) => {
    asked.push(address);
    const answer = left.shift() ?? { breaks: true };
    if (answer.status !== undefined)
      return Promise.resolve(new Response('{"code":"server.busy"}', { status: answer.status }));
    if (!answer.events) return Promise.reject(new TypeError('no connection'));
    const text = answer.events.map((event) => `${JSON.stringify(event)}\n`).join('');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(text));
        if (!answer.breaks && !answer.hangs) controller.close();
      },
      async pull(controller) {
        if (answer.breaks) controller.error(new TypeError('broken'));
        if (answer.hangs === 'silent') await new Promise(() => undefined);
        await answersAfter(20);
        controller.enqueue(new TextEncoder().encode('{"type":"alive","at":"2026-11-20T09:00:01Z"}\n'));
      },
    });
    return Promise.resolve(new Response(body, { status: 200 }));
  }) as typeof fetch;
  const stop = new AbortController();
  const api = openApi(store, {
    bearer: 'b',
    signal: stop.signal,
    fetch: fetchOne,
    wait: (ms) => Promise.resolve(void waits.push(ms)),
    // Where nobody hangs, no slow machine may look like one who does.
    times: answers.some(({ hangs }) => hangs)
      ? { silenceMs: 500, wholeMs: 1_500 }
      : { silenceMs: 20_000, wholeMs: 30_000 },
  });
  return { store, asked, waits, phases, stop, open: (): Promise<StreamEnd> => api.open() };
}

const titles = (store: RecordStore): readonly string[] =>
  (store.record?.sections ?? []).flatMap((section) => section.facts.map((fact) => fact.entries[0].title)).sort();
const stateOf = (store: RecordStore, id: SourceId): string | undefined =>
  store.record?.sources.find(({ source }) => source.id === id)?.status.state;

describe('a record stream that breaks', () => {
  it('is not begun again when it had never begun, or was refused, or made no sense', async () => {
    const never = view({});
    expect(await never.open()).toEqual({ end: 'cut', reason: 'network' });
    const refused = view({ status: 401 });
    expect((await refused.open()).end).toBe('refused');
    const nonsense = view({ events: [opening, { type: 'nonsense' } as unknown as RecordEvent] });
    expect(await nonsense.open()).toEqual({ end: 'cut', reason: 'malformed' });
    expect([never, refused, nonsense].map(({ asked }) => asked.length)).toEqual([1, 1, 1]);
  });

  it('is asked again for who had not ended, leaves no gap and shows nothing twice', async () => {
    const part = says(hospital, 'Angina', 'Asthma').slice(0, 1);
    const run = view(
      { events: [opening, ...says(surgery, 'Gout'), ...part], breaks: true },
      { events: [opening, ...says(hospital, 'Angina', 'Asthma', 'Anaemia'), closed] },
    );
    expect(await run.open()).toEqual({ end: 'closed' });
    expect(run.asked).toEqual(['/api/record', `/api/record?only=${hospital.id}`]);
    expect(titles(run.store)).toEqual(['Anaemia', 'Angina', 'Asthma', 'Gout']);
    expect(stateOf(run.store, hospital.id)).toBe('answered');
    expect(run.phases).toContain('resuming');
  });

  it('takes the whole record again without doubling what had come', async () => {
    const whole = [opening, ...says(surgery, 'Gout'), ...says(hospital, 'Angina'), closed];
    const run = view({ events: whole.slice(0, 4), breaks: true }, { events: whole });
    expect(await run.open()).toEqual({ end: 'closed' });
    expect(titles(run.store)).toEqual(['Angina', 'Gout']);
  });

  it('is over when only its last line was lost', async () => {
    const run = view({ events: [opening, ...says(surgery, 'Gout'), ...says(hospital, 'Angina')], breaks: true });
    expect(await run.open()).toEqual({ end: 'closed' });
    expect(run.asked).toHaveLength(1);
  });

  it('tries three times to reach a launcher, waiting longer each time, and then says what is missing', async () => {
    const run = view({ events: [opening, ...says(surgery, 'Gout')], breaks: true }, {}, { status: 502 }, {});
    expect(await run.open()).toEqual({ end: 'cut', reason: 'network' });
    expect(run.waits).toEqual([500, 1_500, 3_000]);
    expect(titles(run.store)).toEqual(['Gout']);
    expect(stateOf(run.store, hospital.id)).toBe('unavailable');
  });

  it('is not begun a third time', async () => {
    const run = view(
      { events: [opening], breaks: true },
      { events: [opening, ...says(surgery, 'Gout')], breaks: true },
    );
    expect((await run.open()).end).toBe('cut');
    expect(run.asked).toHaveLength(2);
    expect(titles(run.store)).toEqual(['Gout']);
  });

  it('ends for good when the session was over meanwhile', async () => {
    const run = view({ events: [opening], breaks: true }, { status: 401 });
    expect(await run.open()).toMatchObject({ end: 'refused', status: 401 });
    expect(run.asked).toHaveLength(2);
  });

  it('shows nothing when the answer is about somebody else', async () => {
    const other = { ...opening, patient: { ...sample.patient, nhsNumber: '9999999999' } } as unknown as RecordEvent;
    const run = view(
      { events: [opening, ...says(surgery, 'Gout')], breaks: true },
      { events: [other, ...says(hospital, 'Angina'), closed] },
    );
    await run.open();
    expect(run.store.phase).toEqual({ phase: 'ended', how: { end: 'mismatch' } });
    expect(run.store.record).toBeUndefined();
  });

  it('has a deadline: a resumed stream that falls silent, or is only ever alive, is cut and says what is missing', async () => {
    for (const hangs of ['silent', 'alive'] as const) {
      const run = view({ events: [opening, ...says(surgery, 'Gout')], breaks: true }, { events: [opening], hangs });
      expect(await run.open()).toEqual({ end: 'cut', reason: 'network' });
      expect(run.asked).toHaveLength(2);
      expect(titles(run.store)).toEqual(['Gout']);
      expect(stateOf(run.store, hospital.id)).toBe('unavailable');
    }
  });

  it('is one that falls silent too: who had not ended is asked again', async () => {
    const run = view(
      { events: [opening, ...says(surgery, 'Gout')], hangs: 'silent' },
      { events: [opening, ...says(hospital, 'Angina'), closed] },
    );
    expect(await run.open()).toEqual({ end: 'closed' });
    expect(titles(run.store)).toEqual(['Angina', 'Gout']);
  });

  it('ends at once, and is not asked for again, when the view is closed', async () => {
    const run = view({ events: [opening], hangs: 'silent' });
    const ending = run.open();
    await until(() => run.asked.length === 1);
    run.stop.abort();
    expect(await ending).toEqual({ end: 'stopped' });
    expect(run.asked).toHaveLength(1);
  });
});
