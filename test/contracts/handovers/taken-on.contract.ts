import { beforeEach, describe, expect, it } from 'vitest';
import { AFTER_VIEW_MS } from '../../../launcher/handovers/subscribe.ts';
import { ID, inHandoverWorld, type OpenStore } from '../../support/handover-steps.ts';
import { type HandoverWorld, HOUR, LIMITS, MARGARET, OTHER_NUMBER, stay } from '../../support/handover-world.ts';

/** Who must take a handover on, and where it goes when nobody does. */
export function takenOnContract(open: OpenStore): void {
  const steps = inHandoverWorld(open);
  const { gp, nurse, lead, after, handovers, acknowledge, count, discharged, second, third } = steps;
  let world: HandoverWorld;

  beforeEach(() => {
    ({ world } = steps);
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
}
