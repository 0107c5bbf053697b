import '../../src/define.ts';
import { readResources, RecordStore } from '../../src/index.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { Source, SourceId } from '../../src/record/source.ts';
import { fetched, timed } from './b5-rows.ts';

/** The record as it is: it arrives in pieces, and the section of results holds every row. */
const resources = await fetched();
const id = 'bench' as SourceId;
const source = {
  id,
  organisation: { ods: 'XB001', name: 'Bench Surgery', kind: 'gp' },
  home: true,
} as unknown as Source;
const patient = { nhsNumber: '9990000018', family: 'BENCHMARK', given: 'Berta' } as Patient;
// The wire brings entries that the launcher has read, where a peer's page is given resources it shows as they are.
const PIECE = 200;
const pieces = Array.from({ length: Math.ceil(resources.length / PIECE) }, (_, index) =>
  readResources(resources.slice(index * PIECE, (index + 1) * PIECE), id),
);
// What is measured below is what the record holds, not the peer's copy of the resources.
(resources as unknown[]).length = 0;
const store = new RecordStore();
const record = document.createElement('corridor-record');
record.store = store;
record.place = 'everything';
document.body.append(record);
const deep = (root: ParentNode, tag: string): number =>
  [...root.querySelectorAll('*')].reduce(
    (sum, one) => sum + Number(one.localName === tag) + (one.shadowRoot ? deep(one.shadowRoot, tag) : 0),
    0,
  );
const at = new Date().toISOString();
timed(
  () => {
    store.take({ type: 'opened', version: 1, viewId: '', at, patient, sources: [source] });
    const [first, ...rest] = pieces;
    if (first) store.take({ type: 'entries', source: id, ...first });
    void feed(rest);
  },
  () => deep(record.shadowRoot ?? record, 'corridor-fact') > 0,
);
async function feed(rest: typeof pieces): Promise<void> {
  for (const piece of rest) {
    store.take({ type: 'entries', source: id, ...piece });
    await new Promise((resolve) => setTimeout(resolve));
  }
  store.take({ type: 'settled', source: id, status: { state: 'answered', at, tookMs: 0, sections: {} } });
  store.take({ type: 'closed', at });
}
Object.assign(globalThis, {
  /** Rows that find, print and a screen reader reach, over all there are. */
  benchReached: () => {
    const root = record.shadowRoot ?? record;
    const facts = store.record?.sections.reduce((sum, view) => sum + view.facts.length, 0) ?? Infinity;
    return store.phase.phase === 'open' && !store.record?.completeness.settled
      ? 0
      : (deep(root, 'corridor-fact') + hidden(root)) / facts;
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
