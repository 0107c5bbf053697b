/** Something the person at the terminal can put right: told by its message alone, without a stack. */
export class Mistake extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Mistake';
  }
}
