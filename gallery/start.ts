import type { AddressInfo } from 'node:net';
import { galleryApp } from './serve.ts';

/** `npm run gallery`, or `-- --port N`: on this machine only. */
const at = process.argv.indexOf('--port');
const port = at < 0 ? 8480 : Number(process.argv[at + 1]);
const server = (await galleryApp()).listen(port, '127.0.0.1', () => {
  const { port: bound } = server.address() as AddressInfo;
  console.log(`The gallery is at http://127.0.0.1:${String(bound)}/ (also /on-fhir and /on-entries)`);
});
