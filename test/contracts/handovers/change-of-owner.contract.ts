import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { CorridorError } from '../../../launcher/errors.ts';
import type { HandoverAct } from '../../../launcher/handovers/acts.ts';
import type { Handover } from '../../../src/messages/handover.ts';
import type { AddressBookEntry } from '../../../src/messages/thread.ts';
import type { OdsCode } from '../../../src/record/source.ts';
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
      expect(targets.entries.map(({ address }) => address)).toEqual([
        ...['XB002/duty', 'XB101/ward', 'XB201/lead', 'XB101/role-gp', 'XB401/role-gp'],
      ]);
      await expect(act(gp(), handover, { to: 'XB401/intake' })).rejects.toMatchObject({ code: 'handover.refused' });
      expect(await world.lists.waiting(['XB401/intake'])).toBe(0);
    });

    it('is offered to teams that may have it, and to nobody from another’s chart', async () => {
      const { handover } = await acknowledge(gp(), await discharged(), 'XB001/duty');
      const targets = await world.lists.targets(world.reader(gp()), handover.id);
      expect(targets.entries.map(({ address }) => address)).toEqual([
        ...['XB002/duty', 'XB101/ward', 'XB201/lead', 'XB401/intake', 'XB101/role-gp', 'XB401/role-gp'],
      ]);
      await expect(world.lists.targets(world.reader(council()), handover.id)).rejects.toMatchObject({
        code: 'handover.refused',
      });
    });

    const KIT: AddressBookEntry = {
      address: 'XB401/intake/k1',
      organisation: { ods: 'XB401' as OdsCode, name: 'City Council' },
      team: 'intake',
      person: 'Kit Marsh',
      why: 'key-worker',
      origin: 'community',
    };

    it('goes to nobody’s name: not to one that no source knows now, nor of a team that has it, nor from a list', async () => {
      const { handover } = await acknowledge(gp(), await discharged(), 'XB001/duty');
      const refused = { code: 'handover.refused' };
      await expect(act(gp(), handover, { to: KIT.address })).rejects.toMatchObject(refused);
      world.people.entries = [KIT, { ...KIT, address: 'XB201/intake/k2', team: 'intake', person: 'Sam Shaw' }];
      await expect(act(gp(), handover, { to: 'XB201/intake/k2' })).rejects.toMatchObject(refused);
      await expect(act(gp(), handover, { to: 'XB401/role-none' })).rejects.toMatchObject(refused);
      // XB001 has a team of everybody who has this role.
      await expect(act(council(), handover, { to: 'XB001/role-gp' })).rejects.toMatchObject(refused);
      const { patient: _chart, ...list } = world.reader(gp());
      const fromList = {
        kind: 'reassign',
        id: randomUUID(),
        handover: handover.id,
        version: handover.version,
      } as const;
      const passing = world.lists.act(list, { ...fromList, address: 'XB001/duty', to: KIT.address });
      await expect(passing).rejects.toMatchObject(refused);
      expect((await handovers())[0]?.version).toBe(handover.version);
    });

    it('goes to one person by name, whose whole team has it, and runs late like any other', async () => {
      world.people.entries = [KIT];
      world.people.unheard = [{ ods: 'XB101' as OdsCode, name: 'Infirmary' }];
      const { handover } = await acknowledge(gp(), await discharged(), 'XB001/duty');
      const { entries, unheard } = await world.lists.targets(world.reader(gp()), handover.id);
      expect(entries).toContainEqual(KIT);
      expect(unheard).toEqual(world.people.unheard);
      const given = (await act(gp(), handover, { to: KIT.address })).handover;
      expect(of(given, 'XB001/duty')).toMatchObject({ passedTo: { address: KIT.address, person: 'Kit Marsh' } });
      expect(of(given, KIT.address)).toMatchObject({ state: 'waiting', team: 'intake', person: 'Kit Marsh' });
      expect(await world.lists.waiting(['XB401/intake'])).toBe(1);
      expect(await world.lists.waiting(['XB401/int'])).toBe(0);
      const { patient: _chart, ...list } = world.reader(council());
      const [seen] = (await world.lists.ofTeams(list)).handovers;
      expect(of(seen ?? given, KIT.address)).toMatchObject({ mayAcknowledge: true, mayReassign: true });
      await after(25 * HOUR);
      const [late] = await handovers(council());
      expect(late?.escalations).toMatchObject([{ rule: 'handover.late' }, { rule: 'handover.late' }]);
      const taken = await acknowledge(council(), late ?? given, KIT.address, randomUUID());
      expect(of(taken.handover, KIT.address)).toMatchObject({
        state: 'acknowledged',
        person: 'Kit Marsh',
        owner: { name: 'Somebody at XB401', team: 'intake' },
      });
      expect(await world.lists.waiting(['XB401/intake'])).toBe(0);
    });

    it('goes to one’s own team’s person and back, and to everybody with a role that is in no team', async () => {
      world.people.entries = [{ ...KIT, address: 'XB001/duty/k3', team: 'duty', person: 'Dr Own' }];
      const { handover } = await acknowledge(gp(), await discharged(), 'XB001/duty');
      const own = (await act(gp(), handover, { to: 'XB001/duty/k3' })).handover;
      expect(own.recipients.map(({ state }) => state)).toEqual(['acknowledged', 'waiting', 'waiting']);
      const back = (await act(gp(), own, { address: 'XB001/duty/k3', to: 'XB001/duty' })).handover;
      expect(of(back, 'XB001/duty')).toMatchObject({ state: 'waiting' });
      const role = (await act(gp(), back, { to: 'XB401/role-gp' })).handover;
      expect(of(role, 'XB401/role-gp')).toMatchObject({ state: 'waiting', team: 'General practitioner' });
      const there = world.session('XB401', 'gp', { careEvidence: 'referral' });
      const taken = await acknowledge(there, role, 'XB401/role-gp', randomUUID());
      expect(of(taken.handover, 'XB401/role-gp')).toMatchObject({ owner: { team: 'General practitioner' } });
    });

    it('never loses nor doubles who has it, whatever is done in whatever order', async () => {
      const handover = await discharged();
      world.people.entries = [KIT, { ...KIT, address: 'XB001/duty/k3', team: 'duty', person: 'Dr Own' }];
      const people = [
        [gp(), 'XB001/duty'],
        [world.session('XB002', 'gp', { careEvidence: 'referral' }), 'XB002/duty'],
        [nurse(), 'XB201/intake'],
        [council(), 'XB401/intake'],
        [council(), KIT.address],
        [gp(), 'XB001/duty/k3'],
        [world.session('XB401', 'gp', { careEvidence: 'referral' }), 'XB401/role-gp'],
      ] as const;
      const random = fc.sample(
        fc.tuple(
          fc.constantFrom('acknowledge' as const, 'take' as const, 'reassign' as const),
          fc.nat(6),
          fc.nat(6),
          fc.boolean(),
        ),
        { numRuns: 90, seed: 7 },
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
