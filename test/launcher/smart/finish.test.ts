import { describe, expect, it } from 'vitest';
import { tokenCalls, useHostileLaunch } from '../../support/hostile-launch.ts';
import { launchAt } from '../../support/launch-world.ts';

const bench = useHostileLaunch();

describe('a launch that proves who, where and about whom', () => {
  it('ends in a context that is all the EPR’s word', async () => {
    const { context, tokenLifeMs } = await bench.world.finish(await launchAt(bench.world, bench.epr));
    expect(context).toMatchObject({
      home: { ods: 'XB001', iss: bench.epr.iss },
      user: { key: `${bench.epr.issuer}|user-1`, name: 'Dr Test', sdsUserId: '555000000001' },
      role: 'clinician',
      homePatientId: 'p1',
      needPatientBanner: true,
      patient: { nhsNumber: '9990000018', family: 'Example', given: 'Edna', birthDate: '1941-03-02' },
    });
    expect(tokenLifeMs).toBe(600_000);
    expect(bench.world.audit.events.map((event) => event.type)).toEqual(['launch.started', 'launch.finished']);
  });

  it('proves the launcher with a new assertion for the token endpoint, and reads with the user’s own token', async () => {
    await bench.world.finish(await launchAt(bench.world, bench.epr));
    const form = new URLSearchParams(tokenCalls(bench.epr)[0]?.body);
    const claims = JSON.parse(
      Buffer.from(form.get('client_assertion')?.split('.')[1] ?? '', 'base64url').toString(),
    ) as Record<string, unknown>;
    expect(claims).toMatchObject({ iss: 'corridor', sub: 'corridor', aud: `${bench.epr.issuer}/token` });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(120);
    expect(form.get('redirect_uri')).toBe('http://127.0.0.1:8400/callback/XB001');
    const reads = bench.epr.requests.filter((request) => request.path.startsWith('/fhir/P'));
    expect(reads.map((request) => request.authorization)).toEqual(reads.map(() => 'Bearer user-token'));
  });

  it('a banner the EPR shows itself is not shown twice', async () => {
    bench.epr.token['need_patient_banner'] = 'false';
    await expect(bench.world.finish(await launchAt(bench.world, bench.epr))).resolves.toMatchObject({
      context: { needPatientBanner: false },
    });
  });
});
