import { describe, expect, it } from 'vitest';
import { stopBarred } from '../../../launcher/access/stop-barred.ts';
import type { Source, SourceId } from '../../../src/record/source.ts';
import type { RecordEvent } from '../../../src/record/wire.ts';
import { answersAfter } from '../../support/quiet.ts';

const [A, B] = ['a', 'b'] as unknown as readonly [SourceId, SourceId];
const at = '2026-11-22T12:00:00.000Z';
const entries = (source: SourceId): RecordEvent => ({ type: 'entries', source, entries: [], unread: [] });
const opened = { type: 'opened', sources: [{ id: A }, { id: B }] as unknown as Source[] } as unknown as RecordEvent;
const answered = (source: SourceId): RecordEvent => ({
  type: 'settled',
  source,
  status: { state: 'answered', at, tookMs: 1, sections: {} },
});

/** Everything at once, then a wait in which an objection is made, then the rest. */
async function* streaming(objection: () => void): AsyncGenerator<RecordEvent> {
  yield opened;
  yield entries(A);
  yield entries(B);
  objection();
  await answersAfter(60);
  yield entries(A);
  yield entries(B);
  yield answered(A);
  yield answered(B);
  yield { type: 'closed', at };
}

async function collect(barred: () => Promise<ReadonlyMap<SourceId, string>>, objection = (): void => undefined) {
  const all: RecordEvent[] = [];
  const deps = { barred, everyMs: 10, now: () => Date.parse(at) };
  for await (const event of stopBarred(streaming(objection), deps)) all.push(event);
  return all;
}

describe('an objection made while the record streams', () => {
  it('stops the source it bars at the next byte, settles it as withheld once, and leaves the others alone', async () => {
    let rules = new Map<SourceId, string>();
    const events = await collect(
      () => Promise.resolve(rules),
      () => (rules = new Map([[A, 'consent.objection']])),
    );
    expect(events.map((event) => `${event.type} ${'source' in event ? event.source : ''}`.trim())).toEqual([
      'opened',
      'entries a',
      'entries b',
      'settled a',
      'entries b',
      'settled b',
      'closed',
    ]);
    expect(events[3]).toMatchObject({ status: { state: 'withheld', by: 'policy', rule: 'consent.objection' } });
  });

  it('ends the view when nobody can say whether one stands', async () => {
    await expect(collect(() => Promise.reject(new Error('store down')))).rejects.toThrow('not known');
  });

  it('changes nothing when there is none', async () => {
    expect(await collect(() => Promise.resolve(new Map()))).toHaveLength(8);
  });
});
