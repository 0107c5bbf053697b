import express, { type Handler, type Response, Router } from 'express';

/** A version is a folder of its own, and nothing in it ever changes. */
const VERSIONED = /^\/\d+\.\d+\.\d+(?:-[0-9a-z.-]+)?\//i;
/** A vendor's page may read this too: without the headers of a file that is found, its browser would say "CORS" and no more. */
const NOT_HERE =
  'Not here: there is no such file, or no such version, at this launcher. Run from a checkout, `npm run build` makes the bundle of its own version.\n';

/**
 * `/sdk/<version>/…`: the elements as vendors load them, from any origin and kept for a year. They are program and nothing
 * else, the same for everybody: no cookie, no bearer, no patient goes in or out here.
 */
export function sdkRoutes(folder: string): Handler {
  const router = Router();
  router.use((request, _response, next) => (VERSIONED.test(request.path) ? next() : next('router')));
  router.use(
    express.static(folder, {
      index: false,
      redirect: false,
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders: (response) => {
        response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
        toAnyOrigin(response);
      },
    }),
  );
  router.get(/./, (_request, response) => {
    toAnyOrigin(response);
    response.status(404).set('Cache-Control', 'no-store').type('text/plain').send(NOT_HERE);
  });
  return router;
}

function toAnyOrigin(response: Pick<Response, 'setHeader'>): void {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
}
