import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../launcher/storage/database.ts';
import { CorridorError } from '../../launcher/errors.ts';
import type { HandoverAct } from '../../launcher/handovers/acts.ts';
import { AFTER_VIEW_MS } from '../../launcher/handovers/subscribe.ts';
import { migrate } from '../../launcher/storage/migrate.ts';
import { loadNoticeWatches } from '../../launcher/storage/tables/notice-watches.ts';
import type { Handover } from '../../src/messages/handover.ts';
import {
  communityOf,
  handoverFile,
  HOUR,
  LIMITS,
  MARGARET,
  openHandoverWorld,
  OTHER_NUMBER,
  stay,
  type HandoverWorld,
} from '../support/handover-world.ts';

/** Notices and handovers on a store, whichever engine it is. `open` gives a new and empty one. */
export function handoversContract(open: () => Promise<Database>): void {
  let database: Database;
  let world: HandoverWorld;

  beforeEach(async () => {
    database = await open();
    await migrate(database);
    world = openHandoverWorld(database);
  });
  afterEach(async () => {
    await world.stop();
    await database.close();
  });

  const gp = () => world.session('XB001', 'gp', { careEvidence: 'registration' });
  const nurse = () => world.session('XB201', 'nurse', { careEvidence: 'referral' });
  const council = () => world.session('XB401', 'social-worker', { careEvidence: 'referral' });
  const lead = () => world.session('XB201', 'gp', { careEvidence: 'referral' });
  const after = (ms: number): Promise<void> => {
    world.clock.ms += ms;
    return world.worker.tick();
  };
  const handovers = async (session = gp()): Promise<readonly Handover[]> =>
    (await world.lists.ofPatient(world.reader(session))).handovers;
  const acknowledge = (session: ReturnType<typeof gp>, handover: Handover, address: string, id: string = ID) =>
    world.lists.act(world.reader(session), {
      kind: 'acknowledge',
      id,
      handover: handover.id,
      version: handover.version,
      address,
    });
  const RESTRICTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' };
  const ID = '11111111-1111-4111-8111-111111111111';
  const count = (type: string): number => world.audit.filter((event) => event.type === type).length;
  const discharged = async (): Promise<Handover> => {
    await world.subscribe.follow(gp());
    await world.subscribe.follow(nurse());
    await after(AFTER_VIEW_MS);
    world.infirmary.put(stay(), world.clock.ms + 1_000);
    await after(LIMITS.pollMs * 2);
    const [found] = await handovers();
    if (!found) throw new Error('no handover');
    return found;
  };

  describe('who is told of whom', () => {
    it('is nobody who has only opened a chart, and no role that has no team', async () => {
      await world.subscribe.follow(world.session('XB001', 'gp'));
      await world.subscribe.follow(world.session('XB001', 'nurse', { careEvidence: 'referral' }));
      await after(AFTER_VIEW_MS);
      expect(world.infirmary.asks).toEqual([]);
      expect(count('notice.subscribed')).toBe(0);
    });

    it('is nobody any more after the last day, or once the team has said so; the source is told', async () => {
      await world.subscribe.follow(gp());
      await after(AFTER_VIEW_MS);
      const asked = world.infirmary.asks.length;
      expect(await world.subscribe.end(gp())).toBe(1);
      world.infirmary.put(stay(), world.clock.ms);
      await after(LIMITS.pollMs * 3);
      expect(world.infirmary.asks.length).toBe(asked);
      expect(world.infirmary.ended).toEqual(['sub1']);
      await world.subscribe.follow(nurse());
      await after(AFTER_VIEW_MS);
      const before = world.council.asks.length;
      await after(31 * 24 * HOUR);
      expect(world.council.asks.length).toBe(before);
    });

    it('is a team with a relationship that a launch has proven, and every source is asked as that team', async () => {
      await world.subscribe.follow(gp());
      await after(LIMITS.pollMs);
      expect(world.infirmary.asks.length).toBeGreaterThan(0);
      expect(world.council.asks.length).toBeGreaterThan(0);
      const asked = world.audit.filter(({ type }) => type === 'source.asked');
      expect(new Set(asked.map(({ user, role, purpose }) => `${user ?? ''} ${role ?? ''} ${purpose ?? ''}`))).toEqual(
        new Set(['team|XB001/duty gp direct-care']),
      );
    });
  });

  describe('an event', () => {
    it('is not told to a team whose role may not see it, and is to one that may', async () => {
      await world.subscribe.follow(council());
      await world.subscribe.follow(gp());
      const sealed = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] };
      world.infirmary.put(stay('e1', { meta: sealed }), world.clock.ms);
      await after(AFTER_VIEW_MS);
      expect((await world.lists.ofPatient(world.reader(council()))).notices).toEqual([]);
      expect((await world.lists.ofPatient(world.reader(gp()))).notices).toMatchObject([{ kind: 'discharge' }]);
    });

    it('is no news when it is older than what a team can want to be told, and history is not told at all', async () => {
      world.infirmary.put(stay('old', { period: { end: '2026-05-01' } }), world.clock.ms);
      await world.subscribe.follow(gp());
      await after(AFTER_VIEW_MS);
      expect(await handovers()).toEqual([]);
    });

    it('is one event by whatever route it comes, however often, and whoever hears it first', async () => {
      const handover = await discharged();
      for (let round = 0; round < 5; round += 1) {
        const [watch] = world.infirmary.orders.map(({ endpoint }) => endpoint.split('/').at(-1) ?? '');
        const told = await world.tell.find(watch ?? '');
        if (!told) throw new Error('no watch');
        await world.tell.take(told, {
          type: 'event-notification',
          subscription: 'sub1',
          status: 'active',
          count: 1,
          events: [1],
        });
        world.infirmary.put(stay('e1', { period: { end: '2026-11-22T08:45:00Z' } }), world.clock.ms);
        await after(LIMITS.pollMs * 2);
      }
      expect(await handovers()).toHaveLength(1);
      expect((await handovers())[0]?.id).toBe(handover.id);
      expect(count('handover.opened')).toBe(handover.recipients.length);
    });

    it('that its source takes back is withdrawn, and waits again when it is said again', async () => {
      const handover = await discharged();
      world.infirmary.put(stay('e1', { status: 'entered-in-error' }), world.clock.ms);
      await after(LIMITS.pollMs * 2);
      const [withdrawn] = await handovers();
      expect(withdrawn).toMatchObject({ id: handover.id, withdrawnAt: expect.any(String) as string });
      expect(withdrawn?.recipients.some(({ mayAcknowledge }) => mayAcknowledge)).toBe(false);
      await after(72 * HOUR);
      expect((await handovers())[0]?.onLeadsList).toBe(false);
      world.infirmary.put(stay(), world.clock.ms);
      await after(LIMITS.pollMs * 2);
      await after(10);
      expect((await handovers())[0]?.withdrawnAt).toBeUndefined();
      expect((await handovers())[0]?.onLeadsList).toBe(true);
    });

    it('that happened while its source was down is told once it answers, and until then the list says who is unheard', async () => {
      await world.subscribe.follow(gp());
      await after(AFTER_VIEW_MS);
      world.infirmary.down = true;
      world.infirmary.put(stay(), world.clock.ms + 1_000);
      await after(LIMITS.pollMs * 2);
      const silent = await world.lists.ofPatient(world.reader(gp()));
      expect(silent.handovers).toEqual([]);
      expect(silent.unheard).toMatchObject([{ organisation: { ods: 'XB101' } }]);
      world.infirmary.down = false;
      await after(LIMITS.pollMs);
      const heard = await world.lists.ofPatient(world.reader(gp()));
      expect(heard.handovers).toHaveLength(1);
      expect(heard.unheard).toEqual([]);
    });

    it('on a page that was cut off is asked for again: what was not heard whole does not count as heard', async () => {
      await world.subscribe.follow(gp());
      world.infirmary.cut = true;
      await after(AFTER_VIEW_MS);
      const [watch] = await watchesOf('infirmary');
      expect(watch).toMatchObject({ state: 'failing' });
      expect(watch?.heardAt).toBeUndefined();
    });

    it('comes in any order and number and ends as one each (exactly once)', async () => {
      await world.subscribe.follow(gp());
      await world.subscribe.follow(nurse());
      await after(AFTER_VIEW_MS);
      const happening = fc.record({ id: fc.integer({ min: 1, max: 6 }), by: fc.constantFrom('told', 'asked', 'both') });
      let events = 0;
      const seen = new Set<number>();
      await fc.assert(
        fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 6 }), async (happenings) => {
          for (const { id, by } of happenings) {
            seen.add(id);
            world.clock.ms += 1_000;
            world.infirmary.put(stay(`e${String(id)}`), world.clock.ms);
            events += 1;
            if (by !== 'asked')
              for (const { endpoint } of world.infirmary.orders) {
                const told = await world.tell.find(endpoint.split('/').at(-1) ?? '');
                if (told)
                  await world.tell.take(told, {
                    type: 'event-notification',
                    subscription: 'sub1',
                    status: 'active',
                    count: events,
                    events: [events],
                  });
              }
            if (by !== 'told') world.clock.ms += LIMITS.pollMs * 2;
            await Promise.all([world.worker.tick(), second().tick()]);
          }
          await after(LIMITS.pollMs * 2);
          expect(await handovers()).toHaveLength(seen.size);
        }),
        { numRuns: 8 },
      );
      expect(new Set((await handovers()).map(({ id }) => id)).size).toBe(seen.size);
    }, 180_000);
  });

  describe('what a source tells by itself', () => {
    it('leads to asking at once, and a gap in its numbers loses nothing', async () => {
      await world.subscribe.follow(gp());
      await after(AFTER_VIEW_MS);
      const told = await world.tell.find(world.infirmary.orders[0]?.endpoint.split('/').at(-1) ?? '');
      if (!told) throw new Error('no watch');
      const take = (n: number) =>
        world.tell.take(told, {
          type: 'event-notification',
          subscription: 'sub1',
          status: 'active',
          count: n,
          events: [n],
        });
      await take(1);
      await after(10);
      // The second and third never arrive.
      world.infirmary.put(stay('e2'), world.clock.ms);
      world.infirmary.put(stay('e3'), world.clock.ms);
      world.infirmary.put(stay('e4'), world.clock.ms);
      await take(4);
      await after(10);
      expect(await handovers()).toHaveLength(3);
      expect(
        world.audit.find(({ type, code }) => type === 'notice.told' && code === 'notice.gap')?.detail,
      ).toMatchObject({
        missed: 2,
      });
    });

    it('by a heartbeat that counts more than was told leads to asking too, and one that counts the same does not', async () => {
      await world.subscribe.follow(gp());
      await after(AFTER_VIEW_MS);
      const told = await world.tell.find(world.infirmary.orders[0]?.endpoint.split('/').at(-1) ?? '');
      if (!told) throw new Error('no watch');
      const asked = world.infirmary.asks.length;
      const beat = (n: number) =>
        world.tell.take(told, { type: 'heartbeat', subscription: 'sub1', status: 'active', count: n, events: [] });
      await beat(0);
      await after(10);
      expect(world.infirmary.asks.length).toBe(asked);
      await beat(1);
      await after(10);
      expect(world.infirmary.asks.length).toBe(asked + 1);
    });

    it('is not waited for when it falls silent: it is asked, and asked to tell anew', async () => {
      await world.subscribe.follow(gp());
      await after(AFTER_VIEW_MS);
      world.infirmary.put(stay(), world.clock.ms);
      await after(LIMITS.heartbeatMs * 2);
      expect(await handovers()).toHaveLength(1);
      expect(world.infirmary.ended).toEqual(['sub1']);
      expect(world.infirmary.orders).toHaveLength(2);
    });

    it('has a secret of its own for each team and resident, of which the store keeps no more than a hash', async () => {
      await world.subscribe.follow(gp());
      await world.subscribe.follow(nurse());
      await after(AFTER_VIEW_MS);
      const secrets = world.infirmary.orders.map(({ secret }) => secret);
      expect(new Set(secrets).size).toBe(2);
      const rows = JSON.stringify(await database.queries.selectFrom('notice_watches').selectAll().execute());
      for (const secret of secrets) expect(rows).not.toContain(secret);
    });
  });

  describe('who must take it on', () => {
    it('refuses a team that it was not given to, one version too old, and one from the chart of another patient', async () => {
      const handover = await discharged();
      await expect(
        acknowledge(world.session('XB002', 'gp', { careEvidence: 'referral' }), handover, 'XB001/duty'),
      ).rejects.toMatchObject({ code: 'handover.refused' });
      await expect(acknowledge(gp(), handover, 'XB201/intake')).rejects.toMatchObject({ code: 'handover.refused' });
      const other = world.session('XB001', 'gp', { patient: { ...MARGARET, nhsNumber: OTHER_NUMBER } });
      await expect(acknowledge(other, handover, 'XB001/duty')).rejects.toMatchObject({ code: 'handover.not_found' });
      expect(await acknowledge(gp(), { ...handover, version: handover.version - 1 }, 'XB001/duty')).toMatchObject({
        moved: true,
      });
      expect(
        world.audit.filter(({ type, outcome }) => type === 'handover.acknowledged' && outcome === 'success'),
      ).toEqual([]);
      expect((await handovers())[0]?.recipients.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    });

    it('is the registered practice and the teams involved, each until its own time', async () => {
      const handover = await discharged();
      expect(handover).toMatchObject({ kind: 'discharge', from: { ods: 'XB101' }, happened: '2026-11-22T08:30:00Z' });
      expect(handover.recipients.map(({ address, mayAcknowledge }) => [address, mayAcknowledge])).toEqual([
        ['XB001/duty', true],
        ['XB201/intake', false],
      ]);
      expect(handover.letter).toBeUndefined();
    });

    it('takes it on by one act, once, and the same act again changes nothing', async () => {
      const handover = await discharged();
      const first = await acknowledge(gp(), handover, 'XB001/duty');
      const again = await acknowledge(gp(), handover, 'XB001/duty');
      expect(first).toMatchObject({ moved: false, handover: { version: 2 } });
      expect(again).toEqual(first);
      expect(first.handover.recipients[0]).toMatchObject({
        state: 'acknowledged',
        owner: { name: 'Somebody at XB001', team: 'duty' },
      });
      expect(count('handover.acknowledged')).toBe(1);
    });

    it('is one of two who act at once, and the other sees it', async () => {
      const handover = await discharged();
      const second = world.session('XB001', 'gp', { user: { key: 'another', name: 'Another' } });
      const both = await Promise.all([
        acknowledge(gp(), handover, 'XB001/duty', ID),
        acknowledge(second, handover, 'XB001/duty', '22222222-2222-4222-8222-222222222222'),
      ]);
      expect(both.map(({ moved }) => moved).sort()).toEqual([false, true]);
      for (const { handover: seen } of both) expect(seen.recipients[0]?.state).toBe('acknowledged');
    });

    it('gets the letter when it is filed, the summary before any other, by its origin alone', async () => {
      await discharged();
      const letter = (id: string, code: string): object => ({
        resourceType: 'DocumentReference',
        id,
        status: 'current',
        subject: { reference: 'Patient/p1' },
        type: { coding: [{ system: 'http://snomed.info/sct', code }] },
        context: { encounter: [{ reference: 'Encounter/e1' }] },
      });
      world.infirmary.put(letter('d1', '823681000000100') as never, world.clock.ms);
      await after(LIMITS.pollMs * 2);
      expect((await handovers())[0]?.letter).toEqual({ source: 'infirmary', resource: 'DocumentReference/d1' });
      world.infirmary.put(letter('d2', '373942005') as never, world.clock.ms);
      await after(LIMITS.pollMs * 2);
      expect((await handovers())[0]?.letter?.resource).toBe('DocumentReference/d2');
    });
  });

  describe('a change of owner', () => {
    const colleague = () => world.session('XB001', 'gp', { user: { key: 'colleague', name: 'Dr Colleague' } });
    const act = (session: ReturnType<typeof gp>, handover: Handover, more: Partial<HandoverAct>) =>
      world.lists.act(world.reader(session), {
        kind: 'reassign',
        id: randomUUID(),
        handover: handover.id,
        version: handover.version,
        address: 'XB001/duty',
        ...more,
      });
    const passed = async (): Promise<Handover> => {
      const { handover } = await acknowledge(gp(), await discharged(), 'XB001/duty');
      return (await act(gp(), handover, { to: 'XB401/intake' })).handover;
    };
    const of = ({ recipients }: Handover, address: string) => recipients.find((one) => one.address === address);

    it('is refused to who has it not, to nobody’s team, and to one that has it on its own account', async () => {
      const { handover } = await acknowledge(gp(), await discharged(), 'XB001/duty');
      const refused = { code: 'handover.refused' };
      await expect(act(council(), handover, { to: 'XB401/intake' })).rejects.toMatchObject(refused);
      for (const to of ['XB009/none', 'XB401/nobody', 'XB201/intake', 'XB001/duty', undefined])
        await expect(act(gp(), handover, { ...(to !== undefined && { to }) })).rejects.toMatchObject(refused);
      await expect(act(nurse(), handover, { kind: 'take' })).rejects.toMatchObject(refused);
      await expect(act(gp(), handover, { kind: 'take' })).rejects.toMatchObject(refused);
      expect(world.audit.filter(({ code }) => code === 'handover.refused').length).toBe(8);
      expect((await handovers())[0]?.version).toBe(handover.version);
    });

    it('leaves it with its owner until the team it was passed to has acknowledged it', async () => {
      const handover = await passed();
      expect(of(handover, 'XB001/duty')).toMatchObject({
        state: 'acknowledged',
        owner: { name: 'Somebody at XB001' },
        passedTo: { address: 'XB401/intake', by: { name: 'Somebody at XB001' } },
      });
      expect(of(handover, 'XB401/intake')).toMatchObject({ state: 'waiting', mayAcknowledge: false });
      expect(await world.lists.waiting(['XB401/intake'])).toBe(1);
      const taken = await acknowledge(council(), handover, 'XB401/intake', randomUUID());
      expect(of(taken.handover, 'XB001/duty')).toMatchObject({ state: 'passed' });
      expect(of(taken.handover, 'XB001/duty')?.owner).toBeUndefined();
      expect(of(taken.handover, 'XB401/intake')).toMatchObject({ owner: { name: 'Somebody at XB401' } });
    });

    it('is done once by the same act, and shown to the slower of two who act at once', async () => {
      const { handover } = await acknowledge(gp(), await discharged(), 'XB001/duty');
      const id = randomUUID();
      const [first, again] = [
        await act(gp(), handover, { id, to: 'XB401/intake' }),
        await act(gp(), handover, { id, to: 'XB401/intake' }),
      ];
      expect(again).toEqual(first);
      expect(count('handover.reassigned')).toBe(1);
      const { handover: now } = first;
      const both = await Promise.all([
        act(colleague(), now, { kind: 'take' }),
        acknowledge(council(), now, 'XB401/intake', randomUUID()),
      ]);
      expect(both.map(({ moved }) => moved).sort()).toEqual([false, true]);
      expect(both[0].handover.version).toBe(both[1].handover.version);
    });

    it('goes to a colleague who takes it over, and back to a team that takes it back or is given it back', async () => {
      const own = await acknowledge(gp(), await discharged(), 'XB001/duty');
      const over = (await act(colleague(), own.handover, { kind: 'take' })).handover;
      expect(of(over, 'XB001/duty')?.owner).toMatchObject({ name: 'Dr Colleague' });
      const given = (await act(colleague(), over, { to: 'XB401/intake' })).handover;
      const back = (await act(gp(), given, { kind: 'take' })).handover;
      expect(of(back, 'XB001/duty')).toMatchObject({ state: 'acknowledged', owner: { name: 'Somebody at XB001' } });
      expect(of(back, 'XB401/intake')).toMatchObject({ state: 'passed', passedTo: { address: 'XB001/duty' } });
      const again = (await act(gp(), back, { to: 'XB401/intake' })).handover;
      const returned = (await act(council(), again, { address: 'XB401/intake', to: 'XB001/duty' })).handover;
      // Nobody puts it down unseen: given back it waits to be acknowledged anew.
      expect(of(returned, 'XB001/duty')).toMatchObject({ state: 'waiting' });
      expect(await world.lists.waiting(['XB001/duty'])).toBe(1);
    });

    it('buys no time when nobody had acknowledged it, and gives its rule’s time anew when its owner gives it over', async () => {
      const handover = await discharged();
      const due = of(handover, 'XB001/duty')?.dueAt ?? '';
      world.clock.ms += 2 * HOUR;
      const untouched = (await act(gp(), handover, { to: 'XB401/intake' })).handover;
      expect(of(untouched, 'XB001/duty')?.state).toBe('passed');
      expect(of(untouched, 'XB401/intake')?.dueAt).toBe(due);
      const taken = await acknowledge(council(), untouched, 'XB401/intake', randomUUID());
      const over = (await act(council(), taken.handover, { address: 'XB401/intake', to: 'XB002/duty' })).handover;
      expect(of(over, 'XB002/duty')?.dueAt).toBe(new Date(world.clock.ms + 24 * HOUR).toISOString());
      await after(25 * HOUR);
      expect(of((await handovers())[0] ?? over, 'XB002/duty')?.state).toBe('late');
      expect((await handovers())[0]?.escalations.some(({ rule }) => rule === 'handover.late')).toBe(true);
    });

    it('is neither offered nor given to a team of which no role may see it: nobody there could take it on', async () => {
      await world.stop();
      const sections = 'sections: [demographics, encounters, admissions, discharges, services-and-care]';
      world = openHandoverWorld(database, communityOf(handoverFile().replace(sections, 'sections: [medications]')));
      const handover = await discharged();
      const targets = await world.lists.targets(world.reader(gp()), handover.id);
      expect(targets.map(({ address }) => address)).toEqual(['XB002/duty', 'XB101/ward', 'XB201/lead']);
      await expect(act(gp(), handover, { to: 'XB401/intake' })).rejects.toMatchObject({ code: 'handover.refused' });
      expect(await world.lists.waiting(['XB401/intake'])).toBe(0);
    });

    it('is offered to teams that may have it, and to nobody from another’s chart', async () => {
      const { handover } = await acknowledge(gp(), await discharged(), 'XB001/duty');
      const targets = await world.lists.targets(world.reader(gp()), handover.id);
      expect(targets.map(({ address }) => address)).toEqual(['XB002/duty', 'XB101/ward', 'XB201/lead', 'XB401/intake']);
      await expect(world.lists.targets(world.reader(council()), handover.id)).rejects.toMatchObject({
        code: 'handover.refused',
      });
    });

    it('never loses nor doubles who has it, whatever is done in whatever order', async () => {
      const handover = await discharged();
      const people = [
        [gp(), 'XB001/duty'],
        [world.session('XB002', 'gp', { careEvidence: 'referral' }), 'XB002/duty'],
        [nurse(), 'XB201/intake'],
        [council(), 'XB401/intake'],
      ] as const;
      const random = fc.sample(
        fc.tuple(
          fc.constantFrom('acknowledge' as const, 'take' as const, 'reassign' as const),
          fc.nat(3),
          fc.nat(3),
          fc.boolean(),
        ),
        { numRuns: 60, seed: 7 },
      );
      let version = handover.version;
      for (const [kind, who, to, stale] of random) {
        const [session, address] = people[who] ?? people[0];
        const target = people[to]?.[1] ?? 'XB001/duty';
        const seen = { ...handover, version: stale ? version - 1 : version };
        const done = await act(session, seen, { kind, address, ...(kind === 'reassign' && { to: target }) }).catch(
          (error: unknown) => {
            if (error instanceof CorridorError) return undefined;
            throw error;
          },
        );
        const [now] = await handovers();
        if (!now) throw new Error('lost');
        expect(now.version).toBe(done?.moved === false ? version + 1 : version);
        version = now.version;
        // Two recipients were asked: there are always two who have it, and a team has it once.
        expect(now.recipients.filter(({ passedTo }) => !passedTo)).toHaveLength(2);
        for (const { state, owner } of now.recipients) if (owner) expect(state).toBe('acknowledged');
      }
      const open = (await handovers())[0]?.recipients.filter(({ state }) => state === 'waiting' || state === 'late');
      const waiting = await Promise.all((open ?? []).map(({ address }) => world.lists.waiting([address])));
      expect(waiting.every((one) => one === 1)).toBe(true);
    });
  });

  describe('what nobody takes on', () => {
    it('is late after its time, goes to whom the team escalates, and is on the lead’s list after the agreed hours', async () => {
      const handover = await discharged();
      await acknowledge(gp(), handover, 'XB001/duty');
      expect((await handovers(lead()))[0]?.onLeadsList).toBe(false);
      await after(24 * HOUR);
      const [late] = await handovers(nurse());
      expect(late?.recipients.map(({ state }) => state)).toEqual(['acknowledged', 'late']);
      expect(late?.escalations).toMatchObject([{ rule: 'handover.late', to: { address: 'XB201/lead' } }]);
      await after(24 * HOUR);
      const [unowned] = await handovers(lead());
      expect(unowned?.onLeadsList).toBe(true);
      // One of two has taken it on: it is not said that nobody did.
      for (const { words } of unowned?.escalations ?? []) expect(words).not.toMatch(/nobody/i);
      expect(unowned?.recipients[1]?.mayAcknowledge).toBe(true);
      expect(await world.lists.waiting(['XB201/lead'])).toBe(1);
      await acknowledge(lead(), unowned ?? handover, 'XB201/intake');
      const [owned] = await handovers(lead());
      expect(owned?.onLeadsList).toBe(false);
      expect(owned?.recipients[1]?.owner).toMatchObject({ team: 'lead' });
      expect(await world.lists.waiting(['XB201/lead'])).toBe(0);
    });

    it('comes to the lead at once when nobody is known who should take it', async () => {
      world.infirmary.patient = { ...world.infirmary.patient, generalPractitioner: [] };
      await world.subscribe.follow(world.session('XB101', 'hospital-doctor', { encounterId: 'e1' }));
      world.infirmary.put(stay(), world.clock.ms);
      await after(AFTER_VIEW_MS);
      await after(10);
      const [handover] = await handovers(lead());
      expect(handover).toMatchObject({
        onLeadsList: true,
        recipients: [{ address: 'XB201/lead', mayAcknowledge: true }],
      });
    });

    it('escalates once, with several launchers, and stands in the audit', async () => {
      await discharged();
      world.clock.ms += 49 * HOUR;
      await Promise.all([world.worker.tick(), second().tick(), third().tick()]);
      const [handover] = await handovers();
      expect(handover?.escalations.map(({ rule }) => rule).sort()).toEqual([
        'handover.late',
        'handover.late',
        'handover.unowned',
      ]);
      expect(count('handover.escalated')).toBeGreaterThanOrEqual(3);
    });
  });

  describe('the rules of the record', () => {
    it('hold for a list: whose team may not be told of the person sees that it is withheld and why, and can’t take it on', async () => {
      const handover = await discharged();
      world.barred.add('infirmary');
      const [seen] = await handovers();
      expect(seen).toMatchObject({
        id: handover.id,
        patient: { withheld: { rule: 'test.barred', words: 'the rule test.barred' } },
        from: { ods: '', name: 'An organisation' },
      });
      expect(JSON.stringify(seen)).not.toContain('Bedford');
      expect(seen?.recipients.some(({ mayAcknowledge }) => mayAcknowledge)).toBe(false);
      await expect(acknowledge(gp(), handover, 'XB001/duty')).rejects.toMatchObject({ code: 'handover.refused' });
      // To whom it was not given, nothing says that there is anything.
      expect(await handovers(world.session('XB002', 'gp', { careEvidence: 'referral' }))).toEqual([]);
    });

    it('hold for whereabouts: a restricted person’s handover names no organisation and no letter', async () => {
      const hidden = { patient: { ...MARGARET, restricted: true as const } };
      await world.subscribe.follow(world.session('XB001', 'gp', { careEvidence: 'registration', ...hidden }));
      await after(AFTER_VIEW_MS);
      world.infirmary.put(stay(), world.clock.ms);
      await after(LIMITS.pollMs * 2);
      const reader = world.reader(world.session('XB001', 'gp', { careEvidence: 'registration', ...hidden }));
      const listed = await world.lists.ofPatient(reader);
      expect(listed.handovers).toMatchObject([{ kind: 'discharge', from: { ods: '', name: 'An organisation' } }]);
      expect(listed.handovers[0]?.letter).toBeUndefined();
      expect(JSON.stringify(listed)).not.toContain('Infirmary');
      expect(JSON.stringify(listed)).not.toContain('infirmary');
      world.infirmary.down = true;
      await after(LIMITS.pollMs * 2);
      const { unheard } = await world.lists.ofPatient(reader);
      expect(unheard).toMatchObject([{ organisation: { ods: '', name: 'An organisation' } }]);
    });

    it('hold for whereabouts: of a restricted person only the reader’s own team is named, by no code nor colleague either', async () => {
      const hidden = { patient: { ...MARGARET, restricted: true as const } };
      const practice = () => world.session('XB001', 'gp', { careEvidence: 'registration', ...hidden });
      const other = () => world.session('XB002', 'gp', { careEvidence: 'referral', ...hidden });
      const anotherLead = () => world.session('XB201', 'gp', { careEvidence: 'referral', ...hidden });
      await world.subscribe.follow(practice());
      await world.subscribe.follow(world.session('XB201', 'nurse', { careEvidence: 'referral', ...hidden }));
      await after(AFTER_VIEW_MS);
      world.infirmary.put(stay(), world.clock.ms);
      await after(LIMITS.pollMs * 2);
      const NAMES = /XB\d|Northcliffe|Community|Infirmary|duty|intake|Somebody at/;
      const [mine] = await handovers(practice());
      expect(mine?.recipients[0]).toMatchObject({ address: 'XB001/duty', mayAcknowledge: true });
      expect(JSON.stringify(mine?.recipients.slice(1))).not.toMatch(NAMES);
      await acknowledge(practice(), mine as Handover, 'XB001/duty');
      await after(49 * HOUR);
      const [seen] = await handovers(other());
      expect(seen?.recipients.map(({ state }) => state)).toEqual(['acknowledged', 'late']);
      expect(seen?.recipients[0]?.owner).toMatchObject({ name: '', team: '' });
      expect(JSON.stringify(seen)).not.toMatch(NAMES);
      // The lead, to whom it has come, takes it on in the name of a team that is not told.
      const [late] = await handovers(anotherLead());
      expect(late?.escalations.map(({ to }) => to.address)).toEqual(['XB201/lead', 'XB201/lead']);
      const nameless = late?.recipients[1]?.address ?? '';
      expect(nameless).toMatch(/^HIDDEN\/[0-9a-f]{32}$/);
      expect(
        (await world.lists.targets(world.reader(practice()), mine?.id ?? '')).map(({ address }) => address),
      ).toEqual([]);
      const taken = await acknowledge(anotherLead(), late as Handover, nameless, randomUUID());
      expect(taken).toMatchObject({ moved: false, handover: { onLeadsList: false } });
      expect(taken.handover.recipients[1]).toMatchObject({ state: 'acknowledged', owner: { team: 'lead' } });
    });

    it('hold for whereabouts when a source alone marks the person: no chart that knows of no mark names a place', async () => {
      world.infirmary.patient = { ...world.infirmary.patient, meta: { security: [RESTRICTED] } };
      await world.subscribe.follow(gp());
      await after(AFTER_VIEW_MS);
      world.infirmary.put(stay(), world.clock.ms);
      await after(LIMITS.pollMs * 2);
      await world.subscribe.follow(nurse());
      world.infirmary.down = true;
      await after(HOUR * 2);
      await world.subscribe.follow(gp());
      for (const session of [gp(), nurse(), lead()]) {
        const listed = await world.lists.ofPatient(world.reader(session));
        expect(listed.handovers).toMatchObject([{ from: { ods: '', name: 'An organisation' } }]);
        expect(JSON.stringify(listed)).not.toMatch(/Infirmary|infirmary/);
      }
      const { handovers: ofTeam } = await world.lists.ofTeams(world.reader(gp()));
      expect(ofTeam).toMatchObject([{ from: { ods: '' } }]);
    });

    it('hold for whereabouts at once when the mark comes later, from a source or with a chart, on the team’s list too', async () => {
      await discharged();
      const from = async () => (await world.lists.ofTeams(world.reader(gp()))).handovers.map((one) => one.from.ods);
      expect(await from()).toEqual(['XB101']);
      const hidden = { patient: { ...MARGARET, restricted: true as const } };
      // Nobody of the team need open a record of theirs: whoever opens their handovers brings the mark.
      await handovers(world.session('XB002', 'gp', hidden));
      expect(await from()).toEqual(['']);
      const notices = (await world.lists.ofTeams(world.reader(gp()))).notices;
      expect(notices).toMatchObject([{ source: '', resource: '', organisation: { ods: '' } }]);
    });

    it('hold for whereabouts from the next time that a source is asked which marks the person now', async () => {
      await discharged();
      world.infirmary.patient = { ...world.infirmary.patient, meta: { security: [RESTRICTED] } };
      await after(LIMITS.pollMs * 2);
      expect(await handovers()).toMatchObject([{ from: { ods: '' } }]);
    });

    it('hold for whereabouts from the opening of a record that marks the person, however lately the team was told', async () => {
      await discharged();
      const hidden = { patient: { ...MARGARET, restricted: true as const } };
      await world.subscribe.follow(world.session('XB001', 'gp', { careEvidence: 'registration', ...hidden }));
      expect(await handovers()).toMatchObject([{ from: { ods: '' } }]);
    });

    it('hold for asking: a source that may not be asked for the team is not, and is asked once it may be', async () => {
      world.barred.add('infirmary');
      await world.subscribe.follow(gp());
      world.infirmary.put(stay(), world.clock.ms + AFTER_VIEW_MS);
      await after(AFTER_VIEW_MS);
      expect(world.infirmary.asks).toEqual([]);
      world.barred.clear();
      await after(LIMITS.pollMs * 2);
      expect(await handovers()).toHaveLength(1);
    });
  });

  describe('a team with no chart open', () => {
    const team = () => {
      const { patient: _none, ...context } = world.session('XB001', 'gp').context;
      const session = { ...world.session('XB001', 'gp'), context };
      return { session, addresses: ['XB001/duty'] };
    };

    it('acknowledges nothing that was not given to it', async () => {
      const handover = await discharged();
      const other = { ...team(), addresses: ['XB002/duty'] };
      await expect(
        world.lists.act(other, {
          kind: 'acknowledge',
          id: ID,
          handover: handover.id,
          version: 1,
          address: 'XB001/duty',
        }),
      ).rejects.toMatchObject({ code: 'handover.not_found' });
    });

    it('has its list, with who each is about, and takes one on from it', async () => {
      const handover = await discharged();
      const list = await world.lists.ofTeams(team());
      expect(list.handovers).toMatchObject([{ id: handover.id, patient: { name: 'BEDFORD, Margaret' } }]);
      const act = { id: ID, handover: handover.id, version: handover.version, address: 'XB001/duty' };
      expect(await world.lists.act(team(), { kind: 'acknowledge', ...act })).toMatchObject({ moved: false });
      expect(await world.lists.waiting(['XB001/duty'])).toBe(0);
      const shown = world.audit.filter(({ type }) => type === 'message.listed');
      expect(shown.at(-1)).toMatchObject({ nhsNumber: MARGARET.nhsNumber, code: 'handovers' });
    });
  });

  describe('what a list says beside its lines', () => {
    const listed = () => world.audit.filter(({ type, code }) => type === 'message.listed' && code === 'handovers');

    it('is whom it could not ask: on the chart, on the list of the team, and on the lead’s of everybody', async () => {
      await world.subscribe.follow(gp());
      world.infirmary.down = true;
      await after(AFTER_VIEW_MS);
      const lists = await Promise.all([
        world.lists.ofPatient(world.reader(gp())),
        // A chart whose own team is told of nobody: what others are not told is missing there too.
        world.lists.ofPatient(world.reader(council())),
        world.lists.ofTeams(world.reader(gp())),
        world.lists.ofTeams(world.reader(lead())),
      ]);
      for (const { unheard } of lists) expect(unheard).toEqual([{ organisation: { ods: 'XB101', name: 'Infirmary' } }]);
      expect((await world.lists.ofTeams(world.reader(council()))).unheard).toEqual([]);
    });

    it('stands in the audit once for what is shown in a window, and again when it is something else', async () => {
      const handover = await discharged();
      const before = listed().length;
      const reader = world.reader(gp());
      for (let n = 0; n < 5; n += 1) await world.lists.ofTeams(reader);
      expect(listed()).toHaveLength(before + 1);
      await acknowledge(gp(), handover, 'XB001/duty');
      for (let n = 0; n < 5; n += 1) await world.lists.ofTeams(reader);
      expect(listed()).toHaveLength(before + 2);
      await world.lists.ofTeams(world.reader(gp()));
      expect(listed()).toHaveLength(before + 3);
    });

    it('is of the team’s other people from an open chart too, on which nobody acts from there', async () => {
      await discharged();
      const other = { ...MARGARET, nhsNumber: OTHER_NUMBER };
      const open = world.session('XB001', 'gp', { patient: other, careEvidence: 'registration' });
      const [line] = (await world.lists.ofTeams(world.reader(open))).handovers;
      expect(line?.patient).toMatchObject({ nhsNumber: MARGARET.nhsNumber });
      expect(line?.recipients.some(({ mayAcknowledge, mayReassign }) => mayAcknowledge || mayReassign)).toBe(false);
      expect((await world.lists.ofTeams(world.reader(gp()))).handovers[0]?.recipients[0]?.mayAcknowledge).toBe(true);
    });
  });

  describe('a list that is too long', () => {
    it('lists what waits for the reader’s team before what waits for others, the longest due first, and says it is cut', async () => {
      await world.subscribe.follow(gp());
      await world.subscribe.follow(nurse());
      await after(AFTER_VIEW_MS);
      world.infirmary.put(stay('old'), world.clock.ms);
      await after(LIMITS.pollMs * 2);
      for (let n = 0; n < 201; n += 1) world.infirmary.put(stay(`n${String(n)}`), world.clock.ms + 1_000);
      await after(LIMITS.pollMs * 2);
      const rows = await database.queries
        .selectFrom('handovers')
        .innerJoin('notices', 'notices.id', 'handovers.notice_id')
        .select(['handovers.id', 'notices.resource'])
        .execute();
      const of = (name: string) => rows.find(({ resource }) => resource === `Encounter/${name}`)?.id ?? '';
      // The practice has taken on all but two; the community team none.
      await database.queries
        .updateTable('handover_recipients')
        .set({ acknowledged_at: new Date(world.clock.ms).toISOString(), owner_name: 'Dr', owner_team: 'duty' })
        .where('address', '=', 'XB001/duty')
        .where('handover_id', 'not in', [of('old'), of('n7')])
        .execute();
      await after(30 * HOUR);
      const { handovers: listed, more, notices } = await world.lists.ofTeams(world.reader(gp()));
      expect(listed).toHaveLength(200);
      expect(notices).toHaveLength(200);
      expect(more).toBe(true);
      expect(listed.slice(0, 2).map(({ id }) => id)).toEqual([of('old'), of('n7')]);
      expect(await world.lists.waiting(['XB001/duty'])).toBe(2);
    }, 60_000);

    it('says that it is cut when only what teams are told of besides is', async () => {
      await world.subscribe.follow(gp());
      await after(AFTER_VIEW_MS);
      const underWay = { status: 'in-progress', period: { start: '2026-11-22T08:00:00Z' } };
      const told = async (from: number, to: number) => {
        for (let n = from; n < to; n += 1) world.infirmary.put(stay(`d${String(n)}`, underWay), world.clock.ms + 1_000);
        await after(LIMITS.pollMs * 2);
        const { handovers: listed, notices, more } = await world.lists.ofTeams(world.reader(gp()));
        return [listed.length, notices.length, more];
      };
      expect(await told(0, 200)).toEqual([0, 200, undefined]);
      expect(await told(200, 201)).toEqual([0, 200, true]);
    }, 60_000);
  });

  describe('several launchers', () => {
    it('ask each source once between them, and one that was killed holds nobody up for long', async () => {
      await world.subscribe.follow(gp());
      world.clock.ms += LIMITS.pollMs;
      await Promise.all([world.worker.tick(), second().tick(), third().tick()]);
      expect(world.council.asks).toHaveLength(1);
      const due = new Date(world.clock.ms).toISOString();
      // A launcher took the watch and was killed.
      await database.queries
        .updateTable('notice_watches')
        .set({ due_at: due, lease: 'dead', lease_until: new Date(world.clock.ms + LIMITS.leaseMs).toISOString() })
        .where('source', '=', 'council')
        .execute();
      await after(LIMITS.leaseMs - 1_000);
      expect(world.council.asks).toHaveLength(1);
      await after(2_000);
      expect(world.council.asks).toHaveLength(2);
    });

    it('keep no resident’s name or number in the tables', async () => {
      await discharged();
      for (const table of [
        'notices',
        'notice_subscriptions',
        'notice_watches',
        'handovers',
        'handover_recipients',
      ] as const) {
        const rows = JSON.stringify(await database.queries.selectFrom(table).selectAll().execute());
        expect(rows).not.toContain('Bedford');
        expect(rows).not.toContain(MARGARET.nhsNumber);
      }
    });
  });

  let [other, another]: ReturnType<HandoverWorld['secondWorker']>[] = [];
  beforeEach(() => {
    other = another = undefined;
  });
  const second = () => (other ??= world.secondWorker());
  const third = () => (another ??= world.secondWorker());

  async function watchesOf(source: string) {
    const rows = await database.queries.selectFrom('notice_subscriptions').select('id').execute();
    const watches = await loadNoticeWatches(
      database.queries,
      rows.map(({ id }) => id),
    );
    return watches.filter((watch) => watch.source === source);
  }
}
