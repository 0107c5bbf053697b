/**
 * Whether two recorded family names may be one person's: the same letters, one part of a double-barrelled name, or a
 * single slip of a key in a long one. It only ever supports an equal NHS number and birth date, never replaces them.
 */
export function familiesComparable(a: string, b: string): boolean {
  const [left, right] = [letters(a), letters(b)];
  if (left === '' || right === '') return false;
  if (left === right || parts(a).some((part) => part.length > 2 && parts(b).includes(part))) return true;
  return Math.min(left.length, right.length) >= 5 && isOneSlip(left, right);
}

function letters(name: string): string {
  return fold(name).replace(/[^\p{L}]/gu, '');
}

function parts(name: string): readonly string[] {
  return fold(name)
    .split(/[^\p{L}]+/u)
    .filter(Boolean);
}

/** Case, accents and apostrophes differ between systems that hold the same name. */
function fold(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\p{M}'’‘`]/gu, '')
    .toLowerCase();
}

/** One letter added, left out, changed, or two neighbours exchanged. */
function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}
