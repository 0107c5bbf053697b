import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { PluginTrouble, type LinkFace, type LinkOrder } from '../../plugins/plugin.ts';
import { asObject, type Json } from '../../src/record/resource.ts';
import { ArgumentError, unknownArgument } from '../argument-error.ts';
import { ConfigError } from '../config.ts';
import { builtInPlugins, readCommunity } from '../main.ts';
import { readNhsNumber } from './read-nhs-number.ts';

type MakeOptions = {
  readonly community: string;
  readonly organisation: string;
  readonly plugin: string;
  readonly link?: string;
  readonly patient: string;
  readonly birthDate: string;
  readonly family?: string;
  readonly user?: string;
  readonly name?: string;
  readonly role?: string;
  readonly key?: string;
  readonly launcher: string;
};

const PLUGIN = ['--plugin <id>', 'plugin that makes it', 'url-launch'] as const;

/** The EPR's side of a link, for integration teams: what its button would open, and keys to begin with. */
export function linkCommand(): Command {
  const make = new Command('make')
    .description('make a link as the EPR would, to try with a test patient; it is good for a minute, once')
    .requiredOption('--community <file>', 'community file')
    .requiredOption('--organisation <ods>', 'whose link')
    .option(...PLUGIN)
    .option('--link <id>', 'which of its links; left out: the first')
    .requiredOption('--patient <number>', 'NHS number of a test patient; - reads it from standard input')
    .requiredOption('--birth-date <day>', 'YYYY-MM-DD')
    .option('--family <name>', 'family name, compared too where it is said')
    .option('--user <id>', 'user, where the link names one')
    .option('--name <name>', 'their name')
    .option('--role <code>', 'their role, in the EPR’s own code')
    .option('--key <file>', 'the EPR’s private key (JSON Web Key), where links are signed with one')
    .option('--launcher <address>', 'address of the launcher', 'http://127.0.0.1:8400')
    .action(makeLink);
  const keys = new Command('keys')
    .description('make keys for a kind of link: the settings to standard output, the secret to a file')
    .argument('<profile>', 'kind of link: jwt, jwt-pair, sider, hmac, systmone')
    .argument('<file>', 'file for the secret; one that is there is never overwritten')
    .option(...PLUGIN)
    .action(makeKeys);
  return new Command('link').description('links that open the record from an EPR').addCommand(make).addCommand(keys);
}

async function makeLink(options: MakeOptions): Promise<void> {
  const face = faceOf(options.plugin);
  const community = await readCommunity(options.community);
  const able = community.members.filter(({ plugins }) => plugins?.[options.plugin] !== undefined);
  const member = able.find(({ ods }) => ods === options.organisation);
  const settings = member?.plugins?.[options.plugin];
  if (!member || settings === undefined)
    throw unknownArgument('argument.unknown_organisation', {
      option: `--organisation, with settings for ${options.plugin}`,
      given: options.organisation,
      choices: able.map(({ ods }) => ods),
    });
  const { user: id, name, role, family, link } = options;
  const order: LinkOrder = {
    settings,
    ods: member.ods,
    launcherUrl: options.launcher.replace(/\/$/, ''),
    nowMs: Date.now(),
    patient: {
      nhsNumber: await readNhsNumber(options.patient),
      birthDate: options.birthDate,
      ...(family !== undefined && { family }),
    },
    ...(link !== undefined && { link }),
    ...(id !== undefined && { user: { id, name: name ?? id, role: role ?? '' } }),
    ...(options.key !== undefined && { key: await readKey(options.key) }),
  };
  const { address, form, document } = within(() => face.make(order));
  if (form) say(`POST this form to ${address}\n${new URLSearchParams(form as Record<string, string>).toString()}`);
  else if (document !== undefined) say(`POST this document, by mutual TLS, to ${address}\n${document}`);
  else say(address);
}

async function makeKeys(profile: string, file: string, { plugin }: { readonly plugin: string }): Promise<void> {
  const face = faceOf(plugin);
  if (!face.profiles.includes(profile))
    throw unknownArgument('argument.unknown_profile', { option: 'profile', given: profile, choices: face.profiles });
  const { settings, secret } = face.makeKeys(profile);
  try {
    // Only its owner may read it, from the first byte on.
    await writeFile(file, `${JSON.stringify(secret, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new ArgumentError(
      'argument.unwritable_file',
      `${file} can’t be written (${code === 'EEXIST' ? 'it is there already' : code})`,
    );
  }
  say(JSON.stringify(settings, undefined, 2));
}

function faceOf(id: string): LinkFace {
  const face = builtInPlugins().find((plugin) => plugin.id === id)?.links;
  const able = builtInPlugins().flatMap((plugin) => (plugin.links ? [plugin.id] : []));
  if (!face) throw unknownArgument('argument.unknown_plugin', { option: '--plugin', given: id, choices: able });
  return face;
}

async function readKey(file: string): Promise<Json> {
  let key: Json | undefined;
  try {
    key = asObject(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    // What is in a file of keys is never shown, not even to say what is wrong with it.
    throw new ArgumentError('argument.not_a_key', `${file} can’t be read as a JSON Web Key`);
  }
  if (!key) throw new ArgumentError('argument.not_a_key', `${file} is not a JSON Web Key`);
  return key;
}

function within<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof PluginTrouble) throw new ConfigError([cause.message]);
    throw cause;
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
