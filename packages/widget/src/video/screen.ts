import type { Kit } from '../kit.ts';
import { frameAddress } from './frame-address.ts';
import { resumeOf, type Watching } from './watching.ts';
import type { speech } from './words.ts';

type Say = ReturnType<typeof speech>['say'];

const http = /^https?:$/;

/** Captions of another origin are read only where the video is asked for as such, too. */
const elsewhere = (url: string) => new URL(url).origin !== location.origin;

function frame({ h }: Kit, { lesson }: Watching) {
  const { video } = lesson;
  const address = frameAddress(video.provider as 'youtube' | 'vimeo', video.url, Math.floor(resumeOf(lesson) / 1000));
  return (
    address &&
    h('iframe', {
      'data-medium': '',
      src: address.src,
      title: lesson.title,
      allow: 'autoplay; fullscreen; picture-in-picture; encrypted-media',
      referrerpolicy: 'strict-origin-when-cross-origin',
    })
  );
}

function page({ h, safeUrl }: Kit, { lesson }: Watching) {
  const { video } = lesson;
  const src = safeUrl(video.url, http);
  const captions = video.captions.flatMap((each) => {
    const url = safeUrl(each.url, http);
    return url ? [{ ...each, url }] : [];
  });
  return (
    src &&
    h(
      'video',
      {
        'data-medium': '',
        controls: true,
        playsInline: true,
        preload: 'metadata',
        crossorigin: captions.some(({ url }) => elsewhere(url)) ? 'anonymous' : undefined,
        poster: safeUrl(video.posterUrl, http) ?? undefined,
        src: video.provider === 'file' ? src : undefined,
        'aria-label': lesson.title,
        'aria-keyshortcuts': 'K J L',
      },
      captions.map(({ language, label, url }) =>
        h('track', { key: language, kind: 'captions', srclang: language, label, src: url }),
      ),
    )
  );
}

/** The video itself: the page’s own, or the provider’s in a frame. */
export function screen(kit: Kit, watching: Watching, say: Say) {
  const { h } = kit;
  const { provider } = watching.lesson.video;
  const { broken, turn } = watching.state.value;
  const medium = provider === 'file' || provider === 'hls' ? page(kit, watching) : frame(kit, watching);
  const trouble = medium ? broken : 'unsupported';
  return h(
    'div',
    { class: 'screen', part: 'screen', key: `screen${turn}` },
    medium,
    trouble &&
      h(
        'div',
        { class: 'trouble', part: 'error', role: 'alert' },
        h('p', null, say(trouble)),
        trouble === 'broken' && h('button', { type: 'button', class: 'button', onClick: watching.retry }, say('again')),
      ),
  );
}
