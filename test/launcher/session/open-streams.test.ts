import { describe, expect, it } from 'vitest';
import { createOpenStreams } from '../../../launcher/session/open-streams.ts';

describe('open streams', () => {
  it('refuse one user’s stream beyond that user’s share, and let others in', () => {
    const streams = createOpenStreams({ perLauncher: 10, perUser: 1 });
    streams.open('a');
    expect(() => streams.open('a')).toThrow('request.too_many');
    expect(() => streams.open('b')).not.toThrow();
  });

  it('refuse everyone beyond what the launcher holds', () => {
    const streams = createOpenStreams({ perLauncher: 1, perUser: 1 });
    streams.open('a');
    expect(() => streams.open('b')).toThrow('server.busy');
  });

  it('refuse everyone, and tell those under way and wait for them, when the launcher stops', async () => {
    const streams = createOpenStreams({ perLauncher: 10, perUser: 10 });
    const place = streams.open('a');
    const ended = streams.endAll();
    expect(place.signal.aborted).toBe(true);
    expect(() => streams.open('b')).toThrow('server.busy');
    place.close();
    await expect(ended).resolves.toBeUndefined();
    await expect(createOpenStreams({ perLauncher: 1, perUser: 1 }).endAll()).resolves.toBeUndefined();
  });

  it('give a place back once, however often it is closed', () => {
    const streams = createOpenStreams({ perLauncher: 10, perUser: 2 });
    const place = streams.open('a');
    streams.open('a');
    place.close();
    place.close();
    expect(streams.count).toBe(1);
    streams.open('a');
    expect(() => streams.open('a')).toThrow('request.too_many');
  });
});
