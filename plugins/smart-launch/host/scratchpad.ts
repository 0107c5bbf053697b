import { asObject, asObjects, asString, type Json } from '../../../src/record/resource.ts';
import type { HostScratchpad } from '../../host-port.ts';

/** Sends one message and gives the payload of its answer; nothing when there is none. */
export type Asking = (messageType: string, payload: Json) => Promise<Json | undefined>;

const OPERATIONS = ['read', 'create', 'update', 'delete'] as const;
const LOCATION = /^[A-Z][A-Za-z]{1,63}\/[A-Za-z0-9.-]{1,64}$/;
const LONGEST = 65_536;
const MOST = 200;

/**
 * SMART Web Messaging 1.0, `scratchpad.*`: `resource` or `location` in the payload, and in the answer a status of FHIR's
 * REST, with `location`, `resource` or `scratchpad`. What an answer holds is untrusted, and is taken only as it must be.
 */
export function scratchpadOf(granted: unknown, ask: Asking): HostScratchpad | undefined {
  const may = new Set(OPERATIONS.filter((operation) => Array.isArray(granted) && granted.includes(operation)));
  if (may.size === 0) return undefined;
  const send = async (operation: (typeof OPERATIONS)[number], payload: Json): Promise<Json | undefined> => {
    if (!may.has(operation) || JSON.stringify(payload).length > LONGEST) return undefined;
    const answer = await ask(`scratchpad.${operation}`, payload);
    // Some EPRs say FHIR's own status, some the word of `ui.*`.
    return /^(?:2\d\d\b|success$)/.test(asString(answer?.['status']) ?? '') ? answer : undefined;
  };
  return {
    may,
    read: async (location) => {
      if (location !== undefined && !LOCATION.test(location)) return undefined;
      const answer = await send('read', location === undefined ? {} : { location });
      if (!answer) return undefined;
      const one = asObject(answer['resource']);
      const found = one ? [one] : asObjects(answer['scratchpad']);
      return found.slice(0, MOST).filter((resource) => typeof resource['resourceType'] === 'string');
    },
    create: async (resource) => {
      // An id is the EPR's to give.
      if (typeof resource['resourceType'] !== 'string' || resource['id'] !== undefined) return undefined;
      const location = asString((await send('create', { resource }))?.['location']) ?? '';
      return LOCATION.test(location) ? location : undefined;
    },
    update: async (resource) =>
      LOCATION.test(locationOf(resource)) && (await send('update', { resource })) !== undefined,
    delete: async (location) => LOCATION.test(location) && (await send('delete', { location })) !== undefined,
  };
}

function locationOf(resource: Json): string {
  return `${asString(resource['resourceType']) ?? ''}/${asString(resource['id']) ?? ''}`;
}
