import type { CryptoKey } from 'oauth4webapi';
import type { FollowedLaunch, LaunchAnswer, LaunchFace } from '../../plugins/plugin.ts';
import type { Patient } from '../../src/record/patient.ts';
import type { Resource } from '../../src/record/resource.ts';
import type { OdsCode } from '../../src/record/source.ts';
import type { Audit } from '../audit/audit.ts';
import type { Config } from '../config.ts';
import type { ErrorCode } from '../errors.ts';
import type { Community, LaunchMember } from '../trust/community.ts';
import type { Discover } from './discover.ts';
import type { LaunchDraft, PageHost } from './launch-context.ts';
import type { Outbound } from './outbound.ts';
import type { Sealing, TransactionStore } from './transaction.ts';
import type { LaunchUser } from './user.ts';

/** What a launch needs from the rest of the launcher; `main.ts` puts it together. */
export type SmartDeps = {
  readonly community: Community;
  /** Where browsers reach the launcher, without a path. Callback addresses are made from this and nothing else. */
  readonly publicUrl: string;
  readonly limits: Config['launch'];
  readonly transactions: TransactionStore;
  readonly sealing: Sealing;
  readonly audit: Audit;
  readonly outbound: Outbound;
  readonly discover: Discover;
  launchFace(plugin: string): LaunchFace | undefined;
  /** The host plugin of this launch's page and what it is told. Left out, or undefined: none. */
  readonly pageHost?: (member: LaunchMember, answer: LaunchAnswer) => PageHost | undefined;
  /** Plugins that follow the EPR's context at the server are told of the launch. Left out: none does. */
  readonly follow?: (member: LaunchMember, launch: Omit<FollowedLaunch, 'ods' | 'settings'>) => Promise<void>;
  /** Our signing key that the server says it can check (`trust/keys.ts`). */
  signingKey(supported: readonly string[] | undefined): { readonly key: CryptoKey; readonly kid: string };
  /** The secret shared with an organisation's authorisation server, where there is one (`trust/client-secrets.ts`). */
  clientSecret?(ods: OdsCode): string | undefined;
  /** How long a view may last at most, and its tokens be kept. Left out: none are kept. */
  readonly keepsMs?: number;
  /** The EPR's Patient as ours, or why not (`identity/home-patient.ts`). */
  readHomePatient(
    resource: Resource,
  ): { readonly patient: Patient } | { readonly refused: ErrorCode; readonly unnumbered?: Omit<Patient, 'nhsNumber'> };
  /** Looks for a person without an NHS number (`identity/trace.ts`). Left out: such a launch is refused. */
  readonly trace?: Trace;
  /** Asks the national service about the number (`identity/national-record.ts`). Left out: the home EPR's word stands. */
  readonly checkNumber?: CheckNumber;
  /** One person, one key, from whichever EPR they come (`identity/acting-user.ts`). Left out: every account is its own. */
  readonly linkUser?: (user: LaunchUser, ods: OdsCode) => Promise<LinkedUser>;
  now(): number;
};

/** Whoever may be this person. The caller shows them to a human being and takes none by itself. */
export type Trace = (
  person: Omit<Patient, 'nhsNumber'>,
  draft: LaunchDraft,
  signal: AbortSignal,
) => Promise<readonly { readonly patient: Patient }[]>;

/** The person as the launch goes on with them, and what the service said of the number. */
export type CheckNumber = (
  patient: Patient,
  draft: LaunchDraft,
  signal: AbortSignal,
) => Promise<{ readonly patient: Patient; readonly said: string }>;

/** The same union `identity/acting-user.ts` gives. */
type LinkedUser =
  | { readonly key: string; readonly linkedTo: readonly OdsCode[]; readonly unlinked?: 'name' }
  | { readonly refused: ErrorCode; readonly why: string };

/** Where an organisation's authorisation server sends the browser back to: one address each (RFC 9700 §4.4.2.1). */
export function callbackAddress(publicUrl: string, ods: string): string {
  return `${publicUrl}/callback/${ods}`;
}
