import { PluginTrouble } from '../plugin.ts';
import type { PluginAnswer, PluginMember, PluginRequest, RouterFace, RouterTools } from '../router-face.ts';
import { assertedUser, issueFor, judgePointer, type Judged, type JudgedHome } from './open-link.ts';
import { profileOf, readPointer } from './profiles/index.ts';
import type { Fields } from './profiles/profile.ts';
import { needsSignIn, type LinkSettings, type UrlLaunchSettings } from './settings.ts';
import { finishSignIn, startSignIn } from './sign-in.ts';
import { escaped } from './xml.ts';

/** /plugins/url-launch/…: from a link to a clean address, by way of the sign-in where the link proves no user. */
export const router: RouterFace = {
  routes: [
    {
      method: 'GET',
      path: '/launch/:ods/:link',
      caller: 'browser',
      handle: (request, tools) => launch(request, tools, false),
    },
    {
      method: 'POST',
      path: '/launch/:ods/:link',
      caller: 'browser',
      body: 'form',
      handle: (request, tools) => launch(request, tools, true),
    },
    { method: 'POST', path: '/session/:ods/:link', caller: 'machine', body: 'text', handle: openForServer },
    { method: 'GET', path: '/signed-in', caller: 'browser', handle: signedIn },
  ],
};

type Place = { readonly member: PluginMember; readonly link: LinkSettings };

function launch(request: PluginRequest, tools: RouterTools, posted: boolean): Promise<PluginAnswer> {
  return watched(request, tools, 'browser', async (place) => {
    const judged = await judge(request, place, tools, posted);
    const { member, link } = place;
    if (needsSignIn(link)) return startSignIn({ judged, member, link, tools, signal: request.signal });
    return { see: await issue(judged, place, tools) };
  });
}

/** The address goes back in the answer, to be opened by the user's browser within its minute. */
function openForServer(request: PluginRequest, tools: RouterTools): Promise<PluginAnswer> {
  return watched(request, tools, 'server', async (place) => {
    const address = await issue(await judge(request, place, tools, true), place, tools);
    const text = `<?xml version="1.0" encoding="UTF-8"?>\n<SessionResponse><Url>${escaped(address)}</Url></SessionResponse>\n`;
    return { text, contentType: 'application/xml' };
  });
}

async function signedIn(request: PluginRequest, tools: RouterTools): Promise<PluginAnswer> {
  try {
    return await finishSignIn(request, tools);
  } catch (cause) {
    await tools.audit({ outcome: 'refused', what: 'sign-in-refused', ...auditOf(cause) });
    throw cause;
  }
}

async function judge(
  request: PluginRequest,
  { member, link }: Place,
  tools: RouterTools,
  posted: boolean,
): Promise<Judged | JudgedHome> {
  const address = `${tools.address}/launch/${member.ods}/${link.id}`;
  const read = await readPointer({ request, fields: fieldsOf(request, posted), posted, member, tools, address }, link);
  return judgePointer(read, link, member, tools);
}

async function issue(judged: Judged | JudgedHome, { member, link }: Place, tools: RouterTools): Promise<string> {
  const { address } = await issueFor(judged, assertedUser(judged.user, link), { member, link }, tools);
  await tools.audit({ outcome: 'success', what: 'link-opened', ods: member.ods, detail: { profile: link.profile } });
  return address;
}

/** Which link it is, is said by its address; every refusal is audited before it leaves. */
async function watched(
  { parameters }: PluginRequest,
  tools: RouterTools,
  comes: 'browser' | 'server',
  open: (place: Place) => Promise<PluginAnswer>,
): Promise<PluginAnswer> {
  const member = tools.members.find(({ ods }) => ods === parameters['ods']);
  const link = (member?.settings as UrlLaunchSettings | undefined)?.links.find(
    (one) => one.id === parameters['link'] && profileOf(one).comes === comes,
  );
  try {
    if (!member || !link) throw new PluginTrouble('link.invalid', 'no such link');
    return await open({ member, link });
  } catch (cause) {
    await tools.audit({
      outcome: 'refused',
      what: 'link-refused',
      ...(member && { ods: member.ods }),
      ...auditOf(cause, link?.profile),
    });
    throw cause;
  }
}

/** The code (ours, or the launcher's own) and our own words of why; never a word of the link. */
function auditOf(
  cause: unknown,
  profile?: string,
): { readonly code: string; readonly detail: { readonly [name: string]: string } } {
  return {
    code: cause instanceof Error && 'code' in cause ? String(cause.code) : 'server.fault',
    detail: {
      why: cause instanceof PluginTrouble ? cause.message : '',
      ...(profile !== undefined && { profile }),
    },
  };
}

/** A posted form stands for itself: what the address says besides is not looked at. */
function fieldsOf({ body, query }: PluginRequest, posted: boolean): Fields {
  if (!posted) return query;
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
