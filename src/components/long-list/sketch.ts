import { nothing } from 'lit';
import { labelsOfAll, LADDER, levelOfLabels } from '../../record/confidentiality.ts';
import type { Fact } from '../../record/fact.ts';
import type { SourceId } from '../../record/source.ts';
import { isHappening } from '../../record/split-by-window.ts';
import { partText, standingFlags, whenOf, type Flag, type Line, type LineOf } from '../line.ts';
import { sourceName, type Surroundings } from '../surroundings.ts';
import { unbrokenNodes } from '../unbroken-nodes.ts';

/** A longer text is cut, and says so; only the line itself can do that. */
const LONG = 600;

/**
 * A line in words alone, in the places they have when it is drawn in full (`corridor-fact`), for one that is far from the
 * screen: find, print and a screen reader have all of it. Undefined where a line must not be less than it is, wherever it
 * stands: what several records say, and what is marked, loud, new, taken apart or talked about (safety H09, H11).
 */
export function sketchOf(fact: Fact, around: Surroundings, lineOf: LineOf): HTMLElement | undefined {
  const { entries } = fact;
  const [first] = entries;
  const line = lineOf(first, around, entries);
  const lead = line.lead ?? first;
  const flags = [...(line.flags ?? []), ...standingFlags(lead, around)].filter((flag) => flag !== undefined);
  if (isMore(fact, line, flags, around)) return undefined;

  const words = within('div', 'words');
  for (const { word } of flags) words.append(within('span', 'flag quiet', word), ' ');
  const main = within('strong', '', ...unbrokenNodes(line.main));
  words.append(line.struck ? within('s', '', main) : main);
  const parts = (line.parts ?? []).map(partText).filter(Boolean);
  if (parts.length > 0) words.append(...unbrokenNodes(` — ${parts.join(' — ')}`));
  if (line.aside) words.append(' ', within('span', 'aside', ...unbrokenNodes(line.aside)));

  const when = line.when === undefined ? whenOf(lead, around) : line.when;
  const meta = within(
    'div',
    'meta',
    whoSaysIt(lead.origin.source, around),
    within('div', 'when', ...unbrokenNodes(when ?? '')),
  );
  const state = isHappening(first.section) ? '' : ` ${first.state}`;
  const bodies = (line.body ?? []).map((text) => within('p', 'body', ...unbrokenNodes(text)));
  return within('div', `row${state}`, words, meta, within('div', 'how'), ...bodies);
}

/** Whether the line says more than words, or has more to press than its details. */
function isMore(fact: Fact, line: Line, flags: readonly Flag[], around: Surroundings): boolean {
  const { entries, key } = fact;
  if (entries.length > 1 || around.split?.has(key) || around.fresh?.has(key)) return true;
  if (flags.some(({ tone }) => tone !== 'quiet')) return true;
  if (entries.some(({ labels }) => labels.length > 0) && levelOfLabels(labelsOfAll(entries)) >= LADDER.R) return true;
  const texts = [line.main, ...(line.parts ?? []).map(partText), ...(line.body ?? [])];
  if (texts.some(({ length }) => length > LONG)) return true;
  return (around.hung?.mark(entries, around) ?? nothing) !== nothing;
}

function whoSaysIt(id: SourceId, around: Surroundings): HTMLElement {
  const kind = around.sources.get(id)?.organisation.kind;
  const name = within('span', 'name', sourceName(id, around));
  if (kind === undefined) return within('div', 'who', name);
  const said = around.words.kinds[kind];
  const mark = within('abbr', 'kind', said.letter);
  mark.title = said.name;
  return within('div', 'who', mark, name);
}

function within(tag: string, className: string, ...content: readonly (string | Node)[]): HTMLElement {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  element.append(...content);
  return element;
}
