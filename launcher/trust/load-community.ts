import { readFile } from 'node:fs/promises';
import type { EprPlugin } from '../../plugins/plugin.ts';
import { ConfigError } from '../config.ts';
import type { Community } from './community.ts';
import { describeProblems, parseCommunity } from './parse-community.ts';

/** The community, from a file or from text, as a whole; or a `ConfigError` that says what is wrong and where. */
export async function loadCommunity(
  from: { readonly file: string | undefined; readonly text?: string | undefined },
  plugins: readonly EprPlugin[],
): Promise<Community> {
  const { file } = from;
  if (from.text === undefined && file === undefined) {
    throw new ConfigError(['community.file (CORRIDOR_COMMUNITY_FILE): must name the community file']);
  }
  const parsed = parseCommunity(from.text ?? (await readText(file ?? '')), plugins);
  if (!parsed.ok) throw new ConfigError([describeProblems(file ?? 'community', parsed.problems)]);
  return parsed.community;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new ConfigError([`the community file ${file} can’t be read (${code})`]);
  }
}
