import type { Request } from 'express';
import type { SectionId } from '../../../src/record/section.ts';
import { SECTIONS } from '../../../src/record/sections/index.ts';
import type { OdsCode } from '../../../src/record/source.ts';
import { type PolicyVersion, type Policy, untilOf } from '../../access/policy.ts';
import { RELATIONSHIPS, residentsOf, simulate, type SimulatedAnswer, type Simulation } from '../../access/simulate.ts';
import type { Community } from '../../trust/community.ts';
import { html, type Markup, Markup as Raw } from './html.ts';
import { saySection, sayDay, select, verdict } from './layout.ts';
import { choice, day, one, several } from './read-query.ts';

const LABELS = {
  R: 'restricted',
  V: 'very restricted',
  HIV: 'HIV',
  PSY: 'mental health',
  SDV: 'domestic violence',
  SEX: 'sexual health',
  SUD: 'substance use',
  STD: 'sexually transmitted disease',
} as const;
const PURPOSES = { 'direct-care': 'Direct care', research: 'Research', planning: 'Planning' } as const;
const CLAIMS = {
  encounter: 'An open encounter there',
  registration: 'Registered there',
  referral: 'Referred there',
  'self-claimed': 'Only the reader’s own word',
  none: 'None',
} as const satisfies Record<Simulation['relationship'], string>;

export type RulesOfCommunity = {
  readonly community: Community;
  readonly policy: Policy;
  readonly versions: readonly PolicyVersion[];
  readonly today: () => string;
};

/** The simulator: an imagined reader, an imagined resident, the real rules. What is chosen stands in the address, so that a question can be sent on. */
export function simulatorPage(request: Request, rules: RulesOfCommunity): Markup {
  const ask = readAsk(request, rules);
  const answer = simulate(rules.community, rules.policy, ask);
  return html`<h1>Try the rules</h1>
    <p>
      Choose a reader, a resident and an item. The answer comes from the same judge that every request goes through; no
      real person is asked about.
    </p>
    ${form(ask, rules.community)}
    ${answer ? answerOf(ask, answer, rules) : html`<p role="status">On ${sayDay(ask.day)} no policy is in force: nobody sees anything.</p>`}`;
}

function readAsk(request: Request, { community, today }: RulesOfCommunity): Simulation {
  const residents = [...residentsOf(community).keys()];
  const roles = community.roles.map(({ id }) => id);
  const homes = community.members.map(({ ods }) => ods);
  return {
    role: choice(request, 'role', roles, roles[0] ?? ''),
    organisation: choice(request, 'organisation', homes, homes[0] ?? ('' as OdsCode)),
    resident: choice(request, 'resident', residents, 'ordinary'),
    section: choice<SectionId>(
      request,
      'section',
      SECTIONS.map(({ id }) => id),
      'problems',
    ),
    labels: several(request, 'label', keys(LABELS)),
    unit: one(request, 'unit', ''),
    purpose: choice(request, 'purpose', keys(PURPOSES), 'direct-care'),
    relationship: choice(request, 'relationship', RELATIONSHIPS, 'encounter'),
    emergency: choice(request, 'emergency', ['yes', 'no'], 'no') === 'yes',
    day: day(request, today()),
  };
}

function form(ask: Simulation, community: Community): Markup {
  const { roles, members } = community;
  const named = (values: Readonly<Record<string, string>>): readonly (readonly [string, string])[] =>
    Object.entries(values);
  return html`<form class="ask" method="get" action="/admin">
    ${select(
      'role',
      'Reader’s role',
      roles.map(({ id, name }) => [id, name] as const),
      ask.role,
    )}
    ${select(
      'organisation',
      'Reader’s organisation',
      members.map(({ ods, name }) => [ods, name] as const),
      ask.organisation,
    )}
    ${select('relationship', 'Evidence of care', named(CLAIMS), ask.relationship)}
    ${select('purpose', 'Purpose', named(PURPOSES), ask.purpose)}
    ${select(
      'resident',
      'Resident',
      [...residentsOf(community)].map(([id, { about }]) => [id, sentence(about)] as const),
      ask.resident,
    )}
    ${select(
      'section',
      'Part of the record',
      SECTIONS.map(({ id }) => [id, saySection(id)] as const),
      ask.section,
    )}
    <div>
      <label for="unit">Unit or service</label><input id="unit" name="unit" maxlength="100" value="${ask.unit}" />
    </div>
    <div><label for="day">On the day</label><input id="day" name="day" type="date" required value="${ask.day}" /></div>
    <fieldset>
      <legend>The item is marked</legend>
      ${keys(LABELS).map(
        (label) =>
          html`<label
            ><input
              type="checkbox"
              name="label"
              value="${label}"
              ${ask.labels.includes(label) && new Raw('checked')}
            />${LABELS[label]} (${label})</label
          >`,
      )}
    </fieldset>
    <label class="tick"
      ><input type="checkbox" name="emergency" value="yes" ${ask.emergency && new Raw('checked')} />The reader broke the
      glass</label
    >
    <div><button>Ask the rules</button></div>
  </form>`;
}

function answerOf(
  ask: Simulation,
  { opening, givers, policy, unnamed }: SimulatedAnswer,
  { community, versions }: RulesOfCommunity,
): Markup {
  const role = community.roles.find(({ id }) => id === ask.role)?.name ?? ask.role;
  const home = community.member(ask.organisation)?.name ?? ask.organisation;
  const shown = givers.filter(({ see }) => see.allowed).length;
  return html`<h2 id="answer">Answer</h2>
    <div class="answer ${!opening.allowed && 'is-no'}" role="status">
      <p><strong>${role} at ${home}: the record ${opening.allowed ? 'opens' : 'does not open'}.</strong></p>
      <p>
        ${opening.words}
        <code>${opening.rule}</code
        >${opening.obligations.includes('alert') && !opening.words.includes('privacy officer') && ' The privacy officer is told.'}
      </p>
      ${opening.allowed && html`<p>${saySection(ask.section)}: seen from ${shown} of ${givers.length} organisations.</p>`}
      <p class="small">
        By policy ${policy}, ${inForce(policy, versions)}; asked for ${sayDay(ask.day)}. The resident:
        ${residentsOf(community).get(ask.resident)?.about ?? ''}.
      </p>
      ${unnamed && html`<p>To this reader no organisation has a name, and no place or address is shown.</p>`}
    </div>
    ${givers.length > 0 && tableOfGivers(givers)}`;
}

function tableOfGivers(givers: SimulatedAnswer['givers']): Markup {
  return html`<div class="scroll">
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">What it holds</th>
          <th scope="col">Verdict</th>
          <th scope="col">Because</th>
          <th scope="col">Of what is held back</th>
        </tr>
      </thead>
      <tbody>
        ${givers.map(
          ({ member, see, counted }) =>
            html`<tr>
              <th scope="row">${member.name}</th>
              <td>
                ${verdict(see.allowed, see.allowed ? 'Can see' : see.state === 'not-agreed' ? 'Not agreed' : 'Withheld')}
              </td>
              <td>${see.words} <code>${see.rule}</code></td>
              <td>${see.allowed ? '–' : counted ? 'It may be said how many' : 'Nothing is said of it'}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

export function inForce(version: string, versions: readonly PolicyVersion[]): string {
  const found = versions.find(({ set }) => set.version === version);
  const until = found && untilOf(found, versions);
  const from = found?.from === undefined ? 'in force from the beginning' : `in force from ${sayDay(found.from)}`;
  return until === undefined ? `${from} until another follows` : `${from} to ${sayDay(until)}`;
}

function keys<K extends string>(of: Readonly<Record<K, unknown>>): readonly K[] {
  return Object.keys(of) as K[];
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
