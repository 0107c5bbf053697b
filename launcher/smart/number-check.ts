import type { Patient } from '../../src/record/patient.ts';
import type { SmartDeps } from './deps.ts';
import type { LaunchContext, LaunchDraft } from './launch-context.ts';

/** The person as the launch goes on with them, and what of that the audit keeps beside who the user is. */
export async function checkedNationally(
  home: Patient,
  draft: LaunchDraft,
  deps: Pick<SmartDeps, 'checkNumber'>,
  signal: AbortSignal,
): Promise<{ readonly patient: Patient; readonly evidence: NonNullable<LaunchDraft['evidence']> }> {
  const checked = await deps.checkNumber?.(home, draft, signal);
  const patient = checked?.patient ?? home;
  const evidence = {
    ...draft.evidence,
    ...(checked && { 'patient.number': checked.said }),
    // The person's own report of who looked must name nobody then.
    ...(patient.restricted && { 'patient.restricted': home.restricted ? 'Patient' : 'national' }),
  };
  return { patient, evidence };
}

/**
 * A launch that went on though the national service was silent is an event of its own: that a superseded number or a
 * restriction may have been missed (safety H05, H24) must be found without reading every launch.
 */
export async function auditSilence(
  { launchId, user, role, home, patient }: LaunchContext,
  { audit, now }: Pick<SmartDeps, 'audit' | 'now'>,
): Promise<void> {
  if (patient.numberUnchecked !== true) return;
  await audit.record({
    type: 'patient.unchecked',
    at: new Date(now()).toISOString(),
    outcome: 'failed',
    code: 'national.silent',
    launchId,
    user: user.key,
    role,
    organisation: home.ods,
    nhsNumber: patient.nhsNumber,
  });
}
