import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../../launcher/observability/log.ts';
import { answerErrors } from '../../../launcher/routes/errors.ts';
import { notifyRoutes, SIGNATURE_HEADER } from '../../../launcher/routes/notify.ts';
import { migrate } from '../../../launcher/storage/migrate.ts';
import type { Database } from '../../../launcher/storage/database.ts';
import { openSqlite } from '../../../launcher/storage/sqlite.ts';
import { AFTER_VIEW_MS } from '../../../launcher/handovers/subscribe.ts';
import { communityOf, handoverFile, openHandoverWorld, type HandoverWorld } from '../../support/handover-world.ts';
import { serveRouter, type ServedRouter } from '../../support/serve-router.ts';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const TOPIC = 'https://infirmary.example/SubscriptionTopic/care';
const signing = handoverFile().replace(
  `topics: ['${TOPIC}']`,
  `topics: ['${TOPIC}'], jwksUri: 'https://infirmary.example/jwks'`,
);

let database: Database;
let world: HandoverWorld;
let served: ServedRouter;
let watch: string;
let secret: string;

beforeEach(async () => {
  database = openSqlite({ file: ':memory:', busyMs: 1_000 });
  await migrate(database);
  world = openHandoverWorld(database, communityOf(signing));
  await world.subscribe.follow(world.session('XB001', 'gp', { careEvidence: 'registration' }));
  world.clock.ms += AFTER_VIEW_MS;
  await world.worker.tick();
  const [order] = world.infirmary.orders;
  if (!order) throw new Error('it was not asked to tell');
  watch = order.endpoint.split('/').at(-1) ?? '';
  secret = order.secret;
  const shown = new Set<string>();
  served = await serveRouter(
    notifyRoutes({
      tell: world.tell,
      source: (id) => world.ground.community.source(id),
      keysOf:
        ({ id }) =>
        (kid) =>
          Promise.resolve(id === 'infirmary' && kid === 'k1' ? { key: pair.publicKey, alg: 'ES256' } : undefined),
      once: (key) => !shown.has(key) && shown.add(key).has(key),
      addressOf: (id) => `https://corridor.example/notify/${id}`,
      bodyBytes: 65_536,
      now: () => world.clock.ms,
    }),
    answerErrors(createLog('silent')),
  );
});
afterEach(async () => {
  await served[Symbol.asyncDispose]();
  await world.stop();
  await database.close();
});

const bundle = (count = 1, topic = TOPIC): string =>
  JSON.stringify({
    resourceType: 'Bundle',
    type: 'history',
    entry: [
      {
        resource: {
          resourceType: 'Parameters',
          parameter: [
            { name: 'subscription', valueReference: { reference: 'https://infirmary.example/fhir/Subscription/sub1' } },
            { name: 'topic', valueCanonical: topic },
            { name: 'status', valueCode: 'active' },
            { name: 'type', valueCode: 'event-notification' },
            { name: 'events-since-subscription-start', valueString: String(count) },
            { name: 'notification-event', part: [{ name: 'event-number', valueString: String(count) }] },
          ],
        },
      },
    ],
  });

type Sent = {
  body?: string;
  signed?: string;
  secret?: string;
  to?: string;
  claims?: object;
  key?: typeof pair.privateKey;
  unsigned?: boolean;
  jti?: string;
};

async function send(sent: Sent = {}): Promise<number> {
  const body = sent.body ?? bundle();
  const iat = Math.floor(world.clock.ms / 1_000);
  const digest = createHash('sha256')
    .update(sent.signed ?? body)
    .digest('base64url');
  const claims = {
    iss: 'infirmary',
    sub: 'infirmary',
    aud: `https://corridor.example/notify/${watch}`,
    iat,
    exp: iat + 60,
    jti: sent.jti ?? randomUUID(),
    digest,
    ...sent.claims,
  };
  const signature = jsonwebtoken.sign(claims, sent.key ?? pair.privateKey, { algorithm: 'ES256', keyid: 'k1' });
  const answer = await fetch(`${served.url}/notify/${sent.to ?? watch}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/fhir+json',
      authorization: `Bearer ${sent.secret ?? secret}`,
      ...(!sent.unsigned && { [SIGNATURE_HEADER]: signature }),
    },
    body,
  });
  await answer.body?.cancel();
  return answer.status;
}

const told = () => world.audit.filter(({ type }) => type === 'notice.told').length;
const refusals = () => world.audit.filter(({ type }) => type === 'notice.refused').map(({ code }) => code);

describe('a notification is not believed', () => {
  it.each<[string, () => Sent, string]>([
    ['with another secret', () => ({ secret: 'of-somebody-else' }), 'notice.secret'],
    ['with no secret', () => ({ secret: '' }), 'notice.secret'],
    ['unsigned', () => ({ unsigned: true }), 'notice.signature'],
    ['signed with a key that nobody registered', () => ({ key: stranger.privateKey }), 'notice.signature'],
    ['signed by another source', () => ({ claims: { iss: 'council', sub: 'council' } }), 'notice.signature'],
    [
      'signed for another address',
      () => ({ claims: { aud: 'https://corridor.example/notify/x' } }),
      'notice.signature',
    ],
    ['signed long ago', () => ({ claims: { iat: 1_000, exp: 1_060 } }), 'notice.signature'],
    ['signed over other bytes', () => ({ signed: bundle(7) }), 'notice.digest'],
    ['that can’t be read', () => ({ body: '{"resourceType":"Bundle"' }), 'notice.unreadable'],
    ['of a topic nobody asked for', () => ({ body: bundle(1, 'https://infirmary.example/other') }), 'notice.topic'],
  ])('%s: nobody is asked, and the audit says why', async (_name, sent, code) => {
    expect(await send(sent())).toBe(403);
    expect(refusals()).toEqual([code]);
    expect(told()).toBe(0);
  });

  it('at an address that nobody gave out, and leaves no trace there that a flood could fill', async () => {
    expect(await send({ to: randomUUID() })).toBe(403);
    expect(await send({ to: 'no-watch' })).toBe(403);
    expect(refusals()).toEqual([]);
  });

  it('the second time it is shown', async () => {
    expect(await send({ jti: 'one' })).toBe(200);
    expect(await send({ jti: 'one' })).toBe(403);
    expect(told()).toBe(1);
  });

  it('once its team is told of nobody any more', async () => {
    await world.subscribe.end(world.session('XB001', 'gp', { careEvidence: 'registration' }));
    await world.worker.tick();
    expect(await send()).toBe(403);
  });
});

describe('a notification that is proven', () => {
  it('leads to asking, whatever stands in it of anybody', async () => {
    const asked = world.infirmary.asks.length;
    expect(await send({ body: bundle().replace('"event-number"', '"event-number","extra":"Patient/somebody"') })).toBe(
      200,
    );
    world.clock.ms += 10;
    await world.worker.tick();
    expect(told()).toBe(1);
    expect(world.infirmary.asks.length).toBe(asked + 1);
    expect(JSON.stringify(world.audit)).not.toContain('somebody');
  });
});
