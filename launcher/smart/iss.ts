/**
 * Judging the `iss` an EPR's link brings, before anything is fetched (smart.md 1.2). Pure. The answer is only a form to
 * look up: the member that is found says which address is used. URL parsing forgives a lot (tabs, back-slashes, dots,
 * other ways to write a host), so whatever it would have forgiven is refused.
 */
export type IssReading =
  { readonly ok: true; readonly iss: string } | { readonly ok: false; readonly reason: IssFault };

export type IssFault =
  'missing' | 'repeated' | 'characters' | 'too-long' | 'not-an-address' | 'scheme' | 'extra-parts' | 'path' | 'host';

const LONGEST = 512;

export function readIss(raw: unknown): IssReading {
  const fault = faultOfText(raw);
  if (fault) return { ok: false, reason: fault };
  const text = raw as string;
  if (!URL.canParse(text)) return { ok: false, reason: 'not-an-address' };
  const url = new URL(text);
  const faultOfAddress = CHECKS.map((check) => check(url, text)).find((found) => found !== undefined);
  if (faultOfAddress) return { ok: false, reason: faultOfAddress };
  return { ok: true, iss: url.href.endsWith('/') ? url.href.slice(0, -1) : url.href };
}

function faultOfText(raw: unknown): IssFault | undefined {
  if (raw === undefined || raw === '') return 'missing';
  if (typeof raw !== 'string') return 'repeated';
  if (raw.length > LONGEST) return 'too-long';
  return /^[\x21-\x7e]+$/.test(raw) && !raw.includes('\\') ? undefined : 'characters';
}

const CHECKS: readonly ((url: URL, raw: string) => IssFault | undefined)[] = [
  checkScheme,
  checkParts,
  checkPath,
  checkHost,
];

/** http only on loopback; whether the member allows even that is the community file's word (`allowLoopbackHttp`). */
function checkScheme(url: URL): IssFault | undefined {
  if (url.protocol === 'https:') return undefined;
  return url.protocol === 'http:' && isLoopback(url.hostname) ? undefined : 'scheme';
}

function checkParts(url: URL, raw: string): IssFault | undefined {
  return url.username !== '' || url.password !== '' || /[?#@]/.test(raw) ? 'extra-parts' : undefined;
}

/** The raw path: the parser has already resolved `..` and its encodings away. */
function checkPath(url: URL, raw: string): IssFault | undefined {
  const path = rawParts(raw).path;
  if (/%(?:2f|5c|2e)/i.test(path) || path.includes('//')) return 'path';
  return path.split('/').some((segment) => segment === '.' || segment === '..') || url.pathname !== (path || '/')
    ? 'path'
    : undefined;
}

/** Written as it is: no trailing dot, no other notation of an address (0x7f.1, 2130706433). */
function checkHost(url: URL, raw: string): IssFault | undefined {
  const host = rawParts(raw).host.toLowerCase();
  return host === url.hostname && !host.endsWith('.') ? undefined : 'host';
}

function rawParts(raw: string): { readonly host: string; readonly path: string } {
  const [, host = '', path = ''] = /^[a-z]+:\/\/(\[[^\]]*\]|[^:/]*)(?::\d+)?(.*)$/i.exec(raw) ?? [];
  return { host, path };
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}
