import { expect, it } from 'vitest';
import { pictureGaps } from '../../src/components/pictures/picture-gaps.ts';
import type { PatientRecord, SectionView } from '../../src/record/patient-record.ts';
import type { SourceId } from '../../src/record/source.ts';

const [mute, halting] = ['mute', 'halting'] as SourceId[];
const late = { state: 'late', count: 0 };
const view = (id: string, answers: Readonly<Record<string, object>>): SectionView =>
  ({ id, answers: Object.entries(answers).map(([source, answer]) => ({ source, answer })) }) as unknown as SectionView;

it('does not say of who answered under one heading and not under another that they did not answer', () => {
  const record = {
    sections: [
      view('encounters', { mute: late, halting: late }),
      view('documents', { mute: late, halting: { state: 'answered', count: 3 } }),
    ],
    unread: [],
  } as unknown as PatientRecord;
  const { silent } = pictureGaps(record, ['encounters', 'documents']);
  expect([silent.get(mute as SourceId), silent.get(halting as SourceId)]).toEqual(['silent', 'part']);
  expect(pictureGaps(record, ['encounters']).silent.get(halting as SourceId)).toBe('silent');
});
