import type { LoadedThread } from './thread-log.ts';

/** Where each message of a thread has gone: to whom it was written, and to whom it was handed on while it waited. */
export function placesIn({ acts }: LoadedThread): readonly { readonly version: number; readonly address: string }[] {
  const places: { version: number; address: string }[] = [];
  let asked: number | undefined;
  let holder: string | undefined;
  for (const { head } of acts) {
    if (head.kind === 'ask') {
      asked = head.version;
      holder ??= head.to_address ?? undefined;
      if (holder !== undefined) places.push({ version: head.version, address: holder });
    } else if (head.kind === 'answer' && head.to_address !== null)
      places.push({ version: head.version, address: head.to_address });
    else if ((head.kind === 'reassign' || head.kind === 'escalate') && head.to_address !== null) {
      holder = head.to_address;
      if (asked !== undefined) places.push({ version: asked, address: holder });
    }
  }
  return places;
}
