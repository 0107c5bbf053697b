import type { Request } from 'express';
import { type CellChange, diffPolicies, type PolicyDiff, type RuleChange } from '../../access/policy-diff.ts';
import {
  ACTION_WORDS,
  LABELS,
  ORDINARY,
  sectionsOf,
  seenIn,
  SITUATIONS,
  type TableCell,
} from '../../access/policy-table.ts';
import type { Judge, Judgement } from '../../access/judge.ts';
import type { PolicySet } from '../../access/policy-set.ts';
import type { Role } from '../../trust/community.ts';
import { html, type Markup } from './html.ts';
import { saySection, sayDay, select, verdict } from './layout.ts';
import { choice, day } from './read-query.ts';
import { inForce, type RulesOfCommunity } from './simulator-page.ts';

/** What counts: the rules in words, what they come to for each role and part of the record, and what a new version changes. */
export function rulesPage(request: Request, rules: RulesOfCommunity): Markup {
  const asked = day(request, rules.today());
  const { set: effective, judge } = rules.policy.on(asked) ?? {};
  if (!effective || !judge)
    return html`<h1>Rules in force</h1>
      <p>On ${sayDay(asked)} no policy is in force: nobody sees anything.</p>`;
  return html`<h1>Rules in force on ${sayDay(asked)}</h1>
    <p>
      Policy ${effective.version}, ${inForce(effective.version, rules.versions)}. Whatever no rule allows is refused,
      and any rule that refuses wins; of several, the first is named.
    </p>
    ${rulesOf(effective)} ${tableFor(request, judge, rules.community.roles, asked)} ${diffOf(request, rules)}`;
}

function rulesOf({ rules }: PolicySet): Markup {
  return html`<h2 id="rules">The rules, in their order</h2>
    <div class="scroll">
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">It</th>
            <th scope="col">In words</th>
          </tr>
        </thead>
        <tbody>
          ${[...rules.values()].map(
            ({ id, effect, words, obligations }) =>
              html`<tr>
                <th scope="row" class="name"><code>${id}</code></th>
                <td>${verdict(effect === 'permit', effect === 'permit' ? 'allows' : 'refuses')}</td>
                <td>
                  ${words}${obligations.includes('alert') && !words.includes('privacy officer') && ' The privacy officer is told.'}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

function tableFor(request: Request, judge: Judge, roles: readonly Role[], asked: string): Markup {
  const situations = Object.keys(SITUATIONS) as (keyof typeof SITUATIONS)[];
  const situation = choice(request, 'situation', situations, ORDINARY);
  const label = choice(request, 'label', LABELS, 'N');
  const cells = seenIn(roles, label, situation).map(({ cell, at }) => ({ ...at, judged: judge(cell) }));
  const sections = sectionsOf(roles);
  return html`<h2 id="table">Role by part of the record</h2>
    <form class="ask" method="get" action="/admin/rules#table">
      ${select(
        'label',
        'Item marked',
        LABELS.map((one) => [one, one === 'N' ? 'N (normal)' : one] as const),
        label,
      )}
      ${select(
        'situation',
        'Asked for',
        situations.map((one) => [one, one] as const),
        situation,
      )}
      <input type="hidden" name="day" value="${asked}" />
      <div><button>Show</button></div>
    </form>
    <div class="scroll" role="region" aria-label="Role by part of the record" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Part of the record</th>
            ${roles.map(({ name }) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${sections.map(
            (section) =>
              html`<tr>
                <th scope="row">${saySection(section)}</th>
                ${cells
                  .filter((cell) => cell.section === section)
                  .map(
                    ({ judged }) =>
                      html`<td class="name">
                        ${verdict(judged.allowed, judged.allowed ? 'Yes' : 'No')}${!judged.allowed && html`<br /><code>${judged.rule}</code>`}
                      </td>`,
                  )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <p class="small">
      Of another organisation with an agreement in force that holds nothing back; try one by name on the first page,
      where the rule that allows is named too.
    </p>`;
}

function diffOf(request: Request, { versions, community }: RulesOfCommunity): Markup {
  const heading = html`<h2 id="changes">What a version changes</h2>`;
  const names = versions.map(({ set }) => set.version);
  if (names.length < 2)
    return html`${heading}
      <p>
        The community file names one version, so there is nothing to compare. A draft is compared with
        <code>corridor policy diff OLD NEW --community FILE</code>.
      </p>`;
  const before = choice(request, 'before', names, names.at(-2) ?? '');
  const after = choice(request, 'after', names, names.at(-1) ?? '');
  const asked = request.query['after'] !== undefined;
  const marked = choice(request, 'marked', LABELS, 'N');
  // A launcher that answers clinicians compares a part at a time: all of it takes seconds.
  const some = ({ label, purpose }: TableCell): boolean =>
    (label === undefined || label === marked) && purpose === 'direct-care';
  const parts = sectionsOf(community.roles).length;
  const setOf = (name: string): PolicySet | undefined => versions.find(({ set }) => set.version === name)?.set;
  const [old, fresh] = [setOf(before), setOf(after)];
  const options = versions.map(
    ({ set, from }) => [set.version, from ? `${set.version}, from ${sayDay(from)}` : set.version] as const,
  );
  return html`${heading}
    <form class="ask" method="get" action="/admin/rules#changes">
      ${select('before', 'From version', options, before)} ${select('after', 'To version', options, after)}
      ${select(
        'marked',
        'Items marked',
        LABELS.map((one) => [one, one] as const),
        marked,
      )}
      <div><button>Compare</button></div>
    </form>
    ${asked && old && fresh && changesOf(diffPolicies(old, fresh, community.roles, { some }), parts)}
    <p class="small">For direct care. <code>corridor policy diff</code> compares all labels and purposes at once.</p>`;
}

const MOST_ROWS = 200;

/** Cells that change alike are one row: a person reads what changed, not how often. */
function changesOf({ cells: changes, rules }: PolicyDiff, parts: number): Markup {
  if (changes.length === 0)
    return html`<p role="status">
        Nothing that anybody sees changes${rules.length > 0 && ' of what is compared here'}.
      </p>
      ${rulesChanged(rules)}`;
  const opened = changes.filter(({ before, after }) => after.allowed && !before.allowed).length;
  const closed = changes.filter(({ before, after }) => before.allowed && !after.allowed).length;
  const alike = new Map<string, CellChange[]>();
  for (const change of changes) {
    const { role, action, label, purpose, situation, before, after } = change;
    const duties = [before.obligations, after.obligations];
    const key = JSON.stringify([role, action, label, purpose, situation, before.rule, after.rule, duties]);
    const group = alike.get(key);
    if (group) group.push(change);
    else alike.set(key, [change]);
  }
  const rows = [...alike.values()].slice(0, MOST_ROWS);
  return html`<p role="status">
      ${changes.length} cells change: ${opened} open, ${closed} close, ${changes.length - opened - closed} are answered
      by another rule or with other duties.
    </p>
    ${rulesChanged(rules)}
    <div class="scroll">
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">Change</th>
            <th scope="col">Who, marked, when</th>
            <th scope="col">Parts of the record</th>
            <th scope="col">Rule</th>
          </tr>
        </thead>
        <tbody>
          ${rows.flatMap((group) => (group[0] ? [rowOf(group[0], group, parts)] : []))}
        </tbody>
      </table>
    </div>
    ${alike.size > MOST_ROWS && html`<p>${alike.size - MOST_ROWS} more kinds of change are not listed; <code>corridor policy diff</code> lists all.</p>`}`;
}

function rowOf(
  { role, action, label, purpose, situation, before, after }: CellChange,
  group: readonly CellChange[],
  parts: number,
): Markup {
  const word = before.allowed === after.allowed ? 'same answer' : after.allowed ? 'opens' : 'closes';
  return html`<tr>
    <th scope="row">${verdict(after.allowed, word)}</th>
    <td>${[role, ACTION_WORDS[action], label, purpose, situation].filter((word) => word !== undefined).join(', ')}</td>
    <td>${partsOf(group, parts)}</td>
    <td><code>${before.rule} → ${after.rule}</code>${dutiesOf(before, after)}</td>
  </tr>`;
}

function partsOf(group: readonly CellChange[], parts: number): string {
  if (group.length === parts) return `Every part (${String(parts)})`;
  return group.map(({ section }) => (section ? saySection(section) : 'The record as a whole')).join(', ');
}

/** An alert that is no longer sent changes nothing that anybody sees, and must not go unseen for that. */
function dutiesOf(before: Judgement, after: Judgement): Markup | false {
  const [old, fresh] = [before, after].map(({ obligations }) => obligations.join(' and ') || 'no duty');
  return old !== fresh && html`<br />${old} → ${fresh}`;
}

function rulesChanged(rules: readonly RuleChange[]): Markup | false {
  return (
    rules.length > 0 &&
    html`<ul>
      ${rules.map(
        ({ id, change, seen }) =>
          html`<li>
            <code>${id}</code> is
            ${change}${!seen && ': nothing that is compared here shows what it does. Try it on the first page.'}
          </li>`,
      )}
    </ul>`
  );
}
