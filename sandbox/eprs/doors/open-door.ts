import { cardDoor } from './card-door.ts';
import { doorOf, type Door, type DoorId, type DoorOptions } from './door.ts';
import { frameDoor } from './frame-door.ts';
import { hubDoor } from './hub-door.ts';
import { linkDoor } from './link-door.ts';
import { mpageDoor } from './mpage-door.ts';
import { o3Door } from './o3-door.ts';
import { openemrDoor } from './openemr-door.ts';
import { webviewDoor } from './webview-door.ts';

const OPENERS: { readonly [id in DoorId]: (options: DoorOptions) => Door } = {
  'smart-launch': () => ({ id: 'smart-launch', plugins: () => ({}) }),
  'url-launch': linkDoor,
  'cds-hooks': cardDoor,
  fhircast: hubDoor,
  'oracle-mpage': mpageDoor,
  'native-webview': webviewDoor,
  'embed-sdk': frameDoor,
  'openmrs-o3': o3Door,
  openemr: openemrDoor,
};

/** The door of an EPR, with keys and secrets of its own. */
export function openDoor(options: DoorOptions): Door {
  return OPENERS[doorOf(options.organisation)](options);
}
