import { createServer } from 'node:http';
import express from 'express';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../launcher/audit/audit.ts';
import { buildAskServices } from '../../launcher/build-availability.ts';
import { readConfig } from '../../launcher/config.ts';
import { createSourceAgents } from '../../launcher/federation/source-fetch.ts';
import { createTeamServices, type HeardServices } from '../../launcher/messaging/team-services.ts';
import { createTeams } from '../../launcher/messaging/teams.ts';
import { jwksRoutes } from '../../launcher/routes/jwks.ts';
import { createSourceTokens } from '../../launcher/trust/backend-services.ts';
import { makeKeys } from '../../launcher/trust/keys.ts';
import { parseCommunity } from '../../launcher/trust/parse-community.ts';
import { createTokenRequest } from '../../launcher/trust/token-request.ts';
import { PLUGINS } from '../../plugins/index.ts';
import { closeServer, listen } from '../../sandbox/eprs/epr.ts';
import { openSandbox, type Sandbox } from '../../sandbox/open-sandbox.ts';
import { buildPeople } from '../../sandbox/people/index.ts';

/** Two EPRs that keep their teams' hours; the second signs each request that is made in somebody's name. */
const [PRACTICE, HOSPITAL] = ['XB001', 'XB101'] as const;

let sandbox: Sandbox;
let hear: () => Promise<HeardServices>;
const audited: AuditEvent[] = [];
let trailIsDown = false;

beforeAll(async () => {
  const { stories: _stories, ...people } = buildPeople('2026-06-01');
  const organisations = people.organisations.filter(({ ods }) => ods === PRACTICE || ods === HOSPITAL);
  sandbox = await openSandbox({ community: { ...people, organisations }, port: 'free', startLauncher });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  audited.length = 0;
  trailIsDown = false;
  for (const { organisation } of sandbox.eprs) sandbox.setMode(organisation.ods, 'normal');
});

/** Of a launcher, what asks; each hearing remembers nothing of the one before. */
async function startLauncher({ port, communityText }: { port: number; communityText: string }) {
  const parsed = parseCommunity(communityText, PLUGINS);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { community } = parsed;
  const url = `http://127.0.0.1:${String(port)}`;
  const config = readConfig({}, { 'storage.url': 'sqlite::memory:' });
  const keys = await makeKeys();
  const agents = createSourceAgents({ connections: 8, connectMs: 1_000 });
  const send = createTokenRequest(agents, config.source.tokenBytes);
  const record = (event: AuditEvent): Promise<void> =>
    trailIsDown ? Promise.reject(new Error('the audit is down')) : Promise.resolve(void audited.push(event));
  const audit = { record, recordAll: () => Promise.resolve() };
  const { listed } = createTeams(community);
  hear = () => {
    const tokens = createSourceTokens({ community, keys, issuer: url, send, limits: config.source, now: Date.now });
    const ask = buildAskServices({ community, plugins: PLUGINS, agents, config, audit }, tokens, Date.now);
    const services = createTeamServices({
      listed,
      ask,
      onFailure: () => undefined,
      now: Date.now,
      times: { waitMs: 8_000 },
    });
    return services(listed, new AbortController().signal);
  };
  const server = createServer(express().use(jwksRoutes(keys)));
  await listen(server, port);
  return {
    url,
    close: async () => {
      await closeServer(server);
      await agents.close();
    },
  };
}

const asked = (ods: string) =>
  sandbox
    .epr(ods)
    .audit.events()
    .filter(({ type }) => type === 'HealthcareService');

describe('the services of the teams of real sources', () => {
  it('are asked of nobody while it can’t be written down that they are', async () => {
    trailIsDown = true;
    const before = asked(PRACTICE).length;
    expect((await hear()).unheard).toEqual([PRACTICE, HOSPITAL]);
    expect(asked(PRACTICE)).toHaveLength(before);
  });

  it.each(['down', 'garbage'] as const)('leave the file’s words standing where a source is %s', async (mode) => {
    sandbox.setMode(PRACTICE, mode);
    const { services, unheard } = await hear();
    expect(unheard).toEqual([PRACTICE]);
    expect([...services.keys()].every((address) => address.startsWith(HOSPITAL))).toBe(true);
    expect(audited.filter(({ outcome }) => outcome === 'failed')).toHaveLength(1);
  });

  it('are asked in nobody’s name, of no patient, and stand in both audits as that', async () => {
    const { services, unheard } = await hear();
    expect(unheard).toEqual([]);
    expect(services.get(`${PRACTICE}/duty`)).toMatchObject({
      takes: 'anything urgent about a registered patient',
      availability: { taking: true, times: [{ hours: { from: '08:00', to: '18:30' } }] },
    });
    for (const ods of [PRACTICE, HOSPITAL]) {
      const seen = asked(ods).at(-1);
      expect(seen).toMatchObject({ clientId: 'corridor', status: 200 });
      expect([seen?.acting, seen?.patientId, seen?.userId]).toEqual([undefined, undefined, undefined]);
    }
    expect(audited.map(({ type }) => type).sort()).toEqual([
      'source.asked',
      'source.asked',
      'source.settled',
      'source.settled',
    ]);
    for (const { user, nhsNumber, launchId, code } of audited)
      expect([user, nhsNumber, launchId, code]).toEqual([undefined, undefined, undefined, 'services']);
  });
});
