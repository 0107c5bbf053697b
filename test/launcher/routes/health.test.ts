import { describe, expect, it } from 'vitest';
import { healthRoutes, type HealthDeps } from '../../../launcher/routes/health.ts';
import { serveRouter } from '../../support/serve-router.ts';

function deps(changes: Partial<HealthDeps>): HealthDeps {
  return { checks: {}, stopping: () => false, timeoutMs: 50, onFailure: () => undefined, now: () => 0, ...changes };
}

describe('readiness', () => {
  it('says no, and not why, when a part can’t serve or doesn’t answer in time; the reason goes to the log', async () => {
    const told: string[] = [];
    const checks = {
      storage: () => Promise.reject(new Error('disk full at /secret/path')),
      slow: () => new Promise<void>(() => undefined),
      fine: () => Promise.resolve(),
    };
    await using server = await serveRouter(healthRoutes(deps({ checks, onFailure: (name) => told.push(name) })));
    const answer = await fetch(`${server.url}/health/ready`);
    const body = await answer.text();
    expect(answer.status).toBe(503);
    expect(JSON.parse(body)).toEqual({
      status: 'not-ready',
      checks: { storage: 'failed', slow: 'failed', fine: 'ok' },
    });
    expect(told.sort()).toEqual(['slow', 'storage']);
  });

  it('says no while stopping, and stays alive', async () => {
    await using server = await serveRouter(healthRoutes(deps({ stopping: () => true })));
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
  });

  it('asks its parts once for many probes of one second', async () => {
    let asked = 0;
    let now = 0;
    const checks = { storage: () => Promise.resolve(void (asked += 1)) };
    await using server = await serveRouter(healthRoutes(deps({ checks, now: () => now })));
    for (let probe = 0; probe < 5; probe += 1) expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
    expect(asked).toBe(1);
    now = 1_000;
    await fetch(`${server.url}/health/ready`);
    expect(asked).toBe(2);
  });
});
