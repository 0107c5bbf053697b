import { describe, expect, it } from 'vitest';
import { runCommand, runStage, type Step } from './steps.ts';

const result = (title: string, passed: boolean) => ({ file: '', title, passed });
const node = (code: string): readonly string[] => [process.execPath, '-e', code];

describe('steps in two lanes', () => {
  it('go on to their ends though one of the other lane fails, and each is told of once', async () => {
    const told: string[] = [];
    const step = (name: string, passed: boolean): Step => ({
      name,
      run: () => Promise.resolve([result(name, passed)]),
    });
    await runStage([[step('a', false), step('b', true)], [step('c', true)]], ({ name }, results) => {
      told.push(`${name} ${String(results.every(({ passed }) => passed))}`);
    });
    expect(told.sort()).toEqual(['a false', 'b true', 'c true']);
  });

  it('run beside each other: one may wait for the other, and the next of a lane for the one before it', async () => {
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const order: string[] = [];
    const step = (name: string, work: () => unknown): Step => ({
      name,
      run: async () => {
        await work();
        order.push(name);
        return [];
      },
    });
    await runStage(
      [[step('waits', () => opened), step('after it', () => undefined)], [step('opens', () => open())]],
      () => undefined,
    );
    expect(order).toHaveLength(3);
    expect(order.at(-1)).toBe('after it');
  });
});

describe('a command', () => {
  it.each([
    ['that ends badly', node('process.exit(3)'), 3],
    ['that is not there', ['no-such-program-of-corridor'], 1],
    ['that was killed', node('process.kill(process.pid, "SIGKILL")'), 1],
    ['that is well', node(''), 0],
  ])('%s is told by its code', async (_, command, code) => {
    expect(await runCommand(command, { say: () => undefined })).toBe(code);
  });

  it('says what it said, all of it, before it is over', async () => {
    const said: string[] = [];
    await runCommand(node('console.log("a".repeat(200_000)); console.error("b")'), { say: (text) => said.push(text) });
    expect([...said.join('').replaceAll('\n', '')].sort().join('') === `${'a'.repeat(200_000)}b`).toBe(true);
  });
});
