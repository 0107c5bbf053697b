import { z } from 'zod';
import { NHS_NUMBER_SYSTEM, parseNhsNumber, type NhsNumber } from '../../src/record/nhs-number.ts';
import { asObject, asObjects, type Json } from '../../src/record/resource.ts';
import { PluginTrouble } from '../plugin.ts';
import type { CdsClient } from './manifest.ts';
import type { Service } from './services.ts';

/** What is read of a call; all the rest of it, and any token in it, is left alone. */
const call = z.object({
  hook: z.string(),
  hookInstance: z.string().min(1).max(100),
  fhirServer: z.string().max(500).optional(),
  context: z.object({ userId: z.string().min(1).max(200), patientId: z.string().regex(/^[\w.-]{1,64}$/) }),
  prefetch: z.record(z.string(), z.unknown()).optional(),
});

export type HookRequest = { readonly nhsNumber?: NhsNumber; readonly isRestricted: boolean };

/** The hook of this service, about a patient of this client. Throws `PluginTrouble`. */
export function readHookRequest(body: unknown, { hook }: Service, client: CdsClient): HookRequest {
  const read = call.safeParse(body);
  if (!read.success || read.data.hook !== hook) throw new PluginTrouble('cds.request_invalid', 'not this hook');
  const { fhirServer, context, prefetch } = read.data;
  if (fhirServer !== undefined && bare(fhirServer) !== bare(client.fhirServer ?? client.iss))
    throw new PluginTrouble('cds.unauthorised', 'another FHIR server');
  const patient = asObject(prefetch?.['patient']);
  if (patient?.['resourceType'] !== 'Patient') throw new PluginTrouble('cds.prefetch_missing', 'patient');
  if (patient['id'] !== context.patientId) throw new PluginTrouble('cds.request_invalid', 'another Patient');
  const nhsNumber = numberOf(patient);
  return { ...(nhsNumber !== undefined && { nhsNumber }), isRestricted: isRestricted(patient) };
}

/** The one number in use. Two that differ are none: nobody may guess (smart.md §5 rows 53 to 55). */
function numberOf(patient: Json): NhsNumber | undefined {
  const numbers = new Set(
    asObjects(patient['identifier'])
      .filter(({ system, use, period }) => {
        const ended = asObject(period)?.['end'] !== undefined;
        return system === NHS_NUMBER_SYSTEM && use !== 'old' && !ended;
      })
      .map(({ value }) => parseNhsNumber(value)),
  );
  const [number] = numbers;
  return numbers.size === 1 ? number : undefined;
}

/** Anything above normal, as the Personal Demographics Service marks people whose whereabouts are protected. */
function isRestricted(patient: Json): boolean {
  return asObjects(asObject(patient['meta'])?.['security']).some(({ code }) => code === 'R' || code === 'V');
}

function bare(address: string): string {
  return address.replace(/\/$/, '');
}
