import express from 'express';
import { describe, expect, it } from 'vitest';
import type { PermittedRequest, Refusal } from '../../../launcher/access/decision.ts';
import type { RedactionRule } from '../../../launcher/access/redact.ts';
import { createLog } from '../../../launcher/observability/log.ts';
import { answerErrors } from '../../../launcher/routes/errors.ts';
import { exportRoutes } from '../../../launcher/routes/export.ts';
import { NHS_NUMBER, sessionOf } from '../../support/federation.ts';
import { memoryAudit } from '../../support/memory-stores.ts';

const BEARER = 'b'.repeat(43);

type Given = {
  readonly body?: object;
  readonly bearer?: string;
  readonly decision?: PermittedRequest | Refusal;
  readonly rule?: RedactionRule;
};

function permitted(): PermittedRequest {
  return {
    session: sessionOf(),
    ask: { kind: 'record' },
    viewId: 'view-1',
    permitted: new Map(),
    refused: new Map(),
  } as unknown as PermittedRequest;
}

async function post({ body = { as: 'ips' }, bearer = BEARER, decision = permitted(), rule = OPEN }: Given) {
  const audit = memoryAudit();
  const app = express();
  app.use(express.json());
  app.use(
    exportRoutes({
      sessions: {
        find: (given: string) => Promise.resolve(given === BEARER ? sessionOf() : undefined),
        isLive: () => Promise.resolve(true),
      } as never,
      decide: () => Promise.resolve(decision),
      ruleOf: () => rule,
      audit,
      now: () => 0,
    }),
  );
  app.use(answerErrors(createLog('silent')));
  const server = app.listen(0, '127.0.0.1');
  try {
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const answer = await fetch(`http://127.0.0.1:${String(port)}/api/export`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const told: unknown = await answer.json();
    return { status: answer.status, told, events: audit.events };
  } finally {
    server.close();
  }
}

const OPEN: RedactionRule = { clearance: 'N', tellWithheld: true, restrictedPatient: false };

describe('POST /api/export', () => {
  it('refuses whoever has no session, and what is no document we make', async () => {
    expect(await post({ bearer: 'c'.repeat(43) })).toMatchObject({ status: 401, events: [] });
    for (const body of [{}, { as: 'csv' }, { as: ['ips'] }])
      expect(await post({ body })).toMatchObject({ status: 400, events: [] });
  });

  it('refuses what the policy no longer grants, and writes that down', async () => {
    const decision = { refused: true, rule: 'objection', code: 'access.refused' } as unknown as Refusal;
    const answer = await post({ decision });
    expect(answer.status).toBe(403);
    expect(answer.events).toMatchObject([{ type: 'record.refused', code: 'objection', outcome: 'refused' }]);
  });

  it('refuses the document of somebody whose whereabouts are restricted to a reader who may open none', async () => {
    const answer = await post({ rule: { ...OPEN, restrictedPatient: true } });
    expect(answer.status).toBe(403);
    expect(answer.events).toMatchObject([{ type: 'record.refused', code: 'document' }]);
  });

  it('grants it once it is in the audit, and says nothing of the person in its answer', async () => {
    const { status, told, events } = await post({});
    expect(events).toMatchObject([
      { type: 'record.exported', viewId: 'view-1', outcome: 'success', nhsNumber: NHS_NUMBER, detail: { as: 'ips' } },
    ]);
    expect(status).toBe(200);
    expect(Object.keys(told as object).sort()).toEqual(['at', 'author', 'documentId']);
    expect(JSON.stringify(told)).not.toContain(NHS_NUMBER);
  });
});
