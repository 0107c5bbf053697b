/**
 * The negative table: what an attacker, a broken EPR or a hostile source may send, and the launch suite (`S`) that is run
 * for each way of client authentication. A row that cannot happen yet has the test of what happens instead.
 */
export const TABLE_ROWS = 111;
export const SUITE_ROWS = 17;

export const ROW_NUMBERS: readonly string[] = [
  ...Array.from({ length: TABLE_ROWS }, (_, index) => String(index + 1)),
  ...Array.from({ length: SUITE_ROWS }, (_, index) => `S${String(index + 1).padStart(2, '0')}`),
];
