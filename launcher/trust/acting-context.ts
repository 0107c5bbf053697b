import type { LaunchContext } from '../smart/launch-context.ts';
import type { Community } from './community.ts';
import type { Acting } from './verify/acting-context.ts';

/** Who asks, in what role, for which organisation, about whom and why: frozen through and through, and the same for every source. */
export type ActingContext = Acting & { readonly patient: { readonly nhsNumber: string } };

/** Purposes of the launcher as HL7 v3 ActReason codes. One that is not here goes to no source. */
const REASONS: { readonly [purpose: string]: { readonly code: Acting['purpose']; readonly legalBasis: string } } = {
  'direct-care': { code: 'TREAT', legalBasis: 'UK GDPR 6(1)(e), 9(2)(h): direct care' },
  emergency: { code: 'ETREAT', legalBasis: 'UK GDPR 6(1)(e), 9(2)(c): vital interests' },
  'break-glass': { code: 'BTG', legalBasis: 'UK GDPR 6(1)(e), 9(2)(h): direct care, break-glass' },
};

/**
 * From what the launch proved and nothing else: not a field comes from the browser but the purpose, which the decision
 * limits by role. `evidence` says of each field where it was learnt (smart.md 3.2).
 */
export function buildActingContext(
  context: LaunchContext,
  purpose: string,
  community: Pick<Community, 'member' | 'roles'>,
): ActingContext {
  const { user, home, role, patient, launchId, assurance, consentRefs } = context;
  const { code, legalBasis } = reasonOf(purpose);
  const name = community.roles.find((candidate) => candidate.id === role)?.name ?? role;
  return deepFreeze({
    launchId,
    organisation: { ods: home.ods, name: community.member(home.ods)?.name ?? home.ods },
    user: {
      key: user.key,
      name: user.name,
      ...(user.sdsUserId !== undefined && { sdsUserId: user.sdsUserId }),
      ...(user.professionalId && { professionalId: user.professionalId }),
    },
    role: {
      code: role,
      name,
      ...(user.sdsRoleProfileId !== undefined && { sdsRoleProfileId: user.sdsRoleProfileId }),
    },
    purpose: code,
    patient: { nhsNumber: patient.nhsNumber },
    ...(assurance && { assurance: { ...assurance } }),
    legalBasis,
    ...(consentRefs && { consentRefs: [...consentRefs] }),
    evidence: { organisation: 'configuration', purpose: 'launch', patient: 'Patient', ...context.evidence },
  });
}

/** The purpose as other systems know it. Throws for one that has no code: nothing is asked for a reason nobody can name. */
export function reasonOf(purpose: string): { readonly code: Acting['purpose']; readonly legalBasis: string } {
  const reason = Object.hasOwn(REASONS, purpose) ? REASONS[purpose] : undefined;
  if (!reason) throw new Error(`no reason code for the purpose ${purpose}`);
  return reason;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
