/** Reading the addresses of the community file. Hostile addresses from outside are judged in `smart/iss.ts`. */

export type AddressProblem = { readonly message: string; readonly remedy: string };

/**
 * `https:` always; `http:` only on loopback and only when the file opts in loudly (`allowLoopbackHttp`).
 * No user name, query or fragment, and written the way it will be compared.
 */
export function checkAddress(text: string, allowLoopbackHttp: boolean): AddressProblem | undefined {
  const url = parse(text);
  if (!url)
    return { message: 'is not an address', remedy: 'write a full address such as https://fhir.example.nhs.uk/r4' };
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return { message: 'has a user name, query or fragment', remedy: 'leave only scheme, host, port and path' };
  if (canonicalAddress(text) !== withoutSlash(text))
    return { message: 'is not written in its plain form', remedy: `write it as ${canonicalAddress(text)}` };
  return checkScheme(url, allowLoopbackHttp);
}

/** As `checkAddress`, and nothing after the host and port. */
export function checkOrigin(text: string, allowLoopbackHttp: boolean): AddressProblem | undefined {
  const url = parse(text);
  if (!url || url.origin !== text)
    return {
      message: 'is not an origin',
      remedy: 'write scheme, host and port only, such as https://epr.example.nhs.uk',
    };
  return checkScheme(url, allowLoopbackHttp);
}

function checkScheme(url: URL, allowLoopbackHttp: boolean): AddressProblem | undefined {
  if (url.protocol === 'https:') return undefined;
  if (url.protocol !== 'http:') return { message: `uses ${url.protocol}`, remedy: 'use https' };
  if (!isLoopback(url.hostname)) return { message: 'uses http beyond this machine', remedy: 'use https' };
  if (!allowLoopbackHttp)
    return {
      message: 'uses http',
      remedy: 'use https, or set allowLoopbackHttp: true here if this is a test on this machine',
    };
  return undefined;
}

/** One form for one place: lower-case host, no default port, no trailing slash. */
export function canonicalAddress(text: string): string {
  return withoutSlash(new URL(text).href);
}

export function originOf(text: string): string {
  return new URL(text).origin;
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}

function withoutSlash(text: string): string {
  return text.endsWith('/') ? text.slice(0, -1) : text;
}

function parse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
