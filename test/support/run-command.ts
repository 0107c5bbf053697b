import type { Command } from 'commander';
import { vi } from 'vitest';
import { ArgumentError } from '../../launcher/argument-error.ts';
import { ConfigError } from '../../launcher/config.ts';
import { StorageError } from '../../launcher/storage/database.ts';

export type CommandRun = { readonly code: number; readonly out: string; readonly err: string };

/** Runs one command of the command line in this process: what it prints, and what `cli.ts` would exit with. */
export async function runCommand(
  command: Command,
  args: readonly string[],
  environment: { readonly [name: string]: string } = {},
): Promise<CommandRun> {
  const said = { out: '', err: '' };
  const collect = (to: 'out' | 'err') => (text: unknown) => {
    said[to] += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(collect('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(collect('err')),
  ];
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await command.parseAsync([...args], { from: 'user' });
    return { code: Number(process.exitCode), ...said };
  } catch (error) {
    if (!(error instanceof ArgumentError || error instanceof ConfigError || error instanceof StorageError)) throw error;
    return { code: 1, out: said.out, err: `${said.err}${error.message}\n` };
  } finally {
    process.exitCode = before;
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}
