import { beforeEach, describe, expect, it } from 'vitest';
import { AFTER_VIEW_MS } from '../../../launcher/handovers/subscribe.ts';
import { ID, inHandoverWorld, type OpenStore } from '../../support/handover-steps.ts';
import { type HandoverWorld, MARGARET, OTHER_NUMBER } from '../../support/handover-world.ts';

/** What is listed, for whom, and what is said beside it. */
export function handoverListsContract(open: OpenStore): void {
  const steps = inHandoverWorld(open);
  const { gp, council, lead, after, acknowledge, discharged } = steps;
  let world: HandoverWorld;

  beforeEach(() => {
    ({ world } = steps);
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
}
