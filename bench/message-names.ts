/** The page's own id of a message: made from its thread and place, so that whoever looks later knows where it belongs. */
export function messageIdOf(thread: number, place: number): string {
  const hex = (value: number, length: number): string => value.toString(16).padStart(length, '0');
  return `${hex(thread, 8)}-${hex(place, 4)}-4000-8000-000000000000`;
}

export function placeOfMessage(id: string): { readonly thread: number; readonly place: number } {
  return { thread: Number.parseInt(id.slice(0, 8), 16), place: Number.parseInt(id.slice(9, 13), 16) };
}

/** Hospitals and practices that write to each other, each with a system of its own. */
export const PAIRS = 8;

export function placesOf(thread: number): { readonly ward: string; readonly surgery: string } {
  const pair = String(thread % PAIRS);
  return { ward: `XH00${pair}`, surgery: `XB00${pair}` };
}

/** Whom the message at this place of its thread is for: they write in turn, the ward first. */
export function addressAt(thread: number, place: number): string {
  const { ward, surgery } = placesOf(thread);
  return place % 2 === 0 ? `${surgery}/duty-doctor` : `${ward}/pharmacy`;
}
