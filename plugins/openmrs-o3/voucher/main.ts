import { readSettings } from './settings.ts';
import { createVoucher } from './serve.ts';

/** `node voucher.mjs voucher.json`: the one process that runs beside OpenMRS. */
const [file] = process.argv.slice(2);
try {
  if (file === undefined) throw new Error('usage: node voucher.mjs voucher.json');
  const settings = readSettings(file);
  const { host, port } = settings;
  const server = createVoucher(settings, (code) => console.error(`${new Date().toISOString()} ${code}`));
  server.listen(port, host, () => console.log(`vouching at ${host}:${String(port)}`));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
