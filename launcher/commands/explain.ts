import { Command, InvalidArgumentError } from 'commander';
import type { SectionId } from '../../src/record/section.ts';
import { SECTIONS } from '../../src/record/sections/index.ts';
import type { OdsCode } from '../../src/record/source.ts';
import type { Relationship } from '../access/cell.ts';
import { dayOf } from '../access/day.ts';
import { createPolicy } from '../access/policy.ts';
import { RELATIONSHIPS, RESIDENTS, residentsOf, simulate } from '../access/simulate.ts';
import { ConfigError } from '../config.ts';
import { readCommunity, readCommunityPolicies } from '../main.ts';
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
  const answer = simulate(community, policy, { ...ask, organisation: options.organisation as OdsCode });
  const kind = residentsOf(community).get(who);
  if (!kind) throw new ConfigError([`--resident: use one of ${[...residentsOf(community).keys()].join(', ')}`]);
  if (!answer) throw new ConfigError(['no such role or organisation in the community file, or no policy on that day']);
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
