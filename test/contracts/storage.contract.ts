import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CorridorError } from '../../launcher/errors.ts';
import { createAuditLog } from '../../launcher/audit/log.ts';
import { createStoreAudit } from '../../launcher/audit/store-audit.ts';
import type { AuditEvent } from '../../launcher/audit/audit.ts';
import { createCheckpointSigner } from '../../launcher/audit/tree/checkpoint.ts';
import { loadLeaves } from '../../launcher/storage/tables/audit-events.ts';
import { countPatientOpened } from '../../launcher/storage/tables/bulk-browsing.ts';
import * as seen from '../../launcher/storage/tables/seen-views.ts';
import { type Head, parseHead } from '../../launcher/verifier/notes.ts';
import { leafDigest, provesConsistency, provesInclusion } from '../../launcher/verifier/tree.ts';
import type { Database } from '../../launcher/storage/database.ts';
import { migrate } from '../../launcher/storage/migrate.ts';
import { MIGRATIONS } from '../../launcher/storage/migrations/index.ts';
import * as alerts from '../../launcher/storage/tables/alerts.ts';
import * as launches from '../../launcher/storage/tables/launch-transactions.ts';
import { proveWritable } from '../../launcher/storage/tables/readiness.ts';
import * as sessions from '../../launcher/storage/tables/sessions.ts';

const NOW = '2026-11-22T09:00:00.000Z';
const LATER = '2026-11-22T09:05:00.000Z';
const LATEST = '2026-11-22T17:00:00.000Z';

/** What the launcher relies on of its store, whichever engine it is. `open` gives a new and empty one. */
export function storageContract(open: () => Promise<Database>): void {
  let database: Database;

  beforeEach(async () => {
    database = await open();
    await migrate(database);
  });
  afterEach(() => database.close());

  describe('migrations', () => {
    it('leave the store as it was when a step fails', async () => {
      const broken = {
        ...MIGRATIONS,
        '9998-half': () => ({
          async up(db: typeof database.queries) {
            await db.schema.createTable('half').addColumn('id', 'integer').execute();
            throw new Error('stopped half-way');
          },
        }),
      };
      await expect(migrate(database, broken)).rejects.toThrow('9998-half');
      await expect(sql`select * from half`.execute(database.queries)).rejects.toThrow();
      await expect(proveWritable(database.queries, NOW)).resolves.toBeUndefined();
    });

    it('do nothing the second time', async () => {
      expect(await migrate(database)).toEqual([]);
    });
  });

  describe('transactions', () => {
    it('leave nothing behind when the work throws', async () => {
      const work = database.transaction(async (queries) => {
        await launches.saveLaunchTransaction(queries, launch('a'), 10);
        throw new Error('no');
      });
      await expect(work).rejects.toThrow('no');
      expect(await launches.countLaunchTransactions(database.queries, 'XB001', NOW)).toBe(0);
    });

    it('undo one that fails, and keep those that share its commit', async () => {
      const together = (state: string, fails = false): Promise<void> =>
        database.together(async (queries) => {
          await launches.saveLaunchTransaction(queries, launch(state), 10);
          if (fails) throw new Error('no');
        });
      const ended = await Promise.allSettled([together('a'), together('b', true), together('c')]);
      expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await launches.countLaunchTransactions(database.queries, 'XB001', NOW)).toBe(2);
    });

    it('keep what was asked for while they ran', async () => {
      let inner: Promise<boolean> | undefined;
      const save = (state: string): Promise<boolean> =>
        database.together((queries) => launches.saveLaunchTransaction(queries, launch(state), 10));
      const outer = database.together(async (queries) => {
        await launches.saveLaunchTransaction(queries, launch('a'), 10);
        inner ??= save('b');
      });
      await outer;
      await inner;
      expect(await launches.countLaunchTransactions(database.queries, 'XB001', NOW)).toBe(2);
    });

    it('tell everybody who waits when the store can’t be written at all', async () => {
      const closed = await open();
      await closed.close();
      const asked = [1, 2].map(() => closed.together((queries) => proveWritable(queries, NOW)));
      expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    });

    it('give a launch to exactly one of many who burn it before the next commit', async () => {
      await launches.saveLaunchTransaction(database.queries, launch('a'), 10);
      const burn = () => database.before((queries) => launches.burnLaunchTransaction(queries, 'a', NOW));
      const burnt = await Promise.all(Array.from({ length: 20 }, burn));
      expect(burnt.filter((row) => row !== undefined)).toEqual([launch('a')]);
    });
  });

  describe('launches', () => {
    it('refuses a state that is already there', async () => {
      await launches.saveLaunchTransaction(database.queries, launch('a'), 10);
      await expect(launches.saveLaunchTransaction(database.queries, launch('a'), 10)).rejects.toThrow();
    });

    it('saves none beyond the limit of one organisation, and leaves the others alone', async () => {
      expect(await launches.saveLaunchTransaction(database.queries, launch('a'), 2)).toBe(true);
      expect(await launches.saveLaunchTransaction(database.queries, launch('b'), 2)).toBe(true);
      expect(await launches.saveLaunchTransaction(database.queries, launch('c'), 2)).toBe(false);
      expect(await launches.saveLaunchTransaction(database.queries, { ...launch('c'), organisation: 'XB002' }, 2)).toBe(
        true,
      );
      expect(await launches.countLaunchTransactions(database.queries, 'XB001', NOW)).toBe(2);
    });

    it('does not count those that have run out', async () => {
      await launches.saveLaunchTransaction(database.queries, { ...launch('a'), expiresAt: NOW }, 1);
      expect(await launches.saveLaunchTransaction(database.queries, launch('b'), 1)).toBe(true);
    });

    it('gives a run-out launch to nobody, and burns it', async () => {
      await launches.saveLaunchTransaction(database.queries, launch('a'), 10);
      expect(await launches.burnLaunchTransaction(database.queries, 'a', LATER)).toBeUndefined();
      expect(await launches.burnLaunchTransaction(database.queries, 'a', NOW)).toBeUndefined();
    });

    it('gives a launch to exactly one of many who ask at once', async () => {
      await launches.saveLaunchTransaction(database.queries, launch('a'), 10);
      const burnt = await Promise.all(
        Array.from({ length: 20 }, () => launches.burnLaunchTransaction(database.queries, 'a', NOW)),
      );
      expect(burnt.filter((row) => row !== undefined)).toEqual([launch('a')]);
    });

    it('sweeps what has run out and nothing else', async () => {
      await launches.saveLaunchTransaction(database.queries, { ...launch('old'), expiresAt: NOW }, 10);
      await launches.saveLaunchTransaction(database.queries, launch('new'), 10);
      expect(await launches.sweepLaunchTransactions(database.queries, NOW)).toBe(1);
      expect(await launches.burnLaunchTransaction(database.queries, 'new', NOW)).toEqual(launch('new'));
    });
  });

  describe('sessions', () => {
    it('finds nothing under another bearer', async () => {
      await sessions.saveSession(database.queries, session('a'));
      expect(await sessions.findSession(database.queries, 'b')).toBeUndefined();
    });

    it('does not revive an ended session', async () => {
      await sessions.saveSession(database.queries, session('a'));
      await sessions.endSession(database.queries, 'session-a', NOW);
      await sessions.touchSession(database.queries, 'session-a', LATEST);
      expect(await sessions.findSession(database.queries, 'a')).toEqual({ ...session('a'), endedAt: NOW });
    });

    it('is ended by exactly one of many who end it at once', async () => {
      await sessions.saveSession(database.queries, session('a'));
      const ended = await Promise.all(
        Array.from({ length: 10 }, () => sessions.endSession(database.queries, 'session-a', NOW)),
      );
      expect(ended.filter(Boolean)).toHaveLength(1);
    });

    it('moves the idle limit on, never back', async () => {
      await sessions.saveSession(database.queries, session('a'));
      await sessions.touchSession(database.queries, 'session-a', LATEST);
      await sessions.touchSession(database.queries, 'session-a', LATER);
      expect((await sessions.findSession(database.queries, 'a'))?.idleExpiresAt).toBe(LATEST);
    });

    it('sweeps those that are over, however they came to be', async () => {
      await sessions.saveSession(database.queries, session('live'));
      await sessions.saveSession(database.queries, { ...session('idle'), idleExpiresAt: NOW });
      await sessions.saveSession(database.queries, { ...session('run-out'), expiresAt: NOW });
      await sessions.saveSession(database.queries, session('ended'));
      await sessions.endSession(database.queries, 'session-ended', NOW);
      expect(await sessions.sweepSessions(database.queries, NOW)).toBe(3);
      expect(await sessions.findSession(database.queries, 'live')).toEqual(session('live'));
    });
  });

  describe('alerts', () => {
    it('tells one alert once, however often it is raised', async () => {
      expect(await alerts.saveAlert(database.queries, alert('a'))).toBe(true);
      expect(await alerts.saveAlert(database.queries, { ...alert('a'), kind: 'other' })).toBe(false);
      expect(await alerts.loadAlerts(database.queries, { limit: 10 })).toEqual([alert('a')]);
    });

    it('never goes back to a state it has left', async () => {
      await alerts.saveAlert(database.queries, alert('a'));
      expect(await alerts.moveAlert(database.queries, 'a', 'closed')).toBe(true);
      expect(await alerts.moveAlert(database.queries, 'a', 'seen')).toBe(false);
      expect(await alerts.moveAlert(database.queries, 'a', 'closed')).toBe(false);
      expect(await alerts.loadAlerts(database.queries, { state: 'open', limit: 10 })).toEqual([]);
    });

    it('is found by kind, by user and since an instant, the newest first', async () => {
      const late = { ...alert('b'), at: LATER, kind: 'break-glass', user: 'other' };
      await alerts.saveAlert(database.queries, alert('a'));
      await alerts.saveAlert(database.queries, late);
      expect((await alerts.loadAlerts(database.queries, { limit: 10 })).map(({ id }) => id)).toEqual(['b', 'a']);
      expect(await alerts.loadAlerts(database.queries, { kind: 'break-glass', limit: 10 })).toEqual([late]);
      expect(await alerts.loadAlerts(database.queries, { user: 'other', limit: 10 })).toEqual([late]);
      expect(await alerts.loadAlerts(database.queries, { since: LATER, limit: 10 })).toEqual([late]);
    });
  });

  describe('what was seen', () => {
    it('is gone with its key, for one patient or for a month, and for nobody else', async () => {
      const { queries } = database;
      const key = (id: string, patientHandle: string, month: string): Promise<void> =>
        seen.savePatientKey(queries, { id, patientHandle, month, sealed: 'sealed' });
      await key('a', 'wren', '2026-10');
      await key('b', 'wren', '2026-11');
      await key('c', 'rook', '2026-10');
      await key('d', 'rook', '2026-11');
      expect(await seen.destroyPatientKeys(queries, { patientHandle: 'wren' }, NOW)).toBe(2);
      expect(await seen.destroyPatientKeys(queries, { monthsBefore: '2026-11' }, NOW)).toBe(1);
      expect(await seen.findPatientKey(queries, 'a')).toMatchObject({ destroyedAt: NOW });
      expect((await seen.findPatientKey(queries, 'c'))?.sealed).toBeUndefined();
      expect((await seen.findPatientKey(queries, 'd'))?.sealed).toBe('sealed');
    });

    it('is swept when its time is over', async () => {
      const view = { viewId: 'v', at: NOW, keyId: 'a', manifest: 'm', payload: 'p' };
      await seen.saveSeenView(database.queries, view);
      expect(await seen.sweepSeenViews(database.queries, NOW)).toBe(0);
      expect(await seen.findSeenView(database.queries, 'v')).toEqual(view);
      expect(await seen.sweepSeenViews(database.queries, LATER)).toBe(1);
    });

    it('counts the patients a user opens in an hour, each once', async () => {
      const open = (user: string, hour: string, patientHandle: string): Promise<number> =>
        countPatientOpened(database.queries, { user, hour, patientHandle });
      expect(await open('u', '2026-11-22T09', 'wren')).toBe(1);
      expect(await open('u', '2026-11-22T09', 'wren')).toBe(1);
      expect(await open('u', '2026-11-22T09', 'rook')).toBe(2);
      expect(await open('u', '2026-11-22T10', 'rook')).toBe(1);
      expect(await open('other', '2026-11-22T09', 'rook')).toBe(1);
    });
  });

  describe('the audit', () => {
    it('says that it is unavailable, without the row, when the store refuses', async () => {
      const audit = createStoreAudit(database);
      await sql`drop table audit_events`.execute(database.queries);
      const refused: unknown = await audit.record(viewed('9434765919')).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(CorridorError);
      expect((refused as CorridorError).code).toBe('audit.unavailable');
      const told = JSON.stringify([
        refused,
        String(refused),
        String((refused as CorridorError).cause),
        (refused as CorridorError).detail,
      ]);
      expect(told).not.toContain('9434765919');
    });

    it('writes all events of a batch or none', async () => {
      const audit = createStoreAudit(database);
      const unwritable = { ...viewed('9434765919'), at: null as unknown as string };
      const batch = [...Array.from({ length: 150 }, () => viewed('9434765919')), unwritable];
      await expect(audit.recordAll(batch)).rejects.toThrow('audit.unavailable');
      expect(await audit.read({ limit: 10 })).toEqual([]);
    });

    it('gives back what was written, in the order of writing, with nothing added', async () => {
      const audit = createStoreAudit(database);
      const events = [viewed('9434765919'), asked('north'), asked('south')];
      await audit.recordAll(events);
      const read = await audit.read({ limit: 10 });
      expect(read.map(({ sequence: _sequence, ...event }) => event)).toEqual(events);
      expect(read.map((event) => event.sequence)).toEqual(
        [...read].map((event) => event.sequence).sort((a, b) => a - b),
      );
      expect(read.every((event) => Number.isSafeInteger(event.sequence))).toBe(true);
    });

    it('is read since an instant, by type, by patient, and on from an event', async () => {
      const audit = createStoreAudit(database);
      await audit.recordAll([
        viewed('9434765919'),
        { ...asked('north'), at: LATER },
        { ...viewed('9434765870'), at: LATEST },
      ]);
      expect(await audit.read({ since: LATER, limit: 10 })).toHaveLength(2);
      expect(await audit.read({ until: LATER, limit: 10 })).toHaveLength(1);
      expect(await audit.read({ type: 'source.asked', limit: 10 })).toHaveLength(1);
      expect(await audit.read({ nhsNumber: '9434765870', limit: 10 })).toHaveLength(1);
      const [first] = await audit.read({ limit: 1 });
      expect(await audit.read({ after: first?.sequence ?? 0, limit: 10 })).toHaveLength(2);
    });

    it('gives every event a leaf, without gaps, however many launchers write at once', async () => {
      const writers = Array.from({ length: 3 }, () => createStoreAudit(database));
      await Promise.all(
        Array.from({ length: 45 }, async (_, index) => writers[index % 3]?.recordAll([asked('a'), asked('b')])),
      );
      const leaves = await loadLeaves(database.queries, 0, 1_000);
      expect(leaves.map(({ leaf }) => leaf)).toEqual(Array.from({ length: 90 }, (_, leaf) => leaf));
    });

    it('leaves no gap in the tree when a batch could not be written', async () => {
      const audit = createStoreAudit(database);
      await audit.record(asked('a'));
      await expect(audit.record({ ...asked('b'), at: null as unknown as string })).rejects.toThrow('audit.unavailable');
      await audit.record(asked('c'));
      expect((await loadLeaves(database.queries, 0, 10)).map(({ leaf }) => leaf)).toEqual([0, 1]);
    });

    it('proves what it holds, to whoever holds an earlier head', async () => {
      const audit = createStoreAudit(database);
      const signer = createCheckpointSigner('test.example/audit', new Uint8Array(32).fill(7));
      const log = createAuditLog({ database, signer, witnesses: [], now: () => Date.parse(NOW) });
      const heads: Head[] = [];
      for (const size of [1, 2, 3, 255, 256, 257, 300, 513, 600]) {
        const before = heads.at(-1)?.size ?? 0;
        const events = Array.from({ length: size - before }, (_, index) => asked(`north-${String(before + index)}`));
        await audit.recordAll(events);
        await log.checkpoint();
        const head = parseHead((await log.signedHead()) ?? '');
        if (!head) throw new Error('no head');
        expect(head.size).toBe(size);
        heads.push(head);
      }
      const text = (proof: readonly Buffer[]): readonly string[] => proof.map((hash) => hash.toString('base64'));
      const leaves = await loadLeaves(database.queries, 0, 1_000);
      for (const young of heads) {
        for (const old of heads.filter(({ size }) => size <= young.size))
          expect(provesConsistency(old, young, text(await log.consistency(old.size, young.size)))).toBe(true);
        for (const index of [0, young.size >> 1, young.size - 1]) {
          const proof = text(await log.inclusion(index, young.size));
          const leaf = leafDigest(leaves[index]?.body ?? '');
          expect(provesInclusion(leaf, index, young.size, proof, young.root)).toBe(true);
          expect(provesInclusion(leaf, (index + 1) % young.size, young.size, proof, young.root)).toBe(young.size === 1);
        }
      }
    });

    it('loses none of many events written at once', async () => {
      const audit = createStoreAudit(database);
      await Promise.all(
        Array.from({ length: 60 }, (_, index) =>
          index % 2 ? audit.record(asked('north')) : audit.recordAll([asked('a'), asked('b')]),
        ),
      );
      expect(await audit.read({ limit: 1_000 })).toHaveLength(90);
    });

    it('keeps text of any script as it is', async () => {
      const audit = createStoreAudit(database);
      const event: AuditEvent = {
        ...asked('north'),
        user: 'https://epr.example|Siân 李 😀 \'"\\;--',
        detail: { ä: 'ﷺ', many: 3, yes: true },
      };
      await audit.record(event);
      expect(await audit.read({ limit: 1 })).toMatchObject([event]);
    });
  });
}

function launch(stateHash: string): launches.LaunchTransactionRow {
  return { stateHash, organisation: 'XB001', sealed: 'start.AAAA', createdAt: NOW, expiresAt: LATER };
}

function alert(id: string): alerts.AlertRow {
  return {
    id,
    at: NOW,
    kind: 'bulk-browsing',
    user: 'iss|user-1',
    organisation: 'XB001',
    patientHandle: 'handle',
    detailCode: 'records-per-hour',
    state: 'open',
  };
}

function session(name: string): sessions.SessionRow {
  return {
    bearerHash: name,
    sessionId: `session-${name}`,
    sealed: 'start.AAAA',
    openedAt: NOW,
    idleExpiresAt: LATER,
    expiresAt: LATEST,
  };
}

function viewed(nhsNumber: string): AuditEvent {
  return {
    type: 'record.viewed',
    at: NOW,
    outcome: 'success',
    viewId: 'v',
    launchId: 'l',
    user: 'u',
    role: 'gp',
    purpose: 'direct-care',
    nhsNumber,
  };
}

function asked(source: string): AuditEvent {
  return {
    type: 'source.asked',
    at: NOW,
    outcome: 'success',
    viewId: 'v',
    source: source as NonNullable<AuditEvent['source']>,
  };
}
