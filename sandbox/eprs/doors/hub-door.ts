import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { asString, type Resource } from '../../../src/record/resource.ts';
import { askLauncher } from './ask-launcher.ts';
import type { Door, DoorOptions } from './door.ts';

/** A desktop of images: it tells the launcher's own small hub whom it shows, and other windows follow (`plugins/fhircast`). */
export function hubDoor({ organisation, launcherUrl }: DoorOptions): Door {
  const hub = `${launcherUrl}/plugins/fhircast/hub`;
  const token = randomBytes(32).toString('base64url');
  const tokenSha256 = createHash('sha256').update(token).digest('hex');
  const say = (topic: string, name: string, patient: Resource): Promise<object> => {
    const context = [{ key: 'patient', resource: patient }];
    const event = { 'hub.topic': topic, 'hub.event': name, context };
    return askLauncher(hub, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ timestamp: new Date().toISOString(), id: randomUUID(), event }),
    });
  };
  const topicOf = (desktop: unknown): string | undefined => {
    const name = asString(desktop);
    return name !== undefined && /^[a-z0-9-]{16,60}$/.test(name) ? `${organisation.ods}-${name}` : undefined;
  };
  return {
    id: 'fhircast',
    host: 'fhircast',
    plugins: () => ({
      fhircast: { hubs: [hub], hub: { clients: [{ id: 'desktop', tokenSha256, may: ['publish'] }] } },
    }),
    open: async (_chart, { patient, body }) => {
      const topic = topicOf(body['desktop']);
      if (topic === undefined) return undefined;
      // The hub has to know whom this desktop shows before anybody asks it.
      await say(topic, 'Patient-open', patient);
      return { beside: { 'hub.url': hub, 'hub.topic': topic } };
    },
    answer: async (question, _chart, { patient, body }) => {
      const topic = topicOf(body['desktop']);
      const event = question === 'context' ? asString(body['event']) : undefined;
      if (topic === undefined || (event !== 'Patient-open' && event !== 'Patient-close')) return undefined;
      await say(topic, event, patient);
      return {};
    },
  };
}
