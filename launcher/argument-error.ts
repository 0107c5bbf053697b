/** Stable, for scripts and runbooks: what was wrong with what somebody typed. */
type ArgumentCode =
  | 'argument.unknown_role'
  | 'argument.unknown_organisation'
  | 'argument.unknown_resident'
  | 'argument.unknown_plugin'
  | 'argument.unknown_profile'
  | 'argument.unknown_language'
  | 'argument.unknown_launcher'
  | 'argument.missing'
  | 'argument.missing_plugin'
  | 'argument.choose_one'
  | 'argument.does_not_fit'
  | 'argument.never_holds'
  | 'argument.not_an_nhs_number'
  | 'argument.not_a_key'
  | 'argument.unreadable_file'
  | 'argument.unwritable_file'
  | 'argument.refused'
  | 'argument.no_policy';

/** Typed wrongly at a terminal. It says nothing of the configuration, which may be well: nobody need look for a fault there. */
export class ArgumentError extends Error {
  readonly code: ArgumentCode;
  constructor(code: ArgumentCode, words: string) {
    super(`corridor: ${words} (${code})`);
    this.name = 'ArgumentError';
    this.code = code;
  }
}

/** There is none of this name; and those there are. */
export function unknownArgument(
  code: ArgumentCode,
  { option, given, choices }: { readonly option: string; readonly given: string; readonly choices: readonly string[] },
): ArgumentError {
  const some = choices.length > 0 ? `use one of ${choices.join(', ')}` : 'there are none to choose from';
  return new ArgumentError(code, `${option}: there is no “${given}”; ${some}`);
}
