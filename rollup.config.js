import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import terser from '@rollup/plugin-terser';
import { transform } from 'esbuild';
import esbuild from 'rollup-plugin-esbuild';
import { WORDS_AT_FIRST } from './src/words/at-first.ts';
import manifest from './package.json' with { type: 'json' };

/**
 * Style sheets inside css`…` are strings to a minifier of scripts, so they are made small before it sees them. One with
 * an expression or an escape in it is left as it is.
 */
const smallStyles = {
  name: 'small-styles',
  async transform(code, id) {
    if (!id.endsWith('.ts') || !code.includes('css`')) return null;
    let small = code;
    for (const [whole, sheet] of code.matchAll(/\bcss`([^`$\\]*)`/g)) {
      const { code: written } = await transform(sheet, { loader: 'css', minify: true, charset: 'utf8' });
      if (!/[`$\\]/.test(written)) small = small.replace(whole, () => `css\`${written.trim()}\``);
    }
    return small === code ? null : { code: small, map: null };
  },
};

/**
 * White space in html`…` that only indents: a run of it shows as one space, and inside a tag, or beside the parts of a
 * table, as none. What stands in an attribute's quotes is left as it is.
 */
const smallTemplates = {
  name: 'small-templates',
  transform(code, id) {
    if (!id.endsWith('.ts') || !/\b(?:html|svg)`/.test(code)) return null;
    const pieces = [];
    visit(this.parse(code), (node) => {
      if (node.type !== 'TaggedTemplateExpression' || !/^(?:html|svg)$/.test(node.tag.name ?? '')) return;
      const { quasis } = node.quasi;
      const small = smallTemplate(quasis.map(({ value }) => value.raw));
      quasis.forEach(({ start, end }, index) => pieces.push({ start, end, text: small[index] }));
    });
    pieces.sort((a, b) => b.start - a.start);
    const written = pieces.reduce(
      (text, { start, end, text: piece }) => text.slice(0, start) + piece + text.slice(end),
      code,
    );
    return { code: written, map: null };
  },
};

function visit(node, see) {
  if (node === null || typeof node !== 'object') return;
  if (typeof node.type === 'string') see(node);
  for (const value of Object.values(node)) if (typeof value === 'object') visit(value, see);
}

const TABLE_PART = '(?:table|caption|thead|tbody|tr|th|td|colgroup|col)\\b';
/** Where an expression stands, for a moment: no template holds this character. */
const HOLE = '\u0001';

function smallTemplate(strings) {
  const small = strings
    .join(HOLE)
    .split(/(<[^<>]*(?:"[^"]*"[^<>]*)*>)/)
    .map((piece) =>
      piece.startsWith('<')
        ? piece.replace(/("[^"]*")|\s+/g, (_, quoted) => quoted ?? ' ').replace(/ (?=>)/g, '')
        : piece.replace(/\s+/g, ' '),
    )
    .join('');
  return small
    .replace(new RegExp(` (?=</?${TABLE_PART})`, 'g'), '')
    .replace(new RegExp(`(</?${TABLE_PART}[^<>]*>) `, 'g'), '$1')
    .split(HOLE);
}

/**
 * Why a rule is a rule, and who says so, stands beside it for the clinician who reviews it. A browser has no use for it.
 */
const withoutReasons = {
  name: 'without-reasons',
  transform(code, id) {
    if (!/[/\\]src[/\\]record[/\\](?:conflict-rules|therapy-classes)\.ts$/.test(id)) return null;
    const cuts = [];
    visit(this.parse(code), (node) => {
      if (node.type === 'Property' && /^(?:reason|source|hazard)$/.test(node.key.name) && node.value.type === 'Literal')
        cuts.push(node);
    });
    cuts.sort((a, b) => b.start - a.start);
    return { code: cuts.reduce(without, code), map: null };
  },
};

/** The text without one property of an object, and its comma. */
function without(text, { start, end }) {
  return text.slice(0, start) + text.slice(end).replace(/^\s*,/, '');
}

/**
 * The launch app merges what the launcher has read; it never reads a resource itself. Without the two members of each
 * section that read, the readers and all they need fall out of its script: half of what would be sent.
 */
const mergingOnly = {
  name: 'merging-only',
  transform(code, id) {
    if (!/[/\\]src[/\\]record[/\\]sections[/\\][^/\\]+\.ts$/.test(id)) return null;
    const unused = id.endsWith(AT_FIRST) ? /^(?:read|take|conflicts)$/ : /^(?:read|take)$/;
    const cuts = this.parse(code)
      .body.flatMap((statement) => statement.declarations ?? statement.declaration?.declarations ?? [])
      .filter(({ init }) => init?.type === 'ObjectExpression' && has(init, 'heading') && has(init, 'reads'))
      .flatMap(({ init }) => init.properties.filter(({ key }) => unused.test(key?.name ?? '')));
    if (cuts.length === 0) return null;
    return { code: cuts.reduceRight(without, code), map: null };
  },
};

/**
 * The sections of the first sight, as `merging-at-first.ts` takes them: it looks for no disagreement, so they come
 * without that. They come again, whole, with the rest of the script.
 */
const AT_FIRST = '.at-first.ts';
const sectionsAtFirst = {
  name: 'sections-at-first',
  resolveId(source, importer) {
    if (!/[/\\]merging-at-first\.ts$/.test(importer ?? '') || !source.startsWith('./sections/')) return null;
    return fileURLToPath(new URL(source, pathToFileURL(importer))).replace(/\.ts$/, AT_FIRST);
  },
  load(id) {
    return id.endsWith(AT_FIRST) ? readFileSync(id.replace(AT_FIRST, '.ts'), 'utf8') : null;
  },
};

/** English as the first sight needs it, for everything but the part that brings the rest, and a host that asks for English. */
const wordsAtFirst = {
  name: 'words-at-first',
  resolveId(source, importer) {
    if (!/[/\\]words[/\\]en-GB\.ts$/.test(source) && source !== './en-GB.ts') return null;
    if (importer === undefined || /(?:after-first-sight|open-launch|show-team)\.ts$/.test(importer)) return null;
    return fileURLToPath(new URL(source, pathToFileURL(importer))).replace(/\.ts$/, AT_FIRST);
  },
  transform(code, id) {
    if (!/[/\\]words[/\\]en-GB\.at-first\.ts$/.test(id)) return null;
    const { properties } = this.parse(code)
      .body.flatMap((statement) => statement.declaration?.declarations ?? [])
      .find(({ id: { name } }) => name === 'enGB').init;
    const cuts = properties.filter(({ key }) => !WORDS_AT_FIRST.includes(key.name));
    return { code: cuts.reduceRight(without, code), map: null };
  },
};

function has({ properties }, name) {
  return properties.some(({ key }) => key?.name === name);
}

/**
 * Files that a browser fetches as they are (the library for PDFs, its worker, decoders and fonts): a source names one by
 * `new URL('…/node_modules/…', import.meta.url)`, and it comes to lie beside the script under a hashed name.
 */
const filesAsTheyAre = {
  name: 'files-as-they-are',
  transform(code, id) {
    if (!id.endsWith('.ts') || !code.includes('node_modules/')) return null;
    return {
      code: code.replace(
        /new URL\(\s*['"]([^'"]*\/node_modules\/[^'"]+)['"],\s*import\.meta\.url\s*,?\s*\)\.href/g,
        (_, path) => {
          const file = fileURLToPath(new URL(path, pathToFileURL(id)));
          const name = file.replace(/^.*[/\\]/, '').replace(/\.mjs$/, '.js');
          const reference = this.emitFile({ type: 'asset', name, source: readFileSync(file) });
          return `import.meta.ROLLUP_FILE_URL_${reference}`;
        },
      ),
      map: null,
    };
  },
};

/** Hashed names of earlier builds are not left lying beside the new ones. */
const clearing = (folder) => ({
  name: 'clearing',
  generateBundle: () => rmSync(folder, { recursive: true, force: true }),
});

/**
 * Three builds: the elements for vendors (`dist/corridor.js` has no side effects, `dist/define.js` registers the tags),
 * the launch app that the launcher serves (`dist/app`), and the launcher itself with its command line (`dist/launcher`).
 * Packages the launcher needs at run time stay packages; what goes to a browser is bundled whole.
 */
const browser = (input, output, folder, extra = {}) => ({
  input,
  ...extra.options,
  output: { format: 'es', sourcemap: true, ...output },
  plugins: [
    ...(extra.before ?? []),
    nodeResolve({ browser: true, exportConditions: ['browser', 'production'], extensions: ['.ts', '.js', '.mjs'] }),
    commonjs(),
    json(),
    smallStyles,
    esbuild({ target: 'es2022', tsconfig: fileURLToPath(new URL('./tsconfig.browser.json', import.meta.url)) }),
    smallTemplates,
    filesAsTheyAre,
    ...(extra.plugins ?? []),
    terser({ module: true, ecma: 2020, compress: { passes: 3, pure_getters: true }, format: { comments: false } }),
    clearing(folder),
  ],
  onwarn,
});

const elements = browser(
  {
    corridor: 'src/index.ts',
    define: 'src/define.ts',
    frame: 'src/app/frame.ts',
    pictures: 'src/components/picture-elements.ts',
    messages: 'src/components/message-elements.ts',
  },
  {
    dir: 'dist',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    assetFileNames: 'chunks/[name]-[hash][extname]',
  },
  'dist/chunks',
);

/**
 * The same door for a server that draws its host's pages: it may import the elements, and gets nothing of them but their
 * names. Lit's own build for servers stands on a pretend document.
 */
const server = {
  input: {
    corridor: 'src/index.ts',
    define: 'src/define.ts',
    pictures: 'src/components/picture-elements.ts',
    messages: 'src/components/message-elements.ts',
  },
  output: { format: 'es', dir: 'dist/server', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
  plugins: [
    nodeResolve({ exportConditions: ['node', 'production'], extensions: ['.ts', '.js', '.mjs'] }),
    commonjs(),
    json(),
    esbuild({ target: 'es2022', tsconfig: fileURLToPath(new URL('./tsconfig.browser.json', import.meta.url)) }),
    clearing('dist/server'),
  ],
  external: [/^node:/],
  onwarn,
};

const app = browser(
  { app: 'src/app/app.ts' },
  {
    dir: 'dist/app',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash:6].js',
    assetFileNames: '[name]-[hash][extname]',
  },
  'dist/app',
  {
    plugins: [mergingOnly, withoutReasons, wordsAtFirst],
    before: [sectionsAtFirst, { ...wordsAtFirst, transform: undefined }],
    // The model is pure (docs/architecture.md), and remembering changes nothing that anybody can see: what is not used
    // need not be sent.
    options: {
      treeshake: {
        manualPureFunctions: ['remember'],
        moduleSideEffects: (id) => !/[/\\]src[/\\](?:record|words|components)[/\\]/.test(id),
      },
    },
  },
);

/** The policy files that come with the launcher stay files: they are for people to read. */
const policies = {
  name: 'policies',
  generateBundle() {
    for (const file of ['default.cedar', 'default.tests.yaml', 'schema.cedarschema'])
      this.emitFile({
        type: 'asset',
        fileName: `policies/${file}`,
        source: readFileSync(new URL(`launcher/access/policies/${file}`, import.meta.url)),
      });
  },
};

const launcher = {
  input: { main: 'launcher/main.ts', cli: 'launcher/cli.ts', verify: 'launcher/trust/verify/index.ts' },
  output: {
    dir: 'dist/launcher',
    format: 'es',
    sourcemap: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    banner: (chunk) => (chunk.name === 'cli' ? '#!/usr/bin/env node' : ''),
  },
  external: [/^node:/, ...Object.keys(manifest.dependencies).map((name) => new RegExp(`^${name}(/|$)`))],
  plugins: [
    nodeResolve({ extensions: ['.ts', '.js'] }),
    json(),
    policies,
    esbuild({ target: 'node22', tsconfig: fileURLToPath(new URL('./tsconfig.node.json', import.meta.url)) }),
  ],
  onwarn,
};

/**
 * The frontend module of OpenMRS O3 as its own package, ready for `openmrs assemble`: one classic script, as the shell
 * loads it, and the voucher that runs beside OpenMRS.
 */
const asPackage = {
  name: 'as-package',
  generateBundle() {
    const { version, license } = manifest;
    const about = { name: '@corridor/esm-shared-record-app', version, license, browser: `dist/${OPENMRS_MODULE}` };
    const write = (fileName, source) => this.emitFile({ type: 'asset', fileName, source });
    write('package.json', `${JSON.stringify(about, null, 2)}\n`);
    for (const [file, from] of Object.entries({ 'dist/routes.json': 'module/routes.json', 'README.md': 'README.md' }))
      write(file, readFileSync(new URL(`plugins/openmrs-o3/${from}`, import.meta.url)));
  },
};

const OPENMRS_MODULE = 'corridor-esm-shared-record-app.js';
const openmrs = browser(
  'plugins/openmrs-o3/module/index.ts',
  { dir: 'dist/openmrs', format: 'iife', entryFileNames: `dist/${OPENMRS_MODULE}` },
  'dist/openmrs',
  { plugins: [asPackage] },
);
const openmrsVoucher = {
  input: { voucher: 'plugins/openmrs-o3/voucher/main.ts' },
  output: { dir: 'dist/openmrs-voucher', format: 'es', entryFileNames: '[name].mjs' },
  external: [/^node:/],
  plugins: [
    nodeResolve({ extensions: ['.ts', '.js'] }),
    esbuild({ target: 'node22', tsconfig: fileURLToPath(new URL('./tsconfig.node.json', import.meta.url)) }),
  ],
  onwarn,
};

/** A warning is a fault of ours or a circular import inside a package we cannot change. */
function onwarn(warning) {
  if (warning.code === 'CIRCULAR_DEPENDENCY' && warning.ids?.every((id) => id.includes('node_modules'))) return;
  if (warning.code === 'THIS_IS_UNDEFINED') return;
  throw Object.assign(new Error(warning.message), { code: warning.code });
}

export default ({ configApp, configOpenmrs }) => {
  if (configApp) return [app];
  return configOpenmrs ? [app, openmrs, openmrsVoucher] : [elements, server, app, launcher, openmrs, openmrsVoucher];
};
