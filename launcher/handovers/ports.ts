import type { Correspondent } from '../../src/messages/thread.ts';
import type { OdsCode } from '../../src/record/source.ts';
import type { Audit } from '../audit/audit.ts';
import type { Database } from '../storage/database.ts';
import type { Community, HandoverAgreement } from '../trust/community.ts';

/** Names residents in the tables and seals who they are (`launcher/messaging/vault.ts`). */
export type NoticeVault = {
  handle(nhsNumber: string): string;
  sealOwn(place: string, text: string): string;
  openOwn(place: string, sealed: string): string;
};

/** The teams of the community file (`launcher/messaging/teams.ts`). */
export type NoticeTeams = {
  find(address: string): { readonly correspondent: Correspondent; readonly escalatesTo?: string } | undefined;
  /** The teams somebody belongs to who has this role at this organisation. */
  of(ods: OdsCode, role: string): readonly string[];
  /** Of the community file. */
  readonly listed: readonly KnownPlace[];
  /** Roles that an organisation gives its users: everybody there with that role, in a team or not. */
  readonly roles: readonly KnownPlace[];
};

type KnownPlace = { readonly correspondent: Correspondent; readonly roles: readonly string[] };

/** What all of notices and handovers is made of. */
export type HandoverGround = {
  readonly community: Pick<Community, 'member' | 'source' | 'sources'>;
  readonly agreement: HandoverAgreement;
  readonly teams: NoticeTeams;
  readonly vault: NoticeVault;
  readonly database: Database;
  readonly audit: Audit;
  readonly newId: () => string;
  readonly now: () => number;
};

export function instant(ms: number): string {
  return new Date(ms).toISOString();
}
