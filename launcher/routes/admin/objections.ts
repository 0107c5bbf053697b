import type { RequestHandler } from 'express';
import { parseNhsNumber } from '../../../src/record/nhs-number.ts';
import { asObject, asString, type Json } from '../../../src/record/resource.ts';
import { SECTIONS } from '../../../src/record/sections/index.ts';
import type { Objection, Objections } from '../../access/objections.ts';
import { CorridorError } from '../../errors.ts';

export type ObjectionRouteDeps = {
  readonly objections: Objections;
  /** What of an objection could never hold here. */
  readonly neverHolds: (objection: Objection) => readonly string[];
};

const MOST_NAMED = 200;
const MOST_CHARACTERS = 200;
const ID = /^[A-Za-z0-9_-]{1,64}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Beside a running launcher the embedded store is the launcher's alone, so an objection is recorded through it
 * (safety H27): for `corridor objections --launcher`, with the admin's secret as a bearer. The body says who.
 */
export function recordObjection({ objections, neverHolds }: ObjectionRouteDeps): RequestHandler {
  return async (request, response) => {
    const objection = readObjection(asObject(request.body) ?? {});
    const problems = neverHolds(objection);
    // Options and codes of the caller's own request; nobody's name.
    if (problems.length > 0) {
      response.status(422).json({ problems });
      return;
    }
    response.status(201).json({ id: await objections.record(objection) });
  };
}

export function endObjection({ objections }: ObjectionRouteDeps): RequestHandler {
  return async (request, response) => {
    const body = asObject(request.body) ?? {};
    const id = text(body, 'id');
    if (!ID.test(id)) throw new CorridorError('request.invalid', 'id');
    if (!(await objections.end(id, text(body, 'by')))) throw new CorridorError('request.not_found', 'objection');
    response.status(204).end();
  };
}

function readObjection(body: Json): Objection {
  const patient = parseNhsNumber(text(body, 'patient'));
  if (patient === undefined) throw new CorridorError('request.invalid', 'patient');
  const from = day(body, 'from');
  const to = day(body, 'to');
  return {
    patient,
    by: text(body, 'by'),
    giver: texts(body, 'giver'),
    receiver: texts(body, 'receiver'),
    section: texts(body, 'section').map((one) => {
      const known = SECTIONS.find(({ id }) => id === one);
      if (!known) throw new CorridorError('request.invalid', 'section');
      return known.id;
    }),
    use: text(body, 'use'),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(body['emergencies'] === true && { emergencies: true }),
  };
}

function text(body: Json, name: string): string {
  const given = asString(body[name])?.trim() ?? '';
  if (given === '' || given.length > MOST_CHARACTERS) throw new CorridorError('request.invalid', name);
  return given;
}

function texts(body: Json, name: string): readonly string[] {
  const given = body[name] ?? [];
  if (!Array.isArray(given) || given.length > MOST_NAMED) throw new CorridorError('request.invalid', name);
  return given.map((one: unknown) => text({ [name]: one }, name));
}

/** A day that the calendar has: another would be compared as text and quietly mean never, or always. */
function day(body: Json, name: string): string | undefined {
  if (body[name] === undefined) return undefined;
  const given = text(body, name);
  const read = DAY.test(given) ? new Date(`${given}T00:00:00Z`) : new Date(Number.NaN);
  if (Number.isNaN(read.getTime()) || read.toISOString().slice(0, 10) !== given)
    throw new CorridorError('request.invalid', name);
  return given;
}
