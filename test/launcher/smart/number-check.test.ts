import { describe, expect, it } from 'vitest';
import { CorridorError } from '../../../launcher/errors.ts';
import { checkNumber } from '../../../launcher/identity/national-record.ts';
import type { SmartDeps } from '../../../launcher/smart/deps.ts';
import { finishOrTrace } from '../../../launcher/smart/finish.ts';
import { issueTicket, redeemTicket, type TicketDeps } from '../../../launcher/smart/ticketed-launch.ts';
import type { LaunchTicket } from '../../../plugins/ticket.ts';
import { useHostileLaunch } from '../../support/hostile-launch.ts';
import { launchAt } from '../../support/launch-world.ts';

const bench = useHostileLaunch();
const never = new AbortController().signal;
const types = () => bench.world.audit.events.map(({ type, outcome, code }) => [type, outcome, code]);

/** The national service by what it does when it is asked for the number. */
function nationally(answer: () => Promise<unknown>): SmartDeps {
  const base = 'https://pds.example/r4';
  const check: SmartDeps['checkNumber'] = (patient, _draft, signal) =>
    checkNumber(patient, { base }, answer as never, Date.now(), signal);
  return Object.assign(bench.world.deps, { checkNumber: check });
}
const silent = () => Promise.reject(new Error('silence'));
const fault = () => Promise.resolve({ status: 503, header: () => undefined, text: () => Promise.resolve('') });
const known = () =>
  Promise.resolve({
    status: 200,
    header: () => undefined,
    text: () =>
      Promise.resolve(
        JSON.stringify({
          resourceType: 'Patient',
          id: '9990000018',
          identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' }],
          name: [{ use: 'official', family: 'Example', given: ['Edna'] }],
          birthDate: '1941-03-02',
        }),
      ),
  });

describe('a launch whose national service is silent', () => {
  it('is refused, and both the question and the refusal are in the audit, when only a trace could open it', async () => {
    const number = (bench.epr.patient as { identifier?: unknown }).identifier;
    Object.assign(bench.epr.patient, { identifier: [] });
    const trace = () => Promise.reject(new CorridorError('patient.trace_unavailable', 'deadline'));
    const deps = Object.assign(bench.world.deps, { trace });
    const answer = await launchAt(bench.world, bench.epr);
    const refusal = finishOrTrace(answer, deps, never);
    await expect(refusal).rejects.toMatchObject({ code: 'patient.trace_unavailable' });
    expect(types()).toEqual([
      ['launch.started', 'success', undefined],
      ['patient.traced', 'failed', 'patient.trace_unavailable'],
      ['launch.refused', 'failed', 'patient.trace_unavailable'],
    ]);
    Object.assign(bench.epr.patient, { identifier: number });
  });

  it.each([
    ['silent', silent],
    ['at fault', fault],
  ])('goes on by the EPR’s word when it is %s, says so to the screen and is an event of its own', async (_how, how) => {
    nationally(how);
    const { context } = await bench.world.finish(await launchAt(bench.world, bench.epr));
    expect(context.patient).toMatchObject({ nhsNumber: '9990000018', numberUnchecked: true });
    expect(types()).toEqual([
      ['launch.started', 'success', undefined],
      ['launch.finished', 'success', undefined],
      ['patient.unchecked', 'failed', 'national.silent'],
    ]);
    expect(bench.world.audit.events.at(-1)).toMatchObject({
      nhsNumber: '9990000018',
      organisation: 'XB001',
      user: `${bench.epr.issuer}|user-1`,
      launchId: context.launchId,
    });
  });

  it('says nothing of it when the service has answered', async () => {
    nationally(known);
    const { context } = await bench.world.finish(await launchAt(bench.world, bench.epr));
    expect(context.patient).not.toHaveProperty('numberUnchecked');
    expect(types().map(([type]) => type)).toEqual(['launch.started', 'launch.finished']);
  });

  it('is told of in the same way when a plugin’s proof opens it', async () => {
    const { context } = await redeemed(nationally(silent));
    expect(context.patient).toMatchObject({ numberUnchecked: true });
    expect(types().at(-1)).toEqual(['patient.unchecked', 'failed', 'national.silent']);
    expect(context.evidence).toMatchObject({ 'patient.number': 'unavailable' });
  });
});

async function redeemed(smart: SmartDeps) {
  const deps = {
    ...smart,
    findHomePatients: () => Promise.resolve([bench.epr.patient]),
    hostOf: () => undefined,
  } as unknown as TicketDeps;
  const { ticket } = await issueTicket(
    {
      ods: 'XB001',
      patient: { nhsNumber: '9990000018', birthDate: '1941-03-02' },
      user: { id: 'user-1', name: 'Dr Test', role: 'clinician', assurance: 'link' },
      evidence: 'signed-link',
    } as unknown as LaunchTicket,
    deps,
  );
  const opened = await redeemTicket({ ods: 'XB001', ticket }, deps, never);
  if (!('context' in opened)) throw new Error('a list was opened');
  return opened;
}
