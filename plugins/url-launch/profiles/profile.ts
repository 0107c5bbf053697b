import type { PluginMember, PluginRequest, RouterTools } from '../../router-face.ts';
import type { LaunchTicket } from '../../ticket.ts';
import type { LinkFault, Pointer } from '../pointer.ts';
import type { LinkOf, LinkSettings } from '../settings.ts';

/** One way in which EPRs put a patient into a link: how its proof is checked and where things stand in it. */
export type Profile<Name extends LinkSettings['profile']> = {
  readonly evidence: LaunchTicket['evidence'];
  /** Whether a proof shows that nothing was changed on the way. Without it every refusal is the same (smart.md §5 row 99). */
  readonly authentic: boolean;
  /** How it comes: by the user's browser, or from the EPR's server. */
  readonly comes: 'browser' | 'server';
  read(asked: Asked, link: LinkOf<Name>): Promise<Pointer | LinkFault>;
};

export type Asked = {
  readonly request: PluginRequest;
  /** Single fields of the form that was posted, or of the address. */
  readonly fields: Fields;
  readonly posted: boolean;
  readonly member: PluginMember;
  readonly tools: RouterTools;
  /** Address of this link, which a token must name as its audience. */
  readonly address: string;
};

export type Fields = { readonly [name: string]: string };

export function fault(why: string): LinkFault {
  return { fault: why };
}
