import { createHash } from 'node:crypto';
import express, { Router } from 'express';
import { CorridorError } from '../errors.ts';
import { readNotification } from '../handovers/read-notification.ts';
import type { Tell, Told } from '../handovers/tell.ts';
import { proveToken, type SourceProofDeps } from './source-proof.ts';

export type NotifyRouteDeps = Omit<SourceProofDeps, 'audience'> & {
  readonly tell: Tell;
  /** `/notify/…`, whole: `aud` of the signature. */
  readonly addressOf: (watchId: string) => string;
  readonly bodyBytes: number;
};

/** A JWT of the source with the SHA-256 of the body as `digest` (base64url). */
export const SIGNATURE_HEADER = 'x-notification-signature';

/**
 * POST /notify/:watch: a source says that something has happened (Subscriptions R5 Backport, rest-hook). The secret in
 * its header and, where it has registered keys, its signature over these very bytes are judged before a byte is read.
 * Whatever is wrong, the answer is the same.
 */
export function notifyRoutes(deps: NotifyRouteDeps): Router {
  const router = Router();
  const raw = express.raw({ type: () => true, limit: deps.bodyBytes });
  router.post('/notify/:watch', raw, async (request, response) => {
    const { watch } = request.params;
    const told = UUID.test(watch) ? await deps.tell.find(watch) : undefined;
    if (!told) throw new CorridorError('notice.refused', 'no such watch');
    const bytes: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const secret = /^Bearer (\S{1,256})$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
    if (!deps.tell.knows(told, secret)) throw await refuse(told, 'secret', deps);
    const wrong = await signatureProblem(told, request.get(SIGNATURE_HEADER) ?? '', bytes, deps);
    if (wrong !== undefined) throw await refuse(told, wrong, deps);
    const notification = readNotification(parse(bytes));
    if (!notification) throw await refuse(told, 'unreadable', deps);
    if (notification.topic !== undefined && !told.topics.includes(notification.topic))
      throw await refuse(told, 'topic', deps);
    await deps.tell.take(told, notification);
    response.status(200).end();
  });
  return router;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

async function refuse(told: Told, why: string, { tell }: NotifyRouteDeps): Promise<CorridorError> {
  await tell.refuse(told, why);
  return new CorridorError('notice.refused', why);
}

/** `undefined`: it is right, or this source signs nothing by the community's own decision. */
async function signatureProblem(
  { source, watch }: Told,
  token: string,
  bytes: Buffer,
  deps: NotifyRouteDeps,
): Promise<string | undefined> {
  if (source.notices?.by !== 'subscription' || source.notices.jwksUri === undefined) return undefined;
  try {
    const proven = await proveToken(token, { ...deps, audience: deps.addressOf(watch.id) });
    if (proven.source.id !== source.id) return 'signature';
    const digest = createHash('sha256').update(bytes).digest('base64url');
    return proven.claims['digest'] === digest ? undefined : 'digest';
  } catch (error) {
    if (error instanceof CorridorError) return 'signature';
    throw error;
  }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    // No JSON is no notification.
    return undefined;
  }
}
