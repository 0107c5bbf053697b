/** What the launcher wrote into this document for its script (`launcher/routes/page.ts`). Anything missing reads as empty. */
export type LaunchPageData = {
  readonly handle: string;
  readonly binding: string;
  readonly address: string;
  readonly ods: string;
  /** The sign-in is reached by a form. */
  readonly post: boolean;
};

export function readPageData(from: Document): LaunchPageData {
  const found: unknown = JSON.parse(from.getElementById('page-data')?.textContent ?? '{}');
  const data = typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
  const text = (name: string): string => (typeof data[name] === 'string' ? data[name] : '');
  return {
    handle: text('handle'),
    binding: text('binding'),
    address: text('address'),
    ods: text('ods'),
    post: data['post'] === true,
  };
}
