/** The ceremony of a division: places revealed one by one, the podium, the prizes; nothing before its time. */

import type { Feed } from '../../../app/client/feed/feed';
import { locale, named, t } from '../../../app/client/feed/i18n';
import type { CeremonyData, CeremonyRow } from '../../../app/client/feed/shapes';
import { ceremonyTopic } from '../address';
import { From } from '../widgets/from';
import { Heading } from '../widgets/heading';
import { Message } from '../widgets/message';
import { useFitting } from '../widgets/use_fitting';
import { valueText } from '../widgets/value_text';
import { Podium } from './podium';

/** How many of those revealed before stay on the screen. */
const KEPT_ROWS = 5;
/** From so many on one place, as of an alliance, names alone have room. */
const CROWD = 3;
/** A prize's title of more letters is written smaller. */
const LONG_TITLE = 32;

export function CeremonyScreen({ feed, slug, code }: { feed: Feed; slug: string; code: string }) {
  const topic = ceremonyTopic(slug, code);
  const data = feed.topic<CeremonyData>(topic).value?.data;
  if (feed.refused.value[topic]) return <Message text={t('There is no such division.')} />;
  if (!data) return <Message text={t('Waiting for the server …')} />;
  return <Stage key={data.step} data={data} />;
}

function Stage({ data }: { data: CeremonyData }) {
  const picture = useFitting([data, locale.value]);
  return (
    <main class={`ceremony ${moodOf(data)}`} ref={picture} data-testid="ceremony" data-stage={data.stage} data-step={data.step}>
      <Heading left={named(data.division.name)} right={t('Award ceremony')} />
      <Centre data={data} />
    </main>
  );
}

function Centre({ data }: { data: CeremonyData }) {
  const newest = data.rows.filter((row) => data.newest.includes(row.entry.id));
  const award = data.awards.at(-1);
  if (data.stage === 'podium') return <Podium rows={data.rows} columns={data.columns} />;
  if (data.stage === 'awards' && award) {
    return (
      <section class="revealed">
        <p class="place" data-long={named(award.title).length > LONG_TITLE}>
          {named(award.title)}
        </p>
        <Named row={{ entry: award.entry }} />
      </section>
    );
  }
  if (newest.length > 0) {
    return (
      <>
        <section class="revealed" data-many={newest.length > 1} data-crowd={newest.length >= CROWD}>
          <p class="place" data-testid="place">
            {t('Place {rank}', { rank: newest[0]?.rank ?? '' })}
          </p>
          {newest.map((row) => (
            <Named key={row.entry.id} row={row} value={newest.length < CROWD ? valuesOf(row, data) : ''} />
          ))}
        </section>
        <Before rows={data.rows.filter((row) => !data.newest.includes(row.entry.id))} />
      </>
    );
  }
  return (
    <section class="revealed">
      <p class="place">{data.stage === 'open' ? t('The ceremony comes later') : t('The results are kept for the ceremony')}</p>
      <Before rows={data.rows} />
    </section>
  );
}

function Named({ row, value = '' }: { row: Pick<CeremonyRow, 'entry'>; value?: string }) {
  return (
    <div class="team">
      <p class="name" data-testid="revealed-team">
        {row.entry.team}
      </p>
      <p class="from">
        <From entry={row.entry} />
      </p>
      {value && <p class="value figures">{value}</p>}
    </div>
  );
}

/** The best of those revealed before, under the one revealed now. */
function Before({ rows }: { rows: readonly CeremonyRow[] }) {
  if (rows.length === 0) return null;
  return (
    <ol class="before after">
      {rows.slice(0, KEPT_ROWS).map((row) => (
        <li key={row.entry.id}>
          <span class="number">{row.rank}</span> {row.entry.team}
        </li>
      ))}
    </ol>
  );
}

function valuesOf(row: CeremonyRow, data: CeremonyData): string {
  return data.columns.map((column) => valueText(column, row.values[column.name])).join(' · ');
}

/** Rays in the colour of the medal that was just given. */
function moodOf(data: CeremonyData): string {
  const newest = data.rows.find((row) => data.newest.includes(row.entry.id));
  if (data.stage === 'podium' || data.stage === 'awards') return 'festive place-1';
  return newest ? `festive place-${newest.rank}` : 'plain';
}
