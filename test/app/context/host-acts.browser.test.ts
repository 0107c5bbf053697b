import { assert, expect } from '@open-wc/testing';
import '../../../src/define.ts';
import type { ContextSignal, HostCapability, HostPort } from '../../../plugins/host-port.ts';
import { holdContext } from '../../../src/app/context/hold-context.ts';
import type { RecordView } from '../../../src/app/context/record-view.ts';
import { SILENT_HOST } from '../../../src/app/host-port.ts';
import { openRecord, type CorridorRecord } from '../../../src/index.ts';
import { readResources } from '../../../src/record/read-resources.ts';
import type { FinalSourceStatus } from '../../../src/record/source-status.ts';
import type { RecordEvent } from '../../../src/record/wire.ts';
import { answered } from '../../../src/stream/record-of-entries.ts';
import { contextEnGB } from '../../../src/words/context-en-GB.ts';
import { endOfTask, quiet } from '../../support/browser/passing.ts';
import * as sample from '../../support/browser/sample-record.ts';
import { until } from '../../support/browser/until.ts';

const surgery = sample.sourceOf('surgery');
const hospital = sample.sourceOf('hospital');
const AT = '2026-11-20T09:00:01Z';
const opening: RecordEvent = {
  type: 'opened',
  version: 1,
  viewId: 'v',
  at: '2026-11-20T09:00:00Z',
  patient: sample.patient,
  sources: [surgery, hospital],
};
const reading = readResources([sample.problem('p', 'Asthma')], surgery.id);
const answers: readonly RecordEvent[] = [
  { type: 'entries', source: surgery.id, ...reading },
  { type: 'settled', source: surgery.id, status: answered(reading.entries, AT) },
];
const failed: RecordEvent = {
  type: 'settled',
  source: hospital.id,
  status: sample.didNotAnswer as FinalSourceStatus,
};
const both: readonly RecordEvent[] = [
  opening,
  ...answers,
  { type: 'settled', source: hospital.id, status: answered([], AT) },
];

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

type Host = { closes?: boolean; chart?: 'opened' | 'unsupported' | 'denied'; fit?: 'content' };

/** A record in a window whose host can do so much, and what the host is asked. */
async function held(capabilities: readonly HostCapability[], events: readonly RecordEvent[], host: Host = {}) {
  const asked: unknown[][] = [];
  const signals: ((signal: ContextSignal) => void)[] = [];
  let changed = (): void => undefined;
  const port: HostPort = {
    ...SILENT_HOST,
    capabilities: new Set<HostCapability>(['context-events', ...capabilities]),
    onContext: (listener) => (signals.push(listener), () => undefined),
    ui: {
      resize: (height) => void asked.push(['resize', height]),
      close: (reason) => (asked.push(['close', reason]), Promise.resolve(host.closes === true)),
      openChart: ({ section }) => (asked.push(['chart', section]), Promise.resolve(host.chart ?? 'unsupported')),
      banner: (line) => void asked.push(['banner', line?.text ?? null]),
    },
    env: Object.defineProperty({ onEnv: (tell: () => void) => ((changed = tell), () => undefined) }, 'fit', {
      get: () => host.fit,
    }),
    error: ({ code }) => void asked.push(['error', code]),
  };
  const root = document.createElement('div');
  root.id = 'root';
  document.body.append(root);
  const { nhsNumber, birthDate, family } = sample.patient;
  const context = { needPatientBanner: true, launchId: 'l', ods: 'XB001', patient: { nhsNumber, birthDate, family } };
  const lines = events.map((event) => `${JSON.stringify(event)}\n`).join('');
  const fetch = (address: RequestInfo | URL): Promise<Response> =>
    Promise.resolve(new Response((typeof address === 'string' ? address : '').endsWith('/record') ? lines : null));
  const keeping = await holdContext({
    root,
    launch: { session: 's', context: { ...context, host: { plugin: 'x', settings: {}, origins: [] } } as never },
    window,
    hosts: {
      x: () => Promise.resolve({ host: { id: 'x', contract: 1, detect: () => true, create: () => port } }),
    },
    fetch,
    words: contextEnGB,
    redeem: () => Promise.reject(new Error('none')),
    endUnseen: () => undefined,
    show: ({ session }, place, painted) =>
      openRecord({
        bearer: session,
        context: {},
        root: place,
        painted: painted as never,
        fetch,
      }) as unknown as RecordView,
  });
  open.push(() => {
    keeping.close();
    root.remove();
  });
  const record = root.querySelector<CorridorRecord>('corridor-record');
  await until(
    () => record?.store?.record?.completeness.settled === true || asked.some(([what]) => what === 'error'),
    'everybody has ended in a state',
  );
  if (capabilities.includes('close') || capabilities.includes('open-chart'))
    await until(() => record?.querySelector('[slot=host]'), 'what the host can do');
  const buttons = (): (string | null)[] =>
    [...(record?.querySelectorAll<HTMLButtonElement>('[slot=host] button') ?? [])]
      .filter(({ hidden }) => !hidden)
      .map(({ textContent }) => textContent);
  const press = async (text: string): Promise<void> => {
    const all = [...(record?.querySelectorAll<HTMLButtonElement>('[slot=host] button') ?? [])];
    all.find(({ textContent }) => textContent === text)?.click();
    await endOfTask();
  };
  const go = async (place: CorridorRecord['place']): Promise<void> => {
    if (record) record.place = place;
    record?.dispatchEvent(new Event('click'));
    await record?.updateComplete;
    await endOfTask();
  };
  const said = (): string => record?.querySelector('[slot=host] [role=status]')?.textContent ?? '';
  return {
    root,
    record,
    asked,
    buttons,
    press,
    go,
    said,
    change: () => changed(),
    signal: (of: ContextSignal) => signals[0]?.(of),
  };
}

describe('what the record asks of the system around it', () => {
  it('is nothing where the host can do nothing, and no part of the page says otherwise', async () => {
    const { asked, buttons, record } = await held([], [opening, ...answers, failed]);
    await quiet(350);
    assert.deepEqual([asked, buttons()], [[], []]);
    assert.isNull(record?.querySelector('[slot=host]'));
  });

  it('offers no way to the chart from where none stands beside it', async () => {
    const { buttons, go } = await held(['open-chart'], both);
    assert.deepEqual(buttons(), []);
    await go('timeline');
    assert.deepEqual(buttons(), []);
  });

  it('says plainly when the host has no such page, or will not open it', async () => {
    for (const [chart, words] of [
      ['unsupported', 'no page'],
      ['denied', 'did not open'],
    ] as const) {
      const { press, go, said } = await held(['open-chart'], both, { chart });
      await go('problems');
      await press('Problems in your own chart');
      expect(said()).to.contain(words);
    }
  });

  it('leads to the part of the chart that stands beside the part that is read, by its name and nothing else', async () => {
    const { asked, buttons, press, go, said } = await held(['open-chart'], both, { chart: 'opened' });
    await go('allergies');
    assert.deepEqual(buttons(), ['Allergies in your own chart']);
    await press('Allergies in your own chart');
    assert.deepEqual(asked, [['chart', 'allergies']]);
    expect(said()).to.contain('asked to show it');
    await go('snapshot');
    assert.deepEqual([buttons(), said()], [[], '']);
  });

  it('stays when the host does not close it, and says what to do', async () => {
    const { root, press, said } = await held(['close'], both, { closes: false });
    await press('Close the shared record');
    expect(said()).to.contain('did not close it');
    assert.isNotNull(root.querySelector('corridor-record'));
  });

  it('shows nobody any more once the host has closed it', async () => {
    const { root, asked, press } = await held(['close'], both, { closes: true });
    await press('Close the shared record');
    assert.deepEqual(asked[0], ['close', 'done']);
    assert.isNull(root.querySelector('corridor-record'));
    expect(root.textContent).not.to.contain(sample.patient.family);
  });

  it('says in the host’s banner how many did not answer, in numbers, and takes it away with the record', async () => {
    const { asked, signal } = await held(['banner'], [opening, ...answers, failed]);
    await until(() => asked.length > 0, 'the banner');
    assert.deepEqual(asked, [['banner', 'Shared record: 1 of 2 organisations did not answer, or not in full']]);
    signal({ type: 'closing', epoch: 0 });
    assert.deepEqual(asked.at(-1), ['banner', null]);
  });

  it('says nothing in the banner when everybody has answered', async () => {
    const { asked } = await held(['banner'], both);
    await quiet(350);
    assert.deepEqual(asked, []);
  });

  it('says its height to a host that makes room for it, and to no other', async () => {
    const silent = await held(['resize'], both);
    await quiet(350);
    assert.deepEqual(silent.asked, []);
    const host: Host = {};
    const view = await held(['resize'], both, host);
    host.fit = 'content';
    // It may not be there yet to hear of a change; whoever changes says so until it is heard.
    await until(() => (view.change(), view.asked.length > 0));
    const heightNow = (): number => (view.record?.getBoundingClientRect().bottom ?? 0) + scrollY;
    await until(() => Math.abs(Number(view.asked.at(-1)?.[1]) - heightNow()) <= 1, 'the height as it is');
    assert.equal(view.asked.at(-1)?.[0], 'resize');
    assert.isAbove(Number(view.asked.at(-1)?.[1]), 100);
  });

  it('tells the host what went wrong by its code', async () => {
    const { asked } = await held([], [{ ...opening, version: 99 } as never]);
    await until(() => asked.some(([what]) => what === 'error'));
    assert.deepEqual(asked, [['error', 'stream.unknown_version']]);
  });
});
