import tseslint from 'typescript-eslint';
import * as lit from 'eslint-plugin-lit';
import * as wc from 'eslint-plugin-wc';

const browserFiles = [
  'src/**/*.ts',
  'plugins/host-plugin.ts',
  'plugins/host-channel.ts',
  'plugins/hosts.ts',
  'plugins/*/host.ts',
  'plugins/*/host/**/*.ts',
  'plugins/*/module/**/*.ts',
  'gallery/pages/**/*.ts',
  'test/**/*.browser.test.ts',
  'test/contracts/host-port.contract.ts',
  'test/support/browser/**/*.ts',
  'bench/pages/**/*.ts',
];
const pureFiles = ['src/record/**/*.ts'];

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'vendor/',
      'coverage/',
      '.stryker-tmp/',
      '*.config.js',
      'vitest.config.ts',
      'docs/**/*.js',
      'sandbox/host-pages/assets/',
      'plugins/openemr/module/**/*.js',
      'test/support/preflight.js',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  { languageOptions: { parserOptions: { project: ['./tsconfig.node.json'], tsconfigRootDir: import.meta.dirname } } },
  {
    files: browserFiles,
    languageOptions: { parserOptions: { project: ['./tsconfig.browser.json'], tsconfigRootDir: import.meta.dirname } },
  },
  {
    files: pureFiles,
    languageOptions: {
      parserOptions: { project: ['./src/record/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
  },
  { files: browserFiles, ...lit.configs['flat/recommended'] },
  { files: browserFiles, ...wc.configs['flat/recommended'], settings: { wc: { elementBaseClasses: ['LitElement'] } } },
  {
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // JSON from outside is `unknown` by type; these two would only ask for casts around `JSON.parse` and `req.body`.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness is an argument, or node:crypto.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.property.name='setTimeout'][arguments.length=1]",
          message: 'A wait has a time.',
        },
      ],
    },
  },
  {
    files: pureFiles,
    rules: {
      'no-restricted-globals': [
        'error',
        'fetch',
        'setTimeout',
        'setInterval',
        'process',
        'window',
        'document',
        'performance',
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The clock is an argument.' },
        { object: 'Math', property: 'random', message: 'Randomness is an argument.' },
      ],
    },
  },
  {
    files: browserFiles.concat('launcher/**/*.ts'),
    rules: {
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: 'Never markup from strings.' },
        { object: 'Math', property: 'random', message: 'Randomness is an argument, or the platform crypto.' },
      ],
    },
  },
  {
    // The assertions' types make every one of them look like a promise; those that are must be awaited.
    files: ['test/**/*.browser.test.ts', 'test/contracts/host-port.contract.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      'no-restricted-imports': [
        'error',
        {
          name: '@open-wc/testing',
          importNames: ['waitUntil'],
          message: 'Its patience is one second: until() in test/support/browser waits as long as a busy machine needs.',
        },
        {
          name: '@open-wc/testing',
          importNames: ['aTimeout', 'nextFrame'],
          message: 'A time is no condition: until() waits for one; quiet() is for proving that nothing comes.',
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "ExpressionStatement > CallExpression[callee.property.name='accessible']",
          message: 'Await it, or it proves nothing.',
        },
        {
          selector:
            "NewExpression[callee.name='Promise'] :matches(CallExpression[callee.name=/^(setTimeout|requestAnimationFrame)$/], Identifier[name='requestAnimationFrame'])",
          message: 'A time is no condition: until() waits for one; quiet() is for proving that nothing comes.',
        },
        {
          selector: "AwaitExpression CallExpression[callee.name='oneEvent']",
          message: 'It may be past by then: hold the promise of the event, act, then await it.',
        },
      ],
    },
  },
  {
    files: ['test/**/*.test.ts', 'test/**/*.contract.ts'],
    ignores: [
      'test/**/*.browser.test.ts',
      'test/contracts/host-port.contract.ts',
      'test/journeys/**',
      'test/openmrs/**',
    ],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          name: 'node:timers/promises',
          message:
            'A time is no condition: test/support has until() for one, and quiet() for proving that nothing comes.',
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "NewExpression[callee.name='Promise'] > ArrowFunctionExpression > CallExpression[callee.name='setTimeout']",
          message:
            'A time is no condition: test/support has until() for one, and quiet() for proving that nothing comes.',
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      'no-restricted-properties': 'off',
    },
  },
);
