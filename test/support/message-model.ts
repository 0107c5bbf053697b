/**
 * The whole of what is promised, in fifty lines: what was written is in each inbox once, in the order it was written; a
 * question that waits is ended by nobody but who asked; what nobody opened is on the list of whom it is for.
 */
export class Model {
  readonly threads: {
    version: number;
    waits: boolean;
    closed: boolean;
    readonly sent: { readonly id: string; readonly to: Side; opened: boolean }[];
  }[] = [];
  write(thread: number, id: string, to: Side): void {
    const one = this.at(thread);
    one.version += 1;
    one.waits = to === 'surgery';
    one.sent.push({ id, to, opened: false });
  }
  at(thread: number): Model['threads'][number] {
    const one = this.threads[thread];
    if (!one) throw new Error('no such thread');
    return one;
  }
  mayEnd(thread: number, by: Side): boolean {
    const { closed, waits } = this.at(thread);
    return !closed && (by === 'ward' || !waits);
  }
  end(thread: number, closed: boolean): void {
    const one = this.at(thread);
    one.version += 1;
    one.closed = closed;
  }
  unopened(thread: number, to: Side): boolean {
    return this.at(thread).sent.some((message) => message.to === to && !message.opened);
  }
  begin(id: string): void {
    this.threads.push({ version: 0, waits: true, closed: false, sent: [] });
    this.write(this.threads.length - 1, id, 'surgery');
  }
  inbox(thread: number, to: Side): readonly string[] {
    return (this.threads[thread]?.sent ?? []).filter((message) => message.to === to).map(({ id }) => id);
  }
}

export type Side = 'ward' | 'surgery';
export const SIDES: readonly Side[] = ['ward', 'surgery'];
