import express from 'express';
import type { Request, RequestHandler, Response, Router } from 'express';
import type { Resource } from '../../../src/record/resource.ts';
import type { ActingGate } from '../acting.ts';
import type { Asked } from '../asked.ts';
import type { Bearer } from '../bearer.ts';
import { makeSigningKey } from '../doors/signing-key.ts';
import type { FhirStore } from '../fhir-store.ts';
import { FhirTrouble, operationOutcome } from '../outcome.ts';
import { patientsOf } from '../references.ts';
import { NOTICE_SCOPE } from '../scopes.ts';
import { notificationOf, readSubscription, type TopicSubscription } from './subscription.ts';
import { openTeller, type Teller } from './teller.ts';

/** An EPR that tells by itself: FHIR topic subscriptions below its FHIR base. */
export type EprNotices = {
  readonly router: Router;
  readonly keySet: RequestHandler;
  readonly topic: string;
  readonly subscriptions: () => readonly TopicSubscription[];
  /** The next so many events are counted and never told: what a lost message looks like from the other side. */
  lose(events: number): void;
  readonly heard: Teller['heard'];
  close(): Promise<void>;
};

export type NoticesOptions = {
  readonly ods: string;
  readonly origin: string;
  readonly fhirBase: string;
  readonly store: FhirStore;
  readonly sourceId: string;
  /** The only place it tells, whatever a Subscription names. */
  readonly launcherUrl: string;
  readonly bearerOf: (token: string) => Promise<Bearer | undefined>;
  readonly gate: ActingGate;
};

/** Types whose filing is an event of the one topic. */
const TOLD = ['Encounter', 'EpisodeOfCare', 'CarePlan', 'DocumentReference', 'Observation', 'Patient'];

type Running = { readonly subscription: TopicSubscription; count: number; readonly timer: NodeJS.Timeout };

export function openNotices(options: NoticesOptions): EprNotices {
  const { ods, origin, fhirBase, sourceId, launcherUrl } = options;
  const key = makeSigningKey(`${ods.toLowerCase()}-notices`);
  const teller = openTeller(sourceId, key);
  const topic = `${origin}/SubscriptionTopic/care`;
  const running = new Map<string, Running>();
  let made = 0;
  let losing = 0;

  const say = (one: Running, type: Parameters<typeof notificationOf>[2]['type'], events: readonly number[] = []) => {
    const at = new Date().toISOString();
    const told = { type, count: one.count, events: events.map((number) => ({ number, at })) };
    teller.send(one.subscription.endpoint, one.subscription.headers, notificationOf(one.subscription, fhirBase, told));
  };
  const stop = (id: string): void => {
    clearInterval(running.get(id)?.timer);
    running.delete(id);
  };
  options.store.onPut((resource: Resource) => {
    if (!TOLD.includes(resource.resourceType)) return;
    const patients = patientsOf(resource);
    for (const [id, one] of running) {
      if (one.subscription.endsAtMs < Date.now()) stop(id);
      else if (patients.includes(one.subscription.patientId)) {
        one.count += 1;
        if (losing > 0) losing -= 1;
        else say(one, 'event-notification', [one.count]);
      }
    }
  });

  const admit = async (request: Request, patientId?: string): Promise<void> => {
    const token = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '';
    const bearer = await options.bearerOf(token);
    if (!bearer || bearer.chart) throw new FhirTrouble(401, 'login', 'a system’s own token is needed');
    if (!bearer.scope.split(' ').includes(NOTICE_SCOPE))
      throw new FhirTrouble(403, 'forbidden', `the token’s scopes do not have ${NOTICE_SCOPE}`);
    const asked: Asked = { bearer, action: 'read', type: 'Subscription', returned: 0, patientId };
    await options.gate.admit(request, asked);
    options.gate.checkPatient(asked);
  };

  const router = express.Router();
  const parse = express.json({ limit: '64kb', type: ['application/fhir+json', 'application/json'] });
  router.post('/Subscription', parse, (request, response) =>
    answering(response, async () => {
      made += 1;
      const given = { topic, tellOnly: `${launcherUrl}/notify/` };
      const subscription = readSubscription(request.body, `s${String(made)}`, given);
      await admit(request, subscription.patientId);
      const timer = setInterval(() => {
        const one = running.get(subscription.id);
        if (one) say(one, 'heartbeat');
      }, subscription.heartbeatMs);
      timer.unref();
      const one = { subscription, count: 0, timer };
      running.set(subscription.id, one);
      response.set('location', `${fhirBase}/Subscription/${subscription.id}`);
      sendFhir(response.status(201), subscription.resource);
      say(one, 'handshake');
    }),
  );
  router.get('/Subscription/:id', (request, response) =>
    answering(response, async () => {
      await admit(request);
      sendFhir(response, found(running, request.params.id).subscription.resource);
    }),
  );
  router.delete('/Subscription/:id', (request, response) =>
    answering(response, async () => {
      await admit(request, found(running, request.params.id).subscription.patientId);
      stop(request.params.id);
      response.status(204).end();
    }),
  );
  return {
    router,
    keySet: (_request, response) => void response.json({ keys: [key.publicJwk] }),
    topic,
    subscriptions: () => [...running.values()].map(({ subscription }) => subscription),
    lose: (events) => void (losing = events),
    heard: teller.heard,
    close: async () => {
      for (const id of [...running.keys()]) stop(id);
      await teller.close();
    },
  };
}

function found(running: ReadonlyMap<string, Running>, id: string): Running {
  const one = running.get(id);
  if (!one) throw new FhirTrouble(404, 'not-found', 'no such Subscription');
  return one;
}

function sendFhir(response: Response, resource: Resource): void {
  response.type('application/fhir+json').send(JSON.stringify(resource));
}

function answering(response: Response, work: () => Promise<void>): void {
  work().catch((error: unknown) => {
    const trouble = error instanceof FhirTrouble ? error : new FhirTrouble(500, 'exception', 'the sandbox failed');
    response
      .status(trouble.status)
      .type('application/fhir+json')
      .send(JSON.stringify(operationOutcome(trouble.issue, trouble.message)));
  });
}
