import { beforeAll, describe, expect, it } from 'vitest';
import { createRehearsal } from '../../../launcher/build-rehearsal.ts';
import { readConfig } from '../../../launcher/config.ts';
import { negativeLaunches } from '../../../launcher/conformance/negative-launches.ts';
import type { Check } from '../../../launcher/conformance/report.ts';
import { runChecks } from '../../../launcher/conformance/run-checks.ts';
import { makeKeys, type LauncherKeys } from '../../../launcher/trust/keys.ts';
import type { LaunchMember, LaunchSettings } from '../../../launcher/trust/community.ts';
import { PLUGINS } from '../../../plugins/index.ts';
import { communityOf } from '../../support/launch-world.ts';

const PLACE = { ods: 'XB001', iss: 'https://epr.example/fhir', issuer: 'https://epr.example/auth' };
const ELSEWHERE = 'https://elsewhere.invalid';
let keys: LauncherKeys;

beforeAll(async () => {
  keys = await makeKeys();
});

/** Every negative launch with these settings of a member. */
async function rehearsed(changes: Partial<LaunchSettings> = {}, dialect: object = {}): Promise<readonly Check[]> {
  const community = communityOf([{ ...PLACE, origin: 'https://epr.example' }], changes, dialect);
  const [member] = community.members;
  const parts = { community, keys, config: readConfig({}), plugins: PLUGINS, issuer: 'https://corridor.example' };
  const rehearse = createRehearsal(member as LaunchMember, { ...parts, now: () => Date.now() });
  return runChecks(negativeLaunches((member as LaunchMember).launch, rehearse), {
    limitMs: 10_000,
    now: () => Date.now(),
  });
}

const failed = (checks: readonly Check[]): readonly string[] =>
  checks.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);

describe('a launch rehearsed with an organisation’s own settings', () => {
  it('opens nothing for any lie, and opens for the truth', async () => {
    const checks = await rehearsed();
    expect(failed(checks)).toEqual([]);
    expect(checks.length).toBeGreaterThan(24);
    expect(checks[0]).toMatchObject({ id: 'opens.rehearsal', outcome: 'held', words: 'opened' });
  });

  it.each(['epic', 'oracle', 'emis-x', 'openemr', 'medplum', 'meditech', 'altera'])(
    'does so in the dialect %s',
    async (dialect) => {
      expect(failed(await rehearsed({}, { dialect }))).toEqual([]);
    },
  );

  it('shows an entry by which nobody at all could launch', async () => {
    expect(failed(await rehearsed({ roleMap: {} }))).toEqual(['opens.rehearsal']);
  });

  it('shows an entry that would believe another issuer, or talk to another origin', async () => {
    const loose = { issuers: [PLACE.issuer, ELSEWHERE], allowedOrigins: ['https://epr.example', ELSEWHERE] };
    const found = failed(await rehearsed(loose));
    expect(found).toContain('refuses.token-iss');
    expect(found).toContain('refuses.token-endpoint');
  });

  it('asks nothing about the nonce where the entry says that none need come', async () => {
    const checks = await rehearsed({ nonce: 'if-present' });
    expect(checks.find(({ id }) => id === 'refuses.no-nonce')).toMatchObject({ outcome: 'not-applicable' });
    expect(failed(checks)).toEqual([]);
  });
});
