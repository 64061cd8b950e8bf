import type { Language } from '../i18n/index.ts';
import type { Row } from '../stores/board.ts';
import { cleanName, hueOf, initials } from './name.ts';
import { safeUrl } from './safe-url.ts';

/** `1`, or `=2` for a shared rank, with the words for those who listen. */
export const rank = ({ rank, tiedWith }: Row, { say, number }: Language) => (
  <span class={rank <= 3 ? 'rank medal' : 'rank'} part="rank">
    {tiedWith > 0 && <span aria-hidden="true">=</span>}
    {number(rank)}
    {tiedWith > 0 && <span class="said"> {say('tied', { n: tiedWith })}</span>}
  </span>
);

/** A name in any script, and whether it is the reader. */
export function named(row: Row, mine: boolean, { say }: Language) {
  const name = cleanName(row.name);
  return (
    <span class="named">
      <bdi class="name" part="name" title={name}>
        {name}
      </bdi>
      {mine && (
        <span class="badge" part="badge">
          {say('you')}
        </span>
      )}
    </span>
  );
}

/** A picture, or initials on a colour that comes from the board's own id. */
export function avatar({ id, name, avatarUrl }: Row) {
  const image = safeUrl(avatarUrl, /^https?:$/);
  return (
    <span class="avatar" aria-hidden="true" style={{ '--hue': `${hueOf(id)}` }}>
      {initials(name)}
      {image && (
        <img
          key={image}
          src={image}
          alt=""
          loading="lazy"
          decoding="async"
          referrerpolicy="no-referrer"
          onError={(event) => {
            event.currentTarget.hidden = true;
          }}
        />
      )}
    </span>
  );
}
