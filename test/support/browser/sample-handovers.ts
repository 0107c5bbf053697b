import type { Handover, HandoverRecipient } from '../../../src/messages/handover.ts';
import type { OdsCode, SourceId } from '../../../src/record/source.ts';

const at = (ods: string, name: string, team: string, more: Partial<HandoverRecipient> = {}): HandoverRecipient => ({
  address: `${ods}/${team.toLowerCase().replaceAll(' ', '-')}`,
  organisation: { ods: ods as OdsCode, name },
  team,
  dueAt: '2026-10-29T15:00:00Z',
  state: 'waiting',
  mayAcknowledge: false,
  ...more,
});

export const PRACTICE = at('SURGERY', 'Northcliffe Surgery', 'Duty doctor', { mayAcknowledge: true });
export const NURSES = at('COMMUNITY', 'Ousebridge Community Trust', 'District nursing', {
  state: 'acknowledged',
  owner: { name: 'S. Iqbal', team: 'District nursing', since: '2026-10-28T16:10:00Z' },
});
export const COUNCIL = at('COUNCIL', 'Ousebridge Council', 'Adult social care', { state: 'late' });

/** A discharge to practice, community nurses and council; one has acknowledged, one is late. */
export function handover(more: Partial<Handover> = {}): Handover {
  return {
    id: 'h1',
    version: 2,
    kind: 'discharge',
    patient: { name: 'BEDFORD, Margaret (Mrs)', nhsNumber: '9990123454', birthDate: '1948-03-14' },
    from: { ods: 'HOSPITAL' as OdsCode, name: 'Ousebridge Royal Infirmary' },
    happened: '2026-10-28T15:00:00Z',
    letter: { source: 'hospital' as SourceId, resource: 'DocumentReference/d1' },
    recipients: [PRACTICE, NURSES, COUNCIL],
    onLeadsList: false,
    escalations: [],
    ...more,
  };
}
