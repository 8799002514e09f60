/** What a rubric says of its marks: the words for each level, which can be pressed to give that mark. */

import type { JSX } from 'preact';

import { numberText } from '../../../feed/i18n';
import type { RubricCriterion } from '../../../rules/types';
import { inWords } from '../../words';

type Level = RubricCriterion['levels'][number];

interface LevelsProps {
  readonly levels: readonly Level[];
  readonly value: number | undefined;
  readonly path: string;
  readonly set: (value: number) => void;
}

/** A mark between two levels belongs to the lower one, which is shown lighter. */
export function Levels({ levels, value, path, set }: LevelsProps): JSX.Element {
  const reached = value === undefined ? undefined : levels.findLast((level) => level.value <= value);
  return (
    <div class="choices levels" role="group">
      {levels.map((level) => (
        <button
          key={level.value}
          class={`choice ${level === reached && level.value !== value ? 'choice-reached' : ''}`}
          aria-pressed={level.value === value}
          data-testid={`field-${path}-level-${level.value}`}
          onClick={() => set(level.value)}
        >
          <span class="choice-points">{numberText(level.value)}</span>
          <span>{inWords(level.text)}</span>
        </button>
      ))}
    </div>
  );
}
