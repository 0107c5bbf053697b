import type { Audit } from './audit.ts';

export type MoveAlertDeps = {
  readonly audit: Pick<Audit, 'record'>;
  /** Whether there is such an alert, and it is not past that already. */
  mayMove(id: string, to: 'seen' | 'closed'): Promise<boolean>;
  move(id: string, to: 'seen' | 'closed'): Promise<boolean>;
  now(): number;
};

/** First written down, then done: the queue never changes without a name beside it, and no event names what never was. */
export async function moveAlertNamed(
  deps: MoveAlertDeps,
  id: string,
  to: 'seen' | 'closed',
  user: string,
): Promise<boolean> {
  if (!(await deps.mayMove(id, to))) return false;
  const at = new Date(deps.now()).toISOString();
  await deps.audit.record({ type: 'alert.moved', at, outcome: 'success', user, detail: { alert: id, to } });
  return deps.move(id, to);
}
