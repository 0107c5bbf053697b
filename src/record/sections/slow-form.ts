/** Whether the name or form of a medicine says that it works for longer than the plain one. */
export function isSlow({ form, title }: { readonly form?: string; readonly title: string }): boolean {
  return /modified|prolonged|(?:extended|sustained|controlled|slow)[ -]?release|retard|continus|\b(?:mr|m\/r|xl|sr|la|er|cr)\b/i.test(
    [form, title].join(' '),
  );
}
