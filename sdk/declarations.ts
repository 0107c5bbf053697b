import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '..');
const DOORS = ['src/index.ts', 'src/define.ts', 'src/app/frame.ts', 'src/app/public-types.ts'];

/** Types of the public doors, for `dist/types`. The sources name their files with `.ts`; a declaration names them `.js`. */
export function writeDeclarations(folder: string): void {
  const parsed = ts.getParsedCommandLineOfConfigFile(
    join(ROOT, 'tsconfig.browser.json'),
    { types: [], noEmit: false, declaration: true, emitDeclarationOnly: true, rootDir: ROOT, outDir: folder },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (problem) => fail([problem]) },
  );
  const files = [...DOORS, ...globSync('src/**/*.d.ts', { cwd: ROOT })].map((file) => join(ROOT, file));
  const { diagnostics } = ts.createProgram(files, parsed?.options ?? {}).emit();
  if (diagnostics.length > 0) fail(diagnostics);
  for (const file of globSync('**/*.d.ts', { cwd: folder })) {
    const path = join(folder, file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/((?:from |import\()'\.{1,2}\/[^']*)\.ts'/g, "$1.js'"));
  }
}

function fail(problems: readonly ts.Diagnostic[]): never {
  throw new Error(
    ts.formatDiagnostics(problems, {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => ROOT,
      getNewLine: () => '\n',
    }),
  );
}
