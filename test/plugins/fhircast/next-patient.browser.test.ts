import { assert } from '@open-wc/testing';
import { host } from '../../../plugins/fhircast/host.ts';
import type { ContextSignal, HostGiven, HostPort } from '../../../plugins/host-port.ts';
import { quiet } from '../../support/browser/passing.ts';
import { until } from '../../support/browser/until.ts';

type Asked = { readonly path: string; readonly json: Record<string, unknown> };
type Stream = { say(line: object): void; cut(): void };

const BEN = { nhsNumber: '9990000026', birthDate: '1961-02-02' };

/** The launcher as the page sees it: each stream is of the session that asked for it. */
function launcher(): { port: HostPort; asked: Asked[]; streams: Stream[]; signals: ContextSignal[] } {
  const asked: Asked[] = [];
  const streams: Stream[] = [];
  const given: HostGiven = {
    launchId: 'l1',
    origins: [],
    settings: {},
    request: (path, { json = {} } = {}) => {
      asked.push({ path, json });
      if (path === '/ack') return Promise.resolve(new Response(null, { status: 204 }));
      const body = new ReadableStream<Uint8Array>({
        start: (lines) => {
          const said = `l${String(streams.length + 1)}`;
          streams.push({
            say: (line) =>
              lines.enqueue(
                new TextEncoder().encode(
                  `${JSON.stringify({ corridor: 1, id: crypto.randomUUID(), launchId: said, ...line })}\n`,
                ),
              ),
            cut: () => lines.error(new TypeError('cut')),
          });
        },
      });
      return Promise.resolve(new Response(body));
    },
  };
  const port = host.create(window, given);
  const signals: ContextSignal[] = [];
  port.onContext((signal) => signals.push(signal));
  return { port, asked, streams, signals };
}

async function followed(): Promise<ReturnType<typeof launcher>> {
  const view = launcher();
  const connected = view.port.connect(AbortSignal.timeout(20_000));
  await until(() => view.asked.length > 0 && view.streams.length > 0, 'a stream is asked for');
  const payload = { assertedAt: new Date().toISOString() };
  view.streams[0]?.say({ type: 'context', re: view.asked[0]?.json['id'], epoch: 1, payload });
  await connected;
  return view;
}

const change = (resume?: string): object => ({
  type: 'change',
  epoch: 2,
  payload: { patient: BEN, assertedAt: new Date().toISOString(), ...(resume && { ticket: 't', resume }) },
});

describe('a page that follows its hub to the next patient', () => {
  it('is lost when its stream is cut, and when a change that opens nobody was its last word', async () => {
    for (const line of [undefined, change()]) {
      const { streams, signals } = await followed();
      if (line) streams[0]?.say(line);
      await until(() => signals.length === (line ? 1 : 0), 'the change is heard');
      streams[0]?.cut();
      await until(() => signals.at(-1)?.type === 'lost', 'it is lost');
    }
  });

  it('goes on with nothing before the next patient is on the screen, nor with an answer about another epoch', async () => {
    const { port, streams, signals, asked } = await followed();
    streams[0]?.say(change('r'.repeat(43)));
    await until(() => signals.length === 1, 'the change is heard');
    await port.ack(2, 'pending');
    await port.ack(1, 'shown');
    await quiet(30);
    assert.deepEqual(
      asked.map(({ path }) => path),
      ['/context', '/ack', '/ack'],
    );
  });

  it('outlives the stream of the session before, and goes on over one of its own', async () => {
    const { port, streams, signals, asked } = await followed();
    streams[0]?.say(change('r'.repeat(43)));
    await until(() => signals.length === 1, 'the change is heard');
    await port.ack(2, 'pending');
    streams[0]?.cut();
    await quiet(30);
    assert.deepEqual(
      signals.map(({ type }) => type),
      ['change'],
    );
    await port.ack(2, 'shown');
    await until(() => streams.length === 2, 'a stream of its own');
    assert.deepInclude(asked.at(-1), { path: '/context' });
    assert.equal(asked.at(-1)?.json['resume'], 'r'.repeat(43));
    streams[1]?.say({ type: 'closing', epoch: 2 });
    await until(() => signals.length > 1, 'the closing is heard');
    assert.deepEqual(
      signals.map(({ type }) => type),
      ['change', 'closing'],
    );
  });

  it('hears no more of the stream before, and is lost when its own is cut', async () => {
    const { port, streams, signals } = await followed();
    streams[0]?.say(change('r'.repeat(43)));
    await until(() => signals.length === 1, 'the change is heard');
    await port.ack(2, 'shown');
    await until(() => streams.length === 2, 'a stream of its own');
    streams[0]?.say({ type: 'closing', epoch: 2 });
    await quiet(30);
    assert.lengthOf(signals, 1);
    streams[1]?.cut();
    await until(() => signals.length > 1, 'it is lost');
    assert.deepInclude(signals.at(-1), { type: 'lost', reason: 'socket' });
  });
});
