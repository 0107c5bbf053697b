import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { codeBlocks } from '../support/code-blocks.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const REACT = `
import type {} from './jsx.d.ts';
import type { SourceAskEvent } from './types/src/index.js';
import { CorridorRecord } from './react/index.js';
export const plain = <corridor-record slim view-role="gp" entries={[]} oncorridor-source-ask={(event: SourceAskEvent) => void event.source} />;
export const wrapped = <CorridorRecord slim onSourceAsk={(event) => void event.source} onError={(event) => void event.code} />;
export const ready = <corridor-frame src="https://record.example/launch" oncorridor-ready={() => undefined} />;
// @ts-expect-error -- an organisation is not a yes or no
export const wrong = <corridor-record slim="gp" />;
// @ts-expect-error -- there is no such event
export const unheard = <CorridorRecord onNothing={() => undefined} />;
`;

const VUE = `
import type {} from './vue.d.ts';
import type { GlobalComponents } from 'vue';
type Props = InstanceType<GlobalComponents['corridor-record']>['$props'];
export const props: Props = { slim: true, entries: [], onCorridorSourceAsk: (event) => void event.source };
// @ts-expect-error -- an organisation is not a yes or no
export const wrong: Props = { slim: 'gp' };
`;

describe('the types that come with the package', () => {
  it('let React and Vue pages say what is right and nothing else', () => {
    const files = new Map([
      [join(ROOT, 'dist', 'react-page.tsx'), REACT],
      [join(ROOT, 'dist', 'vue-page.ts'), VUE],
      ...codeBlocks('docs/embedding.md', 'tsx').map(
        (block, at) => [join(ROOT, 'dist', `docs-page-${String(at)}.tsx`), block] as const,
      ),
    ]);
    // The two above, and at least the sample of React in docs/embedding.md.
    expect(files.size).toBeGreaterThan(2);
    const options: ts.CompilerOptions = {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      jsx: ts.JsxEmit.ReactJSX,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
      types: [],
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      allowImportingTsExtensions: true,
    };
    const host = ts.createCompilerHost(options);
    const given = { ...host };
    host.readFile = (path) => files.get(path) ?? given.readFile(path);
    host.fileExists = (path) => files.has(path) || given.fileExists(path);
    host.getSourceFile = (path, language, ...rest) => {
      const text = files.get(path);
      return text === undefined
        ? given.getSourceFile(path, language, ...rest)
        : ts.createSourceFile(path, text, language);
    };
    const program = ts.createProgram([...files.keys()], options, host);
    const ours = ts
      .getPreEmitDiagnostics(program)
      .filter(({ file }) => file === undefined || file.fileName.startsWith(join(ROOT, 'dist')));
    expect(
      ours.map(
        ({ file, messageText }) => `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
      ),
    ).toEqual([]);
  });
});
