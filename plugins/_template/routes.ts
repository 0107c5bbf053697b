import { PluginTrouble } from '../plugin.ts';
import type { PluginAnswer, PluginMember, PluginRequest, RouterFace, RouterTools } from '../router-face.ts';
import { isSigned, readLink } from './link.ts';
import type { TemplateSettings } from './manifest.ts';

const LIFE_S = 60;
const AHEAD_S = 5;

/** GET /plugins/template/launch?ods&nhsNumber&…&signature: from a signed link to a clean address. */
export const router: RouterFace = {
  routes: [{ method: 'GET', path: '/launch', caller: 'browser', handle: launch }],
};

/** Every refusal is the same to the caller; why stands in the audit. */
async function launch(request: PluginRequest, tools: RouterTools): Promise<PluginAnswer> {
  const link = readLink(request.query);
  const member = tools.members.find(({ ods }) => ods === link?.ods);
  const why = link && member ? await faultOf(link, request, member, tools) : 'not a link of a member';
  if (!link || !member || why !== undefined) {
    await tools.audit({
      outcome: 'refused',
      what: 'link-refused',
      ...(member && { ods: member.ods }),
      detail: { why: why ?? '' },
    });
    throw new PluginTrouble('launch.state_invalid', why ?? 'not a link');
  }
  const role = settingsOf(member).roles[link.role];
  if (role === undefined) throw new PluginTrouble('launch.role_unmapped', 'template');
  const { address } = await tools.issueTicket({
    ods: member.ods,
    patient: { nhsNumber: link.nhsNumber, birthDate: link.birthDate },
    user: { id: link.user, name: link.name, role, assurance: 'asserted' },
    evidence: 'signed-url',
    host: { plugin: 'template', settings: {} },
  });
  return { see: address };
}

/** In this order: nothing of a link is looked at before its signature holds, and only one that holds uses up its nonce. */
async function faultOf(
  link: NonNullable<ReturnType<typeof readLink>>,
  { query, repeated }: PluginRequest,
  member: PluginMember,
  tools: RouterTools,
): Promise<string | undefined> {
  if (repeated.length > 0) return 'a field twice';
  if (!isSigned(link, query['signature'] ?? '', settingsOf(member).secret)) return 'signature';
  const ageS = tools.now() / 1_000 - Number(link.at);
  if (!(ageS >= -AHEAD_S && ageS <= LIFE_S)) return 'age';
  if (!(await tools.once(`${member.ods}:${link.nonce}`, (LIFE_S + AHEAD_S) * 1_000))) return 'used before';
  return undefined;
}

function settingsOf({ settings }: PluginMember): TemplateSettings {
  return settings as TemplateSettings;
}
