import type { Door, DoorOptions } from './door.ts';

/** An MPage: a SMART launch in a frame that the real `xfc` Consumer holds (`plugins/oracle-mpage`). */
export function mpageDoor({ origin }: DoorOptions): Door {
  return {
    id: 'oracle-mpage',
    host: 'oracle-mpage',
    plugins: () => ({
      'oracle-mpage': { origins: [origin], tabs: { medications: 'Drug chart', 'investigation-results': 'Results' } },
    }),
  };
}
