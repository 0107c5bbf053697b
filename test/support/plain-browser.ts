import { parseEvent, type RecordEvent } from '../../src/record/wire.ts';

/** What the pages' script does, without a browser: follows a launch and reads the record. */
export type OpenedView = {
  readonly session: string;
  readonly expiresAt: string;
  readonly context: Record<string, unknown>;
};

export type Callback = {
  readonly ods: string;
  readonly state: string;
  readonly code: string;
  readonly binding: string;
  readonly iss?: string;
};

/** From the launch link to what the callback page would post. */
export async function followLaunch(launchUrl: string): Promise<Callback> {
  const launch = pageData(await (await fetch(launchUrl)).text());
  const authorised = await fetch(launch['address'] ?? '', { redirect: 'manual' });
  const callback = new URL(authorised.headers.get('location') ?? 'http://none.invalid/');
  const page = pageData(await (await fetch(callback)).text());
  if (page['handle'] !== launch['handle']) throw new Error('the callback page looks for another launch');
  const [iss] = callback.searchParams.getAll('iss');
  return {
    ods: page['ods'] ?? '',
    state: callback.searchParams.get('state') ?? '',
    code: callback.searchParams.get('code') ?? '',
    binding: launch['binding'] ?? '',
    ...(iss !== undefined && { iss }),
  };
}

export function completeLaunch(launcherUrl: string, callback: object): Promise<Response> {
  return fetch(`${launcherUrl}/callback/complete`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: launcherUrl },
    body: JSON.stringify(callback),
  });
}

export async function openView(launcherUrl: string, launchUrl: string): Promise<OpenedView> {
  const answer = await completeLaunch(launcherUrl, await followLaunch(launchUrl));
  if (answer.status !== 200) throw new Error(`the launch was refused: ${await answer.text()}`);
  return (await answer.json()) as OpenedView;
}

export function askRecord(launcherUrl: string, session: string, signal?: AbortSignal): Promise<Response> {
  return fetch(`${launcherUrl}/api/record`, {
    headers: { authorization: `Bearer ${session}` },
    ...(signal && { signal }),
  });
}

export async function readRecord(launcherUrl: string, session: string): Promise<readonly RecordEvent[]> {
  const answer = await askRecord(launcherUrl, session);
  if (answer.status !== 200) throw new Error(`the record was refused: ${await answer.text()}`);
  const lines = (await answer.text()).split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const event = parseEvent(line);
    if ('error' in event) throw new Error(event.error);
    return event;
  });
}

function pageData(html: string): { readonly [name: string]: string } {
  const [, json] = /<script type="application\/json" id="page-data">(.*?)<\/script>/s.exec(html) ?? [];
  if (json === undefined) throw new Error(`not a page of the launch: ${html.slice(0, 400)}`);
  return JSON.parse(json) as { [name: string]: string };
}
