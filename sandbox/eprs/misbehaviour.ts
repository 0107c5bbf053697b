import type { NextFunction, Request, Response } from 'express';
import { setTimeout as wait } from 'node:timers/promises';
import { asObject } from '../../src/record/resource.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { FhirStore } from './fhir-store.ts';
import type { ModeSwitch } from './modes.ts';

/** `down`: the connection is reset, whatever was asked, by the FHIR server and the authorisation server alike. */
export function downOrUp(modes: ModeSwitch) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    if (modes.mode === 'down') request.socket.resetAndDestroy();
    else next();
  };
}

/** `slow`: each FHIR answer comes after several seconds, unless the asker goes first. */
export function slowly(modes: ModeSwitch) {
  return async (_request: Request, response: Response, next: NextFunction): Promise<void> => {
    if (modes.mode === 'slow') {
      const gone = new AbortController();
      response.once('close', () => gone.abort());
      const waited = await wait(modes.slowMs, true, { signal: gone.signal }).catch(() => false);
      if (!waited) return;
    }
    next();
  };
}

/** `half-way`: pages are made small, so that there is a second one to fail on. */
export function pageSizeIn(modes: ModeSwitch, count: number, total: number): number {
  return modes.mode === 'half-way' ? Math.max(1, Math.min(count, Math.ceil(total / 2))) : count;
}

/** `wrong-patient`: every third match is another person's; where the EPR holds nobody else's, the subject is changed. */
export function matchesIn(
  modes: ModeSwitch,
  type: string,
  matches: readonly Resource[],
  store: FhirStore,
): readonly Resource[] {
  if (modes.mode !== 'wrong-patient' || type === 'Patient') return matches;
  const wanted = new Set(matches);
  const others = store.all(type).filter((resource) => !wanted.has(resource));
  return matches.map((resource, index) =>
    index % 3 === 0 ? (others[index % Math.max(1, others.length)] ?? ofSomebodyElse(resource)) : resource,
  );
}

function ofSomebodyElse(resource: Resource): Resource {
  const element = asObject(resource['patient']) ? 'patient' : 'subject';
  return asObject(resource[element]) ? { ...resource, [element]: { reference: 'Patient/somebody-else' } } : resource;
}

/** `garbage`: a page of HTML, or JSON that stops in the middle, both said to be a good answer. */
export function sendGarbage(response: Response, body: string): void {
  response.status(200);
  if (body.length % 2 === 0)
    response.type('text/html').send('<!doctype html><title>Sign in</title><h1>Your session has ended</h1>');
  else response.type('application/fhir+json').send(body.slice(0, Math.floor(body.length * 0.6)));
}

/** Sends half of the body and breaks the connection: the second page in mode `half-way`. */
export function breakOff(response: Response, body: string): void {
  response.type('application/fhir+json').setHeader('content-length', Buffer.byteLength(body));
  response.write(body.slice(0, Math.floor(body.length / 2)), () => response.socket?.resetAndDestroy());
}
