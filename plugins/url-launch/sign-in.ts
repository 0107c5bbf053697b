import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import { PluginTrouble } from '../plugin.ts';
import type { PluginAnswer, PluginMember, PluginRequest, RouterTools } from '../router-face.ts';
import { issueFor, type Judged, type JudgedHome } from './open-link.ts';
import type { LinkSettings, SignInSettings, UrlLaunchSettings } from './settings.ts';
import { askIdentity, readSignInServer } from './sign-in-service.ts';
import { signedInUser } from './signed-in-user.ts';

/** Five minutes to find the smartcard. */
const LIFE_MS = 300_000;

type Pending = {
  readonly ods: string;
  readonly link: string;
  readonly judged: Judged | JudgedHome;
  readonly verifier: string;
  readonly nonce: string;
  readonly bindingHash: string;
};

type Start = {
  readonly judged: Judged | JudgedHome;
  readonly member: PluginMember;
  readonly link: LinkSettings;
  readonly tools: RouterTools;
  readonly signal: AbortSignal;
};

/**
 * The link has shown which patient; now who asks. The pointer stays at the launcher, sealed; the browser carries a random
 * word in a cookie of its own, so that nobody can be made to finish another's sign-in (smart.md §5 row 19).
 */
export async function startSignIn({ judged, member, link, tools, signal }: Start): Promise<PluginAnswer> {
  const settings = settingsOf(member);
  const server = await readSignInServer(settings, member, tools, signal);
  const verifier = oauth.generateRandomCodeVerifier();
  const nonce = oauth.generateRandomNonce();
  const binding = randomBytes(32).toString('base64url');
  const pending: Pending = { ods: member.ods, link: link.id, judged, verifier, nonce, bindingHash: hashOf(binding) };
  if (!tools.keep) throw new PluginTrouble('server.fault', 'nothing to keep a sign-in in');
  const state = await tools.keep(member.ods, pending, LIFE_MS);
  const address = new URL(server.authorization_endpoint);
  const parameters = {
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: redirectOf(tools),
    scope: settings.scopes,
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(settings.acrValues !== undefined && { acr_values: settings.acrValues }),
  };
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  return { see: address.href, headers: { 'set-cookie': cookieOf(state, binding) } };
}

/** The answer of the sign-in service: the address that opens the record for whoever signed in. Throws only `PluginTrouble`. */
export async function finishSignIn(request: PluginRequest, tools: RouterTools): Promise<PluginAnswer> {
  const { state = '' } = request.query;
  const pending = request.repeated.length === 0 ? ((await tools.take?.(state)) as Pending | undefined) : undefined;
  if (!pending) throw new PluginTrouble('launch.state_invalid', 'sign-in: unknown, used or run out');
  if (!isBound(request.header('cookie'), state, pending.bindingHash))
    throw new PluginTrouble('launch.binding_missing', 'sign-in: another browser');
  const member = tools.members.find(({ ods }) => ods === pending.ods);
  const link = (member?.settings as UrlLaunchSettings | undefined)?.links.find(({ id }) => id === pending.link);
  if (!member || !link) throw new PluginTrouble('launch.state_invalid', 'sign-in: the link is gone');
  if ('error' in request.query) throw new PluginTrouble('launch.denied', 'sign-in: refused there');
  const settings = settingsOf(member);
  const server = await readSignInServer(settings, member, tools, request.signal);
  const { verifier, nonce } = pending;
  const claims = await askIdentity(
    { answer: new URLSearchParams(request.query), state, verifier, nonce, redirectUri: redirectOf(tools) },
    { server, settings, member, tools, signal: request.signal },
  );
  const user = signedInUser(claims, settings, member);
  const named = pending.judged.user?.sdsUserId;
  if (named !== undefined && user.sdsUserId !== undefined && named !== user.sdsUserId)
    throw new PluginTrouble('launch.identity_conflict', 'the link is another person’s');
  const { address } = await issueFor(pending.judged, user, { member, link }, tools);
  await tools.audit({
    outcome: 'success',
    what: 'link-opened',
    ods: member.ods,
    detail: { profile: link.profile, signedIn: true },
  });
  return { see: address, headers: { 'set-cookie': cookieOf(state, '', 0) } };
}

function settingsOf({ settings }: PluginMember): SignInSettings {
  const { signIn } = settings as UrlLaunchSettings;
  if (!signIn) throw new PluginTrouble('launch.no_identity', 'the member has no sign-in service');
  return signIn;
}

function redirectOf({ address }: RouterTools): string {
  return `${address}/signed-in`;
}

/** One cookie for each sign-in, so that two at once do not undo each other. It names neither patient nor user, and goes when it has served. */
function cookieOf(state: string, binding: string, lifeMs = LIFE_MS): string {
  return `${cookieName(state)}=${binding}; Max-Age=${String(lifeMs / 1_000)}; Path=/; Secure; HttpOnly; SameSite=None; Partitioned`;
}

function cookieName(state: string): string {
  return `__Host-corridor-${hashOf(state).slice(0, 16)}`;
}

function isBound(cookies: string | undefined, state: string, bindingHash: string): boolean {
  const name = `${cookieName(state)}=`;
  const given = (cookies ?? '')
    .split(';')
    .map((cookie) => cookie.trim())
    .find((cookie) => cookie.startsWith(name));
  const [shown, wanted] = [Buffer.from(hashOf(given?.slice(name.length) ?? '')), Buffer.from(bindingHash)];
  return given !== undefined && shown.length === wanted.length && timingSafeEqual(shown, wanted);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
