import type { Request, Response } from 'express';
import type { AuditEvent } from './audit-log.ts';
import type { Bearer } from './bearer.ts';
import { FhirTrouble } from './outcome.ts';

/** What one FHIR request is doing, gathered for the audit log as it becomes known. */
export type Asked = {
  bearer?: Bearer;
  action: 'read' | 'search';
  type: string;
  patientId?: string | undefined;
  returned: number;
};

export function knownBearer(asked: Asked): Bearer {
  if (!asked.bearer) throw new FhirTrouble(401, 'login', 'a valid bearer token is needed');
  return asked.bearer;
}

export function auditEvent(request: Request, response: Response, asked: Asked): AuditEvent {
  return {
    at: new Date().toISOString(),
    requestId: request.get('x-request-id'),
    clientId: asked.bearer?.clientId,
    userId: asked.bearer?.chart?.user.practitionerId,
    acting: asked.bearer?.acting,
    action: asked.action,
    type: asked.type,
    patientId: asked.patientId,
    status: response.statusCode,
    returned: asked.returned,
  };
}
