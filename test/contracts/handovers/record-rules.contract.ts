import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { AFTER_VIEW_MS } from '../../../launcher/handovers/subscribe.ts';
import type { Handover } from '../../../src/messages/handover.ts';
import { inHandoverWorld, type OpenStore, RESTRICTED } from '../../support/handover-steps.ts';
import { type HandoverWorld, HOUR, LIMITS, MARGARET, stay } from '../../support/handover-world.ts';

/** The rules of the record hold for what is handed over. */
export function recordRulesContract(open: OpenStore): void {
  const steps = inHandoverWorld(open);
  const { gp, nurse, lead, after, handovers, acknowledge, discharged } = steps;
  let world: HandoverWorld;

  beforeEach(() => {
    ({ world } = steps);
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
        (await world.lists.targets(world.reader(practice()), mine?.id ?? '')).entries.map(({ address }) => address),
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
}
