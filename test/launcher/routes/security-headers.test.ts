import type { RequestHandler } from 'express';
import { describe, expect, it } from 'vitest';
import { errorPage } from '../../../launcher/routes/error-page.ts';
import { type Framing, securityHeaders } from '../../../launcher/routes/security-headers.ts';
import { serveRouter } from '../../support/serve-router.ts';

const FRAMING: Framing = {
  ancestors: ['https://shell.epr.example', 'https://chart.epr.example'],
  formTargets: ['https://login.epr.example'],
};
const answer: RequestHandler = (_request, response) => void response.send('ok');

async function headersOf(
  path: string,
  init: RequestInit = {},
  framing: Framing | null = FRAMING,
  https = false,
): Promise<Headers> {
  await using server = await serveRouter(...securityHeaders({ framingOf: () => framing ?? undefined, https }), answer);
  return (await fetch(`${server.url}${path}`, init)).headers;
}

function policy(headers: Headers): ReadonlyMap<string, string> {
  const directives = (headers.get('content-security-policy') ?? '').split(';').map((directive) => directive.trim());
  return new Map(
    directives.map((directive) => [directive.split(' ')[0] ?? '', directive.split(' ').slice(1).join(' ')]),
  );
}

describe('what may not be framed', () => {
  it.each([
    ['a page of no known organisation', '/launch', null],
    ['data', '/api/record', FRAMING],
    ['a key set', '/.well-known/jwks.json', FRAMING],
    ['a page’s neighbour', '/launch/other', FRAMING],
    ['a callback with no organisation', '/callback/', FRAMING],
  ])('%s', async (_what, path, framing) => {
    expect(policy(await headersOf(path, {}, framing)).get('frame-ancestors')).toBe("'none'");
  });

  it('an answer to a POST', async () => {
    expect(policy(await headersOf('/launch', { method: 'POST' })).get('frame-ancestors')).toBe("'none'");
  });
});

describe('a page that looks at its frame itself', () => {
  const unchecked: Framing = { ...FRAMING, unchecked: true };

  it('changes nothing for what is no page', async () => {
    for (const path of ['/api/record', '/assets/app.js'])
      expect(policy(await headersOf(path, {}, unchecked)).get('frame-ancestors')).toBe("'none'");
    expect(policy(await headersOf('/launch', { method: 'POST' }, unchecked)).get('frame-ancestors')).toBe("'none'");
  });

  it('is sent without a list of ancestors, and with all the rest of its policy', async () => {
    const named = policy(await headersOf('/launch'));
    const read = policy(await headersOf('/launch', {}, unchecked));
    expect([...read.keys()].sort()).toEqual([...named.keys()].filter((name) => name !== 'frame-ancestors').sort());
    for (const [name, value] of read) expect(value).toBe(named.get(name));
  });
});

describe('a page of an organisation', () => {
  it.each(['/launch?iss=x&launch=y', '/callback/XB001?code=c&state=s'])('%s has exactly this policy', async (path) => {
    const headers = await headersOf(path);
    const { style, ...rest } = Object.fromEntries(
      [...policy(headers)].map(([name, value]) => [name === 'style-src' ? 'style' : name, value]),
    );
    expect(rest).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'img-src': "'self' data: blob:",
      'font-src': "'self'",
      'connect-src': "'self'",
      'frame-src': "'self'",
      'object-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'self' https://login.epr.example",
      'frame-ancestors': 'https://shell.epr.example https://chart.epr.example',
      'require-trusted-types-for': "'script'",
      'trusted-types': 'lit-html corridor',
    });
    expect(style).toMatch(/^'self' 'sha256-[A-Za-z0-9+/=]+'$/);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
  });

  it('has no X-Frame-Options, which could not name its ancestors', async () => {
    expect((await headersOf('/launch')).get('x-frame-options')).toBeNull();
  });
});

describe('the worker that reads PDFs', () => {
  it('may run its decoders and reach nothing', async () => {
    const directives = policy(await headersOf('/assets/pdf.worker.min-Ab3_dE-9.js'));
    expect(directives.get('script-src')).toBe("'wasm-unsafe-eval'");
    for (const name of ['default-src', 'connect-src', 'img-src', 'frame-src', 'trusted-types'])
      expect(directives.get(name), name).toBe("'none'");
  });

  it('lends its policy to no other script', async () => {
    for (const path of ['/assets/app.js', '/assets/pdf.worker.min.js', '/api/pdf.worker.min-Ab3_dE-9.js'])
      expect(policy(await headersOf(path)).get('script-src'), path).toBe("'none'");
  });
});

describe('every answer', () => {
  it('that is not a page is inert', async () => {
    const directives = policy(await headersOf('/api/record'));
    for (const name of [
      'default-src',
      'script-src',
      'connect-src',
      'frame-src',
      'img-src',
      'form-action',
      'trusted-types',
    ]) {
      expect(directives.get(name), name).toBe("'none'");
    }
  });

  it('is kept by nobody, names nobody it came from, and asks for no feature', async () => {
    const headers = await headersOf('/api/record');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toMatch(/camera=\(\).*microphone=\(\)/);
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('insists on https where there is https, and not on loopback', async () => {
    expect((await headersOf('/launch', {}, FRAMING, true)).get('strict-transport-security')).toContain(
      'max-age=63072000',
    );
    expect((await headersOf('/launch')).get('strict-transport-security')).toBeNull();
  });

  it('lets the error page’s own style through, and no other inline', async () => {
    const page = errorPage({ status: 400, message: '', nextStep: '', code: '', supportId: '' });
    const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(page) ?? [];
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))).toString(
      'base64',
    );
    expect(policy(await headersOf('/nowhere')).get('style-src')).toBe(`'sha256-${digest}'`);
    expect(page).not.toMatch(/<script| style=| on\w+=/);
  });
});
