import { nameElements } from './sdk/name-elements.ts';

export default {
  globs: ['src/components/**/*.ts', 'src/app/corridor-*.ts'],
  exclude: ['**/*.styles.ts'],
  outdir: 'dist',
  litelement: true,
  plugins: [nameElements],
};
