import { asString, type Json } from '../../src/record/resource.ts';
import type { PluginSession, RouterTools } from '../router-face.ts';
import type { EventPatient } from './hub-event.ts';
import { readLaunch, type HubLaunch } from './launches.ts';

/** What a page goes on with that has been led to the next patient: the same hub and user, and the epoch it is at. */
export type Resumed = { readonly launch: HubLaunch; readonly epoch: number };

/** From the change to the next patient's banner on the screen; who has not come by then has not followed. */
const HANDOVER_MS = 30_000;

/**
 * Opens the patient whom the chart has moved to: a ticket for the user who is signed in, and a way to go on following with
 * the session that the ticket buys, at whichever launcher. Only where the hub says number and date of birth: the launcher
 * reads the Patient at home and compares both.
 */
export function nextPatient(
  { session, launch, tools }: { session: PluginSession; launch: HubLaunch; tools: RouterTools },
  notFollowed: () => void,
): (patient: EventPatient, epoch: number) => Promise<Json | undefined> {
  const { ods, launchId, userKey, user } = session;
  let waiting: { readonly resume: string; readonly timer: NodeJS.Timeout } | undefined;
  /** The chart has moved on again before the page came. */
  const forget = (): void => {
    if (!waiting) return;
    clearTimeout(waiting.timer);
    void tools.take?.(waiting.resume).catch(() => undefined);
    waiting = undefined;
  };
  const watch = (resume: string): void => {
    const late = async (): Promise<void> => {
      // Whoever takes it is the only one: the page that has come, or this.
      if (await tools.take?.(resume).catch(() => undefined)) notFollowed();
    };
    waiting = { resume, timer: setTimeout(() => void late(), HANDOVER_MS) };
    waiting.timer.unref();
  };
  return async ({ id, said }, epoch) => {
    forget();
    const { nhsNumber, birthDate, family } = said;
    if (nhsNumber === undefined || birthDate === undefined || !user || !tools.keep) return undefined;
    try {
      const patient = { nhsNumber, birthDate, ...(family !== undefined && { family }) };
      const host = { plugin: 'fhircast', settings: {} };
      const { ticket } = await tools.issueTicket({ ods, patient, user, evidence: 'fhircast', host });
      const kept = { ...launch, patientId: id, userKey, epoch };
      const resume = await tools.keep(ods, kept, HANDOVER_MS * 2);
      watch(resume);
      return { ticket, resume };
    } catch {
      // The page is blank and says that the record has to be opened again, as with a hub that names nobody.
      await tools.audit({ outcome: 'failed', what: 'next-not-opened', ods, launchId });
      return undefined;
    }
  };
}

/** Once, for the user it was kept for. */
export async function resumed(
  resume: string,
  { ods, userKey }: PluginSession,
  tools: RouterTools,
): Promise<Resumed | undefined> {
  const kept = /^[A-Za-z0-9_-]{22,64}$/.test(resume) ? await tools.take?.(resume) : undefined;
  const launch = readLaunch(kept);
  const epoch = kept?.['epoch'];
  if (!launch || typeof epoch !== 'number' || launch.ods !== ods || asString(kept?.['userKey']) !== userKey)
    return undefined;
  return { launch, epoch };
}
