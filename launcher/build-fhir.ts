import type { Router } from 'express';
import type { Parts } from './build-services.ts';
import { createMessages, type MessagesDeps } from './messaging/messages.ts';
import type { MessageJudge } from './messaging/reader.ts';
import { createSystemMessages } from './messaging/system-messages.ts';
import { fhirMessagingRoutes } from './routes/fhir-messaging.ts';
import { createAccess, type FhirTokenDeps, fhirTokenRoutes } from './routes/fhir-token.ts';
import { hashOf } from './smart/transaction.ts';
import { saveOnce } from './storage/tables/launch-transactions.ts';
import { keysAt } from './trust/verify/index.ts';

/** For the EPRs that have a key in the community file. */
export function buildFhirMessaging(parts: Parts, deps: MessagesDeps, now: () => number): readonly Router[] {
  const { community, database, keys, url, config } = parts;
  const clients = new Map(
    community.members.flatMap(({ ods, client }) =>
      client ? [[client.id, { id: client.id, ods, keys: keysAt(client.jwksUri, now) }] as const] : [],
    ),
  );
  if (clients.size === 0) return [];
  const judge: MessageJudge = {
    see: (...asked) => deps.judge.see(...asked),
    // No session is open: an EPR writes as a team of its own organisation, and as nobody else.
    open: ({ context: { home, role, patient } }, item) =>
      deps.judge.see(
        { ods: home.ods, role, names: [] },
        { nhsNumber: patient.nhsNumber, restricted: patient.restricted === true },
        { giver: home.ods, ...(item && { item }) },
      ),
  };
  const systemDeps = { ...deps, judge };
  const tokens: FhirTokenDeps = {
    client: (id) => clients.get(id),
    once: (key, expiresAtMs) =>
      saveOnce(database.queries, {
        stateHash: hashOf(`once:fhir-client:${key}`),
        organisation: 'once:fhir-client',
        sealed: '',
        createdAt: new Date(now()).toISOString(),
        expiresAt: new Date(expiresAtMs).toISOString(),
      }),
    signJwt: (...given) => keys.signJwt(...given),
    jwks: keys.jwks.keys,
    url,
    now,
  };
  const system = createSystemMessages({ ...systemDeps, messages: createMessages(systemDeps) });
  return [
    fhirTokenRoutes(tokens),
    fhirMessagingRoutes({ system, access: createAccess(tokens), url, bodyBytes: config.server.bodyBytes, now }),
  ];
}
