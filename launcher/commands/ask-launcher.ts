import { asObject, type Json } from '../../src/record/resource.ts';
import { ArgumentError } from '../argument-error.ts';
import { ConfigError, readConfig } from '../config.ts';

/** One option for every command that can go through the running launcher. */
export const LAUNCHER_OPTION = [
  '--launcher <url>',
  'through the launcher that runs there, e.g. http://127.0.0.1:8400, with CORRIDOR_ADMIN_TOKEN',
] as const;

const DEADLINE_MS = 15_000;
const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Asks the launcher that holds the store to do what only it can. The secret goes to this machine, or over TLS. */
export async function askLauncher(launcher: string, path: string, body: Json): Promise<Json> {
  const answer = await fetch(addressOf(launcher, path), {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken()}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(DEADLINE_MS),
  }).catch((cause: unknown) => {
    throw new ArgumentError(
      'argument.unknown_launcher',
      `--launcher ${launcher}: does not answer (${nameOf(cause)}); nothing was confirmed`,
    );
  });
  const said = answer.status === 204 ? {} : (asObject(await answer.json().catch(() => undefined)) ?? {});
  if (answer.ok) return said;
  throw new ArgumentError('argument.refused', problemsOf(answer.status, said).join('; '));
}

function problemsOf(status: number, said: Json): readonly string[] {
  const problems = said['problems'];
  if (Array.isArray(problems)) return problems.map(String);
  if (status === 401) return ['admin.token (CORRIDOR_ADMIN_TOKEN): is not the one of that launcher'];
  if (status === 404)
    return [
      'the launcher knows no such thing, or has no admin.token (CORRIDOR_ADMIN_TOKEN), or is not on this machine',
    ];
  const { message, supportId } = said;
  const why = typeof message === 'string' ? message : `status ${String(status)}`;
  return [`the launcher refused it: ${why}${typeof supportId === 'string' ? ` (support number ${supportId})` : ''}`];
}

function addressOf(launcher: string, path: string): URL {
  const url = URL.parse(path, launcher);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname))) return url;
  throw new ArgumentError(
    'argument.unknown_launcher',
    `--launcher ${launcher}: is no address of this machine (http://127.0.0.1:8400) nor https`,
  );
}

function adminToken(): string {
  const { token } = readConfig(process.env).admin;
  if (token !== undefined) return token;
  throw new ConfigError([
    'admin.token (CORRIDOR_ADMIN_TOKEN): is not set; --launcher needs the one it was started with',
  ]);
}

function nameOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  if (inner instanceof Error && 'code' in inner) return String(inner.code);
  return inner instanceof Error ? inner.name : 'unknown';
}
