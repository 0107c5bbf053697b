import { readdirSync } from 'node:fs';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { beforeAll, describe, expect, it } from 'vitest';

/**
 * The table of `docs/architecture.md`: who may import whom. Down only, never sideways unless a row says so.
 * `types` may be imported as types only; `packages` are the npm packages the layer may use at run time.
 */
type Layer = {
  readonly name: string;
  readonly files: RegExp;
  readonly may: readonly RegExp[];
  readonly types?: readonly RegExp[];
};

const RECORD = /^src\/record\//;
/** What messages and handovers are, for both sides of the wire. */
const MESSAGES = /^src\/messages\//;
/** The contract: server faces, browser half, what goes between them. */
const PLUGIN =
  /^plugins\/(plugin|manifest|router-face|inbox-(?:face|answer)|ticket|signed-token|published-keys|vouched-[a-z]+|host-[a-z]+)\.ts$/;
const HOSTS = /^plugins\/(hosts|host-[a-z]+)\.ts$/;
const COMMUNITY = /^launcher\/(trust\/community|audit\/audit)\.ts$/;
const GROUND = /^launcher\/(errors|config)\.ts$/;
const STEPS =
  /^launcher\/(smart\/launch-context|session\/session|access\/decision|identity\/located-request|federation\/deps)\.ts$/;

const VERIFY = /^launcher\/trust\/verify\//;
const VERIFY_DOOR = /^launcher\/trust\/verify\/index\.ts$/;

const services = [
  'smart',
  'session',
  'trust',
  'identity',
  'access',
  'federation',
  'audit',
  'messaging',
  'handovers',
  'admin',
  'observability',
  'conformance',
];
const plugins = readdirSync(new URL('../plugins/', import.meta.url), { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
);

const LAYERS: readonly Layer[] = [
  { name: 'src/record', files: RECORD, may: [RECORD] },
  { name: 'src/messages', files: MESSAGES, may: [MESSAGES], types: [RECORD] },
  { name: 'src/words', files: /^src\/words\//, may: [/^src\/words\//], types: [RECORD, MESSAGES] },
  { name: 'src/stream', files: /^src\/stream\//, may: [/^src\/stream\//, RECORD, MESSAGES] },
  {
    name: 'src/components',
    files: /^src\/components\//,
    may: [/^src\/components\//, /^src\/words\//, RECORD, MESSAGES],
  },
  { name: 'src/app', files: /^src\/(app\/|index\.ts|define\.ts)/, may: [/^src\//, HOSTS] },
  { name: 'the contract of plugins', files: PLUGIN, may: [PLUGIN, RECORD], types: [MESSAGES] },
  // The browser's list: each host is fetched only by the page whose launch names it.
  { name: 'plugins/hosts.ts', files: /^plugins\/hosts\.ts$/, may: [PLUGIN, /^plugins\/[^/]+\/host\.ts$/] },
  ...plugins.map((plugin) => ({
    name: `plugins/${plugin.name}`,
    files: new RegExp(`^plugins/${plugin.name}/`),
    may: [new RegExp(`^plugins/${plugin.name}/`), PLUGIN, RECORD],
  })),
  { name: 'launcher/errors and config', files: GROUND, may: [GROUND] },
  { name: 'launcher/storage', files: /^launcher\/storage\//, may: [/^launcher\/storage\//, GROUND] },
  ...services.map((service) => ({
    name: `launcher/${service}`,
    // The package for sources stands alone (its own row).
    files: new RegExp(`^launcher/${service}/(?!verify/)`),
    may: [new RegExp(`^launcher/${service}/`), GROUND, /^launcher\/storage\/tables\//, RECORD, MESSAGES, PLUGIN],
    types: [COMMUNITY, STEPS, /^launcher\/storage\/database\.ts$/],
  })),
  {
    name: 'launcher/trust/verify',
    files: VERIFY,
    may: [VERIFY],
  },
  // Alone in the world: what checks the audit shares nothing with what writes it.
  { name: 'launcher/verifier', files: /^launcher\/verifier\//, may: [/^launcher\/verifier\//] },
  {
    name: 'launcher/routes',
    files: /^launcher\/routes\//,
    may: [/^launcher\/(?!main|build-[a-z]+|cli|server|storage)/, RECORD, MESSAGES, PLUGIN],
    types: [/^launcher\/storage\//],
  },
  {
    name: 'launcher/server',
    files: /^launcher\/(server|listen)\.ts$/,
    may: [/^launcher\/(?!main|build-[a-z]+|cli)/, RECORD, PLUGIN],
  },
  {
    name: 'launcher/main and cli',
    files: /^launcher\/(main|build-[a-z]+|cli|argument-error|commands\/.*)\.?(ts)?$/,
    may: [/^launcher\//, /^plugins\/index\.ts$/, PLUGIN, RECORD, MESSAGES],
  },
  // An EPR installs the launcher's verifier package, so the pretend ones do too; it imports nothing else of the launcher.
  { name: 'sandbox', files: /^sandbox\/(?!start)/, may: [/^sandbox\//, RECORD, VERIFY_DOOR], types: [PLUGIN] },
  {
    name: 'sandbox/start',
    files: /^sandbox\/start\.ts$/,
    may: [/^sandbox\//, RECORD, PLUGIN, /^launcher\/main\.ts$/, /^plugins\/index\.ts$/],
  },
];

let modules: ICruiseResult['modules'];

beforeAll(async () => {
  const result = await cruise(['src', 'launcher', 'plugins', 'sandbox'], {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'node_modules' },
  });
  modules = (result.output as ICruiseResult).modules;
});

describe('imports go down the table and never up or sideways', () => {
  it('every source file belongs to exactly one layer', () => {
    const homeless = modules
      .filter(ours)
      .filter((module) => LAYERS.filter((layer) => layer.files.test(module.source)).length !== 1);
    expect(homeless.map((module) => module.source).filter((path) => path !== 'plugins/index.ts')).toEqual([]);
  });

  it.each(LAYERS.map((layer) => [layer.name, layer] as const))(
    '%s imports only what its row allows',
    (_name, layer) => {
      const broken = modules
        .filter((module) => layer.files.test(module.source))
        .flatMap((module) =>
          module.dependencies
            .filter(isOurs)
            .filter((to) => !allowed(layer, to))
            .map((to) => `${module.source} → ${to.resolved}`),
        );
      expect(broken).toEqual([]);
    },
  );

  it('the pure model imports no package and no platform', () => {
    const outside = modules
      .filter((module) => RECORD.test(module.source))
      .flatMap((module) => module.dependencies.filter((to) => !isOurs(to)).map((to) => to.module));
    expect(outside).toEqual([]);
  });

  it('only the composition root names the plugin list and the database drivers', () => {
    const users = modules.filter((module) =>
      module.dependencies.some((to) =>
        /^plugins\/index\.ts$|launcher\/storage\/(sqlite|postgres)\.ts$/.test(to.resolved),
      ),
    );
    const strangers = users
      .map((module) => module.source)
      .filter((path) => !/^launcher\/(main|cli|storage\/)|^sandbox\/start\.ts$/.test(path));
    expect(strangers).toEqual([]);
  });

  it('what writes the audit and what verifies it share no module', () => {
    const reach = (start: RegExp): ReadonlySet<string> => {
      const seen = new Set(modules.filter(ours).flatMap(({ source }) => (start.test(source) ? [source] : [])));
      for (const path of seen) {
        const found = modules.find(({ source }) => source === path);
        for (const to of found?.dependencies.filter(isOurs) ?? []) seen.add(to.resolved);
      }
      return seen;
    };
    const writer = reach(/^launcher\/audit\//);
    expect([...reach(/^launcher\/verifier\//)].filter((path) => writer.has(path))).toEqual([]);
    expect(writer.size).toBeGreaterThan(10);
  });

  it('nothing imports tests, benchmarks or the sandbox', () => {
    const reaching = modules
      .filter((module) => /^(src|launcher|plugins)\//.test(module.source))
      .flatMap((module) =>
        module.dependencies
          .filter((to) => /^(test|bench|sandbox)\//.test(to.resolved))
          .map((to) => `${module.source} → ${to.resolved}`),
      );
    expect(reaching).toEqual([]);
  });

  it('there is no import cycle', () => {
    const cycles = modules.flatMap((module) =>
      module.dependencies
        .filter((to) => to.circular && !to.dependencyTypes.includes('type-only'))
        .filter((to) => !(to.cycle ?? []).some((step) => step.dependencyTypes.includes('type-only')))
        .map((to) => `${module.source} → ${to.resolved}`),
    );
    expect(cycles).toEqual([]);
  });
});

type Dependency = ICruiseResult['modules'][number]['dependencies'][number];

function ours(module: { readonly source: string }): boolean {
  return /^(src|launcher|plugins|sandbox)\/.*\.ts$/.test(module.source);
}

function isOurs(to: Dependency): boolean {
  return /^(src|launcher|plugins|sandbox|test|bench)\//.test(to.resolved);
}

function allowed(layer: Layer, to: Dependency): boolean {
  if (layer.may.some((row) => row.test(to.resolved))) return true;
  return to.dependencyTypes.includes('type-only') && (layer.types ?? []).some((row) => row.test(to.resolved));
}
