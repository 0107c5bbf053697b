import { Command, InvalidArgumentError } from 'commander';
import type { SectionId } from '../../src/record/section.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';
import type { OdsCode } from '../../src/record/source.ts';
import type { Relationship } from '../access/cell.ts';
import { dayOf } from '../access/day.ts';
import { createPolicy } from '../access/policy.ts';
import { RELATIONSHIPS, type ResidentKind, RESIDENTS, residentsOf, simulate } from '../access/simulate.ts';
import { ArgumentError, unknownArgument } from '../argument-error.ts';
import { readCommunity, readCommunityPolicies } from '../main.ts';
import type { Community } from '../trust/community.ts';
import { readDay } from './read-day.ts';

type Options = {
  readonly community: string;
  readonly role: string;
  readonly organisation: string;
  readonly resident: string;
  readonly section: SectionId;
  readonly label: readonly string[];
  readonly unit: string;
  readonly purpose: string;
  readonly relationship: Relationship;
  readonly emergency?: boolean;
  readonly day?: string;
};

/** The simulator at a terminal: why this reader can, or can't, see this. It asks no organisation and names no person. */
export function explainCommand(): Command {
  return new Command('explain')
    .description('say what a reader would see of each organisation, and which rule says so')
    .requiredOption('--community <file>', 'community file')
    .requiredOption('--role <id>', 'role of the community file')
    .requiredOption('--organisation <ods>', 'where the reader works')
    .option(
      '--resident <name>',
      `kind of resident: ${Object.keys(RESIDENTS).join(', ')}, or an example of the community file`,
      'ordinary',
    )
    .option('--section <id>', 'part of the record', section, 'problems')
    .option('--label <code...>', 'labels of the item besides: R, V, HIV, PSY …', [])
    .option('--unit <name>', 'unit or service that made the item', '')
    .option('--purpose <purpose>', 'what for', 'direct-care')
    .option('--relationship <kind>', RELATIONSHIPS.join(', '), relationship, 'encounter')
    .option('--emergency', 'after breaking the glass')
    .option('--day <day>', 'on this day (YYYY-MM-DD) instead of today', readDay)
    .action(explain);
}

async function explain(options: Options): Promise<void> {
  const community = await readCommunity(options.community);
  const policy = createPolicy(community, readCommunityPolicies(community, options.community));
  const day = options.day ?? dayOf(Date.now());
  const { role, resident: who, section: what, label, unit, purpose, relationship: why, emergency = false } = options;
  const ask = { role, resident: who, section: what, labels: label, unit, purpose, relationship: why, emergency, day };
  const kind = chooseWithin(community, options);
  const answer = simulate(community, policy, { ...ask, organisation: options.organisation as OdsCode });
  if (!answer) throw noPolicyOn(day, community);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  say(`On ${day}, by policy ${answer.policy}; the resident: ${kind.about}.`);
  const { opening } = answer;
  say(`${opening.allowed ? 'The record opens' : 'The record does not open'}: ${opening.words} [${opening.rule}]`);
  if (opening.obligations.includes('alert')) say('The privacy officer is told.');
  if (answer.unnamed) say('To this reader no organisation has a name, and no place or address is shown.');
  for (const { member, see, counted } of answer.givers) {
    const verdict = see.allowed ? 'seen' : see.state === 'not-agreed' ? 'not agreed' : 'withheld';
    const said = see.allowed
      ? ''
      : counted
        ? ' How many items are held back may be said.'
        : ' Nothing is said of how many.';
    say(`${member.ods}  ${member.name}: ${what} ${verdict}. ${see.words} [${see.rule}]${said}`);
  }
}

/** The kind of resident, once role, organisation and resident are all of this community; else which of them is not. */
function chooseWithin(community: Community, { role, organisation, resident }: Options): ResidentKind {
  const known = [
    { option: 'role', given: role, choices: community.roles.map(({ id }) => id) },
    { option: 'organisation', given: organisation, choices: community.members.map(({ ods }) => ods) },
  ] as const;
  for (const { option, given, choices } of known)
    if (!choices.some((choice) => choice === given))
      throw unknownArgument(`argument.unknown_${option}`, { option: `--${option}`, given, choices });
  const residents = residentsOf(community);
  const kind = residents.get(resident);
  if (kind) return kind;
  throw unknownArgument('argument.unknown_resident', {
    option: '--resident',
    given: resident,
    choices: [...residents.keys()],
  });
}

/** All that `simulate` can still lack when role, member and resident are there. */
function noPolicyOn(day: string, { policies = [] }: Community): ArgumentError {
  const from = policies[0]?.from;
  const first = from === undefined ? '' : `; the first begins on ${from}`;
  return new ArgumentError(
    'argument.no_policy',
    `--day: no policy of the community file is in force on ${day}${first}`,
  );
}

function section(value: string): SectionId {
  const known = SECTIONS.find(({ id }) => id === value);
  if (!known) throw new InvalidArgumentError('is not a section of the record');
  return known.id;
}

function relationship(value: string): Relationship {
  const known = RELATIONSHIPS.find((one) => one === value);
  if (!known) throw new InvalidArgumentError(`use one of: ${RELATIONSHIPS.join(', ')}`);
  return known;
}
