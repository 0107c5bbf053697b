/** The page's own id of a message: made from its thread and place, so that whoever looks later knows where it belongs. */
export function messageIdOf(thread: number, place: number): string {
  const hex = (value: number, length: number): string => value.toString(16).padStart(length, '0');
  return `${hex(thread, 8)}-${hex(place, 4)}-4000-8000-000000000000`;
}

export function placeOfMessage(id: string): { readonly thread: number; readonly place: number } {
  return { thread: Number.parseInt(id.slice(0, 8), 16), place: Number.parseInt(id.slice(9, 13), 16) };
}
