import type { LoadedThread } from './thread-log.ts';

/** Where each message of a thread has gone: to whom it was written, and to whom it was handed on while it waited or lay there. */
export function placesIn({ acts }: LoadedThread): readonly { readonly version: number; readonly address: string }[] {
  const places: { version: number; address: string }[] = [];
  let asked: number | undefined;
  let holder: string | undefined;
  // Answers since the last question, by who has them; none: what moves on is the question.
  const answers = new Map<number, string>();
  for (const { head } of acts) {
    if (head.kind === 'ask') {
      asked = head.version;
      answers.clear();
      holder ??= head.to_address ?? undefined;
      if (holder !== undefined) places.push({ version: head.version, address: holder });
    } else if (head.kind === 'answer' && head.to_address !== null) {
      answers.set(head.version, head.to_address);
      places.push({ version: head.version, address: head.to_address });
    } else if (head.kind === 'escalate' && head.to_address !== null && answers.size > 0) {
      for (const [version, address] of answers) {
        if (address !== head.from_address) continue;
        answers.set(version, head.to_address);
        places.push({ version, address: head.to_address });
      }
    } else if ((head.kind === 'reassign' || head.kind === 'escalate') && head.to_address !== null) {
      holder = head.to_address;
      if (asked !== undefined) places.push({ version: asked, address: holder });
    }
  }
  return places;
}
