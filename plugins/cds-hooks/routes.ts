import { PluginTrouble } from '../plugin.ts';
import type { PluginAnswer, PluginRequest, RouterFace, RouterTools } from '../router-face.ts';
import { readCaller } from './caller.ts';
import { cardFor, countFor } from './card.ts';
import { readFeedback } from './feedback.ts';
import { readHookRequest } from './hook-request.ts';
import type { CdsSettings } from './manifest.ts';
import { SERVICES, type Service } from './services.ts';

/** /plugins/cds-hooks/cds-services: discovery for anybody, cards and feedback for the EPRs in the community file. */
export const router: RouterFace = {
  routes: [
    { method: 'GET', path: '/cds-services', caller: 'machine', cors: 'any', handle: discover },
    {
      method: 'POST',
      path: '/cds-services/:service',
      caller: 'machine',
      body: 'json',
      cors: originsOf,
      handle: (request, tools) => watched('hook-refused', tools, () => answerHook(request, tools)),
    },
    {
      method: 'POST',
      path: '/cds-services/:service/feedback',
      caller: 'machine',
      body: 'json',
      cors: originsOf,
      handle: (request, tools) => watched('feedback-refused', tools, () => takeFeedback(request, tools)),
    },
  ],
};

function discover(): Promise<PluginAnswer> {
  return Promise.resolve({ json: { services: SERVICES } });
}

async function answerHook(request: PluginRequest, tools: RouterTools): Promise<PluginAnswer> {
  const service = serviceOf(request);
  const { member, client } = await readCaller(request, [addressOf(service, tools)], tools);
  const asked = readHookRequest(request.body, service, client);
  const settings = member.settings as CdsSettings;
  // A SMART launch is what the card opens: without one at this member it would lead nowhere.
  const silent = !settings.hooks.includes(service.hook) || member.iss === undefined;
  const count = silent ? undefined : await countFor(asked, member, tools);
  const cards = silent ? [] : [cardFor(count, settings, tools)];
  await tools.audit({
    outcome: 'success',
    what: 'card-shown',
    ods: member.ods,
    detail: { hook: service.hook, cards: cards.length, counted: count !== undefined },
  });
  return { json: { cards } };
}

async function takeFeedback(request: PluginRequest, tools: RouterTools): Promise<PluginAnswer> {
  const service = serviceOf(request);
  const address = addressOf(service, tools);
  const { member } = await readCaller(request, [address, `${address}/feedback`], tools);
  const { accepted, overridden } = readFeedback(request.body);
  const detail = { hook: service.hook, accepted, overridden };
  await tools.audit({ outcome: 'success', what: 'card-feedback', ods: member.ods, detail });
  return { json: {} };
}

function serviceOf({ parameters }: PluginRequest): Service {
  const service = SERVICES.find(({ id }) => id === parameters['service']);
  if (!service) throw new PluginTrouble('request.not_found', 'no such service');
  return service;
}

/** What a client signs its call for (CDS Hooks 2.0: the address of the service). */
function addressOf({ id }: Service, { address }: RouterTools): string {
  return `${address}/cds-services/${id}`;
}

function originsOf({ members }: RouterTools): readonly string[] {
  return members.flatMap(({ settings }) => (settings as CdsSettings).clients.flatMap(({ origins }) => origins));
}

async function watched(what: string, tools: RouterTools, answer: () => Promise<PluginAnswer>): Promise<PluginAnswer> {
  try {
    return await answer();
  } catch (cause) {
    const trouble = cause instanceof PluginTrouble ? cause : undefined;
    await tools.audit({
      outcome: trouble ? 'refused' : 'failed',
      what,
      code: trouble?.code ?? 'server.fault',
      detail: { why: trouble?.message ?? '' },
    });
    throw cause;
  }
}
