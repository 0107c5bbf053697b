/** SNOMED CT identifiers end in a Verhoeff check digit: 0 is right. */
export function verhoeff(code: string): number {
  const multiply = (a: number, b: number): number =>
    a < 5 ? (b < 5 ? (a + b) % 5 : ((a + b) % 5) + 5) : b < 5 ? ((a - b + 5) % 5) + 5 : (a - b + 10) % 5;
  const once = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
  const permute = (digit: number, times: number): number =>
    times === 0 ? digit : permute(once[digit] ?? 0, times - 1);
  return [...code].reverse().reduce((check, digit, index) => multiply(check, permute(Number(digit), index % 8)), 0);
}

/** LOINC codes end in a Luhn (modulus 10) check digit: 0 is right. */
export function luhn(code: string): number {
  const sum = [...code].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10;
}
