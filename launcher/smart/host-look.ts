import type { HostLook } from '../../plugins/host-look.ts';
import type { LaunchAnswer, LaunchFace } from '../../plugins/plugin.ts';
import { asObject, type Json } from '../../src/record/resource.ts';
import type { LaunchMember } from '../trust/community.ts';
import type { SmartDeps } from './deps.ts';

const LARGEST_STYLE = 65_536;
const LONGEST_MS = 1_000;

/**
 * The EPR's own look, where its answer names one: fetched here and never by the page, from the member's origins only, as
 * JSON of at most 64 KB, within a second. A look that can't be had costs the launch nothing but the look.
 */
export async function readHostLook(
  face: LaunchFace,
  answer: LaunchAnswer,
  member: LaunchMember,
  deps: Pick<SmartDeps, 'outbound' | 'limits'>,
  signal: AbortSignal,
): Promise<HostLook | undefined> {
  const url = face.style?.address(answer);
  if (url === undefined) return undefined;
  try {
    const response = await deps.outbound({
      member,
      url,
      method: 'GET',
      headers: { accept: 'application/json' },
      deadlineMs: Math.min(LONGEST_MS, deps.limits.discoveryMs),
      maxBytes: LARGEST_STYLE,
      signal,
    });
    if (response.status !== 200 || !/json/i.test(response.headers.get('content-type') ?? '')) return undefined;
    return face.style?.look(asObject(JSON.parse(await response.text())) ?? ({} as Json));
  } catch {
    // Unreachable, elsewhere, too large or no JSON: the page looks as it does by itself.
    return undefined;
  }
}
