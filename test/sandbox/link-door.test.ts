import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '../../sandbox/start.ts';
import { refusalOf } from '../support/small-launcher.ts';

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    port: 'free',
    launcher: { settings: { 'storage.url': 'sqlite::memory:', 'log.level': 'silent' } },
  });
});
afterAll(() => sandbox.close());

const council = () => {
  const found = sandbox.eprs.find(
    ({ organisation, door }) => door.id === 'url-launch' && organisation.users.length > 0,
  );
  if (!found) throw new Error('no council opens by a link');
  return found;
};

/** What the page of the case file asks its own server for when the button is pressed. */
async function press(): Promise<string> {
  const epr = council();
  const resident = sandbox.community.residents.find(
    ({ patientIds, nhsNumber }) => nhsNumber !== undefined && patientIds[epr.organisation.ods] !== undefined,
  );
  const chart = sandbox.chartUrl(epr.organisation.ods, resident?.story ?? '');
  const answer = await fetch(`${chart}/launch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"place":"frame"}',
  });
  return ((await answer.json()) as { url: string }).url;
}

function redeem(address: URL, origin = sandbox.launcherUrl): Promise<Response> {
  return fetch(`${sandbox.launcherUrl}/open/redeem`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin, 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ ods: address.pathname.split('/').at(-1), ticket: address.hash.slice(1) }),
  });
}

describe('the case file of social care', () => {
  it('opens nothing by a link that was used, or changed on the way', async () => {
    const url = await press();
    const changed = await fetch(`${url}x`, { redirect: 'manual' });
    expect(await refusalOf(changed)).toEqual([400, 'link.invalid']);
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(303);
    expect(await refusalOf(await fetch(url, { redirect: 'manual' }))).toEqual([400, 'link.used']);
  });

  it('opens the record by a signed link, at an address with nothing of the person', async () => {
    const url = await press();
    expect(url).toContain('/plugins/url-launch/launch/');
    const address = new URL((await fetch(url, { redirect: 'manual' })).headers.get('location') ?? '');
    expect(address.pathname).toBe(`/open/${council().organisation.ods}`);
    const page = await fetch(address);
    expect(page.headers.get('content-security-policy')).toContain(`frame-ancestors ${council().origin}`);
    const { context } = (await (await redeem(address)).json()) as { context: object };
    expect(context).toMatchObject({ ods: council().organisation.ods, role: expect.any(String) as unknown });
  });
});
