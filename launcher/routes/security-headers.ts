import type { Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import { ERROR_STYLE_HASH } from './error-page.ts';

/** Who may show this answer in a frame, and where its forms may go: origins of the organisation it belongs to. */
export type Framing = {
  readonly ancestors: readonly string[];
  readonly formTargets: readonly string[];
  /** Its page looks at its frame itself, and nothing is sent of ancestors (`plugins/manifest.ts`). */
  readonly unchecked?: true;
};

export type SecurityOptions = {
  /** Judges the request alone, against the community file. No organisation: no frame. */
  framingOf(request: Request): Framing | undefined;
  /** Strict-Transport-Security, when the launcher is reached over https. */
  readonly https: boolean;
};

/** `page` is a document that runs our application; everything else is data, and inert if someone opens it. */
type Profile = 'page' | 'worker' | 'inert';

/**
 * The worker that reads PDFs. It runs by this policy and not by its page's: it may run the decoders of scanned pages
 * (WebAssembly, which is sent to it) and fetch nothing at all.
 */
const WORKER = /^\/assets\/pdf\.worker\.min-[A-Za-z0-9_-]{8,}\.js$/;

const PAGES: readonly RegExp[] = [/^\/launch(?:\/[A-Z0-9]{3,10})?\/?$/, /^\/callback\/[^/]+\/?$/, /^\/open\/[^/]+\/?$/];

/**
 * smart.md §2.2. The policy is worked out per request, since each organisation has its own frame ancestors. There is no
 * X-Frame-Options: it can't name origins, and would close the frames that `frame-ancestors` opens.
 */
export function securityHeaders(options: SecurityOptions): RequestHandler[] {
  return [classify(options), headers(options), ownHeaders];
}

function classify(options: SecurityOptions): RequestHandler {
  return (request, response, next) => {
    const page = request.method === 'GET' && PAGES.some((path) => path.test(request.path));
    const other = WORKER.test(request.path) ? 'worker' : 'inert';
    response.locals['profile'] = (page ? 'page' : other) satisfies Profile;
    response.locals['framing'] = page ? options.framingOf(request) : undefined;
    next();
  };
}

/** What helmet says is worked out once for each organisation and kind of answer, and said again. */
function headers(options: SecurityOptions): RequestHandler {
  const work = byHelmet(options);
  const known = new Map<string, readonly (readonly [string, string])[]>();
  return (request, response, next) => {
    const key = JSON.stringify([localsOf(response)['profile'], framingIn(response)]);
    const said = known.get(key);
    if (said) {
      for (const [name, value] of said) response.setHeader(name, value);
      next();
      return;
    }
    const before = new Set(response.getHeaderNames());
    work(request, response, (error?: unknown) => {
      const fresh = Object.entries(response.getHeaders()).filter(([name]) => !before.has(name));
      if (error === undefined && known.size < MOST_KNOWN)
        known.set(
          key,
          fresh.map(([name, value]) => [name, String(value)] as const),
        );
      next(error);
    });
  };
}

const MOST_KNOWN = 1_000;

function byHelmet(options: SecurityOptions): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: [(_request, response) => scripts(response)],
        styleSrc: [onPages(`'self' ${ERROR_STYLE_HASH}`, ERROR_STYLE_HASH)],
        imgSrc: [onPages("'self' data: blob:")],
        fontSrc: [onPages("'self'")],
        connectSrc: [onPages("'self'")],
        frameSrc: [onPages("'self'")],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: [(_request, response) => formTargets(response)],
        frameAncestors: [(_request, response) => ancestors(response)],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: [onPages('lit-html corridor')],
      },
    },
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: { policy: 'unsafe-none' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: options.https ? { maxAge: 63_072_000, includeSubDomains: false } : false,
    xFrameOptions: false,
  });
}

/**
 * Every powerful feature off that browsers know by name: a record needs none of them, and its frame must not lend them
 * on. Chromium warns on each page about names it does not know (bluetooth, web-share), so those stay out.
 */
const PERMISSIONS_POLICY = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

const ownHeaders: RequestHandler = (_request, response, next) => {
  if (framingIn(response)?.unchecked) {
    const policy = String(response.getHeader('Content-Security-Policy'));
    response.setHeader('Content-Security-Policy', policy.replace(/frame-ancestors [^;]*;?/, ''));
  }
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Permissions-Policy', PERMISSIONS_POLICY);
  next();
};

function onPages(page: string, elsewhere = "'none'"): (request: unknown, response: unknown) => string {
  return (_request, response) => (localsOf(response)['profile'] === 'page' ? page : elsewhere);
}

function scripts(response: unknown): string {
  const { profile } = localsOf(response);
  return profile === 'page' ? "'self'" : profile === 'worker' ? "'wasm-unsafe-eval'" : "'none'";
}

function ancestors(response: unknown): string {
  const origins = framingIn(response)?.ancestors ?? [];
  return origins.length > 0 ? origins.join(' ') : "'none'";
}

/** `form-action` also governs where a form's redirects may lead, so the organisation's sign-in origins are named. */
function formTargets(response: unknown): string {
  if (localsOf(response)['profile'] !== 'page') return "'none'";
  return ["'self'", ...(framingIn(response)?.formTargets ?? [])].join(' ');
}

function framingIn(response: unknown): Framing | undefined {
  return localsOf(response)['framing'] as Framing | undefined;
}

function localsOf(response: unknown): Record<string, unknown> {
  return (response as Response).locals;
}
