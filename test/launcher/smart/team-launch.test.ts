import { describe, expect, it } from 'vitest';
import { finishOrTrace } from '../../../launcher/smart/finish.ts';
import type { FinishedTeamLaunch } from '../../../launcher/smart/finished-launch.ts';
import { useHostileLaunch } from '../../support/hostile-launch.ts';
import { launchAt } from '../../support/launch-world.ts';

describe('a launch that names no patient, at a member whose entry says nothing of lists', () => {
  const plain = useHostileLaunch();

  it('is refused', async () => {
    delete plain.epr.token['patient'];
    await plain.refused('launch.no_patient');
  });
});

describe('at a member whose entry lets such a launch open a list', () => {
  const bench = useHostileLaunch({ withoutPatient: 'inbox' });

  const finish = async (): Promise<FinishedTeamLaunch> => {
    const { world, epr } = bench;
    const finished = await finishOrTrace(await launchAt(world, epr), world.deps, AbortSignal.timeout(5_000));
    if (!('team' in finished)) throw new Error('it opened a chart');
    return finished;
  };
  const refused = async (code: string): Promise<void> => {
    await expect(finish()).rejects.toMatchObject({ code });
    expect(bench.world.audit.events.at(-1)).toMatchObject({ type: 'launch.refused', code });
  };

  describe('a launch is refused', () => {
    it.each<[string, () => void]>([
      ['an encounter', () => Object.assign(bench.epr.token, { encounter: 'e1' })],
      [
        'a patient in its context',
        () => Object.assign(bench.epr.token, { fhirContext: [{ reference: 'Patient/p1' }] }),
      ],
      ['anything in its context', () => Object.assign(bench.epr.token, { fhirContext: [{ reference: 'Task/t1' }] })],
      ['a patient in the id_token', () => Object.assign(bench.epr.claims, { patient: 'p1' })],
    ])('when it names %s all the same: that is a chart whose patient was lost on the way', async (_what, name) => {
      delete bench.epr.token['patient'];
      name();
      await refused('launch.no_patient');
    });

    it('when nobody is known to have signed in', async () => {
      delete bench.epr.token['patient'];
      delete bench.epr.claims['fhirUser'];
      await refused('launch.no_identity');
    });

    it('when the answer is of another tenant', async () => {
      await bench.reopen({ tenant: 'ours' });
      delete bench.epr.token['patient'];
      bench.epr.token['tenant'] = 'theirs';
      await refused('launch.mixup');
    });
  });

  describe('a launch from an EPR’s home page', () => {
    it('still opens the chart when one is open', async () => {
      const { world, epr } = bench;
      await expect(world.finish(await launchAt(world, epr))).resolves.toMatchObject({
        context: { homePatientId: 'p1' },
      });
    });

    it('proves who asks and from where, and holds nobody’s data', async () => {
      delete bench.epr.token['patient'];
      const { team, tokenLifeMs } = await finish();
      expect(team).toMatchObject({
        home: { ods: 'XB001', iss: bench.epr.iss },
        user: { name: 'Dr Test', sdsUserId: '555000000001' },
        role: 'clinician',
      });
      expect(tokenLifeMs).toBe(600_000);
      for (const field of ['patient', 'homePatientId', 'encounterId', 'units', 'careEvidence'])
        expect(team).not.toHaveProperty(field);
      expect(Object.isFrozen(team)).toBe(true);
    });

    it('reads no Patient at the EPR, not even one', async () => {
      delete bench.epr.token['patient'];
      await finish();
      expect(bench.epr.requests.filter(({ path }) => path.startsWith('/fhir/Patient'))).toEqual([]);
    });

    it('is written down as what it is, without a patient', async () => {
      delete bench.epr.token['patient'];
      await finish();
      const event = bench.world.audit.events.at(-1);
      expect(event).toMatchObject({ type: 'launch.finished', outcome: 'success', detail: { opens: 'inbox' } });
      expect(event).not.toHaveProperty('nhsNumber');
    });
  });
});
