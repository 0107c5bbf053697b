import { basename } from 'node:path';
import express, { type Handler } from 'express';

/** Rollup writes `name-HASH.js` for what it may rename; the entries keep their names and are asked for each time. */
const HASHED = /-[A-Za-z0-9_-]{6,}\.(?:js|css|map|svg|woff2|wasm|pfb)$/;

/** The built application. Files only: no directory lists, no dot files, no guessing of names. */
export function assetRoutes(folder: string): Handler {
  return express.static(folder, {
    index: false,
    redirect: false,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders: (response, path) => {
      const hashed = HASHED.test(basename(path));
      response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
