import { describe, expect, it } from 'vitest';
import { CorridorError } from '../../../launcher/errors.ts';
import { createLog, type LogFields } from '../../../launcher/observability/log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void, level = 'debug'): Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLog(level, { write: (line) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('a log line', () => {
  it('leaves out whatever is not on the list, whoever passes it', () => {
    const smuggled = {
      requestId: 'r',
      nhsNumber: '9434765919',
      headers: { authorization: 'Bearer x' },
      url: '/record?nhs=9434765919',
    };
    const [line] = logged((log) => log.info('request.done', smuggled as LogFields));
    expect(line).toMatchObject({ event: 'request.done', requestId: 'r' });
    expect(JSON.stringify(line)).not.toMatch(/9434765919|Bearer/);
  });

  it('leaves out objects under a listed name', () => {
    const [line] = logged((log) => log.info('x.y', { code: { name: 'Jackson' } as unknown as string }));
    expect(JSON.stringify(line)).not.toContain('Jackson');
  });

  it('says of an error what it is and where, not what it says', () => {
    const cause = Object.assign(new Error('duplicate key (nhs_number)=(9434765919)'), { code: '23505' });
    const error = new CorridorError('audit.unavailable', 'the store refused', { cause });
    const [line] = logged((log) => log.error('request.failed', { error }));
    expect(line?.['error']).toMatchObject({
      name: 'CorridorError',
      code: 'audit.unavailable',
      detail: 'the store refused',
      cause: { name: 'Error', code: '23505' },
    });
    expect(JSON.stringify(line)).not.toContain('9434765919');
    expect(JSON.stringify(line)).toContain('log.test.ts');
  });

  it('survives what is thrown though it is no error, and causes that go round', () => {
    const round = new Error('a');
    round.cause = round;
    expect(
      logged((log) => [undefined, null, 'text', round].forEach((error) => log.error('x.y', { error }))),
    ).toHaveLength(4);
  });

  it('is not written below the level', () => {
    expect(logged((log) => log.info('x.y'), 'warn')).toEqual([]);
  });
});
