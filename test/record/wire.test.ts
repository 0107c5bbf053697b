import { describe, expect, it } from 'vitest';
import { encodeEvent, parseEvent, WIRE_VERSION, type RecordEvent } from '../../src/record/wire.ts';

const AT = '2026-11-22T09:00:00Z';

describe('a line of the stream', () => {
  it.each([
    ['cut short', '{"type":"alive","at":"2026-1'],
    ['empty', ''],
    ['no object', '"alive"'],
    ['nothing', 'null'],
    ['a list', '["alive"]'],
    ['without a type', `{"at":"${AT}"}`],
    ['of a type that is no text', '{"type":5}'],
    ['of a type nobody knows', '{"type":"finished"}'],
  ])('is malformed that is %s', (_, line) => {
    expect(parseEvent(line)).toEqual({ error: 'malformed' });
  });

  it('that opens a stream of another version is refused as that', () => {
    expect(parseEvent(JSON.stringify({ type: 'opened', version: WIRE_VERSION + 1 }))).toEqual({
      error: 'unknown-version',
    });
    expect(parseEvent('{"type":"opened"}')).toEqual({ error: 'unknown-version' });
  });

  it.each<RecordEvent>([
    { type: 'opened', version: WIRE_VERSION, viewId: 'v', at: AT, patient: {} as never, sources: [] },
    { type: 'entries', source: 'gp' as never, entries: [], unread: [] },
    { type: 'settled', source: 'gp' as never, status: { state: 'answered', at: AT, tookMs: 1, sections: {} } },
    { type: 'alive', at: AT },
    { type: 'closed', at: AT },
  ])('is read as it was written: $type', (event) => {
    const line = encodeEvent(event);
    expect(line.endsWith('}\n')).toBe(true);
    expect(parseEvent(line)).toEqual(event);
  });
});
