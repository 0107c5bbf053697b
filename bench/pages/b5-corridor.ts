import '../../src/define.ts';
import { buildRecord, readResources, RecordStore } from '../../src/index.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { Source, SourceId } from '../../src/record/source.ts';
import { answersFor, fetched, rowOf, timed } from './b5-rows.ts';

/**
 * The record as it is, with every section in full. `draw`: it is merged before the clock starts, as the peers' rows are
 * made before theirs, and all of it is given at once. `stream`: it arrives in pieces and is merged as they come.
 */
const streams = new URLSearchParams(location.search).get('how') === 'stream';
const resources = await fetched();
answersFor(resources.map(rowOf));
const id = 'bench' as SourceId;
const source = {
  id,
  organisation: { ods: 'XB001', name: 'Bench Surgery', kind: 'gp' },
  home: true,
} as unknown as Source;
const patient = { nhsNumber: '9990000018', family: 'BENCHMARK', given: 'Berta' } as Patient;
const today = '2026-11-20';
// The wire brings entries that the launcher has read, where a peer's page is given resources it shows as they are.
const PIECE = 200;
const pieces = Array.from({ length: Math.ceil(resources.length / PIECE) }, (_, index) =>
  readResources(resources.slice(index * PIECE, (index + 1) * PIECE), id),
);
// What is measured below is what the record holds, not the peer's copy of the resources.
(resources as unknown[]).length = 0;
const store = new RecordStore();
const record = document.createElement('corridor-record');
record.place = 'everything';
record.today = today;
document.body.append(record);
const deep = (root: ParentNode, tag: string): number =>
  [...root.querySelectorAll('*')].reduce(
    (sum, one) => sum + Number(one.localName === tag) + (one.shadowRoot ? deep(one.shadowRoot, tag) : 0),
    0,
  );
const at = new Date().toISOString();
const there = (): boolean => deep(record.shadowRoot ?? record, 'corridor-fact') > 0;
const settled = { state: 'answered', at, tookMs: 0, sections: {} } as const;
if (streams) {
  record.store = store;
  timed(() => {
    store.take({ type: 'opened', version: 1, viewId: '', at, patient, sources: [source] });
    const [first, ...rest] = pieces;
    if (first) store.take({ type: 'entries', source: id, ...first });
    void feed(rest);
  }, there);
} else {
  const built = buildRecord({
    patient,
    sources: [source],
    statuses: new Map([[id, settled]]),
    entries: pieces.flatMap(({ entries }) => entries),
    unread: pieces.flatMap(({ unread }) => unread),
    nowMs: Date.parse(today),
  });
  timed(() => (record.record = built), there);
}
async function feed(rest: typeof pieces): Promise<void> {
  for (const piece of rest) {
    store.take({ type: 'entries', source: id, ...piece });
    await new Promise((resolve) => setTimeout(resolve));
  }
  store.take({ type: 'settled', source: id, status: settled });
  store.take({ type: 'closed', at });
}
Object.assign(globalThis, {
  /** Whether all has arrived: until then what can be reached is not all there is. */
  benchWhole: () => (streams ? store.record?.completeness.settled === true && store.phase.phase !== 'open' : true),
  /** Rows that find, print and a screen reader reach, over all there are. */
  benchReached: () => {
    const root = record.shadowRoot ?? record;
    const sections = (streams ? store.record : record.record)?.sections ?? [];
    return (deep(root, 'corridor-fact') + hidden(root)) / sections.reduce((sum, view) => sum + view.facts.length, 0);
  },
});
function hidden(root: ParentNode): number {
  return [...root.querySelectorAll('*')].reduce(
    (sum, one) =>
      sum +
      (one.shadowRoot
        ? one.localName === 'corridor-reach'
          ? one.shadowRoot.querySelectorAll('li').length
          : hidden(one.shadowRoot)
        : 0),
    0,
  );
}
