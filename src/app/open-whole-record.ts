import { WHOLE } from '../record/build-record.ts';
import { openRecordWith, type OpenRecordOptions } from './open-record.ts';

/** Opens the record of one launch in a page that holds every element and rule already (`openRecordWith`). */
export function openRecord(options: OpenRecordOptions): { close(): void } {
  return openRecordWith(options, { merging: WHOLE });
}
