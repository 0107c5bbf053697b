import { describe, expect, it } from 'vitest';
import { news2 } from '../../../../sandbox/people/blocks/news2.ts';

const WELL = { breaths: 16, saturation: 97, systolic: 124, pulse: 72, temperature: 36.8, scale: 1 } as const;

describe('the early warning score of the pretend observations', () => {
  it('is 0 when every sign is in its normal band', () => {
    expect(news2(WELL)).toBe(0);
  });

  it('counts each sign by the bands of the Royal College of Physicians', () => {
    expect(news2({ ...WELL, breaths: 25 })).toBe(3);
    expect(news2({ ...WELL, systolic: 100 })).toBe(2);
    expect(news2({ ...WELL, pulse: 131 })).toBe(3);
    expect(news2({ ...WELL, temperature: 38.1 })).toBe(1);
    expect(news2({ ...WELL, alert: false })).toBe(3);
    expect(news2({ ...WELL, oxygen: true })).toBe(2);
  });

  it('reads a saturation of 90% as low on scale 1 and as on target on scale 2', () => {
    expect(news2({ ...WELL, saturation: 90 })).toBe(3);
    expect(news2({ ...WELL, saturation: 90, scale: 2 })).toBe(0);
  });

  it('counts too much oxygen on scale 2', () => {
    expect(news2({ ...WELL, saturation: 97, scale: 2, oxygen: true })).toBe(5);
    expect(news2({ ...WELL, saturation: 97, scale: 2 })).toBe(0);
  });
});
