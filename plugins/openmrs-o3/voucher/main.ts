import { readSettings } from './settings.ts';
import { createVoucher } from './serve.ts';

/** `node voucher.js voucher.json`: the one process that runs beside OpenMRS. */
const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node voucher.js voucher.json');
  process.exitCode = 2;
} else {
  const settings = readSettings(file);
  const server = createVoucher(settings, (code) => console.error(`${new Date().toISOString()} ${code}`));
  server.listen(settings.port, settings.host, () =>
    console.log(`vouching at ${settings.host}:${String(settings.port)}`),
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close());
}
