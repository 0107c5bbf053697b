import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { CorridorError } from '../../../launcher/errors.ts';
import type { HandoverAct } from '../../../launcher/handovers/acts.ts';
import type { Handover } from '../../../src/messages/handover.ts';
import { inHandoverWorld, type OpenStore } from '../../support/handover-steps.ts';
import { communityOf, handoverFile, type HandoverWorld, HOUR } from '../../support/handover-world.ts';

/** A handover that goes from one to another is never without an owner. */
export function changeOfOwnerContract(open: OpenStore): void {
  const steps = inHandoverWorld(open);
  const { gp, nurse, council, after, handovers, acknowledge, count, discharged } = steps;
  let world: HandoverWorld;

  beforeEach(() => {
    ({ world } = steps);
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
      const sections = 'sections: [demographics, encounters, admissions, discharges, services-and-care]';
      world = await steps.reopen(communityOf(handoverFile().replace(sections, 'sections: [medications]')));
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
}
