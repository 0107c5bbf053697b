import { hash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Manifest } from '../../../launcher/audit/as-seen/manifest.ts';
import { openedDocuments } from '../../../launcher/audit/as-seen/opened-documents.ts';
import { NotReplayable, replay, type Replayed } from '../../../launcher/audit/as-seen/replay.ts';
import { createSeenViews, type SeenViewsDeps } from '../../../launcher/audit/as-seen/seen-views.ts';
import { encodeSeen } from '../../../launcher/audit/as-seen/seen-line.ts';
import { documentBytes } from '../../../launcher/commands/replay-documents.ts';
import { patientHandle } from '../../../launcher/audit/patient-handle.ts';
import { createSealing } from '../../../launcher/session/seal.ts';
import type { Resource } from '../../../src/record/resource.ts';
import { encodeEvent, type RecordEvent } from '../../../src/record/wire.ts';
import { memoryAudit } from '../../support/memory-stores.ts';
import { TEST_NUMBER } from '../../support/audit-events.ts';

type KeyRow = { id: string; patientHandle: string; month: string; sealed?: string; destroyedAt?: string };
type ViewRow = { viewId: string; at: string; keyId: string; manifest: string; payload?: string };

const VIEWS = 1_000;
let keys: Map<string, KeyRow>;
let views: Map<string, ViewRow>;
let audit: ReturnType<typeof memoryAudit>;
let failures: unknown[];
const sealing = createSealing([{ id: 'a', key: new Uint8Array(randomBytes(32)) }]);

beforeEach(() => {
  keys = new Map();
  views = new Map();
  failures = [];
  audit = memoryAudit();
});

function seenViews(more: Partial<SeenViewsDeps> = {}): ReturnType<typeof createSeenViews> {
  return createSeenViews({
    keep: 'sealed',
    maxBytes: 1_000_000,
    maxDocumentBytes: 1_000,
    store: {
      saveKey: (row) => Promise.resolve(void keys.set(row.id, row)),
      saveView: (row) => Promise.resolve(void views.set(row.viewId, row)),
    },
    sealKey: (purpose, value) => sealing.seal(purpose, value),
    handle: (number) => patientHandle(new Uint8Array(32), number),
    audit,
    onFailure: (error) => failures.push(error),
    now: () => Date.parse('2026-11-22T09:00:00.000Z'),
    ...more,
  });
}

type Record = Extract<Replayed, { manifest: Manifest }>;

async function again(viewId: string): Promise<Record> {
  const replayed = await rebuilt(viewId);
  if ('document' in replayed.manifest) throw new Error('a document');
  return replayed as Record;
}

function rebuilt(viewId: string): Promise<Replayed> {
  return replay(viewId, {
    findView: (id) => Promise.resolve(views.get(id)),
    findKey: (id) => Promise.resolve(keys.get(id)),
    openKey: (purpose, sealed) => sealing.open(purpose, sealed),
    hashInAudit: (id) =>
      Promise.resolve(audit.events.find(({ viewId: seen }) => seen === id)?.detail?.['manifest'] as string | undefined),
  });
}

async function show(
  viewId: string,
  events: readonly RecordEvent[],
  more: Partial<SeenViewsDeps> = {},
  withheld: readonly Resource[] = [],
): Promise<string> {
  const view = seenViews(more).open({ viewId, nhsNumber: TEST_NUMBER, user: 'u' });
  for (const resource of withheld) view.withheld('north', resource);
  const sent = events.map((event) => view.line(event)).join('');
  await view.finish();
  return sent;
}

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const source = fc.constantFrom('north', 'south', 'east');
const entry = fc.record({
  id: text,
  section: fc.constantFrom('allergies', 'unknown-to-us'),
  origin: fc.record({ source, resource: text, version: fc.option(text, { nil: undefined }) }),
  title: text,
  state: fc.constantFrom('current', 'past', 'unknown'),
  cautions: fc.constant([]),
  labels: fc.constant([]),
});
const event = fc.oneof(
  fc.record({
    type: fc.constant('entries'),
    source,
    entries: fc.array(entry, { maxLength: 5 }),
    unread: fc.constant([]),
  }),
  fc.record({
    type: fc.constant('settled'),
    source,
    status: fc.record({ state: fc.constantFrom('answered', 'failed', 'late', 'withheld', 'nothing-held'), at: text }),
  }),
  fc.record({ type: fc.constant('alive'), at: text }),
) as unknown as fc.Arbitrary<RecordEvent>;

const SHOWN = [
  {
    type: 'entries',
    source: 'north',
    entries: [anEntry('north', 'a1', 'Penicillin'), anEntry('south', 'a9', 'Penicillin')],
    unread: [],
  },
  { type: 'settled', source: 'south', status: { state: 'failed', code: 'source.timeout' } },
  { type: 'closed', at: '2026-11-22T09:00:00.000Z' },
] as unknown as readonly RecordEvent[];

function anEntry(of: string, id: string, title: string): object {
  return {
    id: `${of}/AllergyIntolerance/${id}`,
    section: 'allergies',
    origin: { source: of, resource: `AllergyIntolerance/${id}`, version: '3' },
    title,
    state: 'current',
    cautions: [],
    labels: [],
  };
}

describe('a view that was kept', () => {
  it('can’t be shown again once its key is destroyed, and the audit still says that it was', async () => {
    await show('v', SHOWN);
    for (const [id, { sealed: _sealed, ...row }] of keys)
      keys.set(id, { ...row, destroyedAt: '2026-12-22T00:00:00.000Z' });
    await expect(again('v')).rejects.toThrow(/erased on 2026-12-22/);
    expect(audit.events).toMatchObject([{ type: 'record.seen', viewId: 'v', detail: { copy: true } }]);
  });

  it('is not shown when it was changed, put in another’s place, or is not the one in the audit', async () => {
    await show('v', SHOWN);
    await show('w', SHOWN.slice(1));
    const [v, w] = [views.get('v') as ViewRow, views.get('w') as ViewRow];
    for (const row of [
      { ...v, payload: w.payload ?? '' },
      { ...v, manifest: w.manifest },
      { ...v, payload: `AAAA${(v.payload ?? '').slice(4)}` },
    ]) {
      views.set('v', row);
      await expect(again('v')).rejects.toThrow(NotReplayable);
    }
    views.set('v', v);
    audit.events.length = 0;
    await expect(again('v')).rejects.toThrow('not the one whose hash is in the audit');
    await expect(again('nobody')).rejects.toThrow('Nothing is kept');
  });

  it('keeps no word of what it showed where the patient’s key does not reach', async () => {
    await show('v', SHOWN);
    const stored = JSON.stringify([
      ...views.values(),
      ...keys.values(),
      ...audit.events.map(({ nhsNumber: _number, ...rest }) => rest),
    ]);
    const bytes = [...views.values()].map(
      ({ payload, manifest }) =>
        Buffer.from(payload ?? '', 'base64').toString('latin1') + Buffer.from(manifest, 'base64').toString('latin1'),
    );
    expect(stored + bytes.join('')).not.toMatch(/Penicillin|AllergyIntolerance/);
    expect(stored).not.toContain(TEST_NUMBER);
  });

  it('keeps its manifest alone when a copy is not wanted, or would be too large', async () => {
    await show('v', SHOWN, { keep: 'hashes' });
    await show('w', SHOWN, { maxBytes: 20 });
    expect((await again('v')).lines).toBeUndefined();
    expect((await again('w')).manifest.items).toHaveLength(3);
    expect(audit.events.map(({ detail }) => detail?.['copy'])).toEqual([false, false]);
  });

  it('fails no reader when the store is away, and tells', async () => {
    const away = (): Promise<never> => Promise.reject(new Error('away'));
    await show('v', SHOWN, { store: { saveKey: away, saveView: away } });
    expect(failures).toHaveLength(1);
  });

  it('lists in order what was visible, merged, withheld and failed, with version and hash', async () => {
    const held = { resourceType: 'Condition', id: 'c7', meta: { versionId: '2' } } as unknown as Resource;
    await show('v', SHOWN, {}, [held]);
    const { manifest } = await again('v');
    const items = manifest.items.map(([of, resource, version, , state]) => [of, resource, version, state]);
    expect(items).toEqual([
      ['north', 'Condition/c7', '2', 'withheld'],
      ['north', 'AllergyIntolerance/a1', '3', 'visible'],
      ['south', 'AllergyIntolerance/a9', '3', 'merged'],
      ['south', '', null, 'failed'],
    ]);
    expect(manifest).toMatchObject({ end: 'closed', lines: 3 } satisfies Partial<Manifest>);
  });

  it('shows again byte for byte what many generated views showed', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (events) => {
        const viewId = `view-${String((count += 1))}`;
        const sent = await show(viewId, events);
        expect((await again(viewId)).lines).toBe(sent);
        expect(sent).toBe(events.map((one) => encodeEvent(one)).join(''));
        expect(failures).toEqual([]);
      }),
      { numRuns: VIEWS },
    );
  });

  it('sends the very bytes the wire would', () => {
    fc.assert(fc.property(event, (one) => encodeSeen(one).line === encodeEvent(one)));
  });
});

describe('an opened document', () => {
  const PDF = Buffer.from('%PDF-1.7\nA letter\n');
  const opened = {
    viewId: 'd',
    nhsNumber: TEST_NUMBER,
    source: 'north',
    reference: 'DocumentReference/d1',
    contentType: 'application/pdf',
    extension: 'pdf',
    bytes: PDF,
  };

  /** As the route does it: sealed, then the event of the opening, with the hash. */
  async function openOne(bytes: Uint8Array = PDF, more: Partial<SeenViewsDeps> = {}, viewId = 'd') {
    const kept = await seenViews(more).document({ ...opened, viewId, bytes });
    await audit.record({ type: 'document.viewed', at: 'now', outcome: 'success', viewId, detail: { ...kept } });
    return kept;
  }

  it('is not shown again once its patient’s key is destroyed, nor when its copy or its hash was changed', async () => {
    await openOne();
    const view = views.get('d') as ViewRow;
    const [key] = keys.values();
    views.set('d', { ...view, payload: `${(view.payload ?? '').slice(0, -8)}AAAAAAA=` });
    await expect(rebuilt('d')).rejects.toThrow(/sealed copy was changed/);
    await openOne(Buffer.from('%PDF-1.7\nAnother\n'), {}, 'e');
    views.set('d', { ...(views.get('e') as ViewRow), viewId: 'd' });
    await expect(rebuilt('d')).rejects.toThrow(/sealed copy was changed, or is another view’s/);
    views.set('d', view);
    audit.events.splice(0, 1, { ...audit.events[0], detail: { manifest: 'x' } } as never);
    await expect(rebuilt('d')).rejects.toThrow(/not the one whose hash is in the audit/);
    if (key) keys.set(key.id, { id: key.id, patientHandle: '', month: '', destroyedAt: '2026-12-01T00:00:00.000Z' });
    await expect(rebuilt('d')).rejects.toThrow(/erased on 2026-12-01/);
  });

  it('is not kept when it is larger than the limit, or copies are off: its hash is, and what it was', async () => {
    for (const [bytes, more] of [
      [Buffer.alloc(1_001, 'x'), {}],
      [PDF, { keep: 'hashes' }],
    ] as const) {
      expect(await openOne(bytes, more)).toMatchObject({ copy: false });
      const replayed = await rebuilt('d');
      expect('document' in replayed).toBe(false);
      expect(replayed.manifest).toMatchObject({ document: { reference: 'DocumentReference/d1', bytes: bytes.length } });
      expect(replayed.manifest.sha256).toBe(hash('sha256', bytes, 'base64'));
      expect(() => documentBytes(replayed)).toThrow(/only the hash was kept.*asSeenDocumentBytes/);
      audit.events.length = 0;
    }
  });

  it('never fails the reader: what could not be sealed is told to the operator', async () => {
    const store = { saveKey: () => Promise.reject(new Error('full')), saveView: () => Promise.resolve() };
    expect(await seenViews({ store }).document(opened)).toBeUndefined();
    expect(failures).toHaveLength(1);
  });

  it('is rebuilt byte for byte, whatever its bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 1_000 }), async (bytes) => {
        audit.events.length = 0;
        expect(await openOne(bytes)).toMatchObject({ copy: true });
        expect(Buffer.compare(documentBytes(await rebuilt('d')), bytes)).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it('holds nothing that can be read without the key', async () => {
    await openOne();
    expect(JSON.stringify([...views.values(), ...audit.events])).not.toMatch(/letter|application\/pdf/i);
  });

  it('belongs to the view it was opened from, and not to the one after it', async () => {
    const rows = [
      ['record.viewed', 'v1', {}],
      ['document.viewed', 'd1', {}],
      ['record.viewed', 'v2', { again: true }],
      ['document.viewed', 'd2', {}],
      ['record.viewed', 'v3', { again: false }],
      ['document.viewed', 'd3', {}],
    ] as const;
    const events = rows.map(([type, view_id, detail], sequence) => {
      return { sequence, type, at: 'now', launch_id: 'l', view_id, detail: JSON.stringify(detail) };
    });
    const load: Parameters<typeof openedDocuments>[1] = ({ viewId, type, after = -1 }) =>
      Promise.resolve(
        events.filter((one) => one.type === type && one.sequence > after && (viewId ?? one.view_id) === one.view_id),
      );
    const of = async (view: string) => (await openedDocuments(view, load)).map(({ viewId }) => viewId);
    expect(await of('v1')).toEqual(['d1', 'd2']);
    expect(await of('v3')).toEqual(['d3']);
    expect(await of('nobody')).toEqual([]);
  });
});
