import type { Community, CommunitySource, LaunchSettings, Member } from '../trust/community.ts';
import { askEndpoint, type EndpointAnswer, type EndpointLimits } from './ask-endpoint.ts';

/** What one endpoint of one organisation answered, in an operator's words. */
export type Finding = {
  readonly ods: string;
  readonly organisation: string;
  readonly endpoint: string;
  readonly ok: boolean;
  readonly words: string;
};

type Verdict = { readonly ok: boolean; readonly words: string };

/** Asks every launch and source of the community what it is; no patient is named and nothing is changed. In file order. */
export async function checkCommunity(
  community: Community,
  limits: EndpointLimits & { readonly atOnce: number },
): Promise<readonly Finding[]> {
  const questions = community.members.flatMap((member) => questionsFor(member, limits));
  const findings = new Array<Finding>(questions.length);
  let next = 0;
  const ask = async (): Promise<void> => {
    for (let index = next++; index < questions.length; index = next++) {
      const question = questions[index];
      if (!question) return;
      const { member, endpoint } = question;
      findings[index] = { ods: member.ods, organisation: member.name, endpoint, ...(await question.ask()) };
    }
  };
  await Promise.all(Array.from({ length: limits.atOnce }, ask));
  return findings;
}

type Question = { readonly member: Member; readonly endpoint: string; ask(): Promise<Verdict> };

function questionsFor(member: Member, limits: EndpointLimits): readonly Question[] {
  const { launch } = member;
  const launches: Question[] = launch
    ? [{ member, endpoint: 'launch smart-configuration', ask: () => checkLaunch(launch, limits) }]
    : [];
  const sources = member.sources.flatMap((source): Question[] => [
    { member, endpoint: `${source.id} metadata`, ask: () => checkMetadata(source, limits) },
    ...(!('tokenEndpoint' in source.authorisation)
      ? []
      : [{ member, endpoint: `${source.id} token`, ask: () => checkToken(source, limits) }]),
  ]);
  return [...launches, ...sources];
}

/** SMART App Launch 2.2 §Conformance: what a launch needs of a server. */
async function checkLaunch(launch: LaunchSettings, limits: EndpointLimits): Promise<Verdict> {
  const answer = await askEndpoint(`${launch.iss}/.well-known/smart-configuration`, limits);
  return judged(answer, (found) => {
    const methods = found['code_challenge_methods_supported'];
    if (!Array.isArray(methods) || !methods.includes('S256')) return bad('does not say that it supports PKCE S256');
    for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri']) {
      const address = found[name];
      if (address === undefined && name === 'jwks_uri') continue;
      if (typeof address !== 'string' || !URL.canParse(address, launch.iss)) return bad(`has no usable ${name}`);
      const { origin } = new URL(address, launch.iss);
      if (!launch.allowedOrigins.includes(origin))
        return bad(`${name} is at ${origin}, which is not in allowedOrigins`);
    }
    const { issuer } = found;
    if (typeof issuer === 'string' && !launch.issuers.includes(issuer))
      return bad(`its issuer ${issuer} is not in issuers`);
    return { ok: true, words: 'ready for launches' };
  });
}

async function checkMetadata(source: CommunitySource, limits: EndpointLimits): Promise<Verdict> {
  const answer = await askEndpoint(`${source.settings.base}/metadata`, limits);
  return judged(answer, (found) => {
    if (found['resourceType'] !== 'CapabilityStatement') return bad('does not answer with a CapabilityStatement');
    const version = String(found['fhirVersion']);
    return version.startsWith('4.') ? { ok: true, words: `FHIR ${version}` } : bad(`speaks FHIR ${version}, not R4`);
  });
}

/** Asked without proof, a token endpoint must refuse, and in OAuth's words (RFC 6749 §5.2). */
async function checkToken(source: CommunitySource, limits: EndpointLimits): Promise<Verdict> {
  const { authorisation } = source;
  if (!('tokenEndpoint' in authorisation)) return { ok: true, words: 'not asked for' };
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    ...('scopes' in authorisation && { scope: authorisation.scopes }),
  });
  const answer = await askEndpoint(authorisation.tokenEndpoint, limits, form);
  if (!answer.answered) return bad(answer.words);
  if (answer.status === 200) return bad('gives a token to a caller that proves nothing');
  if (answer.status !== 400 && answer.status !== 401)
    return bad(`answers ${String(answer.status)} instead of refusing`);
  return typeof answer.json?.['error'] === 'string'
    ? { ok: true, words: 'asks for proof' }
    : bad('refuses, but not as OAuth does');
}

function judged(answer: EndpointAnswer, judge: (found: { readonly [member: string]: unknown }) => Verdict): Verdict {
  if (!answer.answered) return bad(answer.words);
  if (answer.status !== 200) return bad(`answers ${String(answer.status)}`);
  return answer.json ? judge(answer.json) : bad('does not answer with a JSON object');
}

function bad(words: string): Verdict {
  return { ok: false, words };
}
