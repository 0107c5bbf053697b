import type { Json } from '../../src/record/resource.ts';

/** One question this EPR was asked: the source's half of the audit trail, joined to the launcher's by X-Request-ID. */
export type AuditEvent = {
  readonly at: string;
  readonly requestId: string | undefined;
  readonly clientId: string | undefined;
  /** Signed-in user of this EPR, for a person's token. */
  readonly userId: string | undefined;
  /** What a Backend Services client said of the person it asks for. */
  readonly acting: Json | undefined;
  readonly action: 'read' | 'search';
  readonly type: string;
  /** This EPR's own id of the patient, when the question named one. */
  readonly patientId: string | undefined;
  readonly status: number;
  readonly returned: number;
  /** FHIR AuditEvent (IHE BALP), for a question whose acting user was verified. */
  readonly event?: { readonly [element: string]: unknown };
};

export type AuditLog = { record(event: AuditEvent): void; events(): readonly AuditEvent[]; clear(): void };

const LIMIT = 5_000;

export function openAuditLog(): AuditLog {
  let events: AuditEvent[] = [];
  return {
    record(event) {
      events.push(event);
      if (events.length > LIMIT) events = events.slice(-LIMIT / 2);
    },
    events: () => [...events],
    clear() {
      events = [];
    },
  };
}
