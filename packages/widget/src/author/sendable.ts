import { pathOf } from '../forms/sheet.ts';
import { unfinished } from './check.ts';
import type { CourseNode, Video } from './node.ts';

/** A video without what is not finished in it; `null` where it has no address or length. */
function sendableVideo(video: Video, fields: readonly string[]): Video | null {
  const open = (start: string) => fields.some((field) => field.startsWith(`#/video/${start}`));
  if (open('url') || open('lengthMs')) return null;
  return {
    ...video,
    posterUrl: open('posterUrl') ? null : video.posterUrl,
    captions: video.captions.filter((_, place) => !open(`captions/${place}/`)),
    chapters: video.chapters.filter((_, place) => !open(`chapters/${place}/`)),
  };
}

/** A node as the API takes it: without what is not finished, so that this holds nothing else up. */
export function sendable(node: CourseNode): CourseNode {
  const fields = unfinished(node).map(({ field }) => field);
  if (fields.length === 0) return node;
  const sent: CourseNode = { ...node, video: node.video && sendableVideo(node.video, fields) };
  for (const field of fields) {
    const [name, within] = pathOf(field);
    if (within === undefined) Object.assign(sent, { [name as string]: name === 'title' ? node.id : null });
  }
  return sent;
}
