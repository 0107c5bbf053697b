export default {
  globs: ['src/components/**/*.ts', 'src/app/corridor-*.ts'],
  exclude: ['**/*.styles.ts'],
  outdir: 'dist',
  litelement: true,
};
