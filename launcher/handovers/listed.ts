import type { AuditEvent } from '../audit/audit.ts';
import type { Reader } from './look.ts';
import { instant, type HandoverGround } from './ports.ts';

/** One line of a list and the resident it is about. `line` changes with what it says. */
export type ListedLine = { readonly nhsNumber: string; readonly line: string };

const MOST_TOLD = 50_000;

/**
 * Says in the audit who was shown whom, before they are: one event for each resident on the list. A list that stands open
 * asks again by itself every few seconds; it is said again only when there is something else to be seen of that resident,
 * or in another window. Several launchers each have a memory of their own: it may be said twice, and is never left out.
 */
export function createListed({ audit, now }: Pick<HandoverGround, 'audit' | 'now'>) {
  const told = new Map<string, string>();

  return async ({ session }: Reader, of: 'chart' | 'list', lines: readonly ListedLine[]): Promise<void> => {
    const { user, role, home, launchId } = session.context;
    const shown = new Map<string, string[]>();
    for (const { nhsNumber, line } of lines) shown.set(nhsNumber, [...(shown.get(nhsNumber) ?? []), line]);
    const fresh = [...shown].flatMap(([nhsNumber, its]) => {
      const [key, says] = [`${session.id}|${of}|${nhsNumber}`, its.sort().join(',')];
      return told.get(key) === says ? [] : [{ key, says, nhsNumber, lines: its.length }];
    });
    await audit.recordAll(
      fresh.map(({ nhsNumber, lines: count }): AuditEvent => ({
        type: 'message.listed',
        at: instant(now()),
        outcome: 'success',
        launchId,
        user: user.key,
        userName: user.name,
        role,
        organisation: home.ods,
        purpose: session.purpose,
        nhsNumber,
        code: 'handovers',
        detail: { lines: count },
      })),
    );
    // Only once the audit has it.
    if (told.size > MOST_TOLD) told.clear();
    for (const { key, says } of fresh) told.set(key, says);
  };
}
