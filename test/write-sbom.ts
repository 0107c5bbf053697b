import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = join(import.meta.dirname, '..');

export type Sbom = {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly metadata: {
    readonly component: { readonly 'bom-ref': string; readonly name: string; readonly version: string };
  };
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
  readonly components: readonly {
    readonly 'bom-ref': string;
    readonly name: string;
    readonly version: string;
    readonly purl: string;
    readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
    readonly licenses?: readonly unknown[];
  }[];
};

/**
 * What a running launcher holds, from the lockfile alone (CycloneDX; ASVS 5 15.1.2). `npm sbom --omit dev` leaves out
 * whatever a tool of development needs too, zod and lit among them; so everything is asked for, and the lockfile says
 * what is only a tool.
 */
export function buildSbom(): Sbom {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout: 120_000,
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm sbom failed: ${stderr}`);
  const sbom = JSON.parse(stdout) as Sbom;
  const wanted = packagesAtRunTime();
  const components = sbom.components.filter(({ purl }) => wanted.has(decodeURIComponent(purl)));
  // npm names it for the folder it happens to lie in.
  const component = { ...sbom.metadata.component, name: 'corridor' };
  const refs = new Set([...components.map((one) => one['bom-ref']), component['bom-ref']]);
  return {
    ...sbom,
    metadata: { ...sbom.metadata, component },
    components,
    dependencies: sbom.dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: (dependsOn ?? []).filter((on) => refs.has(on)) })),
  };
}

type Locked = {
  readonly name?: string;
  readonly version?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly link?: boolean;
};

function packagesAtRunTime(): ReadonlySet<string> {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    readonly packages: { readonly [path: string]: Locked };
  };
  const held = Object.entries(packages).filter(
    ([path, { dev, devOptional, link }]) => path !== '' && !dev && !devOptional && !link,
  );
  return new Set(
    held.map(
      ([path, { name, version }]) =>
        `pkg:npm/${name ?? path.replace(/^(.*node_modules|vendor)\//, '')}@${version ?? ''}`,
    ),
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const sbom = buildSbom();
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(join(ROOT, 'dist', 'sbom.cdx.json'), `${JSON.stringify(sbom, undefined, 2)}\n`);
  console.log(`dist/sbom.cdx.json: ${String(sbom.components.length)} packages, CycloneDX ${sbom.specVersion}`);
}
