import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';

/** Seconds of the clip. */
export const clipSeconds = 24;

const folder = new URL('../node_modules/.media/', import.meta.url);
const clip = new URL('clip.webm', folder);
let making: Promise<void> | undefined;

const picture = ['-f', 'lavfi', '-i', `testsrc2=size=320x180:rate=15:duration=${clipSeconds}`];
const sound = ['-f', 'lavfi', '-i', `sine=frequency=220:duration=${clipSeconds}`];
const coding = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '150k', '-g', '15'];

/** Makes a real video, once; the file is there whole or not at all. */
async function makeClip(): Promise<void> {
  if (existsSync(clip)) return;
  const { default: ffmpeg } = await import('@ffmpeg-installer/ffmpeg');
  await mkdir(folder, { recursive: true });
  const unfinished = new URL(`clip-${process.pid}.webm`, folder);
  const given = [...picture, ...sound, ...coding, '-c:a', 'libopus', '-b:a', '24k', unfinished.pathname];
  await promisify(execFile)(ffmpeg.path, ['-loglevel', 'error', '-y', ...given]);
  await rename(unfinished, clip);
}

const captions = 'WEBVTT\n\n00:00.000 --> 00:06.000\nFlour, water, salt.\n\n00:06.000 --> 00:24.000\nFold and turn.\n';
const poster =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180"><path fill="#3b4a40" d="M0 0h320v180H0z"/><circle cx="160" cy="90" r="48" fill="#d9b382"/></svg>';
const texts: Record<string, [body: string, type: string]> = {
  'captions.vtt': [captions, 'text/vtt'],
  'poster.svg': [poster, 'image/svg+xml'],
};

/** Serves the clip by ranges (RFC 9110 §14), its captions and its poster. */
export async function serveMedia(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
  const text = texts[name];
  if (text) {
    response.writeHead(200, { 'content-type': text[1] }).end(text[0]);
    return;
  }
  if (name !== 'clip.webm') {
    response.writeHead(404).end();
    return;
  }
  making ??= makeClip();
  await making;
  const body = await readFile(clip);
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  const from = Number(first ?? 0);
  const to = Math.min(body.length - 1, last ? Number(last) : body.length - 1);
  response.writeHead(first ? 206 : 200, {
    ...{ 'content-type': 'video/webm', 'accept-ranges': 'bytes', 'content-length': to - from + 1 },
    ...(first && { 'content-range': `bytes ${from}-${to}/${body.length}` }),
  });
  response.end(body.subarray(from, to + 1));
}
