import { format } from 'node:util';
import { expect } from 'vitest';

/** A test as it stands in its file, with what comes before and after it. */
export type CollectedTest = { readonly name: string; readonly run: () => Promise<void> };

type Step = () => unknown;
type Suite = { readonly name: string; readonly before: Step[]; readonly after: Step[] };
type Add = (name: string, body: (...args: unknown[]) => unknown) => void;
type Title = string | { readonly name: string };

/**
 * Stands in for `vitest` while test files are loaded and keeps their tests, so that a change can be asked of them within
 * one process. Modules that a test file replaces (`vi.mock`) are replaced in its bundle (`stand-ins.ts`).
 */
export function collecting(): { readonly vitest: object; readonly tests: readonly CollectedTest[] } {
  const tests: CollectedTest[] = [];
  const stack: Suite[] = [{ name: '', before: [], after: [] }];
  const innermost = (): Suite => stack.at(-1) as Suite;
  const test = withTables((name, body) => {
    const suites = [...stack];
    tests.push({
      name: [...suites.slice(1).map((suite) => suite.name), name].join(' > '),
      run: async () => {
        for (const step of suites.flatMap(({ before }) => before)) await step();
        try {
          await body();
        } finally {
          for (const step of suites.toReversed().flatMap(({ after }) => after)) await step();
        }
      },
    });
  });
  const describe = withTables((name, body) => {
    stack.push({ name, before: [], after: [] });
    body();
    stack.pop();
  });
  const before = (step: Step): number => innermost().before.push(step);
  const after = (step: Step): number => innermost().after.push(step);
  const all = { describe, it: test, test, expect, vi: { mock: () => undefined } };
  return { tests, vitest: { ...all, beforeAll: before, beforeEach: before, afterAll: after, afterEach: after } };
}

/** `it` or `describe`, each with its tables and conditions. */
function withTables(add: Add): object {
  const titled = (title: Title, row: readonly unknown[], index: number): string =>
    format((typeof title === 'string' ? title : title.name).replaceAll('%#', String(index)), ...row);
  const named = (title: Title, ...rest: unknown[]): void => {
    add(typeof title === 'string' ? title : title.name, rest.findLast((one) => typeof one === 'function') as Step);
  };
  const nothing = (): void => undefined;
  const each = (table: readonly unknown[]) => (title: Title, body: (...args: unknown[]) => unknown) => {
    // As vitest has it: rows are spread only where every one of them is a list.
    const spread = table.every(Array.isArray);
    table.forEach((row, index) => {
      const args = spread ? (row as unknown[]) : [row];
      add(titled(title, args, index), () => body(...args));
    });
  };
  const rowsOf = (table: readonly unknown[]) => (title: Title, body: (row: unknown) => unknown) =>
    table.forEach((row, index) => add(titled(title, [row], index), () => body(row)));
  const made = Object.assign(named, { each, for: rowsOf, skip: Object.assign(nothing, { each: () => nothing }) });
  return Object.assign(made, {
    skipIf: (condition: unknown) => (condition ? made.skip : made),
    runIf: (condition: unknown) => (condition ? made : made.skip),
  });
}
