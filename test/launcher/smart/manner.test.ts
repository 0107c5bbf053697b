import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LaunchSettings } from '../../../launcher/trust/community.ts';
import { tokenCalls } from '../../support/hostile-launch.ts';
import { communityOf, launchAt, openLaunchWorld, type LaunchWorld } from '../../support/launch-world.ts';
import { openPretendEpr, type PretendEpr } from '../../support/pretend-epr.ts';

let epr: PretendEpr;
let world: LaunchWorld;

const BASIC: Partial<LaunchSettings> = { clientId: 'cor:ridor', clientAuthentication: 'client_secret_basic' };
const SECRET = 'p%ss wörd+of/16=characters';

async function open(dialect: object, changes: Partial<LaunchSettings> = {}, secret?: string): Promise<void> {
  const place = { ods: 'XB001', iss: epr.iss, issuer: epr.issuer, origin: epr.origin };
  const made = await openLaunchWorld(communityOf([place], changes, dialect));
  world = { ...made, deps: { ...made.deps } };
  Object.assign(made.deps, { clientSecret: () => secret });
  if (changes.clientId !== undefined) epr.claims['aud'] = changes.clientId;
}

beforeEach(async () => {
  epr = await openPretendEpr();
});
afterEach(async () => {
  await Promise.all([world.close(), epr.close()]);
});

const launch = async () => world.finish(await launchAt(world, epr));
const start = () => world.start({ iss: epr.iss, launch: 'opaque' });
const sent = () => {
  const [call] = tokenCalls(epr);
  return { body: new URLSearchParams(call?.body), authorization: call?.authorization };
};

describe('the manner of an EPR’s authorisation server', () => {
  it('a member with client_secret_basic and no secret is refused before anything is sent', async () => {
    await open({}, BASIC);
    const answer = await launchAt(world, epr);
    await expect(world.finish(answer)).rejects.toMatchObject({ code: 'token.invalid_client' });
    expect(tokenCalls(epr)).toEqual([]);
  });

  it('refuses an EMIS-X answer whose two places name two patients', async () => {
    await open({ dialect: 'emis-x' });
    epr.token['authorization_details'] = [{ type: 'smart_on_fhir', patient: 'p2' }];
    const answer = await launchAt(world, epr);
    await expect(world.finish(answer)).rejects.toMatchObject({ code: 'launch.patient_mismatch' });
  });

  it('writes id and secret form-encoded, as RFC 6749 says, and leaves the id out of the body', async () => {
    await open({}, BASIC, SECRET);
    await launch();
    const credentials = 'cor%3Aridor:p%25ss+w%C3%B6rd%2Bof%2F16%3Dcharacters';
    expect(sent().authorization).toBe(`Basic ${Buffer.from(credentials).toString('base64')}`);
    expect(sent().body.has('client_id')).toBe(false);
  });

  it('writes them as they are for Epic, and for whoever’s settings say so', async () => {
    const raw = `Basic ${Buffer.from(`cor:ridor:${SECRET}`).toString('base64')}`;
    for (const dialect of [{ dialect: 'epic' }, { basicEncoding: 'raw' }]) {
      await open(dialect, BASIC, SECRET);
      epr.requests.length = 0;
      delete epr.claims['nonce'];
      await launch();
      expect(sent().authorization).toBe(raw);
    }
  });

  it('says client_id in the body too for OpenEMR, and not where the settings say otherwise', async () => {
    await open({ dialect: 'openemr' }, BASIC, SECRET);
    await launch();
    expect(sent().body.get('client_id')).toBe('cor:ridor');
    await open({ dialect: 'openemr', sendClientId: false });
    epr.requests.length = 0;
    epr.claims['aud'] = 'corridor';
    delete epr.claims['nonce'];
    await launch();
    expect(sent().body.has('client_id')).toBe(false);
    expect(sent().body.has('client_assertion')).toBe(true);
  });

  it('reaches the sign-in by its address, unless it asks for a form, is long, or the settings say so', async () => {
    await open({});
    expect((await start()).post).toBe(false);
    expect((await world.start({ iss: epr.iss, launch: 'x'.repeat(1_900) })).post).toBe(true);
    epr.smart['capabilities'] = ['launch-ehr', 'authorize-post'];
    await open({});
    expect((await start()).post).toBe(true);
    await open({ authorisePost: false });
    expect((await start()).post).toBe(false);
  });

  it('asks Oracle Health for online access and nobody else, and finds a Medplum user where Medplum puts them', async () => {
    await open({ dialect: 'oracle' });
    expect(new URL((await start()).address).searchParams.get('scope')).toMatch(/ online_access$/);
    await open({ dialect: 'medplum' });
    expect(new URL((await start()).address).searchParams.get('scope')).not.toContain('online_access');
    delete epr.claims['fhirUser'];
    epr.token['profile'] = { reference: 'Practitioner/u1' };
    expect((await launch()).context.user.name).toBe('Dr Test');
  });
});
