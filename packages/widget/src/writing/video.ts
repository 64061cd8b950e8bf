import { isUrl } from '../author/check.ts';
import { field, pick } from '../forms/fields.ts';
import { rows } from '../forms/rows.ts';
import { lengthText } from './length.ts';
import type { NodePen } from './pane.ts';

const patience = 15_000;

/** How long a file is, in milliseconds, as the browser sees it; rejects where it cannot. Players of others do not say. */
function measure(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const media = document.createElement('video');
    const end = (milliseconds: number) => {
      clearTimeout(timer);
      media.removeAttribute('src');
      if (Number.isFinite(milliseconds) && milliseconds > 0) resolve(milliseconds);
      else reject(new Error('unknown length'));
    };
    const timer = setTimeout(end, patience, 0);
    media.preload = 'metadata';
    media.onloadedmetadata = () => end(Math.round(media.duration * 1000));
    media.onerror = () => end(0);
    media.src = url;
  });
}

/** Where a video lies, how long it is, its chapters and captions. */
export function video(pen: NodePen) {
  const { h, say, author, node, announce } = pen;
  const { url = '', provider = 'file' } = node.video ?? {};
  const readable = isUrl(url) && (provider === 'file' || provider === 'hls');
  const read = async () => {
    author.set({ note: null });
    try {
      const milliseconds = await measure(url);
      author.renew();
      pen.edit('#/video/lengthMs', lengthText(milliseconds));
      announce(say('lengthRead', { length: lengthText(milliseconds) }));
    } catch {
      author.set({ note: { key: 'lengthUnread', bad: true } });
    }
  };
  return [
    field(pen, '#/video/url', 'videoUrl', {
      as: 'url',
      most: 2000,
      wide: true,
      hint: 'videoUrlHint',
      also: () => {
        const before = provider;
        const now = author.state.peek().nodes?.find(({ id }) => id === node.id)?.video?.provider;
        // Fields are made anew by leaving the address, not while it is typed.
        if (now && now !== before) author.set({});
      },
    }),
    pick(pen, '#/video/provider', 'provider', 'provider', ['file', 'hls', 'youtube', 'vimeo']),
    h(
      'div',
      { class: 'measured' },
      field(pen, '#/video/lengthMs', 'length', { hint: 'lengthHint', attributes: { inputMode: 'text', dir: 'ltr' } }),
      readable && h('button', { type: 'button', class: 'button small', onClick: () => void read() }, say('readLength')),
    ),
    field(pen, '#/video/posterUrl', 'poster', { as: 'url', most: 2000, optional: true }),
    rows(pen, {
      pointer: '#/video/chapters',
      title: 'chapters',
      one: 'chapterOne',
      add: 'chapterAdd',
      empty: 'chapterNone',
      most: 50,
      make: () => ({ key: '', id: '', title: '', fromMs: '', toMs: '' }),
      row: (at) => [
        field(pen, `${at}/title`, 'chapterTitle', { most: 120, wide: true }),
        field(pen, `${at}/fromMs`, 'from', { attributes: { dir: 'ltr', placeholder: '0:00' } }),
        field(pen, `${at}/toMs`, 'to', { attributes: { dir: 'ltr', placeholder: '2:30' } }),
      ],
    }),
    rows(pen, {
      pointer: '#/video/captions',
      title: 'captions',
      one: 'captionOne',
      add: 'captionAdd',
      empty: 'captionNone',
      most: 30,
      make: () => ({ key: '', language: '', label: '', url: '' }),
      row: (at) => [
        field(pen, `${at}/language`, 'language', { most: 35, attributes: { dir: 'ltr', placeholder: 'pt-BR' } }),
        field(pen, `${at}/label`, 'captionLabel', { most: 60 }),
        field(pen, `${at}/url`, 'captionUrl', { as: 'url', most: 2000, wide: true }),
      ],
    }),
  ];
}
