import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** One script of a peer's page, built as for production. */
export async function bundlePage(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'pages', `${name}.ts`)],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    // The elements' decorators are read as the product's own build reads them.
    tsconfig: join(import.meta.dirname, '..', 'tsconfig.browser.json'),
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.css': 'empty' },
    logLevel: 'silent',
    plugins: [unnamedPackages],
  });
  return outputFiles[0]?.text ?? '';
}

/**
 * fhir-react's build asks for two packages that it names nowhere: they turn bytes of attachments into text, which no page
 * here shows. Empty ones stand in for them.
 */
const unnamedPackages: Plugin = {
  name: 'unnamed-packages',
  setup(bundler) {
    bundler.onResolve({ filter: /^(?:base64-js|ieee754)$/ }, ({ path }) => ({ path, namespace: 'unnamed' }));
    bundler.onLoad({ filter: /.*/, namespace: 'unnamed' }, () => ({ contents: 'module.exports = {};', loader: 'js' }));
  },
};
