import type { Request } from 'express';
import { asObject, asObjects, type Json } from '../../../src/record/resource.ts';
import type { ActingGate } from '../acting.ts';
import type { Asked } from '../asked.ts';
import type { Bearer } from '../bearer.ts';
import { FhirTrouble } from '../outcome.ts';
import type { InboxOptions } from './open-inbox.ts';
import { numberOf } from './patient.ts';

const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';

/** Only a system's own token hands in, with the scope for it, and only about the patient its acting context names. */
export function admitting(
  bearerOf: (token: string) => Promise<Bearer | undefined>,
  gate: ActingGate,
): InboxOptions['admit'] {
  return async (request: Request, scope: string, body: Json | undefined) => {
    const token = /^Bearer (\S+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '';
    const bearer = await bearerOf(token);
    if (!bearer || bearer.chart) return 401;
    if (!bearer.scope.split(' ').includes(scope)) return 403;
    const asked: Asked = { bearer, action: 'read', type: 'Patient', returned: 0 };
    try {
      await gate.admit(request, asked);
      for (const number of numbersIn(body))
        gate.checkPatient(asked, new URLSearchParams({ identifier: `${NHS_NUMBER}|${number}` }));
      return undefined;
    } catch (error) {
      if (error instanceof FhirTrouble) return error.status;
      throw error;
    }
  };
}

/** Of every Patient in a message, and in a document in it. */
function numbersIn(bundle: Json | undefined): readonly string[] {
  return asObjects(bundle?.['entry']).flatMap((entry) => {
    const resource = asObject(entry['resource']);
    if (resource?.['resourceType'] === 'Bundle') return numbersIn(resource);
    return resource?.['resourceType'] === 'Patient' ? (numberOf(resource) ?? []) : [];
  });
}
