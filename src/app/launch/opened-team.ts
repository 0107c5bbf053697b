import type { HostLook } from '../../../plugins/host-look.ts';

/** What the launcher answers to a launch with no chart open (`launcher/routes/team-answer.ts`). */
export type OpenedTeam = {
  readonly session: string;
  readonly expiresAt: string;
  readonly team: {
    readonly launchId: string;
    readonly ods: string;
    readonly role: string;
    /** Whose list it is. */
    readonly name: string;
    readonly reader: string;
    readonly look?: HostLook;
    readonly keepMs?: number;
  };
};

export function isOpenedTeam(value: unknown): value is OpenedTeam {
  const opened = value as Partial<OpenedTeam> | null;
  const { launchId, name, ods } = opened?.team ?? {};
  return (
    [opened?.session, opened?.expiresAt, launchId, name, ods].every((text) => typeof text === 'string') &&
    opened?.session?.startsWith('team.') === true
  );
}
