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

/** By its bearer; whether all of it is there is looked at where it is shown. */
export function isOpenedTeam(value: unknown): value is OpenedTeam {
  return /^team\./.test(String((value as OpenedTeam | null)?.session));
}
