import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readConfiguration, performCompilation } from '@angular/compiler-cli';
import { build, type Plugin } from 'esbuild';
import { compileTemplate } from 'vue/compiler-sfc';
import { ALLERGY, PERSON, SOURCE } from './vendor-site.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** The compiler brings its own Babel, which is the one its linker is written for. */
const bringing = createRequire(createRequire(import.meta.url).resolve('@angular/compiler-cli'));
type Babel = { transformAsync(text: string, options: object): Promise<{ readonly code?: string } | null> };

/** What every page shows, and where it writes what it heard: the same words, so that one test reads them all. */
const GIVEN = `
import '/dist/define.js';
import { readResources } from '/dist/corridor.js';
const patient = ${JSON.stringify(PERSON)};
const sources = ${JSON.stringify([SOURCE])};
const entries = readResources(${JSON.stringify([ALLERGY])}, 'own').entries;
const say = (name) => { document.body.dataset.heard = (document.body.dataset.heard ?? '') + name + ' '; };
`;

const REACT_TAGS = `${GIVEN}
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
const page = createElement('corridor-record', { patient, sources, entries, slim: true, 'oncorridor-ready': () => say('ready'), 'oncorridor-ledger-toggle': () => say('ledger') });
createRoot(document.getElementById('root')).render(page);`;

const REACT_WRAPPERS = `${GIVEN}
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { CorridorRecord } from './dist/react/index.js';
const page = createElement(CorridorRecord, { patient, sources, entries, slim: true, onReady: () => say('ready'), onLedgerToggle: () => say('ledger') });
createRoot(document.getElementById('root')).render(page);`;

const VUE_TEMPLATE = `<corridor-record :patient.prop="patient" :sources.prop="sources" :entries.prop="entries" slim
  @corridor-ready="say('ready')" @corridor-ledger-toggle="say('ledger')" />`;

const ANGULAR = `
import { Component, CUSTOM_ELEMENTS_SCHEMA } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { patient, sources, entries, say } from './given';
@Component({
  selector: 'app-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: \`<corridor-record [patient]="patient" [sources]="sources" [entries]="entries" [slim]="true"
    (corridor-ready)="say('ready')" (corridor-ledger-toggle)="say('ledger')"></corridor-record>\`,
})
class Page { patient = patient; sources = sources; entries = entries; say = say; }
const root = document.createElement('app-root');
document.getElementById('root').append(root);
void bootstrapApplication(Page);`;

/** Each framework's page, compiled ahead of time as its own tools do: nothing is evaluated in the browser. */
export async function buildFrameworkPages(): Promise<Readonly<Record<string, string>>> {
  return {
    'react-tags': await bundle(REACT_TAGS),
    'react-wrappers': await bundle(REACT_WRAPPERS),
    vue: await bundle(vuePage()),
    angular: await angularPage(),
  };
}

function vuePage(): string {
  const { code, errors } = compileTemplate({
    source: VUE_TEMPLATE,
    filename: 'page.vue',
    id: 'page',
    compilerOptions: { isCustomElement: (tag) => tag.startsWith('corridor-') },
  });
  if (errors.length > 0) throw new Error(errors.map(String).join('\n'));
  return `${code}${GIVEN}
import { createApp } from 'vue';
createApp({ setup: () => ({ patient, sources, entries, say }), render }).mount('#root');`;
}

async function angularPage(): Promise<string> {
  const cache = join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'corridor-angular-'));
  try {
    writeFileSync(join(folder, 'page.ts'), `// @ts-nocheck\n${ANGULAR}`);
    writeFileSync(join(folder, 'given.js'), `${GIVEN}\nexport { patient, sources, entries, say };`);
    writeFileSync(join(folder, 'given.d.ts'), 'export const patient: any, sources: any, entries: any, say: any;');
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          ...{ target: 'ES2022', module: 'ESNext', moduleResolution: 'Bundler', lib: ['ES2022', 'DOM'], types: [] },
          ...{ outDir: join(folder, 'out'), rootDir: folder, skipLibCheck: true, strict: false },
        },
        files: ['page.ts'],
      }),
    );
    const { rootNames, options } = readConfiguration(join(folder, 'tsconfig.json'));
    const { diagnostics } = performCompilation({ rootNames, options });
    if (diagnostics.length > 0) throw new Error(diagnostics.map(inWords).join('\n'));
    const page = await readFile(join(folder, 'out', 'page.js'), 'utf8');
    return await bundle(page, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A diagnostic is a sentence, or a chain of them whose first says what is wrong. */
function inWords({ messageText }: ReturnType<typeof performCompilation>['diagnostics'][number]): string {
  return typeof messageText === 'string' ? messageText : messageText.messageText;
}

/** Packages of Angular come half compiled; whoever bundles them does the other half. */
const linker: Plugin = {
  name: 'angular-linker',
  setup(bundler) {
    bundler.onLoad({ filter: /@angular[/\\].*\.mjs$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const babel = (await import(bringing.resolve('@babel/core'))) as Babel;
      const linked = text.includes('ɵɵngDeclare')
        ? await babel.transformAsync(text, {
            ...{ filename: path, compact: false, configFile: false, babelrc: false },
            plugins: [[bringing.resolve('@angular/compiler-cli/linker/babel'), { linkerJitMode: false }]],
          })
        : undefined;
      return { contents: linked?.code ?? text, loader: 'js' };
    });
  },
};

async function bundle(contents: string, resolveDir = ROOT): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: 'js' },
    ...{ bundle: true, minify: true, write: false, format: 'esm', target: 'es2022', logLevel: 'silent' },
    define: { 'process.env.NODE_ENV': '"production"', ngDevMode: 'false', ngJitMode: 'false', ngServerMode: 'false' },
    external: ['/dist/*'],
    plugins: [linker, oneCorridor],
  });
  return outputFiles[0]?.text ?? '';
}

/** The wrappers use the bundle that the page has already, and not a copy of it. */
const oneCorridor: Plugin = {
  name: 'one-corridor',
  setup(bundler) {
    bundler.onResolve({ filter: /^\.\.\/corridor\.js$/ }, () => ({ path: '/dist/corridor.js', external: true }));
  },
};
