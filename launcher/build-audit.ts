import { randomBytes } from 'node:crypto';
import type { Audit } from './audit/audit.ts';
import { createSeenViews, type SeenViews, type SeenViewsDeps } from './audit/as-seen/seen-views.ts';
import { watchBulkBrowsing } from './audit/bulk-browsing.ts';
import { type AuditLog, createAuditLog } from './audit/log.ts';
import { LastLooks, type LastLooksDeps } from './audit/last-looks.ts';
import { patientHandle } from './audit/patient-handle.ts';
import { createCheckpointSigner } from './audit/tree/checkpoint.ts';
import { parseWitnessKey } from './audit/tree/witness-keys.ts';
import { type Config, ConfigError } from './config.ts';
import type { Log } from './observability/log.ts';
import type { Database } from './storage/database.ts';
import { saveAlert } from './storage/tables/alerts.ts';
import { countPatientOpened } from './storage/tables/bulk-browsing.ts';
import { findLastLook, saveFirstLook, saveLastLook } from './storage/tables/last-looks.ts';
import { savePatientKey, saveSeenView } from './storage/tables/seen-views.ts';

// What `main.ts` and `build-services.ts` join the audit from.

export function openAuditLog({ audit }: Config, database: Database): AuditLog {
  const [seed = randomBytes(32), before] = (audit.keys ?? []).map(({ key }) => key);
  const witnesses = audit.witnesses.map((text) => {
    const key = parseWitnessKey(text);
    if (!key) throw new ConfigError(['audit.witnesses (CORRIDOR_AUDIT_WITNESSES): one is not a witness’s key']);
    return key;
  });
  return createAuditLog({
    database,
    signer: createCheckpointSigner(audit.name, seed, before),
    witnesses,
    now: () => Date.now(),
  });
}

/** One patient has one handle for as long as the oldest of the audit's keys is kept; without keys, until the next start. */
export function patientHandles({ audit }: Pick<Config, 'audit'>): (nhsNumber: string) => string {
  const secret = audit.keys?.at(-1)?.key ?? randomBytes(32);
  return (nhsNumber) => patientHandle(secret, nhsNumber);
}

type Ground = { readonly config: Config; readonly database: Database; readonly log: Log };

/** The audit with an eye on how many records each user opens. */
export function buildBulkWatch(audit: Audit, handle: (nhsNumber: string) => string, ground: Ground): Audit {
  const { config, database, log } = ground;
  return watchBulkBrowsing(audit, {
    recordsPerHour: config.audit.recordsPerHour,
    count: (opened) => countPatientOpened(database.queries, opened),
    raise: (alert) => saveAlert(database.queries, alert),
    handle,
    onFailure: (error) => log.error('audit.watch_failed', { error }),
  });
}

type SeenParts = Ground & { readonly audit: Audit; readonly handle: (nhsNumber: string) => string };

export function buildSeen(
  { config, database, log, audit, handle }: SeenParts,
  sealKey: SeenViewsDeps['sealKey'],
): SeenViews | undefined {
  const { asSeen, asSeenBytes, asSeenDocumentBytes } = config.audit;
  if (asSeen === 'off') return undefined;
  const { queries } = database;
  return createSeenViews({
    keep: asSeen,
    maxBytes: asSeenBytes,
    maxDocumentBytes: asSeenDocumentBytes,
    store: { saveKey: (row) => savePatientKey(queries, row), saveView: (row) => saveSeenView(queries, row) },
    sealKey,
    handle,
    audit,
    onFailure: (error) => log.error('audit.seen_failed', { error }),
    now: () => Date.now(),
  });
}

export function buildLastLooks({ database, log, handle }: SeenParts, sealing: LastLooksDeps['sealing']): LastLooks {
  const { queries } = database;
  return new LastLooks({
    store: {
      find: (name) => findLastLook(queries, name),
      saveLast: (row) => saveLastLook(queries, row),
      saveFirst: (row) => saveFirstLook(queries, row),
    },
    sealing,
    handle,
    onFailure: (error) => log.warn('looks.unreadable', { error }),
    now: () => Date.now(),
  });
}
