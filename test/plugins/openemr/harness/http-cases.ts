import assert from 'node:assert/strict';
import { PUBLIC } from './php-server.ts';

type Case = { readonly does: string; readonly run: (url: string) => Promise<void> };

/** A session, its chart and its rights, as `stubs/functions.php` takes them. */
function ask(url: string, world: object, init: RequestInit = {}): Promise<Response> {
  return fetch(url, {
    ...init,
    headers: { ...init.headers, 'x-world': JSON.stringify(world) },
    redirect: 'manual',
    signal: AbortSignal.timeout(10_000),
  });
}

const page = (url: string, file: string): string => `${url}/${PUBLIC}/${file}`;

function launch(url: string, world: object, form: Record<string, string>): Promise<Response> {
  return ask(page(url, 'launch.php'), world, { method: 'POST', body: new URLSearchParams(form) });
}

/** As it would be made by OpenEMR for patient 7; `proof.php` of the harness asks the module itself. */
async function proofOf(url: string, world: object): Promise<string> {
  return (await ask(`${url}/proof.php`, world)).text();
}

/** What only a real request shows: methods, headers, redirects, and what stands in the page as it is sent. */
export const HTTP_CASES: readonly Case[] = [
  {
    does: 'refuses to launch by an address alone, whatever it says',
    run: async (url) => {
      const proof = await proofOf(url, {});
      for (const method of ['GET', 'HEAD', 'PUT']) {
        const answer = await ask(`${page(url, 'launch.php')}?proof=${proof}`, {}, { method });
        assert.deepEqual([answer.status, answer.headers.get('location')], [405, null]);
      }
    },
  },
  {
    does: 'refuses a launch without a proof, with a guessed one, and with one of another session or patient',
    run: async (url) => {
      const other = await proofOf(url, { session: { key: 'k2' } });
      const another = await proofOf(url, { session: { pid: 8 } });
      for (const form of [{}, { proof: '' }, { proof: 'f'.repeat(40) }, { proof: other }, { proof: another }]) {
        const answer = await launch(url, {}, form as Record<string, string>);
        assert.deepEqual([answer.status, answer.headers.get('location')], [403, null]);
      }
    },
  },
  {
    does: 'refuses a launch, and the tab, to a user who may not see the record',
    run: async (url) => {
      const world = { may: ['patients/demo'] };
      assert.equal((await launch(url, world, { proof: await proofOf(url, world) })).status, 403);
      assert.equal((await ask(page(url, 'frame.php'), world)).status, 403);
    },
  },
  {
    does: 'escapes the words of a refusal, and lets nothing in it run',
    run: async (url) => {
      const answer = await launch(url, {}, {});
      const html = await answer.text();
      assert.match(html, /&lt;i&gt;/);
      assert.doesNotMatch(html, /<i>|<script/);
      assert.match(answer.headers.get('content-security-policy') ?? '', /^default-src 'none'/);
    },
  },
  {
    does: 'launches by a redirect that names nobody, is kept nowhere and says nothing of where it came from',
    run: async (url) => {
      const answer = await launch(url, {}, { proof: await proofOf(url, {}) });
      const to = new URL(answer.headers.get('location') ?? '');
      assert.deepEqual(
        [answer.status, to.origin, to.pathname, [...to.searchParams.keys()]],
        [303, 'https://corridor.example', '/launch', ['launch', 'iss', 'aud']],
      );
      assert.doesNotMatch(to.href, /uuid-seven|Neil|1950|pid|[=/]7\b/);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
    },
  },
  {
    does: 'serves a tab that names nobody, holds no proof, and may frame only the launcher and its own sign-in',
    run: async (url) => {
      const answer = await ask(page(url, 'frame.php'), {});
      const html = await answer.text();
      assert.equal(answer.status, 200);
      assert.doesNotMatch(html, /Neil|1950|uuid|pid| style=| on[a-z]+=/);
      assert.ok(!html.includes(await proofOf(url, {})));
      assert.doesNotMatch(html, /<i>/);
      assert.deepEqual((answer.headers.get('content-security-policy') ?? '').split('; '), [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-src 'self' https://corridor.example https://openemr.example",
        "form-action 'self' https://corridor.example https://openemr.example",
        "frame-ancestors 'self'",
        "base-uri 'none'",
      ]);
    },
  },
  {
    does: 'reads no parameter of the tab’s address',
    run: async (url) => {
      const plain = await (await ask(page(url, 'frame.php'), {})).text();
      const asked = await ask(`${page(url, 'frame.php')}?launcher=https://evil.example&pid=8&proof=x`, {});
      assert.equal(await asked.text(), plain);
    },
  },
];
