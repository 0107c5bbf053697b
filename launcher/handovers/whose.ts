/** Where an address is: its team, or everybody with its role; of one person's, their team. */
export function placeOf(address: string): string {
  return address.split('/').slice(0, 2).join('/');
}

/** At one of these teams or roles, be it one person there: what is given to somebody never waits for them alone. */
export function isAt(address: string, places: readonly string[]): boolean {
  return places.includes(placeOf(address));
}
