import { WHOLE } from '../record/build-record.ts';
import { MergingStore, type Schedule } from './merging-store.ts';

/** Everything that has arrived in one view, merged with all that this build knows. */
export class RecordStore extends MergingStore {
  constructor(schedule?: Schedule) {
    super(WHOLE, schedule);
  }
}
