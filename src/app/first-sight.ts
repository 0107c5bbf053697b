import * as elements from '../components/first-sight.ts';
import { CorridorRecord } from './corridor-record.ts';
import { openRecord, type OpenRecordOptions } from './open-record.ts';
import { byTag, register } from './register-elements.ts';

/** Opens the record of a launch with the elements of the first sight; the others follow once that is on the screen. */
export function openLaunch(options: OpenRecordOptions): void {
  register(byTag({ ...elements, CorridorRecord }));
  openRecord({ ...options, later: async () => (await import('./after-first-sight.ts')).registerLater() });
}
