import type { Request, Response } from 'express';
import { buildAuditEvent, type Acting } from '../../launcher/trust/verify/index.ts';
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
  /** Who stands behind the question, verified; `jti` of the header that said so. */
  acting?: { readonly context: Acting; readonly jti: string };
  /** The number of the person asked about, as held here. */
  nhsNumber?: string | undefined;
};

/** Where it was asked: this EPR's organisation. */
export type Observer = { readonly ods: string; readonly name: string };

export function knownBearer(asked: Asked): Bearer {
  if (!asked.bearer) throw new FhirTrouble(401, 'login', 'a valid bearer token is needed');
  return asked.bearer;
}

export function auditEvent(request: Request, response: Response, asked: Asked, observer: Observer): AuditEvent {
  const at = new Date().toISOString();
  const requestId = request.get('x-request-id');
  const clientId = asked.bearer?.clientId;
  const context = asked.acting?.context;
  return {
    at,
    requestId,
    clientId,
    userId: asked.bearer?.chart?.user.practitionerId,
    acting: asked.bearer?.acting,
    action: asked.action,
    type: asked.type,
    patientId: asked.patientId,
    status: response.statusCode,
    returned: asked.returned,
    ...(context &&
      requestId !== undefined && {
        event: buildAuditEvent(context, {
          at,
          requestId,
          action: asked.action,
          query: queryOf(request),
          ...(asked.action === 'read' && { resource: request.path.replace(/^\//, '') }),
          status: response.statusCode,
          clientId: clientId ?? '',
          observer,
          ...(asked.nhsNumber !== undefined && { nhsNumber: asked.nhsNumber }),
        }),
      }),
  };
}

/** As it came: the address, and for a search by POST the form beneath it. */
function queryOf(request: Request): string {
  const form = typeof request.body === 'string' && request.body !== '' ? `\n${request.body}` : '';
  return `${request.originalUrl}${form}`;
}
