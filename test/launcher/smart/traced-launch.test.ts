import { describe, expect, it } from 'vitest';
import type { SmartDeps } from '../../../launcher/smart/deps.ts';
import { confirmTrace } from '../../../launcher/smart/traced-launch.ts';
import { hashOf } from '../../../launcher/smart/transaction.ts';
import { memoryAudit } from '../../support/memory-stores.ts';
import { PATIENT } from '../../support/federation.ts';

const BINDING = 'binding-of-the-window';

async function confirmed(home: object, found: object, choice: number | 'none' = 0) {
  const audit = memoryAudit();
  const { nhsNumber: _number, ...unnumbered } = PATIENT;
  const kept = {
    draft: {
      launchId: 'l',
      home: { ods: 'XB301' },
      user: { key: 'u' },
      role: 'paramedic',
      evidence: { role: 'token' },
    },
    tokenLifeMs: 1,
    bindingHash: hashOf(BINDING),
    home: { ...unnumbered, ...home },
    candidates: [{ ...PATIENT, ...found }],
  };
  const deps = {
    transactions: { take: () => Promise.resolve({ sealed: 'sealed' }) },
    sealing: { open: () => kept },
    audit,
    now: () => 0,
  } as unknown as SmartDeps;
  const answer = { ods: 'XB301', ticket: 't', binding: BINDING, choice } as const;
  const finished = await confirmTrace(answer, deps).catch((error: unknown) => error);
  return { finished, launch: audit.events.find(({ type }) => type === 'launch.finished'), audit };
}

describe('a traced launch', () => {
  it('is none, and is not finished in the audit, when nobody is chosen', async () => {
    const { finished, launch } = await confirmed({}, {}, 'none');
    expect(finished).toMatchObject({ code: 'patient.no_nhs_number' });
    expect(launch).toBeUndefined();
  });

  it.each([
    ['the EPR it came from', { restricted: true }, {}, 'Patient'],
    ['the national service', {}, { restricted: true }, 'national'],
  ])('says in the audit that the person is restricted: by %s', async (_by, home, found, by) => {
    const { finished, launch } = await confirmed(home, found);
    expect(finished).toMatchObject({ context: { patient: { restricted: true } } });
    expect(launch?.detail).toMatchObject({ patient: 'trace', 'patient.restricted': by });
  });

  it('says nothing of it of anybody else', async () => {
    expect((await confirmed({}, {})).launch?.detail).not.toHaveProperty('patient.restricted');
  });
});
