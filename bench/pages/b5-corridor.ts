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
/** The sections, in the record's own order; each may stand inside the element of its kind. */
function framesOf(): readonly ShadowRoot[] {
  return [...(record.shadowRoot?.querySelectorAll('main .drawn > *') ?? [])].flatMap(
    (element) => element.shadowRoot?.querySelector('corridor-section')?.shadowRoot ?? element.shadowRoot ?? [],
  );
}
const at = new Date().toISOString();
const there = (): boolean => framesOf().some((frame) => frame.querySelector('corridor-fact') !== null);
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
  benchWhole: () => (streams ? store.record?.completeness.settled === true : true),
  /**
   * Rows that find, print and a screen reader reach, over all there are. Counted by lists, not by walking through every
   * row: a look that takes longer than what it looks at measures itself.
   */
  benchReached: () => {
    const sections = (streams ? store.record : record.record)?.sections ?? [];
    return (
      framesOf().reduce((sum, frame) => sum + rowsIn(frame), 0) /
      sections.reduce((sum, view) => sum + view.facts.length, 0)
    );
  },
});
function rowsIn(frame: ShadowRoot): number {
  const lines = frame.querySelectorAll('section > ul > li').length;
  const waiting = frame.querySelector('corridor-reach')?.shadowRoot?.querySelector('ul')?.childElementCount ?? 0;
  const host = frame.host;
  const own = host.querySelectorAll('corridor-fact, corridor-document, .far').length;
  const table = host.querySelector('corridor-measures')?.shadowRoot?.querySelectorAll('tr.latest').length ?? 0;
  return lines + waiting + own + table;
}
