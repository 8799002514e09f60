/** For somebody who may judge on several fields: which one is this tablet at? */

import type { JSX } from 'preact';

import { t } from '../../feed/i18n';
import { useTablet } from '../tablet';

export function FieldChoice(): JSX.Element {
  const tablet = useTablet();
  return (
    <main class="choose-page">
      <h1>{t('Which field are you at?')}</h1>
      {tablet.fields.value.length === 0 ? <p>{t('Waiting for the list of fields.')}</p> : null}
      <div class="big-choices">
        {tablet.fields.value.map((code) => (
          <button
            key={code}
            class="big-choice"
            data-testid={`choose-field-${code}`}
            onClick={() => void tablet.chooseField(code)}
          >
            {t('Field {name}', { name: code })}
          </button>
        ))}
      </div>
    </main>
  );
}
