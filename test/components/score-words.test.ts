import { describe, expect, it } from 'vitest';
import { scoreInWords } from '../../src/components/measures/observed-line.ts';

describe('what a score says', () => {
  it.each(['6 mmol/L', '14 of 20', 'score', 'Positive', '3 score points', '2 to 3 score'])(
    'leaves “%s” as it was recorded: only a bare “score” after one number is no unit',
    (said) => expect(scoreInWords(said, 'Six-minute walk')).toBe(said),
  );

  it.each([
    ['6 score', 'Rockwood Clinical Frailty Scale', '6'],
    ['0 score', 'NEWS2 (National Early Warning Score 2) total score', '0'],
    ['<3 {score}', 'Barthel index', '<3'],
    ['14 score', 'Waterlow', 'score 14'],
    ['2.50 Score', 'Waterlow', 'Score 2.50'],
  ])('says “%s” of “%s” as people say it, its digits as recorded: “%s”', (said, title, spoken) =>
    expect(scoreInWords(said, title)).toBe(spoken),
  );
});
