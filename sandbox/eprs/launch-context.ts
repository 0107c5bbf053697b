import { errors } from 'oidc-provider';
import type Provider from 'oidc-provider';
import type { GrantModel, OidcContext } from 'oidc-provider';
import { asObject } from '../../src/record/resource.ts';
import type { TokenFacts } from './bearer.ts';
import type { Chart, HomePage, LaunchTokens } from './launch-tokens.ts';

/** The chart a request redeemed, for as long as that request lives. */
const REDEEMED = new WeakMap<OidcContext, Chart | HomePage>();

/** SMART 2.2 §Obtain authorization code: `aud` stops a token for this server being asked for in another's name. */
export function audienceCheck(fhirBase: string) {
  return (_context: OidcContext, aud: unknown): void => {
    if (aud !== fhirBase) throw new errors.InvalidRequest('aud does not name this FHIR server');
  };
}

/** Redeems the launch token in the very request that brings it, so that no cookie has to survive a cross-site frame. */
export function launchCheck(launches: LaunchTokens) {
  return (context: OidcContext, launch: unknown): void => {
    const oidc = context.oidc;
    if (!oidc) return;
    if (!oidc.requestParamScopes.has('launch'))
      throw new errors.InvalidScope('an EHR launch asks for the launch scope', 'launch');
    const chart = typeof launch === 'string' ? launches.redeem(launch) : undefined;
    if (!chart) throw new errors.InvalidRequest('launch is unknown, used or expired');
    oidc.session.loginAccount({ accountId: chart.user.practitionerId, transient: true });
    REDEEMED.set(context, chart);
  };
}

/** What the signed-in person's EPR grants at once: all that was asked for, save system scopes. */
export async function grantChart(
  provider: Provider,
  context: OidcContext,
  facts: TokenFacts,
): Promise<GrantModel | undefined> {
  const chart = REDEEMED.get(context);
  const oidc = context.oidc;
  if (!chart || !oidc) return undefined;
  const grant = new provider.Grant({ accountId: chart.user.practitionerId, clientId: oidc.client.clientId });
  grant.addOIDCScope([...oidc.requestParamScopes].filter((scope) => !scope.startsWith('system/')).join(' '));
  await grant.save();
  facts.rememberChart(grant.jti, chart);
  return grant;
}

/** SMART 2.2 §Launch context arrives with your access token. */
export function addLaunchContext(context: OidcContext, facts: TokenFacts): void {
  const body = asObject(context.body);
  const source = context.oidc?.entities.AuthorizationCode ?? context.oidc?.entities.RefreshToken;
  const chart = facts.chartOf(source?.grantId);
  if (context.oidc?.route !== 'token' || !chart || !body || !('access_token' in body)) return;
  if (chart.patientId === undefined) {
    context.body = { ...chart.beside, ...body };
    return;
  }
  context.body = {
    ...chart.beside,
    ...body,
    patient: chart.patientId,
    ...(chart.encounterId === undefined ? {} : { encounter: chart.encounterId }),
    need_patient_banner: chart.needPatientBanner,
    ...(chart.intent === undefined ? {} : { intent: chart.intent }),
  };
}
