/** A UUID made from words, the same for the same words: the record knows no chance and keeps no table of ids. */
export function uuidOf(words: string): string {
  const hex = [0x811c9dc5, 0x9dc5811c, 0x01000193, 0x85ebca6b].map((seed) => hash(words, seed)).join('');
  // RFC 9562 version 8: "custom", of our own making.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** FNV-1a over code units, stirred at the end so that the four halves differ in all their digits. */
function hash(words: string, seed: number): string {
  let value = seed;
  for (let index = 0; index < words.length; index++) value = Math.imul(value ^ words.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return ((value ^ (value >>> 16)) >>> 0).toString(16).padStart(8, '0');
}
