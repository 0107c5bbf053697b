// Runs on any Node: says one clear line instead of a syntax error from a TypeScript file.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Corridor needs Node 22.18 or newer and found ${process.versions.node}. ` +
      'Run "npm ci" (it brings Node 24 for Linux, macOS and Windows) and start it with the npm script.',
  );
  process.exit(1);
}
