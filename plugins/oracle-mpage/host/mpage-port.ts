import { asObject, asString } from '../../../src/record/resource.ts';
import type { HostContext, HostGiven, HostPort } from '../../host-port.ts';
import { frameCalls, type FrameCalls } from './frame-calls.ts';
import { followHeight } from './height.ts';

const REPLY_MS = 5_000;

/**
 * The Provider's side of `xfc` and of Oracle's embeddable library, written anew: the page is hidden until a frame of an
 * allowed origin has answered; then it says its height, and leads to tabs of the chart. PowerChart takes the view down
 * with its chart and says nothing of a change, so the launch is bound by time too.
 */
export function createMpagePort(ours: Window, given: HostGiven): HostPort {
  const { documentElement } = ours.document;
  documentElement.hidden = true;
  const said = given.settings['origins'];
  const origins = given.origins.filter((origin) => Array.isArray(said) && said.includes(origin));
  const calls = frameCalls(ours, origins);
  const height = followHeight(ours, calls);
  const onLeave = (): void => calls.notify('unload', []);
  ours.addEventListener('pagehide', onLeave);

  return {
    id: 'oracle-mpage',
    contract: 1,
    capabilities: new Set(['resize', 'close', 'open-chart']),
    async connect(signal): Promise<HostContext> {
      calls.notify('launch', []);
      await calls.ask('authorizeConsumer', AbortSignal.any([signal, AbortSignal.timeout(REPLY_MS)]));
      documentElement.hidden = false;
      // The page's address is nobody else's business; the library would say it here.
      calls.notify('authorized', [{}]);
      return { epoch: 0, launchId: given.launchId, evidence: 'smart-token', assertedAt: new Date().toISOString() };
    },
    onContext: () => () => undefined,
    ack: () => Promise.resolve(),
    ui: {
      resize: (heightPx) => height.say(heightPx),
      // `xfc` has no such method of its own; an MPage that can put the view away offers one.
      close: () =>
        calls.ask('close', AbortSignal.timeout(REPLY_MS)).then(
          () => true,
          () => false,
        ),
      openChart: ({ section }) => Promise.resolve(openChart(section, given, calls)),
      banner: () => undefined,
    },
    env: { onEnv: () => () => undefined },
    error: () => undefined,
    disconnect: () => {
      ours.removeEventListener('pagehide', onLeave);
      height.stop();
      calls.stop();
    },
  };
}

/**
 * `APPLINK(0, 'Powerchart.exe', '/PERSONID=… /ENCNTRID=… /FIRSTTAB=^…^')` is a command line: nothing goes into it but the
 * numbers of this launch and a tab of the community file, both looked at again here.
 */
function openChart(section: string, { settings }: HostGiven, calls: FrameCalls): 'opened' | 'unsupported' {
  const tabs = asObject(settings['tabs']) ?? {};
  const tab = Object.hasOwn(tabs, section) ? asString(tabs[section]) : undefined;
  const person = asString(settings['person']);
  const encounter = asString(settings['encounter']);
  if (tab === undefined || !/^[A-Za-z0-9 &+.()-]{1,40}$/.test(tab) || !isNumber(person)) return 'unsupported';
  const visit = isNumber(encounter) ? ` /ENCNTRID=${encounter}` : '';
  const commandLineArgs = `/PERSONID=${person}${visit} /FIRSTTAB=^${tab}^`;
  const params = { linkMode: 0, launchObject: 'Powerchart.exe', commandLineArgs };
  calls.notify('event', ['invokeCOMApi', { name: 'APPLINK', params }]);
  return 'opened';
}

function isNumber(text: string | undefined): text is string {
  return text !== undefined && /^[0-9]{1,15}$/.test(text);
}
