import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sdkRoutes } from '../../../launcher/routes/sdk.ts';
import { serveRouter, type ServedRouter } from '../../support/serve-router.ts';

let folder: string;
let served: ServedRouter;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'corridor-sdk-'));
  mkdirSync(join(folder, '1.4.2'));
  writeFileSync(join(folder, '1.4.2', 'define.js'), 'export {};');
  writeFileSync(join(folder, 'latest.js'), 'export {};');
  served = await serveRouter(sdkRoutes(folder));
});
afterAll(async () => {
  await served[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

describe('the versioned bundle', () => {
  it.each(['/latest.js', '/latest/define.js', '/1.4.2/', '/1.4.2/../latest.js', '/1.4.3/define.js'])(
    'has nothing at %s: only whole versions are served, and no lists',
    async (path) => {
      expect((await fetch(served.url + path)).status).toBe(404);
    },
  );

  it.each(['/1.4.3/define.js', '/1.4.2/gone.js'])(
    'says at %s to a page of any origin that it is not here and what makes it, and is not kept',
    async (path) => {
      const answer = await fetch(served.url + path);
      expect(answer.status).toBe(404);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
      expect(await answer.text()).toContain('npm run build');
    },
  );

  it('says of what is no version nothing to another origin', async () => {
    const answer = await fetch(`${served.url}/latest/define.js`);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is kept for a year, for any origin', async () => {
    const answer = await fetch(`${served.url}/1.4.2/define.js`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(answer.headers.get('set-cookie')).toBeNull();
  });
});
