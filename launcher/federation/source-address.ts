import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import { SourceTrouble } from '../../plugins/plugin.ts';

/**
 * The address, if it lies under the source's base: same origin, path inside the base's path, nothing in the raw text
 * that a URL parser would quietly mend (smart.md 5 #64, #66). Everything else is refused before a connection is made.
 */
export function addressUnder(base: string, address: string): URL {
  // The URL parser strips these in silence.
  if (/[\u0000-\u0020\u007f-\uffff\\]/.test(address)) throw outside('characters');
  const path = /^https?:\/\/([^/?#]*)([^?#]*)/i.exec(address);
  if (!path || !URL.canParse(address)) throw outside('form');
  const [, authority = '', raw = ''] = path;
  if (authority.includes('@')) throw outside('user name');
  if (/%2e|%2f|%5c/i.test(raw) || raw.split('/').some((part) => part === '.' || part === '..')) throw outside('path');
  const url = new URL(address);
  const root = new URL(base);
  if (url.origin !== root.origin) throw outside('origin');
  const prefix = root.pathname.replace(/\/$/, '');
  if (url.pathname !== prefix && !url.pathname.startsWith(`${prefix}/`)) throw outside('base path');
  url.hash = '';
  return url;
}

function outside(what: string): SourceTrouble {
  return new SourceTrouble('source.invalid_answer', `address outside the source: ${what}`);
}

/** This machine, its links and nowhere: no source lives there, save in tests that say so loudly (`allowLoopbackHttp`). */
const NEVER = new BlockList();
NEVER.addSubnet('0.0.0.0', 8);
NEVER.addSubnet('127.0.0.0', 8);
NEVER.addSubnet('169.254.0.0', 16);
NEVER.addSubnet('224.0.0.0', 3);
NEVER.addAddress('::', 'ipv6');
NEVER.addAddress('::1', 'ipv6');
NEVER.addSubnet('fe80::', 10, 'ipv6');
NEVER.addSubnet('ff00::', 8, 'ipv6');

export function isForbiddenAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return true;
  return NEVER.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** A literal address never reaches the resolver, so it is judged where the request is made. */
export function isForbiddenHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) !== 0 && isForbiddenAddress(bare);
}

type LookupCallback = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/** Resolves a name at the moment of connecting and refuses a forbidden answer: DNS rebinding ends here (smart.md 5 #8). */
export function guardedLookup(hostname: string, options: LookupOptions, callback: LookupCallback): void {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) {
      callback(error, []);
      return;
    }
    const first = addresses[0];
    if (!first || addresses.some(({ address }) => isForbiddenAddress(address))) {
      callback(Object.assign(new Error('the name leads to a forbidden address'), { code: 'EFORBIDDEN' }), []);
    } else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
}
