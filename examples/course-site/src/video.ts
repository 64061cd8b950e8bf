import { execFile } from 'node:child_process';
import { chmod, mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { path as ffmpeg } from '@ffmpeg-installer/ffmpeg';

/** Seconds of the video. */
const length = 40;
const ground = '0xf4ead8';

const colour = (name: string, size: string) => ['-f', 'lavfi', '-i', `color=c=${name}:s=${size}:r=25:d=${length}`];

/** Dough in a jar: nothing for eight seconds, then twice as high, slowly at first. */
const height = '70+70*(1-exp(-pow(max(t-8,0)/16,2.6)))';
const picture = [
  '[0]drawbox=x=250:y=60:w=140:h=260:color=0xffffff@0.55:t=fill[glass]',
  `[glass][1]overlay=x=256:y='320-(${height})'[dough]`,
  '[dough][2]overlay=x=0:y=320,drawbox=x=250:y=60:w=140:h=262:color=0x5b4636:t=3,' +
    'drawbox=x=246:y=248:w=148:h=5:color=0xb5402c:t=fill,drawbox=x=40:y=338:w=560:h=6:color=0xdfd2bb:t=fill[jar]',
  `[jar][3]overlay=x='40-560+560*t/${length}':y=338[bar]`,
  '[bar][4]overlay=x=0:y=338[picture]',
].join(';');

/** Draws the video of the first week into `folder` as an HLS playlist with ten segments, unless it is there. */
export async function drawVideo(folder: string): Promise<void> {
  const done = await stat(join(folder, 'rise.m3u8')).catch(() => null);
  if (done) return;
  const fresh = `${folder}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  // A package manager that runs no scripts leaves it without the right to run.
  await chmod(ffmpeg, 0o755).catch(() => {});
  await promisify(execFile)(ffmpeg, [
    ...['-y', '-loglevel', 'error'],
    ...colour(ground, '640x360'),
    ...colour('0xd9b382', '128x150'),
    ...colour(ground, '640x40'),
    ...colour('0x8a5a2b', '560x6'),
    ...colour(ground, '40x6'),
    ...['-f', 'lavfi', '-i', `sine=frequency=196:sample_rate=44100:duration=${length}`],
    ...['-filter_complex', picture, '-map', '[picture]', '-map', '5:a', '-af', 'volume=0.05', '-t', String(length)],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'baseline', '-pix_fmt', 'yuv420p', '-g', '50'],
    ...['-c:a', 'aac', '-b:a', '64k', '-f', 'hls', '-hls_time', '4', '-hls_playlist_type', 'vod'],
    ...['-hls_segment_filename', join(fresh, 'rise%02d.ts'), join(fresh, 'rise.m3u8')],
  ]);
  await rename(fresh, folder);
}
