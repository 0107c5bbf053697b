/** What a process that a test starts has of ours: where programs are, and what Node has compiled already. */
export function bareEnvironment(): Record<string, string> {
  return Object.fromEntries(
    ['PATH', 'NODE_COMPILE_CACHE'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
