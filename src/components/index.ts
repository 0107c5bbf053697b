export * from './first-sight.ts';
export * from './after-first-sight.ts';
