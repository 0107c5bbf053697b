import express from 'express';
import type { RequestHandler } from 'express';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Resource } from '../../src/record/resource.ts';
import { sourceIdOf } from '../community-file.ts';
import type { SandboxOrganisation } from '../community.ts';
import { teamServices } from '../teams.ts';
import { openActingGate } from './acting.ts';
import { openAuditLog } from './audit-log.ts';
import type { AuditLog } from './audit-log.ts';
import { openAuthorisation } from './authorisation.ts';
import type { RegisteredClient } from './provider-settings.ts';
import { fhirServer } from './fhir-server.ts';
import { openFhirStore } from './fhir-store.ts';
import type { FhirStore } from './fhir-store.ts';
import type { Chart, HomePage, LaunchTokens } from './launch-tokens.ts';
import type { ChartQuestion, Door, Opening } from './doors/door.ts';
import { openDoor } from './doors/open-door.ts';
import { downOrUp } from './misbehaviour.ts';
import { openModeSwitch } from './modes.ts';
import { admitting } from './inbox/admit.ts';
import { openInbox, type EprInbox } from './inbox/open-inbox.ts';
import { openNotices, type EprNotices } from './notices/open-notices.ts';
import { openPointers } from './pointers.ts';
import type { ModeSwitch } from './modes.ts';
import { withStaff } from './staff.ts';

/** One organisation's EPR, listening on an origin of its own: chart pages, FHIR server, authorisation server. */
export type Epr = {
  readonly organisation: SandboxOrganisation;
  readonly origin: string;
  readonly fhirBase: string;
  readonly issuer: string;
  readonly store: FhirStore;
  readonly modes: ModeSwitch;
  readonly audit: AuditLog;
  readonly launches: LaunchTokens;
  /** Where the key is with which this EPR proves whom it names; one of letters only names nobody. */
  readonly pointerKeys?: string;
  /** Where messages of other organisations come in, and where the key is with which it acknowledges them. */
  readonly inbox: EprInbox;
  readonly inboxKeys: string;
  /** Tells by itself what happens; left out: it is asked what has changed. */
  readonly notices?: EprNotices & { readonly keys: string };
  /** How its charts open the shared record. */
  readonly door: Door;
  /** Tells the launcher whom this EPR knows. */
  pushPointers(sourceId: string): Promise<void>;
  /** A SMART launch of this chart, or of the home page with nobody's chart open. */
  launchUrl(opened: Chart | HomePage): string;
  /** What the chart’s “Shared record” opens: by the door of this make, or by a SMART launch where that does not lead. */
  open(chart: Chart, asked: ChartQuestion): Promise<Opening & { readonly url: string }>;
  /** All its users sign out. */
  signOut(): void;
  close(): Promise<void>;
};

export type EprOptions = {
  readonly organisation: SandboxOrganisation;
  readonly resources: readonly Resource[];
  readonly port: number;
  /** Where the launcher listens: its launch address, its keys, its callback. */
  readonly launcherUrl: string;
  /** Registered besides the launcher: what tests bring with keys of their own. */
  readonly otherClients?: readonly RegisteredClient[];
  readonly slowMs?: number;
  /** The chart pages, given the EPR they belong to. */
  readonly pages?: (epr: Epr) => RequestHandler;
};

const DOCUMENT_TYPES = ['Patient', 'DocumentReference', 'Binary', 'Organization', 'Practitioner', 'PractitionerRole'];

const POINTER_KEYS = '/pointer-keys';
const INBOX_KEYS = '/inbox-keys';
const NOTICE_KEYS = '/notice-keys';

/** Two hospitals and the ambulances have FHIR topic subscriptions; all but one of them, and the others, can be searched by when something changed. */
const TELLS: readonly string[] = ['XB101', 'XB103', 'XB301', 'XB302'];

export async function openEpr(options: EprOptions): Promise<Epr> {
  const { organisation, port, launcherUrl } = options;
  const origin = `http://localhost:${port}`;
  const [fhirBase, issuer] = [`${origin}/fhir`, `${origin}/auth`];
  const store = openFhirStore([...withStaff(organisation, options.resources), ...teamServices(organisation)]);
  const modes = openModeSwitch(options.slowMs);
  const audit = openAuditLog();
  const launcher = {
    clientId: 'corridor',
    redirectUris: [`${launcherUrl}/callback/${organisation.ods}`],
    jwksUri: `${launcherUrl}/.well-known/jwks.json`,
  };
  const clients = [launcher, ...(options.otherClients ?? [])];
  const gate = openActingGate({ launcherUrl, fhirBase, tokenEndpoint: `${issuer}/token`, store });
  const authorisation = openAuthorisation(
    { ods: organisation.ods, issuer, fhirBase, users: organisation.users, clients },
    gate.subjectTokens,
  );
  const types = organisation.epr === 'documents-only' ? { types: DOCUMENT_TYPES } : {};
  const app = express().disable('x-powered-by');
  const pointers = organisation.epr === 'documents-only' ? undefined : openPointers(organisation.ods);
  if (pointers) app.use(POINTER_KEYS, pointers.keySet);
  const door = openDoor({ organisation, origin, fhirBase, launcherUrl });
  if (door.keySet) app.use(door.keySet.path, door.keySet.serve);
  app.use(
    '/auth',
    downOrUp(modes),
    (request, response, next) => void authorisation.handle(request, response).catch(next),
  );
  const startedAt = new Date().toISOString();
  const fhir = {
    base: fhirBase,
    issuer,
    name: organisation.name,
    store,
    modes,
    audit,
    startedAt,
    ods: organisation.ods,
    gate,
    bearer: authorisation.bearer,
    byChange: organisation.ods !== 'XB302',
    ...types,
  };
  const told = { ods: organisation.ods, origin, fhirBase, store, sourceId: sourceIdOf(organisation), launcherUrl };
  const notices = TELLS.includes(organisation.ods)
    ? openNotices({ ...told, bearerOf: authorisation.bearer, gate })
    : undefined;
  if (notices) {
    app.use(NOTICE_KEYS, notices.keySet);
    app.use('/fhir', downOrUp(modes), notices.router);
  }
  const inbox = openInbox({
    ods: organisation.ods,
    origin,
    store,
    sourceId: sourceIdOf(organisation),
    launcherUrl,
    admit: admitting(authorisation.bearer, gate),
  });
  app.use(INBOX_KEYS, inbox.keySet);
  app.use('/itk', downOrUp(modes), inbox.documents);
  app.use('/fhir', downOrUp(modes), inbox.messages, fhirServer(fhir));
  const server = createServer(app);
  const epr: Epr = {
    organisation,
    origin,
    fhirBase,
    issuer,
    store,
    modes,
    audit,
    launches: authorisation.launches,
    ...(pointers && { pointerKeys: `${origin}${POINTER_KEYS}` }),
    inbox,
    inboxKeys: `${origin}${INBOX_KEYS}`,
    ...(notices && { notices: { ...notices, keys: `${origin}${NOTICE_KEYS}` } }),
    door,
    pushPointers: async (sourceId) => pointers?.push(launcherUrl, sourceId, store.all('Patient'), Date.now()),
    launchUrl: (chart) =>
      `${launcherUrl}/launch?${new URLSearchParams({ iss: fhirBase, launch: authorisation.launches.mint(chart) }).toString()}`,
    open: async (chart, asked) => {
      const { url, beside, ...more } = (await door.open?.(chart, asked)) ?? {};
      return { ...more, url: url ?? epr.launchUrl(beside ? { ...chart, beside } : chart) };
    },
    signOut: () => authorisation.signOut(),
    close: async () => {
      await inbox.close();
      await notices?.close();
      await closeServer(server);
    },
  };
  if (options.pages) app.use(options.pages(epr));
  await listen(server, port);
  return epr;
}

export async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

export async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
