import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../../launcher/audit/audit.ts';
import { openSpool, type Spool } from '../../../launcher/audit/spool.ts';
import { createSpooledAudit } from '../../../launcher/audit/spooled-audit.ts';
import { CorridorError } from '../../../launcher/errors.ts';
import { createSealing } from '../../../launcher/session/seal.ts';
import { auditEvent, TEST_NUMBER } from '../../support/audit-events.ts';

let folder: string;
let file: string;
const open: Spool[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corridor-spool-'));
  file = join(folder, 'spool');
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((spool) => spool.close()));
  rmSync(folder, { recursive: true, force: true });
});

async function spoolOf(maxBytes?: number): Promise<Spool> {
  const sealing = createSealing([{ id: 'k', key: new Uint8Array(32).fill(7) }]);
  const spool = await openSpool({
    file,
    seal: (purpose, value) => sealing.seal(purpose, value),
    open: (purpose, sealed) => sealing.open(purpose, sealed),
    ...(maxBytes !== undefined && { maxBytes }),
  });
  open.push(spool);
  return spool;
}

async function drained(spool: Spool): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  await spool.drain((item) => Promise.resolve(void items.push(item)));
  return items;
}

const BROKEN = { purpose: 'break-glass', nhsNumber: TEST_NUMBER as never } as const;

function auditOn(
  spool: Spool,
  up = { up: false },
): { readonly stored: AuditEvent[]; readonly record: (event: AuditEvent) => Promise<void> } {
  const stored: AuditEvent[] = [];
  const recordAll = (events: readonly AuditEvent[]): Promise<void> => {
    if (!up.up) return Promise.reject(new CorridorError('audit.unavailable'));
    stored.push(...events);
    return Promise.resolve();
  };
  const audit = createSpooledAudit({ record: (event) => recordAll([event]), recordAll }, spool, () => undefined);
  return { stored, record: (event) => audit.record(event) };
}

describe('while the store can’t be written, the audit refuses', () => {
  it('whatever is not under a broken glass, and the refusal to break it: nothing of them is spooled', async () => {
    const spool = await spoolOf();
    const audit = auditOn(spool);
    await expect(audit.record(auditEvent('record.viewed', { purpose: 'direct-care' }))).rejects.toThrow(
      'audit.unavailable',
    );
    await expect(audit.record(auditEvent('access.break_glass', { ...BROKEN, outcome: 'refused' }))).rejects.toThrow(
      'audit.unavailable',
    );
    expect(spool.waiting()).toBe(0);
  });

  it('an emergency too, once the spool is full', async () => {
    const audit = auditOn(await spoolOf(1_000));
    const seen: unknown[] = [];
    for (let count = 0; count < 5; count++)
      seen.push(
        await audit.record(auditEvent('record.viewed', BROKEN)).then(
          () => 'ok',
          (error: unknown) => String(error),
        ),
      );
    expect(seen).toContain('CorridorError: audit.unavailable');
    expect(statSync(file).size).toBeLessThanOrEqual(1_000);
  });
});

describe('the spool refuses', () => {
  it('a file in which a line was changed, taken out, moved or added, and leaves it as it is', async () => {
    const spool = await spoolOf();
    for (let count = 0; count < 4; count++) await spool.append([{ count }]);
    const whole = readFileSync(file, 'utf8');
    const [head = '', ...lines] = whole.trimEnd().split('\n');
    const [a = '', b = '', c = '', d = ''] = lines;
    const changed = b.slice(0, -2) + (b.endsWith('A') ? 'BB' : 'AA');
    for (const made of [
      [a, changed, c, d],
      [a, c, d],
      [b, a, c, d],
      [a, b, b, c, d],
      [b, c, d],
    ]) {
      writeFileSync(file, `${[head, ...made].join('\n')}\n`);
      await expect(spoolOf()).rejects.toThrow('not as it was written');
    }
    writeFileSync(file, 'something else\n');
    await expect(spoolOf()).rejects.toThrow('not as it was written');
  });
});

describe('under a broken glass', () => {
  it('what happens is on disk before it goes on, sealed, for this user of the machine only', async () => {
    const spool = await spoolOf();
    const audit = auditOn(spool);
    await audit.record(auditEvent('record.viewed', BROKEN));
    const text = readFileSync(file, 'utf8');
    expect(text.split('\n')).toHaveLength(3);
    expect(text).not.toContain(TEST_NUMBER);
    expect(text).not.toContain('break-glass');
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  it('what waits keeps its place before what follows, even when the store is back, and is handed in once', async () => {
    const store = { up: false };
    const spool = await spoolOf();
    const audit = auditOn(spool, store);
    const event = (code: string): AuditEvent => auditEvent('source.asked', { ...BROKEN, code });
    await audit.record(event('1'));
    store.up = true;
    await audit.record(event('2'));
    expect(audit.stored).toEqual([]);
    expect(await drained(spool)).toMatchObject([{ event: { code: '1' } }, { event: { code: '2' } }]);
    expect(spool.waiting()).toBe(0);
    await audit.record(event('3'));
    expect(audit.stored).toMatchObject([{ code: '3' }]);
    expect(await drained(await spoolOf())).toEqual([]);
  });

  it('what could not be handed in waits, at the same places', async () => {
    const spool = await spoolOf();
    await spool.append([{ count: 1 }, { count: 2 }]);
    const places: string[] = [];
    const failing = spool.drain((_item, place) => {
      places.push(place);
      return places.length > 1 ? Promise.reject(new Error('down')) : Promise.resolve();
    });
    await expect(failing).rejects.toThrow('down');
    expect(spool.waiting()).toBe(2);
    const again: string[] = [];
    await (await spoolOf()).drain((_item, place) => Promise.resolve(void again.push(place)));
    expect(again).toEqual(places);
  });

  it('a last line cut off in the middle was never acknowledged: what stands before it is kept', async () => {
    const spool = await spoolOf();
    await spool.append([{ count: 1 }]);
    appendFileSync(file, 'k.half-a-line');
    const reopened = await spoolOf();
    await reopened.append([{ count: 2 }]);
    expect(await drained(await spoolOf())).toEqual([{ count: 1 }, { count: 2 }]);
  });

  it('kill -9 loses nothing that was acknowledged, and the order holds over ten kills', async () => {
    let acknowledged = 0;
    for (let kill = 0; kill < 10; kill++) acknowledged = Math.max(acknowledged, await writeAndKill(acknowledged));
    const items = await drained(await spoolOf());
    expect(items.length).toBeGreaterThanOrEqual(acknowledged);
    expect(items).toEqual(items.map((_, count) => ({ count })));
  });
});

const WRITER = fileURLToPath(new URL('../../support/spool-writer.ts', import.meta.url));

/** How many were acknowledged when the process was killed. */
async function writeAndKill(before: number): Promise<number> {
  const child = spawn(process.execPath, [WRITER, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.stdout.on('data', (bytes: Buffer) => {
      output += bytes.toString();
      if (output.split('\n').length > 8) child.kill('SIGKILL');
    });
  });
  const whole = output.slice(0, output.lastIndexOf('\n')).split('\n').map(Number);
  return Math.max(before, ...whole);
}
