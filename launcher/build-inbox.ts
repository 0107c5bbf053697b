import type { Router } from 'express';
import type { NhsNumber } from '../src/record/nhs-number.ts';
import type { Patient } from '../src/record/patient.ts';
import type { InboxReceipt } from '../plugins/inbox-face.ts';
import { SourceTrouble } from '../plugins/plugin.ts';
import type { DeliverMessage, DeliveryOutcome, DeliveryReceipt, OutgoingMessage } from '../src/messages/delivery.ts';
import { homePatientsFinder } from './build-plugins.ts';
import type { Parts } from './build-services.ts';
import { openWayOut } from './federation/open-source.ts';
import { type Reader, userOf } from './messaging/reader.ts';
import { inboxAcknowledgementRoutes } from './routes/inbox-acknowledgement.ts';
import type { Session, TeamSession } from './session/session.ts';
import type { LaunchContext, LaunchDraft } from './smart/launch-context.ts';
import { hashOf } from './smart/transaction.ts';
import { saveOnce } from './storage/tables/launch-transactions.ts';
import type { SourceTokens } from './trust/backend-services.ts';
import type { CommunityInbox, CommunitySource } from './trust/community.ts';
import { createSourceHeaders } from './trust/source-headers.ts';
import { keysAt } from './trust/verify/index.ts';

type InboxParts = Pick<Parts, 'community' | 'plugins' | 'keys' | 'agents' | 'config' | 'url' | 'log'>;

/**
 * Hands a message to the EPR of the team it is for. Whatever goes wrong on the way is an outcome; it throws only when
 * the worker itself stops. The launcher asks for the organisation that writes, and names who wrote it.
 */
export function buildDeliver(parts: InboxParts, tokens: SourceTokens, now: () => number): DeliverMessage {
  const { community, plugins, keys, agents, config, url, log } = parts;
  const headers = createSourceHeaders({ community, keys, issuer: url, now });
  return async (to, message, outer) => {
    const source = to.inbox && community.source(to.inbox);
    const inbox = source?.inbox;
    const face = plugins.find(({ id }) => id === inbox?.plugin)?.inbox;
    // An inbox stands under its own organisation alone: no address of a message leads to another one's.
    if (!source || !inbox || !face || source.ods !== to.organisation.ods)
      return { outcome: 'refused', code: 'inbox.recipient_unknown' };
    const deadline = AbortSignal.timeout(inbox.deadlineMs);
    const { fetch } = openWayOut(
      asSource(source, inbox),
      { context: writerOf(message, url), purpose: 'direct-care' },
      { token: (...asked) => tokens.token(...asked), headers, agents, limits: config.source },
    );
    try {
      const tools = {
        fetch,
        launcherUrl: url,
        ...(inbox.acknowledgements && { acknowledgeTo: acknowledgementAddress(url, source.id) }),
      };
      const order = { message, to, settings: inbox.settings };
      return await face.deliver(order, tools, AbortSignal.any([outer, deadline]));
    } catch (cause) {
      if (outer.aborted) throw cause;
      return notNow(cause, deadline, (error) => log.error('message.deliver_failed', { error, source: source.id }));
    }
  };
}

/** Takes what an EPR says later. `take` is the messages' own: false for one that was never handed to that inbox. */
export function buildAcknowledgementRoutes(
  parts: Pick<Parts, 'community' | 'plugins' | 'database' | 'config' | 'audit' | 'url'>,
  take: {
    readonly receipt: (receipt: DeliveryReceipt) => Promise<boolean>;
    /** It could not be kept after all and is to be handed over again. */
    readonly again: (messageId: string, by: CommunitySource) => Promise<boolean>;
  },
  now: () => number,
): Router {
  const { community, plugins, database, config, audit, url } = parts;
  const keys = new Map(
    community.sources.flatMap(({ id, inbox }) =>
      inbox?.acknowledgements ? [[id, keysAt(inbox.acknowledgements.jwksUri, now)]] : [],
    ),
  );
  return inboxAcknowledgementRoutes({
    source: (id) => community.source(id),
    keysOf: ({ id }) => keys.get(id),
    pluginOf: ({ inbox }) => plugins.find(({ id }) => id === inbox?.plugin),
    addressOf: (source) => acknowledgementAddress(url, source),
    once: (key, expiresAtMs) =>
      // In the store: two launchers have one memory of what was shown.
      saveOnce(database.queries, {
        stateHash: hashOf(`once:acknowledgement:${key}`),
        organisation: 'once:acknowledgement',
        sealed: '',
        createdAt: new Date(now()).toISOString(),
        expiresAt: new Date(expiresAtMs).toISOString(),
      }),
    received: async (receipt, source) => {
      if (receipt.kind === 'accepted') return true;
      if (receipt.kind === 'retry') return take.again(receipt.messageId, source);
      return take.receipt(receiptOf(receipt, receipt.kind, source, now()));
    },
    audit,
    bodyBytes: config.server.bodyBytes,
    now,
  });
}

/**
 * Where the reader's own EPR opens this resident's chart, by its own sign-in: asked of that EPR alone, and only where its
 * plugin leads to a chart. A line that can't be led from says to open the patient there by hand.
 */
export function buildChartOf(
  parts: Parts,
  tokens: SourceTokens,
  now: () => number,
): (reader: Reader, nhsNumber: string) => Promise<string | undefined> {
  const { community, plugins, url } = parts;
  const find = homePatientsFinder(parts, tokens, now);
  return async (reader, nhsNumber) => {
    const member = community.member(reader.ods);
    const source = member?.sources[0];
    const face = plugins.find(({ id }) => id === source?.plugin)?.openChart;
    const chartOf = (id: string) => source && face?.address({ patientId: id, type: 'Patient', id }, source.settings);
    if (!member || chartOf('p') === undefined) return undefined;
    const asker: LaunchDraft = {
      launchId: reader.launchId ?? '',
      home: { ods: reader.ods, iss: member.launch?.iss ?? url },
      user: reader.user,
      role: reader.role,
      homePatientId: '',
      needPatientBanner: true,
    };
    const patient = { nhsNumber: nhsNumber as NhsNumber } as Patient;
    // An EPR that does not answer just now leads nowhere, and the line says so.
    const found = await find(member, asker, patient, AbortSignal.timeout(CHART_MS)).catch(() => []);
    const [only, ...others] = found;
    return typeof only?.id === 'string' && others.length === 0 ? chartOf(only.id) : undefined;
  };
}

const CHART_MS = 5_000;

/** Who reads a team's list: whoever opened a chart, or the list itself. */
export function readerOf({ context: { user, role, home, launchId } }: Session | TeamSession): Reader {
  return { user: userOf(user), role, ods: home.ods, launchId };
}

function acknowledgementAddress(url: string, source: string): string {
  return `${url}/inbox/${source}/acknowledge`;
}

/** A clock ahead of ours must not put a receipt into the future. */
function receiptOf(
  { messageId, code, at }: InboxReceipt,
  kind: 'delivered' | 'refused',
  { ods, id }: CommunitySource,
  nowMs: number,
): DeliveryReceipt {
  const said = at === undefined ? nowMs : Math.min(Date.parse(at), nowMs);
  return { messageId, by: ods, inbox: id, kind, at: new Date(said).toISOString(), ...(code !== undefined && { code }) };
}

function asSource(source: CommunitySource, { settings, authorisation }: CommunityInbox): CommunitySource {
  return { ...source, settings, authorisation };
}

/** Nobody's session is open when the worker runs: who wrote stands in the message, and nothing more is claimed of them. */
function writerOf({ id, from, patient }: OutgoingMessage, url: string): LaunchContext {
  return {
    launchId: id,
    home: { ods: from.organisation.ods, iss: url },
    user: { key: from.address, name: from.person, ...(from.sdsUserId !== undefined && { sdsUserId: from.sdsUserId }) },
    role: from.roleCode ?? from.role,
    patient,
    homePatientId: '',
    needPatientBanner: true,
    evidence: { patient: 'message', 'user.key': 'message', role: 'message' },
  } as unknown as LaunchContext;
}

function notNow(cause: unknown, deadline: AbortSignal, tell: (error: unknown) => void): DeliveryOutcome {
  if (deadline.aborted) return { outcome: 'retry', code: 'source.timeout' };
  if (cause instanceof SourceTrouble) return { outcome: 'retry', code: cause.code };
  tell(cause);
  return { outcome: 'retry', code: 'server.fault' };
}
