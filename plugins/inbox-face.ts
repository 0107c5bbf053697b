import { z } from 'zod';
import type { DeliveryOutcome, OutgoingMessage } from '../src/messages/delivery.ts';
import type { OdsCode } from '../src/record/source.ts';
import type { SettingProblem, SourceRequest, SourceResponse } from './plugin.ts';

export type { DeliveryOutcome, OutgoingMessage };

/**
 * Hands messages to an EPR, and reads what it says of them afterwards. An `inbox` of the community file names the plugin
 * beside the one that reads the source: the two may be different mechanisms of one EPR.
 */
export type InboxFace = {
  /** Checks this inbox's part of the community file, what is not the launcher's own. Opaque to the launcher afterwards. */
  readSettings(settings: {
    readonly [name: string]: unknown;
  }): InboxSettings | { readonly problems: readonly SettingProblem[] };
  /**
   * One attempt. The message may have been handed over before: whatever names it must be the same each time, so that it
   * is shown once. Trouble on the way is an outcome (`retry`); it throws only when `signal` has ended it.
   */
  deliver(order: InboxOrder, tools: InboxTools, signal: AbortSignal): Promise<DeliveryOutcome>;
  /** What came in at `acknowledgeTo`, by then proven to come from this inbox's own EPR. It says it of named messages, or it is no acknowledgement. */
  acknowledge(body: unknown): readonly InboxReceipt[] | { readonly fault: string };
};

export type InboxSettings = {
  /** Address below which everything is sent, without a slash at the end. */
  readonly base: string;
  readonly [setting: string]: unknown;
};

export type InboxOrder = {
  readonly message: OutgoingMessage;
  readonly to: {
    readonly address: string;
    readonly organisation: { readonly ods: OdsCode; readonly name: string };
    readonly team: string;
    readonly person?: string;
  };
  readonly settings: InboxSettings;
};

export type InboxTools = {
  /**
   * The only way out, and only below the inbox's base: with the launcher's bearer for the organisation that writes, no
   * redirect followed, within the limits of the configuration. Throws `SourceTrouble`.
   */
  fetch(request: SourceRequest, signal: AbortSignal): Promise<SourceResponse>;
  /** Where the EPR may say later what became of it. Left out: only what it says at once counts. */
  readonly acknowledgeTo?: string;
  /** `https://launcher`: who sends, where the standard wants an address. */
  readonly launcherUrl: string;
};

/** `accepted`: it is on its way there. `retry`: not now. Only `delivered` says that the organisation's system has it. */
export type InboxReceipt = {
  /** Of the message it speaks of, as we named it. */
  readonly messageId: string;
  readonly kind: 'accepted' | 'delivered' | 'retry' | 'refused';
  readonly code?: string;
  /** As the other side says (ISO instant). */
  readonly at?: string;
};

/** What every inbox needs, as a field of a plugin's settings. */
export const inboxBase = z
  .string()
  .refine((base) => URL.canParse(base), 'is no address: write it whole, e.g. https://fhir.example.nhs.uk/r4')
  .refine((base) => !base.endsWith('/') && !/[?#\\\s]|%2e|%2f|%5c|\/\.\.?(?:\/|$)/i.test(base), {
    message: 'must be plain: no slash at the end, no query, no fragment, no dots',
  });

/** An inbox's settings by its schema, or what is wrong with them, field by field. */
export function readInboxSettings<S extends InboxSettings>(
  schema: z.ZodType<S>,
  given: unknown,
): S | { readonly problems: readonly SettingProblem[] } {
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  return {
    problems: read.error.issues.map(({ path, message }) => ({ field: path.map(String).join('.') || 'inbox', message })),
  };
}
