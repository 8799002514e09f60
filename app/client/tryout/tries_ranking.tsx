/** How the server ranks results that were tried, and why. */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import { numberText, t } from '../feed/i18n';
import { post } from '../judge/api';
import type { Content, Place, Ranked } from './content';

export function TriesRanking({ content, results }: { content: Content; results: unknown }): JSX.Element | null {
  const ranked = useSignal<Ranked | null>(null);
  const asked = JSON.stringify(results);
  useEffect(() => {
    let isStale = false;
    void post<Ranked>('/api/v1/rules/rank', { ...content.tried, results }).then((answer) => {
      if (!isStale && answer.kind === 'ok') ranked.value = answer.body;
    });
    return () => {
      isStale = true;
    };
  }, [asked]);
  if (!ranked.value) return null;
  if (!ranked.value.ok)
    return <p class="alert alert-warning">{(ranked.value.errors ?? []).map((error) => error.message).join(' ')}</p>;
  return (
    <table class="table" data-testid="tries-ranking">
      <thead>
        <tr>
          <th>{t('Place')}</th>
          <th>{t('Team')}</th>
          <th>{t('Values')}</th>
          <th>{t('Why')}</th>
        </tr>
      </thead>
      <tbody>
        {(ranked.value.standings ?? []).map((place) => (
          <tr key={place.id}>
            <td>{place.rank ?? place.mark ?? '–'}</td>
            <td>{place.id}</td>
            <td class="figures">{valuesText(place)}</td>
            <td>{place.sentence}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function valuesText({ values }: Place): string {
  return Object.values(values)
    .map((value) => (typeof value === 'number' ? numberText(value) : Array.isArray(value) ? value.map(numberText).join(' ') : '–'))
    .join(' · ');
}
