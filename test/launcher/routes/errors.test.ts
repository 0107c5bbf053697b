import type { RequestHandler } from 'express';
import { describe, expect, it } from 'vitest';
import { CorridorError, ERRORS, type ErrorCode } from '../../../launcher/errors.ts';
import { createLog } from '../../../launcher/observability/log.ts';
import { answerErrors, notFound } from '../../../launcher/routes/errors.ts';
import { serveRouter, type ServedRouter } from '../../support/serve-router.ts';

const HTML = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };

async function throwing(error: unknown, lines: string[] = []): Promise<ServedRouter> {
  const numbered: RequestHandler = (_request, response, next) => {
    response.locals['requestId'] = 'support-1';
    next();
  };
  const fail: RequestHandler = () => {
    throw error;
  };
  return serveRouter(numbered, fail, answerErrors(createLog('info', { write: (line) => void lines.push(line) })));
}

describe('an error', () => {
  it('never repeats what was sent, nor what went wrong inside', async () => {
    const lines: string[] = [];
    await using server = await throwing(new Error('password=hunter2 Jackson'), lines);
    const hostile = `${server.url}/<script>alert(1)</script>?iss=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E`;
    for (const accept of [HTML, {}]) {
      const text = await (await fetch(hostile, accept)).text();
      expect(text).not.toMatch(/hunter2|Jackson|onerror|alert/);
      expect(text).toContain('server.fault');
      expect(text).toContain('support-1');
    }
    expect(lines.join()).not.toMatch(/hunter2|Jackson|onerror|alert/);
  });

  it.each([
    [{ status: 400, type: 'entity.parse.failed' }, 400, 'request.invalid'],
    [{ status: 413, type: 'entity.too.large' }, 413, 'request.too_large'],
    [{ status: 404 }, 404, 'request.not_found'],
    [{ status: 302 }, 500, 'server.fault'],
    [undefined, 500, 'server.fault'],
    ['text', 500, 'server.fault'],
  ])('of others, %j, becomes one of ours', async (thrown, status, code) => {
    // `undefined` thrown is not an error to Express, so it is wrapped as a rejected promise would be.
    await using server = await throwing(thrown ?? new Error('nothing'));
    const answer = await fetch(server.url);
    expect([answer.status, ((await answer.json()) as { error: string }).error]).toEqual([status, code]);
  });

  it('is a page for a person, with words, next step, code and support number', async () => {
    await using server = await throwing(new CorridorError('patient.no_nhs_number', 'private'));
    const answer = await fetch(server.url, HTML);
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toContain('text/html');
    const { message, nextStep } = ERRORS['patient.no_nhs_number'];
    for (const words of [message, nextStep, 'patient.no_nhs_number', 'support-1']) {
      expect(page).toContain(words.replaceAll("'", '&#39;'));
    }
    expect(page).not.toContain('private');
  });

  it('is JSON for a program and for everything that is not a navigation', async () => {
    await using server = await throwing(new CorridorError('session.expired'));
    for (const init of [{}, { headers: { accept: 'application/json' } }, { method: 'POST', ...HTML }]) {
      const answer = await fetch(server.url, init);
      expect(answer.headers.get('content-type')).toContain('application/json');
      const { message, nextStep } = ERRORS['session.expired'];
      expect(await answer.json()).toEqual({ error: 'session.expired', message, nextStep, supportId: 'support-1' });
    }
  });

  it('says when to come back if we are busy', async () => {
    await using server = await throwing(new CorridorError('server.busy'));
    expect((await fetch(server.url)).headers.get('retry-after')).toBe('60');
  });

  it('in the middle of an answer cuts it, so that it can’t pass for whole', async () => {
    const half: RequestHandler = (_request, response) => {
      response.write('{"half":');
      throw new CorridorError('server.fault');
    };
    await using server = await serveRouter(half, answerErrors(createLog('silent')));
    await expect(fetch(server.url).then((answer) => answer.text())).rejects.toThrow();
  });

  it('has a status, words and a next step for every code', () => {
    for (const [code, { status, message, nextStep }] of Object.entries(ERRORS)) {
      expect(status, code).toBeGreaterThanOrEqual(206);
      expect(message, code).toMatch(/\.$/);
      expect(nextStep, code).toMatch(/\.$/);
      expect(new CorridorError(code as ErrorCode).entry).toBe(ERRORS[code as ErrorCode]);
    }
  });

  it('is “nothing here” for an address nobody answers', async () => {
    await using server = await serveRouter(notFound, answerErrors(createLog('silent')));
    expect((await fetch(server.url)).status).toBe(404);
  });
});
