import { Router } from 'express';

export type HealthDeps = {
  /** Each resolves when its part can serve and rejects when it can't. Names are shown; reasons are for the log. */
  readonly checks: { readonly [name: string]: () => Promise<void> };
  readonly stopping: () => boolean;
  readonly timeoutMs: number;
  onFailure(name: string, reason: unknown): void;
  now(): number;
};

type Readiness = { readonly ready: boolean; readonly checks: { readonly [name: string]: 'ok' | 'failed' } };

/** One answer serves every probe of a second: a check is a durable write, and probes come from anywhere. */
const KEEP_MS = 1_000;

/** `live`: the process answers (restart it if not). `ready`: it can open and audit a record now (send no one if not). */
export function healthRoutes(deps: HealthDeps): Router {
  const router = Router();
  let kept: { readonly at: number; readonly readiness: Promise<Readiness> } | undefined;
  router.get('/health/live', (_request, response) => {
    response.json({ status: 'live' });
  });
  router.get('/health/ready', async (_request, response) => {
    if (!kept || deps.now() - kept.at >= KEEP_MS) kept = { at: deps.now(), readiness: check(deps) };
    const { ready, checks } = await kept.readiness;
    const status = deps.stopping() ? 'stopping' : ready ? 'ready' : 'not-ready';
    response.status(status === 'ready' ? 200 : 503).json({ status, checks });
  });
  return router;
}

async function check(deps: HealthDeps): Promise<Readiness> {
  const results = await Promise.all(
    Object.entries(deps.checks).map(async ([name, run]) => {
      try {
        await within(run(), deps.timeoutMs);
        return [name, 'ok'] as const;
      } catch (reason) {
        deps.onFailure(name, reason);
        return [name, 'failed'] as const;
      }
    }),
  );
  return { ready: results.every(([, result]) => result === 'ok'), checks: Object.fromEntries(results) };
}

async function within(work: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('not answered in time')), timeoutMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
