import { describe, expect, it } from 'vitest';
import { useSmallLauncher } from '../../support/small-launcher.ts';

/** The real launcher and a real authorisation server (oidc-provider), over loopback. */
const at = useSmallLauncher();

describe('GET /launch of a member', () => {
  it('is a page of our own script that the member alone may frame, and that nothing keeps', async () => {
    const { status, headers, html } = await at.openPage(at.small.epr.launchUrl(at.chart));
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toContain(`frame-ancestors ${at.small.epr.origin}`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('set-cookie')).toBeNull();
    expect(html).toContain('data-page="launch"');
    expect(html.match(/<script/g)).toHaveLength(2);
  });
});

describe('a finished launch', () => {
  it('answers with an opaque bearer and the banner’s facts, and with no token of the EPR', async () => {
    const response = await at.complete(await at.signIn());
    const body = (await response.json()) as Record<string, unknown>;
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(Object.keys(body).sort()).toEqual(['context', 'expiresAt', 'session']);
    expect(body['session']).toMatch(/^[\w-]{43}$/);
    expect(body['context']).toMatchObject({
      patient: { nhsNumber: '9990000018', family: 'Tester' },
      needPatientBanner: false,
      intent: 'allergies',
      role: 'gp',
    });
    expect(JSON.stringify(body)).not.toContain('access_token');
  });

  it('opens the record of that patient, and of nobody else', async () => {
    const { session } = (await (await at.complete(await at.signIn())).json()) as { session: string };
    const text = await (await at.record(session)).text();
    const events = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; patient?: { nhsNumber: string } });
    expect(events[0]).toMatchObject({ type: 'opened', patient: { nhsNumber: '9990000018' } });
    expect(events.at(-1)).toMatchObject({ type: 'closed' });
    expect(text).not.toContain('9990000026');
  });
});
