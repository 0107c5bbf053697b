import { describe, expect, it } from 'vitest';
import { manifest } from '../../../plugins/oracle-mpage/manifest.ts';
import { useSmallLauncher } from '../../support/small-launcher.ts';

const ORIGIN = 'https://embedded.emea-2.cerner.com';

function launcherWith(settings: object, host?: string): ReturnType<typeof useSmallLauncher> {
  const plugins = JSON.stringify({ 'oracle-mpage': { origins: [ORIGIN], ...settings } });
  return useSmallLauncher(
    {},
    {
      edit: (text) =>
        text
          .replace('    sources:', `    plugins: ${plugins}\n    sources:`)
          .replace('plugin: smart-launch', `plugin: smart-launch${host === undefined ? '' : `\n      host: ${host}`}`),
    },
  );
}

async function ancestorsOf(bench: ReturnType<typeof useSmallLauncher>, path: string): Promise<string | undefined> {
  const policy = (await bench.openPage(`${bench.url}${path}`)).headers.get('content-security-policy') ?? '';
  return /frame-ancestors ([^;]*)/.exec(policy)?.[1];
}

const PAGES = ['/callback/XT001', '/launch/XT001'];

describe('a site that leaves the list of ancestors out, while its launches have another host', () => {
  const bench = launcherWith({ ancestors: 'unchecked' });

  it.each([...PAGES, '/open/XT001'])('sends it all the same: %s', async (path) => {
    expect(await ancestorsOf(bench, path)).toContain(ORIGIN);
  });
});

describe('a site whose launches are held by an MPage', () => {
  const named = launcherWith({}, 'oracle-mpage');

  it('sends the list unless it says otherwise', async () => {
    for (const path of PAGES) expect(await ancestorsOf(named, path)).toContain(ORIGIN);
  });
});

describe('a site whose MPage stands in something without an http origin', () => {
  const bench = launcherWith({ ancestors: 'unchecked' }, 'oracle-mpage');

  it('sends the list with the page of a ticket, which may have another host, and with nothing else of the launcher', async () => {
    expect(await ancestorsOf(bench, '/open/XT001')).toContain(ORIGIN);
    expect(await ancestorsOf(bench, '/callback/XT999')).toBe("'none'");
    expect(await ancestorsOf(bench, '/api/record')).toBe("'none'");
  });

  it.each(PAGES)('sends none with %s', async (path) => {
    expect(await ancestorsOf(bench, path)).toBeUndefined();
  });
});

describe('the setting', () => {
  it.each(['off', '*', true, ''])('refuses %j', (ancestors) => {
    expect(manifest.settings.safeParse({ origins: [ORIGIN], ancestors }).success).toBe(false);
  });
});
