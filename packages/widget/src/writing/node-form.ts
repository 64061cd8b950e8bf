import { instantOf } from '../author/course-form.ts';
import { freeSlug, idsOf } from '../author/ids.ts';
import type { CourseNode, Video } from '../author/node.ts';
import { pathOf, withValue } from '../forms/sheet.ts';
import { wallTime } from '../forms/zoned-time.ts';
import { lengthText, readLength } from './length.ts';

type Row<Item> = { [Name in keyof Item]: string } & { key: string };

/** A node as its fields show it. */
export interface NodeForm {
  title: string;
  summary: string;
  label: string;
  kind: string;
  markdown: string;
  url: string;
  startsAt: string;
  endsAt: string;
  minutes: string;
  weight: string;
  choose: string;
  event: string;
  required: boolean;
  hidden: boolean;
  cohorts: Record<string, boolean>;
  video: {
    provider: string;
    url: string;
    lengthMs: string;
    posterUrl: string;
    captions: Row<Video['captions'][number]>[];
    chapters: Row<Video['chapters'][number]>[];
  };
}

const numberText = (value: number | null) => (value === null || Number.isNaN(value) ? '' : `${value}`);
const wall = (instant: string | null, zone: string) =>
  instant ? wallTime(Date.parse(instant), zone).replace(/:00$/, '') : '';

/** A video with nothing in it yet. */
const emptyVideo: Video = {
  provider: 'file',
  url: '',
  lengthMs: Number.NaN,
  posterUrl: null,
  captions: [],
  chapters: [],
};

/** A node as a form; times are of the course's zone. `generation`: rows are made anew with it. */
export function nodeForm(node: CourseNode, zone: string, cohorts: readonly string[], generation: number): NodeForm {
  const video = node.video ?? emptyVideo;
  const keyed = <Item extends object>(items: readonly Item[]) =>
    items.map((each, place) => ({ ...each, key: `${generation}-${place}` }));
  return {
    title: node.title,
    summary: node.summary ?? '',
    label: node.label ?? '',
    kind: node.kind ?? 'page',
    markdown: node.markdown ?? '',
    url: node.url ?? '',
    startsAt: wall(node.startsAt, zone),
    endsAt: wall(node.endsAt, zone),
    minutes: numberText(node.minutes),
    weight: numberText(node.weight),
    choose: numberText(node.choose),
    event: node.event ?? '',
    required: node.required,
    hidden: node.hidden,
    cohorts: Object.fromEntries(cohorts.map((slug) => [slug, node.cohorts.includes(slug)])),
    video: {
      provider: video.provider,
      url: video.url,
      lengthMs: lengthText(video.lengthMs),
      posterUrl: video.posterUrl ?? '',
      captions: keyed(video.captions),
      chapters: keyed(
        video.chapters.map((chapter) => ({
          ...chapter,
          fromMs: lengthText(chapter.fromMs),
          toMs: lengthText(chapter.toMs),
        })),
      ),
    },
  };
}

const whole = (typed: string) => (typed.trim() ? (/^\s*\d+\s*$/.test(typed) ? Number(typed) : Number.NaN) : null);
const nullable = (typed: string) => (typed.trim() ? typed : null);

/** An address as it is meant: `youtu.be/…` without its scheme is one too. */
const address = (typed: string) => {
  const trimmed = typed.trim();
  return /^[\w-]+(\.[\w-]+)+(\/|$)/.test(trimmed) ? `https://${trimmed}` : trimmed;
};

/** Who plays an address, by the address itself. */
export function providerOf(url: string): Video['provider'] | null {
  if (/^https?:\/\/(www\.|m\.)?(youtube\.com|youtu\.be|youtube-nocookie\.com)\//i.test(url)) return 'youtube';
  if (/^https?:\/\/(www\.|player\.)?vimeo\.com\//i.test(url)) return 'vimeo';
  if (/\.m3u8(\?|#|$)/i.test(url)) return 'hls';
  return /\.(mp4|webm|mov|m4v|ogv)(\?|#|$)/i.test(url) ? 'file' : null;
}

/** Rows of chapters as they are typed; a new one gets an id of its own, kept for ever. */
function chaptersOf(rows: readonly Partial<NodeForm['video']['chapters'][number]>[]): Video['chapters'] {
  const taken = idsOf(rows.flatMap(({ id }) => (id ? [{ id }] : [])));
  return rows.map(({ id, title = '', fromMs = '', toMs = '' }) => {
    const kept = id || freeSlug(title, taken, 'chapter');
    taken.add(kept);
    return { id: kept, title, fromMs: readLength(fromMs), toMs: readLength(toMs) };
  });
}

function videoOf(form: NodeForm['video']): Video {
  const url = address(form.url);
  return {
    provider: form.provider as Video['provider'],
    url,
    lengthMs: readLength(form.lengthMs),
    posterUrl: nullable(address(form.posterUrl)),
    captions: form.captions.map(({ language = '', label = '', url: at = '' }) => ({
      language,
      label,
      url: address(at),
    })),
    chapters: chaptersOf(form.chapters),
  };
}

/** What a node becomes by what was typed at a pointer into its form. */
export function typed(form: NodeForm, pointer: string, value: unknown, zone: string): Partial<CourseNode> {
  const [name = ''] = pathOf(pointer);
  const next = withValue(form, pathOf(pointer), value);
  const text = next[name as 'title'];
  if (name === 'video') {
    const video = videoOf(next.video);
    const provider = pointer === '#/video/url' ? (providerOf(video.url) ?? video.provider) : video.provider;
    const isEmpty = !video.url && Number.isNaN(video.lengthMs) && !video.captions.length && !video.chapters.length;
    return { video: isEmpty ? null : { ...video, provider } };
  }
  if (name === 'cohorts') return { cohorts: Object.keys(next.cohorts).filter((slug) => next.cohorts[slug]) };
  if (name === 'minutes' || name === 'weight' || name === 'choose') return { [name]: whole(text) };
  if (name === 'startsAt' || name === 'endsAt') return { [name]: instantOf(text, zone) || null };
  if (name === 'url') return { url: nullable(address(text)) };
  if (name === 'title' || name === 'required' || name === 'hidden') return { [name]: text };
  return { [name]: nullable(text) };
}
