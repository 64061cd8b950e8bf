import { expect, onTestFinished, test } from 'vitest';
import { createFrame, heard } from '../../test/frame.ts';
import { vimeoPlayer } from './vimeo.ts';
import { youTubePlayer } from './youtube.ts';

const youTube = 'https://www.youtube-nocookie.com/embed/abc?enablejsapi=1';
const vimeo = 'https://player.vimeo.com/video/1';

test('YouTube: asks to be told, and takes what it is told for a medium', () => {
  const { frame, said, answer } = createFrame(youTube);
  const player = youTubePlayer(frame);
  onTestFinished(player.close);
  const events = heard(player);
  frame.dispatchEvent(new Event('load'));
  expect(said).toEqual([['{"event":"listening","id":1,"channel":"widget"}', 'https://www.youtube-nocookie.com']]);
  answer(
    JSON.stringify({
      event: 'initialDelivery',
      info: { duration: 90, currentTime: 0, playerState: 5, playbackRate: 1 },
    }),
  );
  expect([player.duration, player.paused]).toEqual([90, true]);
  answer(JSON.stringify({ event: 'onStateChange', info: 1 }));
  answer(JSON.stringify({ event: 'infoDelivery', info: { currentTime: 0.25, playerState: 1 } }));
  answer(JSON.stringify({ event: 'infoDelivery', info: { playbackRate: 2 } }));
  expect([player.currentTime, player.paused, player.playbackRate]).toEqual([0.25, false, 2]);
  // It waits for data.
  answer(JSON.stringify({ event: 'onStateChange', info: 3 }));
  expect(player.paused).toBe(true);
  answer(JSON.stringify({ event: 'onStateChange', info: 0 }));
  expect(player.ended).toBe(true);
  expect(events.filter((type) => type !== 'timeupdate' && type !== 'loadedmetadata')).toEqual([
    'playing',
    'ratechange',
    'pause',
    'ended',
  ]);
});

test('YouTube: is told to play, pause, jump and go faster', () => {
  const { frame, said, answer } = createFrame(youTube);
  const player = youTubePlayer(frame);
  onTestFinished(player.close);
  answer(JSON.stringify({ event: 'onReady' }));
  said.length = 0;
  const events = heard(player);
  void player.play();
  player.pause();
  player.currentTime = 12.5;
  expect([player.currentTime, player.seeking]).toEqual([12.5, true]);
  player.playbackRate = 1.5;
  answer(JSON.stringify({ event: 'infoDelivery', info: { currentTime: 12.5 } }));
  expect(player.seeking).toBe(false);
  expect(events).toEqual(['seeking', 'seeked']);
  expect(said.map(([message]) => JSON.parse(message as string))).toMatchObject([
    { event: 'command', func: 'playVideo' },
    { event: 'command', func: 'pauseVideo' },
    { event: 'command', func: 'seekTo', args: [12.5, true] },
    { event: 'command', func: 'setPlaybackRate', args: [1.5] },
  ]);
});

test('Vimeo: asks to be told, and takes what it is told for a medium', () => {
  const { frame, said, answer } = createFrame(vimeo);
  const player = vimeoPlayer(frame);
  onTestFinished(player.close);
  frame.dispatchEvent(new Event('load'));
  expect(said).toEqual([[{ method: 'ping' }, 'https://player.vimeo.com']]);
  answer({ method: 'ping' });
  expect(said).toContainEqual([{ method: 'addEventListener', value: 'timeupdate' }, 'https://player.vimeo.com']);
  const events = heard(player);
  answer(JSON.stringify({ event: 'play', data: { seconds: 3, duration: 61.857, percent: 0.05 } }));
  answer({ event: 'timeupdate', data: { seconds: 3.25, duration: 61.857 } });
  answer({ event: 'bufferstart' });
  expect([player.currentTime, player.duration, player.paused, player.seeking]).toEqual([3.25, 61.857, false, true]);
  answer({ event: 'bufferend' });
  answer({ event: 'playbackratechange', data: { playbackRate: 1.5 } });
  answer({ event: 'seeking', data: { seconds: 30 } });
  answer({ event: 'seeked', data: { seconds: 30 } });
  answer({ event: 'pause', data: { seconds: 31 } });
  answer({ event: 'ended', data: { seconds: 61.857 } });
  expect([player.playbackRate, player.ended, player.paused]).toEqual([1.5, true, true]);
  expect(events).toEqual([
    'play',
    'timeupdate',
    'waiting',
    'playing',
    'ratechange',
    'seeking',
    'seeked',
    'pause',
    'ended',
  ]);
  said.length = 0;
  void player.play();
  player.currentTime = 7;
  expect(said.map(([message]) => message)).toEqual([{ method: 'play' }, { method: 'setCurrentTime', value: 7 }]);
});

test.each([
  ['YouTube', youTube, youTubePlayer, { event: 'infoDelivery', info: { currentTime: 50 } }],
  ['Vimeo', vimeo, vimeoPlayer, { event: 'timeupdate', data: { seconds: 50 } }],
] as const)('%s: believes only its own frame and origin, and nothing that makes no sense', (_, src, open, message) => {
  const { frame, said, answer } = createFrame(src);
  const player = open(frame);
  onTestFinished(player.close);
  const events = heard(player);
  answer(JSON.stringify(message), { origin: 'https://evil.example' });
  answer(JSON.stringify(message), { source: {} });
  for (const nonsense of ['{', 'null', '7', null, undefined, [], {}, { event: 'unknown' }, { event: {} }])
    answer(nonsense);
  answer(JSON.parse(JSON.stringify(message).replace('50', '"50"')));
  expect(player.currentTime).toBe(0);
  answer(message);
  expect(player.currentTime).toBe(50);
  expect(events).toContain('timeupdate');
  expect(said.every(([, origin]) => origin === new URL(src).origin)).toBe(true);
  player.close();
  answer(JSON.parse(JSON.stringify(message).replace('50', '60')));
  expect(player.currentTime).toBe(50);
});

test('a frame that shows something else is refused', () => {
  const { frame } = createFrame('https://evil.example/embed/abc');
  expect(() => youTubePlayer(frame)).toThrow(TypeError);
  expect(() => vimeoPlayer(frame)).toThrow(TypeError);
});
