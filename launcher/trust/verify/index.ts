/**
 * `corridor/verify`: what a source needs to believe who asks. It stands alone: a source installs the package, gives the
 * launcher's address and its own, and gets an `Acting` for each request and the AuditEvent to keep of it.
 */
export { type Acting } from './acting-context.ts';
export { type AskedOfSource, buildAuditEvent } from './audit-event.ts';
export { createKeySource, keysAt, type KeySource } from './key-source.ts';
export { readActingExtensions } from './read-extensions.ts';
export { createReplayGuard, type ReplayGuard } from './replay-guard.ts';
export {
  ACTING_CONTEXT_TYPE,
  type ActingVerifier,
  createActingVerifier,
  isAboutPatient,
  type Refused,
  type Verified,
} from './verifier.ts';
