import { describe, expect, it } from 'vitest';
import { useHostileLaunch } from '../../support/hostile-launch.ts';
import { launchAt } from '../../support/launch-world.ts';

const STYLE = JSON.stringify({ color_highlight: '#005eb8', dim_font_size: '16px', color_error: '#00ff00' });

describe('the look of the EPR that launches', () => {
  const bench = useHostileLaunch();
  const look = async () => {
    delete bench.epr.claims['nonce'];
    return (await bench.world.finish(await launchAt(bench.world, bench.epr))).context.look;
  };
  const asked = () => bench.epr.requests.filter(({ path }) => path === '/style.json');

  it.each([
    'https://evil.example/style.json',
    'javascript:alert(1)',
    'data:application/json,{}',
    'file:///etc/passwd',
    'not an address',
  ])('is not fetched from %s', async (url) => {
    bench.epr.token['smart_style_url'] = url;
    expect(await look()).toBeUndefined();
    expect([...bench.epr.requests, ...bench.other.requests].map(({ path }) => path)).not.toContain('/style.json');
  });

  it('is not fetched from another member, and a redirect to it is not followed', async () => {
    bench.epr.token['smart_style_url'] = `${bench.other.origin}/style.json`;
    expect(await look()).toBeUndefined();
    bench.epr.answer('/style.json', { status: 302, headers: { location: `${bench.other.origin}/style.json` } });
    bench.epr.token['smart_style_url'] = `${bench.epr.origin}/style.json`;
    expect(await look()).toBeUndefined();
    expect(bench.other.requests).toEqual([]);
  });

  it.each([
    ['says nothing', 'silence' as const],
    ['is a page', { headers: { 'content-type': 'text/html' }, body: STYLE }],
    ['is no JSON', { body: '{' }],
    ['is a list', { body: '[]' }],
    ['is larger than 64 KB', { body: JSON.stringify({ dim_font_size: '16px', padding: 'x'.repeat(70_000) }) }],
    ['is not there', { status: 404, body: STYLE }],
  ])('costs the launch nothing when it %s', async (_how, answer) => {
    bench.epr.answer('/style.json', answer);
    bench.epr.token['smart_style_url'] = `${bench.epr.origin}/style.json`;
    expect((await look())?.tokens ?? {}).toEqual({});
    expect(asked()).toHaveLength(1);
  });

  it('comes without the user’s token, and of it only what may be taken over', async () => {
    bench.epr.answer('/style.json', { body: STYLE });
    bench.epr.token['smart_style_url'] = `${bench.epr.origin}/style.json`;
    expect(await look()).toEqual({
      tokens: {
        '--corridor-action-colour': '#005eb8',
        '--corridor-action-hover-colour': '#005eb8',
        '--corridor-font-size': '16px',
      },
    });
    expect(asked()).toMatchObject([{ method: 'GET', authorization: undefined }]);
  });
});
