import { SECTIONS } from '../../src/record/sections/index.ts';
import type { SectionId } from '../../src/record/section.ts';
import type { FinalSourceStatus, SectionAnswer, SectionAnswers } from '../../src/record/source-status.ts';
import type { TypeEnd } from '../../plugins/plugin.ts';
import type { Progress } from './progress.ts';

/** How the conversation with one source came to its end. */
export type Finish =
  | { readonly kind: 'done' }
  /** The source does not know this person. */
  | { readonly kind: 'unknown-person' }
  | { readonly kind: 'late'; readonly deadlineMs: number }
  | { readonly kind: 'trouble'; readonly code: string }
  /** The reader went away; there is nobody to tell. */
  | { readonly kind: 'abandoned' };

type CellState = SectionAnswer['state'];
type Cell = { readonly state: CellState; readonly code?: string };
type Final = FinalSourceStatus extends infer S
  ? S extends unknown
    ? Omit<S, 'at' | 'tookMs' | 'sections'>
    : never
  : never;

/** The worst of a section's types speaks for the section: a gap in one of them is a gap in the section. */
const WORST_FIRST: readonly CellState[] = [
  'failed',
  'unavailable',
  'late',
  'truncated',
  'withheld',
  'answered',
  'nothing-held',
];

export function typesOf(sections: readonly SectionId[]): readonly string[] {
  return [...new Set(sections.flatMap(readsOf))];
}

function readsOf(section: SectionId): readonly string[] {
  return SECTIONS.find(({ id }) => id === section)?.reads ?? [];
}

/** The answer ledger's row. A section of which the source supports no type was not asked: it stays out (never "nothing held"). */
export function answerSections(sections: readonly SectionId[], progress: Progress, finish: Finish): SectionAnswers {
  const row: { [id in SectionId]?: SectionAnswer } = {};
  for (const id of sections) {
    const answer = answerSection(id, progress, finish);
    if (answer) row[id] = answer;
  }
  return row;
}

function answerSection(id: SectionId, progress: Progress, finish: Finish): SectionAnswer | undefined {
  const count = progress.shown.get(id) ?? 0;
  if (finish.kind === 'unknown-person') return { state: 'nothing-held', count: 0 };
  const types = readsOf(id);
  const cells = types.flatMap((type) => cellOf(type, progress, finish) ?? []);
  if (types.length === 0 || cells.length === 0) return undefined;
  const withheld = progress.withheld.get(id) ?? 0;
  const all: readonly Cell[] = withheld > 0 ? [...cells, { state: 'withheld', code: 'access.refused' }] : cells;
  const worst = [...all].sort((a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state))[0] ?? {
    state: 'failed',
  };
  const state = worst.state === 'answered' && count === 0 ? 'nothing-held' : worst.state;
  return { state, count, ...(worst.code !== undefined && { code: worst.code }), ...(withheld > 0 && { withheld }) };
}

/** `undefined`: the source has no such type. */
function cellOf(type: string, progress: Progress, finish: Finish): Cell | undefined {
  if (progress.wrongTypes.has(type)) return { state: 'failed', code: 'source.wrong_patient' };
  const end = progress.ends.get(type);
  // Of a type it doesn't have nothing can have come: it broke off in the middle.
  if (end?.state === 'not-supported' && progress.arrived.has(type))
    return { state: 'failed', code: 'source.invalid_answer' };
  return end ? cellByEnd(end) : cellByFinish(finish);
}

function cellByEnd(end: TypeEnd): Cell | undefined {
  if (end.state === 'complete') return { state: 'answered' };
  if (end.state === 'not-supported') return undefined;
  if (end.state === 'withheld') return { state: 'withheld', code: 'source.withheld' };
  if (end.state === 'truncated') return { state: 'truncated', code: end.code };
  return cellByCode(end.code);
}

function cellByFinish(finish: Finish): Cell {
  if (finish.kind === 'late') return { state: 'late', code: 'source.timeout' };
  if (finish.kind === 'trouble') return cellByCode(finish.code);
  return { state: 'failed', code: 'source.invalid_answer' };
}

function cellByCode(code: string): Cell {
  if (code === 'source.withheld') return { state: 'withheld', code };
  if (code === 'source.timeout') return { state: 'late', code };
  return { state: code === 'source.unavailable' || code === 'source.breaker_open' ? 'unavailable' : 'failed', code };
}

/** The one final word on a source. Somebody else's details among its answers outweigh everything else (safety H04). */
export function settle(progress: Progress, asked: readonly string[], finish: Finish, deadlineMs: number): Final {
  if (progress.wrongPatient > 0) return { state: 'failed', code: 'source.wrong_patient' };
  if (finish.kind === 'unknown-person') return { state: 'nothing-held' };
  if (finish.kind === 'late') return { state: 'late', deadlineMs: finish.deadlineMs };
  if (finish.kind === 'abandoned') return { state: 'failed', code: 'source.unavailable' };
  if (finish.kind === 'trouble') return finalByCell(cellByCode(finish.code), deadlineMs);
  return settleDone(progress, asked, deadlineMs);
}

function settleDone(progress: Progress, asked: readonly string[], deadlineMs: number): Final {
  const cells = asked.flatMap((type) => cellOf(type, progress, { kind: 'done' }) ?? []);
  const gap = WORST_FIRST.slice(0, 4)
    .map((state) => cells.find((cell) => cell.state === state))
    .find(Boolean);
  if (gap)
    return finalByCell(
      gap.state === 'unavailable' && progress.shown.size > 0 ? { ...gap, state: 'failed' } : gap,
      deadlineMs,
    );
  if (cells.length > 0 && cells.every(({ state }) => state === 'withheld'))
    return finalByCell({ state: 'withheld' }, deadlineMs);
  // It knows the person but has none of the types asked for: nothing was asked, so nothing is said to be absent.
  if (cells.length === 0) return { state: 'answered' };
  const some = progress.shown.size > 0 || progress.unread > 0 || cells.some(({ state }) => state === 'withheld');
  return { state: some ? 'answered' : 'nothing-held' };
}

function finalByCell(cell: Cell, deadlineMs: number): Final {
  const code = cell.code ?? 'source.invalid_answer';
  if (cell.state === 'late') return { state: 'late', deadlineMs };
  if (cell.state === 'withheld') return { state: 'withheld', by: 'source', rule: 'source.withheld' };
  if (cell.state === 'unavailable' || cell.state === 'truncated') return { state: cell.state, code };
  return { state: 'failed', code };
}
