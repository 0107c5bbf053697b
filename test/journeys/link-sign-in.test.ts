import { createServer, type Server } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { urlLaunch } from '../../plugins/url-launch/plugin.ts';
import { launchBrowser } from '../support/browser.ts';
import { freePort } from '../support/free-port.ts';
import { SMALL_NHS_NUMBER } from '../support/sandbox/small-epr.ts';
import { openSignInService } from '../support/sign-in-service.ts';
import { useSmallLauncher } from '../support/small-launcher.ts';

const [signInPort, hostPort] = [await freePort(), await freePort()];
const HOST = `http://localhost:${String(hostPort)}`;
const SETTINGS = {
  links: [{ id: 'systmone', profile: 'systmone', keys: [{ id: '1', key: 'ab'.repeat(32), iv: 'cd'.repeat(16) }] }],
  signIn: { issuer: `http://localhost:${String(signInPort)}`, clientId: 'corridor-link', roles: { R8000: 'gp' } },
  frameAncestors: [HOST],
};

const bench = useSmallLauncher(
  {},
  {
    edit: (text) =>
      text.replace('    sources:', `    plugins: { url-launch: ${JSON.stringify(SETTINGS)} }\n    sources:`),
  },
);
let browser: Browser;
let host: Server;
let signIn: Awaited<ReturnType<typeof openSignInService>>;

beforeAll(async () => {
  const person = { name: 'Dr Link', role: 'R8000', sds: '555000000001' };
  signIn = await openSignInService(signInPort, `${bench.url}/plugins/url-launch/signed-in`, person);
  // A page of the EPR with the link in a frame, and nothing else.
  host = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<iframe src="${link().replaceAll('&', '&amp;')}"></iframe>`);
  });
  await new Promise<void>((resolve) => host.listen(hostPort, '127.0.0.1', resolve));
  browser = await launchBrowser([
    '--test-third-party-cookie-phaseout',
    '--enable-features=ThirdPartyStoragePartitioning',
  ]);
});
afterAll(async () => {
  await browser.close();
  host.closeAllConnections();
  host.close();
  await signIn.close();
});

function link(): string {
  const { data: settings } = urlLaunch.manifest?.settings.safeParse(SETTINGS) ?? {};
  const patient = { nhsNumber: SMALL_NHS_NUMBER, birthDate: '1950-01-02' };
  const order = { settings, ods: 'XT001', launcherUrl: bench.url, nowMs: Date.now(), patient };
  return urlLaunch.links?.make(order).address ?? '';
}

describe('a link that proves no user', () => {
  it('opens the record after the sign-in, in a cross-site frame with third-party cookies blocked and in a tab', async () => {
    for (const address of [HOST, link()]) {
      const desk = await browser.newContext();
      const page = await desk.newPage();
      const redeemed = page.waitForResponse((answer) => answer.url().endsWith('/open/redeem'));
      await page.goto(address);
      expect((await redeemed).status()).toBe(200);
      // The sign-in service's own may stay; ours has served.
      expect((await desk.cookies(bench.url)).map(({ name }) => name)).toEqual([]);
      await desk.close();
    }
  });
});
