import express, { Router } from 'express';
import type { InboxReceipt } from '../../plugins/inbox-face.ts';
import type { EprPlugin } from '../../plugins/plugin.ts';
import type { Audit } from '../audit/audit.ts';
import { CorridorError } from '../errors.ts';
import type { CommunitySource } from '../trust/community.ts';
import { proveSource, type SourceProofDeps } from './source-proof.ts';

export type AcknowledgementRouteDeps = Omit<SourceProofDeps, 'audience'> & {
  /** The plugin that speaks with this inbox. */
  readonly pluginOf: (source: CommunitySource) => EprPlugin | undefined;
  /** This launcher's own address of one inbox's acknowledgements. */
  readonly addressOf: (source: string) => string;
  /** Takes it down; false for a message that was never handed to this inbox. Saying the same twice is no fault. */
  readonly received: (receipt: InboxReceipt, from: CommunitySource) => Promise<boolean>;
  readonly audit: Audit;
  readonly bodyBytes: number;
};

/**
 * POST /inbox/:source/acknowledge: an EPR says what became of messages it was handed. It is proven before its body is
 * read, and speaks of its own messages alone (safety H31): what another system says of them is no receipt.
 */
export function inboxAcknowledgementRoutes(deps: AcknowledgementRouteDeps): Router {
  const router = Router();
  const parse = express.json({ limit: deps.bodyBytes, strict: true, type: ['application/fhir+json'] });
  router.post('/inbox/:source/acknowledge', async (request, response) => {
    const { source: named } = request.params;
    const source = await proveSource(request, { ...deps, audience: deps.addressOf(named) });
    const face = deps.pluginOf(source)?.inbox;
    if (source.id !== named || !face) throw new CorridorError('request.forbidden', 'acknowledgement: another inbox');
    await new Promise<void>((resolve, reject) => {
      parse(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(asRefusal(error))));
    });
    const read = face.acknowledge(request.body);
    if ('fault' in read) throw new CorridorError('request.invalid', `acknowledgement: ${read.fault}`);
    const known = await Promise.all(read.map((receipt) => deps.received(receipt, source)));
    if (known.includes(false)) {
      await deps.audit.record({
        type: 'message.refused',
        at: new Date(deps.now()).toISOString(),
        outcome: 'refused',
        organisation: source.ods,
        source: source.id,
        code: 'message.not_found',
        detail: { what: 'acknowledgement', count: known.filter((one) => !one).length },
      });
      throw new CorridorError('message.not_found', 'acknowledgement: of no message of this inbox');
    }
    response.status(202).end();
  });
  return router;
}

function asRefusal(error: unknown): CorridorError {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return new CorridorError(status === 413 ? 'request.too_large' : 'request.invalid', 'acknowledgement', {
    cause: error,
  });
}
