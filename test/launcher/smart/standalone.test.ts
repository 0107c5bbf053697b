import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startStandalone } from '../../../launcher/smart/authorise.ts';
import { communityOf, openLaunchWorld, type LaunchWorld } from '../../support/launch-world.ts';
import { openPretendEpr, type PretendEpr } from '../../support/pretend-epr.ts';

let epr: PretendEpr;
let world: LaunchWorld;

async function open(settings: object = { standalone: true }): Promise<void> {
  const place = { ods: 'XB001', iss: epr.iss, issuer: epr.issuer, origin: epr.origin };
  world = await openLaunchWorld(communityOf([place], {}, settings));
}

beforeEach(async () => {
  epr = await openPretendEpr();
  epr.smart['capabilities'] = ['launch-standalone', 'context-standalone-patient', 'sso-openid-connect'];
});
afterEach(async () => {
  await Promise.all([world.close(), epr.close()]);
});

const start = (ods = 'XB001') => startStandalone(ods, world.deps, new AbortController().signal);

/** The sign-in and the picker are the EPR's: the browser comes back with a code. */
async function finish() {
  const started = await start();
  const asked = new URL(started.address).searchParams;
  epr.claims['nonce'] = asked.get('nonce');
  const state = asked.get('state') ?? '';
  return world.finish({ ods: 'XB001', state, code: 'code-1', binding: started.binding });
}

describe('a launch that no chart begins', () => {
  it('is refused for an organisation that is not a member, and nobody is asked', async () => {
    await open();
    await expect(start('XB999')).rejects.toMatchObject({ code: 'launch.iss_unknown' });
    expect(epr.requests).toEqual([]);
  });

  it('is refused where the entry does not allow it, and nobody is asked', async () => {
    await open({});
    await expect(start()).rejects.toMatchObject({ code: 'launch.standalone' });
    expect(epr.requests).toEqual([]);
    expect(world.audit.events.at(-1)).toMatchObject({
      type: 'launch.refused',
      organisation: 'XB001',
      code: 'launch.standalone',
    });
  });

  it('is refused where the server does not offer it', async () => {
    epr.smart['capabilities'] = ['launch-ehr', 'sso-openid-connect'];
    await open();
    await expect(start()).rejects.toMatchObject({ code: 'launch.standalone' });
    expect(world.transactions.held.size).toBe(0);
  });

  it('shows nobody when no patient was picked', async () => {
    await open();
    delete epr.token['patient'];
    await expect(finish()).rejects.toMatchObject({ code: 'launch.no_patient' });
  });

  it('asks for the picker instead of a launch, and ends as every other launch does', async () => {
    await open();
    const asked = new URL((await start()).address).searchParams;
    expect(asked.has('launch')).toBe(false);
    expect(asked.get('scope')?.split(' ')).toEqual(['launch/patient', 'openid', 'fhirUser', 'patient/Patient.r']);
    const { context } = await finish();
    expect(context).toMatchObject({ homePatientId: 'p1', role: 'clinician', home: { ods: 'XB001' } });
  });
});
