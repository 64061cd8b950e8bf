import { contractOf } from './contract.ts';
import type { FormPen } from './pen.ts';
import type { EditorKey } from './words.ts';

/** What visitors will read, from what is typed; and the contest's own element where it is public already. */
export function preview(pen: FormPen) {
  const { h, say, form, contest, heading, date, editor } = pen;
  const {
    name,
    description,
    startsAt,
    endsAt,
    prizes = [],
    scoring = [],
    actions = [],
    eligibility,
  } = contractOf(form);
  const title = (key: EditorKey) => h(`h${heading}`, { class: 'subtitle' }, say(key));
  const saved = contest !== 'new' && contest.state !== 'draft';
  const asks = [
    eligibility?.countries && say('previewCountries', { countries: eligibility.countries.join(', ') }),
    eligibility?.minimumAge && say('previewAge', { n: eligibility.minimumAge }),
    eligibility?.verifiedEmail && say('verifiedEmail'),
  ].filter(Boolean);
  const day = (instant: string) => (instant ? date(instant, form.timeZone) : '…');
  return h(
    'div',
    { class: 'preview', key: 'preview' },
    h('p', { class: 'small muted' }, say('previewHint')),
    h(
      'article',
      { class: 'paper' },
      h('p', { class: 'title' }, h('bdi', null, name || say('nameless'))),
      description && h('p', { class: 'about' }, description),
      h('p', { class: 'muted' }, say('previewWhen', { start: day(startsAt), end: day(endsAt), zone: form.timeZone })),
      title('partPrizes'),
      prizes.length === 0
        ? h('p', { class: 'muted' }, say('prizeNone'))
        : h(
            'ol',
            { class: 'plain' },
            prizes.map((prize, place) =>
              h(
                'li',
                { key: place },
                h('bdi', null, h('b', null, prize.name)),
                ` ${say('previewWinners', { n: prize.winners || 0 })}`,
                form.kind === 'milestone' && ` ${say('previewAt', { n: prize.atPoints || 0 })}`,
                prize.description && h('span', { class: 'small muted' }, prize.description),
              ),
            ),
          ),
      title('previewEarn'),
      h(
        'ul',
        { class: 'plain' },
        scoring.map(({ event, points }, place) =>
          h(
            'li',
            { key: `s${place}` },
            event === 'referral' ? say('previewReferral') : event === '*' ? say('previewAny') : h('bdi', null, event),
            ` ${say('previewPoints', { n: points || 0 })}`,
          ),
        ),
        actions.map((action, place) =>
          h(
            'li',
            { key: `a${place}` },
            h('bdi', null, action.title),
            ` ${say('previewPoints', { n: action.points || 0 })}`,
          ),
        ),
      ),
      title('partWinners'),
      h('p', null, say(`kind_${form.kind}_is`)),
      form.kind !== 'raffle' && h('p', { class: 'small muted' }, say(`tie_${form.tiePolicy}`)),
      title('partWho'),
      h('p', null, asks.length > 0 ? asks.join(' · ') : say('previewAll')),
      saved
        ? h(
            'p',
            null,
            h(
              'a',
              {
                href: `${editor.connection()?.baseUrl ?? ''}/contests/${encodeURIComponent(form.slug)}/rules.html`,
                target: '_blank',
                rel: 'noopener',
              },
              say('rulesLink'),
            ),
          )
        : h('p', { class: 'small muted' }, say('rulesLater')),
    ),
    saved &&
      customElements.get('laurel-contest') && [
        title('previewLive'),
        h('p', { class: 'small muted' }, say('previewLiveHint')),
        h('laurel-contest', { contest: contest.slug, heading: heading + 1 }),
      ],
  );
}
