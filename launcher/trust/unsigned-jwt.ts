/**
 * A JWT with `alg: none`, which GP Connect asks consumers for: there the proof is the mutual TLS to the spine. Only
 * `gp-connect.ts` may make one, and nothing of ours ever takes one (smart.md §5 row 86; held by a test).
 */
export function writeUnsignedJwt(claims: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
}
