import { afterAll, beforeAll } from 'vitest';
import { startLauncher, type Launcher, type LauncherOptions } from '../../launcher/main.ts';
import { writeCommunityFile } from '../../sandbox/community-file.ts';
import type { Chart } from '../../sandbox/eprs/launch-tokens.ts';
import { freePort } from './free-port.ts';
import { openSmallEpr, SMALL_SURGERY, type SmallEpr } from './sandbox/small-epr.ts';

export type Page = {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  readonly data: Record<string, string>;
};

/** The real launcher and a real authorisation server (oidc-provider), over loopback, and what a browser does there. */
export type SmallLauncher = {
  readonly small: SmallEpr;
  readonly launcher: Launcher;
  readonly url: string;
  readonly logged: readonly string[];
  readonly chart: Chart;
  openPage(address: string, headers?: Record<string, string>): Promise<Page>;
  /** From the click to what the callback page would post. */
  signIn(address?: string): Promise<Record<string, string>>;
  complete(body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** A whole launch: its bearer. */
  open(address?: string): Promise<string>;
  record(bearer: string, query?: string): Promise<Response>;
};

export type SmallLauncherMore = Pick<LauncherOptions, 'plugins'> & {
  /** The community file before it is read. */
  readonly edit?: (communityText: string) => string;
};

/** Opened before the tests of a file and closed after them. */
export function useSmallLauncher(
  settings: LauncherOptions['settings'] = {},
  more: SmallLauncherMore = {},
): SmallLauncher {
  const [doctor] = SMALL_SURGERY.users;
  if (!doctor) throw new Error('the small surgery has no doctor');
  const chart: Chart = { user: doctor, patientId: 'p1', needPatientBanner: false, intent: 'allergies' };
  const logged: string[] = [];
  let small: SmallEpr;
  let launcher: Launcher;

  beforeAll(async () => {
    const port = await freePort();
    small = await openSmallEpr({ launcherUrl: `http://127.0.0.1:${String(port)}` });
    const community = { name: 'Small', organisations: [SMALL_SURGERY], residents: [], resources: new Map() };
    launcher = await startLauncher({
      communityText: (more.edit ?? ((text) => text))(writeCommunityFile(community, () => small.epr)),
      ...(more.plugins && { plugins: more.plugins }),
      settings: {
        'server.port': port,
        'storage.url': 'sqlite::memory:',
        'log.level': 'debug',
        'server.shutdownMs': 500,
        ...settings,
      },
      environment: {},
      logTo: { write: (line) => void logged.push(line) },
    });
  });
  afterAll(async () => {
    await launcher.close();
    await small.close();
  });

  const bench: SmallLauncher = {
    logged,
    chart,
    get small() {
      return small;
    },
    get launcher() {
      return launcher;
    },
    get url() {
      return launcher.url;
    },
    openPage,
    signIn: async (address = small.epr.launchUrl(chart)) => {
      const { data } = await openPage(address);
      const answer = await fetch(data['address'] ?? '', { redirect: 'manual' });
      const { searchParams } = new URL(answer.headers.get('location') ?? '');
      return { ods: 'XT001', binding: data['binding'] ?? '', ...Object.fromEntries(searchParams) };
    },
    complete: (body, headers = {}) =>
      fetch(`${launcher.url}/callback/complete`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: launcher.url,
          'sec-fetch-site': 'same-origin',
          ...headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    open: async (address) => {
      const answer = await bench.complete(await bench.signIn(address));
      return ((await answer.json()) as { session: string }).session;
    },
    record: (bearer, query = '') =>
      fetch(`${launcher.url}/api/record${query}`, {
        headers: bearer === '' ? {} : { authorization: `Bearer ${bearer}` },
      }),
  };
  return bench;
}

async function openPage(address: string, headers: Record<string, string> = {}): Promise<Page> {
  const response = await fetch(address, { headers: { accept: 'text/html', ...headers } });
  const html = await response.text();
  const found = /id="page-data">(.*?)<\/script>/.exec(html)?.[1];
  return {
    status: response.status,
    headers: response.headers,
    html,
    data: JSON.parse(found ?? '{}') as Record<string, string>,
  };
}

/** Status and code of a refusal. */
export async function refusalOf(response: Response): Promise<readonly [number, string]> {
  return [response.status, ((await response.json()) as { error: string }).error];
}
