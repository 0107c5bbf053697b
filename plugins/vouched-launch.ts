import { PluginTrouble } from './plugin.ts';
import type { PluginAnswer, PluginRequest, RouterFace, RouterTools } from './router-face.ts';
import { readAssertion } from './vouched-assertion.ts';
import type { VouchedSettings } from './vouched-settings.ts';

/**
 * For hosts without a SMART server, whose own server vouches for user and patient.
 * POST /assertion/:ods — that server, with its assertion as the body, gets a `launch`: opaque, one use, a minute.
 * GET /launch/:ods?launch — the host’s page opens it in a frame. What names a patient goes from server to server.
 */
export function vouchedLaunch(plugin: string): RouterFace {
  return {
    routes: [
      {
        method: 'POST',
        path: '/assertion/:ods',
        caller: 'machine',
        body: 'text',
        handle: (request, tools) => assert(request, tools, plugin),
      },
      { method: 'GET', path: '/launch/:ods', caller: 'browser', handle: launch },
    ],
  };
}

async function assert({ body, parameters }: PluginRequest, tools: RouterTools, plugin: string): Promise<PluginAnswer> {
  const member = tools.members.find(({ ods }) => ods === parameters['ods']);
  const read = member ? await readAssertion(body, member, tools) : { fault: 'no member' };
  if (!member || 'fault' in read) {
    const why = 'fault' in read ? read.fault : '';
    await tools.audit({
      outcome: 'refused',
      what: 'assertion-refused',
      ...(member && { ods: member.ods }),
      detail: { why },
    });
    // One answer for every fault: why stands in the audit.
    throw new PluginTrouble('launch.state_invalid', `assertion: ${why}`);
  }
  const { roles } = member.settings as VouchedSettings;
  const { patient, user } = read;
  const role = Object.hasOwn(roles, user.role) ? roles[user.role] : undefined;
  if (role === undefined) throw new PluginTrouble('launch.role_unmapped', plugin);
  const { ticket } = await tools.issueTicket({
    ods: member.ods,
    patient,
    user: { ...user, role, assurance: 'asserted' },
    evidence: 'host-message',
    host: { plugin, settings: {} },
  });
  return { json: { launch: ticket, expires_in: 60 }, headers: { 'cache-control': 'no-store' } };
}

/** The launch becomes a fragment, which no server is told again. */
function launch({ parameters, query }: PluginRequest, tools: RouterTools): Promise<PluginAnswer> {
  const member = tools.members.find(({ ods }) => ods === parameters['ods']);
  const ticket = query['launch'] ?? '';
  if (!member || !/^[A-Za-z0-9_-]{43}$/.test(ticket))
    return Promise.reject(new PluginTrouble('launch.state_invalid', 'not a launch'));
  return Promise.resolve({ see: `${tools.launcherUrl}/open/${member.ods}#${ticket}` });
}
