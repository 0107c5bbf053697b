import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readClientSecrets } from '../../../launcher/trust/client-secrets.ts';
import { communityOf } from '../../support/launch-world.ts';

describe('the file of client secrets', () => {
  const file = join(tmpdir(), `corridor-secrets-${String(process.pid)}.json`);
  const { members } = communityOf(
    [{ ods: 'XB001', iss: 'http://127.0.0.1:1/f', issuer: 'http://127.0.0.1:1/a', origin: 'http://127.0.0.1:1' }],
    { clientAuthentication: 'client_secret_basic' },
  );

  it.each([
    ['is not JSON', 'not json: hunter2hunter2hunter2'],
    ['holds a short secret', '{"XB001":"hunter2"}'],
    ['leaves a member out', '{"XB002":"hunter2hunter2hunter2"}'],
  ])('stops the start when it %s, and quotes nothing of it', (_why, text) => {
    writeFileSync(file, text);
    expect(() => readClientSecrets(file, { members })).toThrow(/launch\.secretsFile/);
    expect(() => readClientSecrets(file, { members })).not.toThrow(/hunter2/);
  });

  it('gives each organisation its own and no other', () => {
    writeFileSync(file, '{"XB001":"hunter2hunter2hunter2"}');
    const secretOf = readClientSecrets(file, { members });
    expect([secretOf('XB001'), secretOf('XB002'), secretOf('toString')]).toEqual([
      'hunter2hunter2hunter2',
      undefined,
      undefined,
    ]);
  });
});
