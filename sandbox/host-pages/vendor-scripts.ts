import { build } from 'esbuild';
import express from 'express';
import type { RequestHandler } from 'express';
import { fileURLToPath } from 'node:url';

/** What a vendor's own build would put into its pages: a package, the frame of our SDK, a module for its shell. */
const SCRIPTS: { readonly [name: string]: string } = {
  'xfc.js': "export { Consumer } from 'xfc';",
  'corridor-frame.js': "import './src/app/frame.ts';",
  'openmrs-o3.js': "import './plugins/openmrs-o3/module/index.ts';",
};

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const built = new Map<string, Promise<string>>();

/** `/vendor/<name>`, made from the sources when it is first asked for. */
export function vendorScripts(): RequestHandler {
  const router = express.Router();
  router.get('/:name', async (request, response) => {
    const contents = Object.hasOwn(SCRIPTS, request.params.name) ? SCRIPTS[request.params.name] : undefined;
    if (contents === undefined) return void response.sendStatus(404);
    const made = built.get(request.params.name) ?? bundle(contents);
    built.set(request.params.name, made);
    response.type('text/javascript').send(await made);
  });
  return router;
}

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    tsconfig: `${ROOT}tsconfig.browser.json`,
    // `xfc` is older than the browsers it runs in.
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    // What is imported for its effect alone has one, whatever the package says of itself.
    ignoreAnnotations: true,
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
