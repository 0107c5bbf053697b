import * as elements from '../components/index.ts';
import { CorridorFrame } from './corridor-frame.ts';
import { CorridorRecord } from './corridor-record.ts';
import { byTag } from './register-elements.ts';

/** Every element with its tag. */
export const elementsByTag: ReadonlyMap<string, CustomElementConstructor> = byTag({
  ...elements,
  CorridorRecord,
  CorridorFrame,
});
