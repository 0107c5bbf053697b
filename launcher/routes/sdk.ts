import express, { type Handler, Router } from 'express';

/** A version is a folder of its own, and nothing in it ever changes. */
const VERSIONED = /^\/\d+\.\d+\.\d+(?:-[0-9a-z.-]+)?\//i;

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
        response.setHeader('Access-Control-Allow-Origin', '*');
        response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
      },
    }),
  );
  return router;
}
