import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from '../config.ts';
import type { Community } from './community.ts';

const NAME = 'launch.secretsFile (CORRIDOR_LAUNCH_SECRETS_FILE)';
const secretsFile = z.record(z.string().regex(/^[A-Z0-9]{3,10}$/), z.string().min(16).max(512));

/**
 * Secrets shared with authorisation servers that know no asymmetric client (SMART 2.2 §Client authentication, symmetric).
 * They stand in a file of their own, never in the community file. No message quotes one.
 */
export function readClientSecrets(
  file: string | undefined,
  { members }: Pick<Community, 'members'>,
): (ods: string) => string | undefined {
  const secrets = file === undefined ? {} : read(file);
  const missing = members.filter(
    ({ ods, launch }) => launch?.clientAuthentication === 'client_secret_basic' && !Object.hasOwn(secrets, ods),
  );
  if (missing.length > 0)
    throw new ConfigError(
      missing.map(({ ods }) => `${NAME}: no secret for ${ods}, whose entry says client_secret_basic`),
    );
  return (ods) => (Object.hasOwn(secrets, ods) ? secrets[ods] : undefined);
}

function read(file: string): { readonly [ods: string]: string } {
  const parsed = secretsFile.safeParse(parse(file));
  if (parsed.success) return parsed.data;
  throw new ConfigError([`${NAME}: has to hold ODS codes and secrets of at least 16 characters`]);
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch {
    // The cause of a JSON error quotes what it found.
    throw new ConfigError([`${NAME}: the file can’t be read as JSON`]);
  }
}
