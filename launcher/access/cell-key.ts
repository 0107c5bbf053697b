import { type Attributes, ofAsking, ofRole } from './cell-attributes.ts';
import type { Asking, Cell, ItemClass } from './cell.ts';
import type { PolicySet } from './policy-set.ts';

/**
 * One key for all cells whose questions are the same: what the policy looks at, in one order. A running stream is
 * judged again several times a second, section by section of every source, so that a key must cost less than its
 * question. What only the asking says is spelt once for each `Asking`; a cell adds what its item says.
 */
export function createCellKeys(looksAt: PolicySet['looksAt']): (cell: Cell) => string {
  const askings = new WeakMap<Asking, Map<Cell['action'], string>>();
  const parts = new Map<Cell['action'], readonly ItemPart[]>();
  const short = createShortNames();
  const askingKey = (action: Cell['action'], asking: Asking): string => {
    const byAction = askings.get(asking) ?? new Map<Cell['action'], string>();
    const earlier = byAction.get(action);
    if (earlier !== undefined) return earlier;
    const key = short(spellAsking(action, asking, looksAt));
    askings.set(asking, byAction.set(action, key));
    return key;
  };
  const partsOf = (action: Cell['action']): readonly ItemPart[] => {
    const earlier = parts.get(action);
    if (earlier) return earlier;
    const looked = ITEM_PARTS.flatMap(([name, part]) => (looksAt(action, name) ? [part] : []));
    parts.set(action, looked);
    return looked;
  };
  return (cell) => {
    const shared = askingKey(cell.action, cell.asking);
    if (!('item' in cell)) return shared;
    let key = shared;
    for (const part of partsOf(cell.action)) key += `|${part(cell.item, cell.asking)}`;
    return `${key}|item`;
  };
}

const MOST_ASKINGS = 10_000;

/** Askings spelt alike share one short name. One that was forgotten gets a new name, never another's. */
function createShortNames(): (spelt: string) => string {
  const names = new Map<string, string>();
  let given = 0;
  return (spelt) => {
    const earlier = names.get(spelt);
    if (earlier !== undefined) return earlier;
    if (names.size >= MOST_ASKINGS) names.clear();
    const name = String(given++);
    names.set(spelt, name);
    return name;
  };
}

/** The whole of what is looked at of role and asking, in JSON: long, but spelt only once. */
function spellAsking(action: Cell['action'], asking: Asking, looksAt: PolicySet['looksAt']): string {
  const looked = (all: Attributes): readonly unknown[] =>
    Object.entries(all).flatMap(([name, value]) => (looksAt(action, name) ? [value] : []));
  const role = looked(ofRole(asking.role));
  return JSON.stringify([action, asking.role.id, role, looked(ofAsking(asking))]);
}

type ItemPart = (item: ItemClass, asking: Asking) => string;

/** What a policy may look at of an item, or of the asking for the sake of the item (`ofItem` and `ofAsking`). */
const ITEM_PARTS: readonly (readonly [name: string, part: ItemPart])[] = [
  ['own', ({ giver }, { home }) => yes(giver.ods === home.ods)],
  ['agreed', ({ agreed }) => yes(agreed)],
  ['consent', ({ consent }) => consent],
  ['organisation', ({ giver }) => bounded(giver.ods)],
  ['kind', ({ giver }) => giver.kind],
  ['commissioner', ({ giver }) => yes(giver.kind === 'commissioner')],
  ['section', ({ section }) => section],
  ['level', ({ level }) => String(level)],
  ['sensitivities', ({ sensitivities }) => spellNames(sensitivities)],
  ['unit', ({ unit }) => bounded(unit)],
  ['released', ({ released }) => yes(released)],
];

function yes(value: boolean): string {
  return value ? '1' : '0';
}

/** Words of others, with their length before them: nothing in them can be taken for the next part. */
function bounded(words: string): string {
  return `${String(words.length)}:${words}`;
}

function spellNames(names: readonly string[]): string {
  if (names.length === 0) return '';
  return [...new Set(names)].sort().map(bounded).join(',');
}
