import { describe, expect, it } from 'vitest';
import { Channel } from '../../../launcher/federation/channel.ts';
import { startDeadline } from '../../../launcher/federation/deadline.ts';
import { Permits, roomOf } from '../../../launcher/federation/reader-room.ts';
import { createTurns } from '../../../launcher/federation/turns.ts';
import { quiet } from '../../support/quiet.ts';

const never = new AbortController().signal;

describe('while the reader is behind', () => {
  it('nothing more is made ready before what is ready has been taken', async () => {
    const channel = new Channel<number>(1);
    await channel.send(1, never);
    const blocked = channel.send(2, never);
    let freed = false;
    const waiting = channel.untilFree(never).then(() => (freed = true));
    expect(await channel.take(100, never)).toEqual({ item: 1 });
    await blocked;
    await quiet(5);
    expect([channel.free, freed]).toEqual([false, false]);
    expect(await channel.take(100, never)).toEqual({ item: 2 });
    await waiting;
    expect(channel.free).toBe(true);
  });

  it('a place goes to whoever has waited for it longest, and to nobody who comes the moment it is empty', async () => {
    const channel = new Channel<number>(1);
    await channel.send(1, never);
    const leaving = new AbortController();
    const sent = [channel.send(2, never), channel.send(3, leaving.signal), channel.send(4, never)];
    leaving.abort();
    const first = channel.take(100, never);
    sent.push(channel.send(5, never));
    const taken = [await first];
    while (taken.length < 4) taken.push(await channel.take(100, never));
    await Promise.all(sent);
    expect(taken).toEqual([{ item: 1 }, { item: 2 }, { item: 4 }, { item: 5 }]);
    expect(channel.free).toBe(true);
  });

  it('what waits for room is dropped when nobody reads any more, and holds up nobody', async () => {
    const channel = new Channel<number>(1);
    await channel.send(1, never);
    const waiting = [channel.send(2, never), channel.send(3, never), channel.untilFree(never)];
    channel.close();
    await Promise.all(waiting);
    expect(await channel.take(100, never)).toEqual({ item: 1 });
    expect(await channel.take(100, never)).toBe('ended');
  });

  it('nobody who waits to make more ready is looked at for every item that is taken', async () => {
    const channel = new Channel<number>(1);
    await channel.send(0, never);
    const sent = Array.from({ length: 50 }, (_, item) => channel.send(item + 1, never));
    let looks = 0;
    const watched = new Proxy(never, {
      get: (signal, name) => {
        if (name === 'addEventListener') looks++;
        const value: unknown = Reflect.get(signal, name, signal);
        return typeof value === 'function' ? (value.bind(signal) as unknown) : value;
      },
    });
    const waiting = Array.from({ length: 20 }, () => channel.untilFree(watched));
    for (let taken = 0; taken <= 50; taken++) expect(await channel.take(100, never)).toEqual({ item: taken });
    await Promise.all([...sent, ...waiting]);
    expect(looks).toBe(20);
  });

  it('nobody waits for a reader who has left', async () => {
    const channel = new Channel<number>(1);
    await channel.send(1, never);
    const leaving = new AbortController();
    const waiting = channel.untilFree(leaving.signal);
    leaving.abort();
    await expect(waiting).resolves.toBeUndefined();
    const other = channel.untilFree(never);
    channel.close();
    await expect(other).resolves.toBeUndefined();
    expect(channel.free).toBe(true);
  });

  it('no source looks late for it, until the last of its pages that wait has been taken', async () => {
    const channel = new Channel<number>(1);
    await channel.send(1, never);
    const deadline = startDeadline({ totalMs: 60, idleMs: 60 }, never);
    const room = roomOf(channel, { deadline });
    const waits = [room.untilFree(never), room.untilFree(never)];
    await quiet(120);
    expect(deadline.passed).toBe(false);
    await channel.take(100, never);
    await Promise.all(waits);
    await quiet(120);
    expect(deadline.passed).toBe(true);
    deadline.end();
  });

  it('a page that has been parsed goes before all that have not, however long they have waited', async () => {
    const went: string[] = [];
    const first = createTurns();
    await first.next();
    const crowd = Array.from({ length: 80 }, (_, place) =>
      createTurns()
        .next()
        .then(() => went.push(String(place))),
    );
    await quiet(20);
    const begun = went.length;
    await first.next(never, 'in-hand').then(() => went.push('in hand'));
    expect(went.indexOf('in hand')).toBeLessThanOrEqual(begun + 1);
    await Promise.all(crowd);
    expect(went).toHaveLength(81);
  });
});

describe('bodies of one source', () => {
  it('are in memory so many at once, in order, and one who leaves takes no place', async () => {
    const permits = new Permits(1);
    const done = await permits.take(never);
    const leaving = new AbortController();
    const left = permits.take(leaving.signal);
    let came = false;
    const next = permits.take(never).then((give) => ((came = true), give));
    leaving.abort();
    await expect(left).rejects.toThrow();
    expect(came).toBe(false);
    done();
    done();
    const give = await next;
    let third = false;
    void permits.take(never).then(() => (third = true));
    await quiet(5);
    expect(third).toBe(false);
    give();
    await quiet(5);
    expect(third).toBe(true);
  });
});
