import type { Request } from 'express';
import { CorridorError } from '../../errors.ts';

/** One value of a query, at most so long; the fallback when it is not given. */
export function one(request: Request, name: string, fallback: string): string {
  const given = request.query[name];
  if (given === undefined || given === '') return fallback;
  if (typeof given !== 'string' || given.length > 100) throw new CorridorError('request.invalid', name);
  return given;
}

/** One of these and nothing else. */
export function choice<T extends string>(request: Request, name: string, known: readonly T[], fallback: T): T {
  const given = one(request, name, fallback);
  const found = known.find((value) => value === given);
  if (found === undefined) throw new CorridorError('request.invalid', name);
  return found;
}

export function several<T extends string>(request: Request, name: string, known: readonly T[]): readonly T[] {
  const given: unknown = request.query[name];
  const values: readonly unknown[] = given === undefined ? [] : Array.isArray(given) ? given : [given];
  const found = known.filter((value) => values.includes(value));
  if (found.length !== new Set(values).size) throw new CorridorError('request.invalid', name);
  return found;
}

export function day(request: Request, fallback: string): string {
  const given = one(request, 'day', fallback);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(given)) throw new CorridorError('request.invalid', 'day');
  return given;
}
