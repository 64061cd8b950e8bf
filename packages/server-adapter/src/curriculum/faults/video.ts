import type { CourseNode } from '../../db/course-tables.ts';
import { type Draft, eachNode, type Fault, faultAt } from './draft.ts';

type Video = NonNullable<CourseNode['video']>;

/** Players that talk by messages, and where their videos are. */
const hosts: Partial<Record<Video['provider'], readonly string[]>> = {
  youtube: ['youtube.com', 'youtube-nocookie.com', 'youtu.be'],
  vimeo: ['vimeo.com'],
};

/** Videos that are not where their player looks, and chapters that come twice or lie outside. */
export const videoFaults = ({ nodes }: Draft): Fault[] =>
  eachNode(nodes, ({ video }, index) =>
    video === null ? [] : [...addressFaults(video, index), ...chapterFaults(video, index)],
  );

function addressFaults({ provider, url }: Video, index: number): Fault[] {
  const allowed = hosts[provider];
  const { hostname } = new URL(url);
  if (!allowed || allowed.some((host) => hostname === host || hostname.endsWith(`.${host}`))) return [];
  return [faultAt(index, 'video/url', `must be an address at ${allowed.join(' or ')} for the provider ${provider}`)];
}

const chapterFaults = ({ chapters, lengthMs }: Video, index: number): Fault[] =>
  chapters.flatMap(({ id, toMs }, place) => [
    ...(chapters.findIndex((each) => each.id === id) < place
      ? [faultAt(index, `video/chapters/${place}/id`, 'must be an id that no other chapter of the video has')]
      : []),
    ...(toMs > lengthMs
      ? [faultAt(index, `video/chapters/${place}/toMs`, `must be within the video: it is ${lengthMs} ms long`)]
      : []),
  ]);
