import { randomUUID } from 'node:crypto';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../../launcher/observability/log.ts';
import { answerErrors } from '../../../launcher/routes/errors.ts';
import { inboxRoutes } from '../../../launcher/routes/inbox.ts';
import { messageRoutes } from '../../../launcher/routes/messages.ts';
import { CorridorError } from '../../../launcher/errors.ts';
import { doctor, draftOf, type MessagingWorld, openMessagingWorld, pharmacist } from '../../support/messaging.ts';
import { type ServedRouter, serveRouter } from '../../support/serve-router.ts';

let world: MessagingWorld;
let served: ServedRouter;

beforeEach(async () => {
  world = await openMessagingWorld();
  const readers = new Map([
    ['ward', pharmacist()],
    ['surgery', doctor()],
  ]);
  const sessions = {
    find: (bearer: string) => Promise.resolve(readers.get(bearer)?.session),
    isLive: () => Promise.resolve(true),
  };
  served = await serveRouter(
    express.json(),
    messageRoutes({ sessions, messages: world.messages, now: () => world.clock.nowMs }),
    inboxRoutes({
      reader: (request) => {
        const reader = readers.get(request.get('authorization')?.slice(7) ?? '');
        return reader ? Promise.resolve(reader) : Promise.reject(new CorridorError('session.missing'));
      },
      inbox: world.inbox,
    }),
    answerErrors(createLog('silent')),
  );
});
afterEach(async () => {
  await served[Symbol.asyncDispose]();
  await world.close();
});

type Answer = { readonly status: number; readonly body: Record<string, unknown>; readonly headers: Headers };

async function ask(who: string, path: string, body?: object): Promise<Answer> {
  const answer = await fetch(`${served.url}/api/${path}`, {
    headers: { authorization: `Bearer ${who}`, 'content-type': 'application/json' },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    body: text === '' ? {} : (JSON.parse(text) as Answer['body']),
    headers: answer.headers,
  };
}

describe('/api/messages', () => {
  it('refuses whoever has no session', async () => {
    for (const path of ['messages', 'messages/addresses', 'inbox', 'inbox/counts'])
      expect((await ask('nobody', path)).status).toBe(401);
  });

  it.each([
    ['no id', { id: undefined }],
    ['an id that is no UUID', { id: 'one' }],
    ['no text', { body: '  ' }],
    ['text that turns its own direction', { body: 'a\u202eb' }],
    ['an address that is none', { to: '../XB001' }],
    ['an urgency that is none', { urgency: 'stat' }],
    ['a time that is over', { dueAt: '2020-01-01T00:00:00Z' }],
    ['an item that is none', { about: { source: 'north', resource: 'http://elsewhere/Patient/1' } }],
  ])('refuses a message with %s', async (_what, wrong) => {
    const answer = await ask('ward', 'messages', { ...draftOf(), ...wrong });
    expect([answer.status, answer.body['error']]).toEqual([400, 'request.invalid']);
  });

  it('refuses one for another patient in so many words, and sends nothing', async () => {
    const answer = await ask('ward', 'messages', draftOf({ patient: '9990000026' }));
    expect([answer.status, answer.body['error']]).toEqual([409, 'message.other_patient']);
    expect((await ask('ward', 'messages')).body).toEqual({ threads: [] });
  });

  it('takes the number as it is shown, with its spaces', async () => {
    expect((await ask('ward', 'messages', draftOf({ patient: '999 000 0018' }))).status).toBe(201);
  });

  it('answers 201, and 200 with the same conversation when it is sent again', async () => {
    const draft = draftOf();
    const first = await ask('ward', 'messages', draft);
    const again = await ask('ward', 'messages', draft);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body['id']).toBe(first.body['id']);
    expect(first.headers.get('cache-control')).toBe('no-store');
  });

  it('shows who was too late what there is, with 409', async () => {
    const thread = String((await ask('ward', 'messages', draftOf())).body['id']);
    await ask('surgery', `messages/${thread}/reply`, { id: randomUUID(), version: 1, body: 'Half.' });
    const late = await ask('ward', `messages/${thread}/reply`, { id: randomUUID(), version: 1, body: 'And?' });
    expect([late.status, late.body['error']]).toEqual([409, 'message.thread_moved']);
    expect(late.body['thread']).toMatchObject({ id: thread, version: 2, state: 'answered' });
  });

  it('shows what went to whoever sends other words under its id, with 409, and sends nothing of these', async () => {
    const draft = draftOf();
    const first = await ask('ward', 'messages', draft);
    const other = await ask('ward', 'messages', { ...draft, body: 'She is allergic to it.' });
    expect([other.status, other.body['error']]).toEqual([409, 'message.other_content']);
    expect(other.body['thread']).toMatchObject({ id: first.body['id'], messages: [{ body: draft.body }] });
    const path = `messages/${String(first.body['id'])}/reply`;
    const reply = { id: randomUUID(), version: 1, body: 'Half.' };
    await ask('surgery', path, reply);
    const again = await ask('surgery', path, { ...reply, body: 'All.' });
    expect([again.status, again.body['error']]).toEqual([409, 'message.other_content']);
    expect(again.body['thread']).toMatchObject({ version: 2, messages: [{}, { body: 'Half.' }] });
  });

  it('takes a receipt only for messages of that conversation, and says nothing more', async () => {
    const draft = draftOf();
    const thread = String((await ask('ward', 'messages', draft)).body['id']);
    await world.deliverAll();
    const opened = await ask('surgery', `messages/${thread}/opened`, { messages: [draft.id] });
    expect([opened.status, opened.body]).toEqual([204, {}]);
    expect((await ask('surgery', `messages/${randomUUID()}/opened`, { messages: [draft.id] })).status).toBe(404);
    expect((await ask('ward', 'messages')).body['threads']).toMatchObject([{ state: 'opened' }]);
  });

  it('lists what a team has to do, with numbers a badge can show', async () => {
    await ask('ward', 'messages', draftOf());
    await world.deliverAll();
    const list = await ask('surgery', 'inbox');
    expect(list.body).toMatchObject({
      counts: { unopened: 1, urgent: 1, overdue: 0, handovers: 0 },
      lines: [{ subject: 'Dose of apixaban', patient: { name: 'TESTER, Ann' }, unopened: true }],
    });
    const counts = await ask('surgery', 'inbox/counts');
    expect(counts.body).toEqual({ unopened: 1, urgent: 1, overdue: 0, handovers: 0 });
    const [line] = list.body['lines'] as { thread: string }[];
    expect((await ask('surgery', 'inbox/open', { thread: line?.thread })).body).toEqual({});
  });
});
