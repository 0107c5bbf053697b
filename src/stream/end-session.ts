/** Tells the launcher that a view is over; it works while the page is being left. */
export function endSession(bearer: string, send: typeof fetch, base = '/api'): void {
  // Best effort: the launcher ends the session on its own when its time is over.
  send(`${base}/session/end`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}` },
    credentials: 'omit',
    keepalive: true,
  }).catch(() => undefined);
}
