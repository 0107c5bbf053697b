import { parseFhirJson } from '../../src/record/fhir/json.ts';
import { asString, isResource } from '../../src/record/resource.ts';
import { SourceTrouble, type TopicOrder } from '../plugin.ts';
import { isJson } from './adapt.ts';
import type { Talk } from './source.ts';

const BACKPORT = 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition';

/**
 * Topic-based subscriptions on R4 (Subscriptions R5 Backport IG 1.1), one for each topic. What is told bears no content:
 * that something has happened is enough to ask, and what is asked for is decided and audited.
 */
export async function subscribe(order: TopicOrder, talk: Talk, signal: AbortSignal): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const topic of order.topics) {
    const request = { url: `${talk.base}/Subscription`, method: 'POST', json: subscriptionOf(order, topic) } as const;
    ids.push(await readId(await talk.tools.fetch(request, signal)));
  }
  return ids;
}

export async function unsubscribe(ids: readonly string[], talk: Talk, signal: AbortSignal): Promise<void> {
  for (const id of ids) {
    const url = `${talk.base}/Subscription/${encodeURIComponent(id)}`;
    const response = await talk.tools.fetch({ url, method: 'DELETE' }, signal);
    await response.discard?.();
    // What is not there any more need not be taken away.
    if (response.status >= 400 && response.status !== 404 && response.status !== 410)
      throw new SourceTrouble('source.unavailable', `Subscription was answered with ${String(response.status)}`);
  }
}

function subscriptionOf({ patientId, endpoint, secret, endsAt, heartbeatMs }: TopicOrder, topic: string) {
  return {
    resourceType: 'Subscription',
    meta: { profile: [`${BACKPORT}/backport-subscription`] },
    status: 'requested',
    end: endsAt,
    reason: 'Notices of care to a team that cares for this person',
    criteria: topic,
    _criteria: {
      extension: [
        { url: `${BACKPORT}/backport-filter-criteria`, valueString: `Encounter?patient=Patient/${patientId}` },
      ],
    },
    channel: {
      extension: [
        {
          url: `${BACKPORT}/backport-heartbeat-period`,
          valueUnsignedInt: Math.max(1, Math.round(heartbeatMs / 1_000)),
        },
      ],
      type: 'rest-hook',
      endpoint,
      payload: 'application/fhir+json',
      _payload: { extension: [{ url: `${BACKPORT}/backport-payload-content`, valueCode: 'empty' }] },
      header: [`Authorization: Bearer ${secret}`],
    },
  };
}

async function readId(response: Awaited<ReturnType<Talk['tools']['fetch']>>): Promise<string> {
  const { status } = response;
  const location = response.header('location') ?? '';
  const named = /\/Subscription\/([A-Za-z0-9\-.]{1,64})(?:\/|$)/.exec(location)?.[1];
  if (status !== 200 && status !== 201) {
    await response.discard?.();
    const code = status === 401 ? 'source.auth' : status === 403 ? 'source.withheld' : 'source.unavailable';
    throw new SourceTrouble(code, `Subscription was answered with ${String(status)}`);
  }
  const body = isJson(response.header('content-type')) ? parse(await response.text()) : undefined;
  const id = named ?? body;
  if (id === undefined) throw new SourceTrouble('source.invalid_answer', 'the Subscription has no id');
  return id;
}

function parse(text: string): string | undefined {
  try {
    const value = parseFhirJson(text);
    return isResource(value) && value.resourceType === 'Subscription' ? asString(value.id) : undefined;
  } catch (cause) {
    throw new SourceTrouble('source.invalid_answer', 'the Subscription is not JSON', { cause });
  }
}
