import type { Page } from '@playwright/test';

/** A player of 24 seconds that speaks as YouTube’s does: `listening`, commands, `infoDelivery` four times a second. */
const youTube = `
let time = Number(new URLSearchParams(location.search).get('start') ?? 0), rate = 1, state = 5, last = 0;
const post = (event, info) => parent.postMessage(JSON.stringify({ event, info, id: 1, channel: 'widget' }), '*');
const enter = (next) => { state = next; last = performance.now(); post('onStateChange', state); };
const advance = () => { const now = performance.now(); if (state === 1) time = Math.min(24, time + (now - last) / 1000 * rate); last = now; };
const tell = () => { advance(); post('infoDelivery', { currentTime: time, playerState: state, duration: 24, playbackRate: rate }); };
window.steer = { truth: [], play() { this.from = time; enter(1); tell(); }, stop() { tell(); this.truth.push([this.from, time]); enter(2); },
  jump(to) { tell(); if (state === 1) this.truth.push([this.from, time]); time = this.from = to; post('infoDelivery', { currentTime: time }); } };
addEventListener('message', ({ data }) => {
  const { event, func, args } = JSON.parse(data);
  if (event === 'listening') post('initialDelivery', { currentTime: time, playerState: state, duration: 24, playbackRate: rate });
  if (func === 'playVideo') steer.play();
  if (func === 'pauseVideo') steer.stop();
  if (func === 'seekTo') steer.jump(args[0]);
  if (func === 'setPlaybackRate') { tell(); rate = args[0]; tell(); }
});
setInterval(() => state === 1 && tell(), 250);`;

/** The same as Vimeo’s does: `ping`, `addEventListener`, methods, events with their data. */
const vimeo = `
let time = Number(location.hash.match(/t=(\\d+)/)?.[1] ?? 0), playing = false, last = 0;
const wanted = new Set();
const post = (message) => parent.postMessage(message, '*');
const emit = (event, data = {}) => wanted.has(event) && post({ event, data: { seconds: time, duration: 24, percent: time / 24, ...data } });
const advance = () => { const now = performance.now(); if (playing) time = Math.min(24, time + (now - last) / 1000); last = now; };
const tell = () => { advance(); emit('timeupdate'); };
window.steer = { truth: [], play() { this.from = time; last = performance.now(); playing = true; emit('play'); emit('playing'); tell(); },
  stop() { tell(); this.truth.push([this.from, time]); playing = false; emit('pause'); },
  jump(to) { tell(); if (playing) this.truth.push([this.from, time]); time = this.from = to; emit('seeking'); emit('seeked'); } };
addEventListener('message', ({ data: { method, value } }) => {
  if (method === 'ping') post({ method: 'ping' });
  if (method === 'addEventListener') wanted.add(value);
  if (method === 'play') steer.play();
  if (method === 'pause') steer.stop();
  if (method === 'setCurrentTime') steer.jump(value);
});
post({ event: 'ready' });
setInterval(() => playing && tell(), 250);`;

/** Answers the addresses of both providers with such pages: nothing is asked of them. */
export async function serveProviders(page: Page): Promise<void> {
  for (const [address, script] of [
    ['https://www.youtube-nocookie.com/**', youTube],
    ['https://player.vimeo.com/**', vimeo],
  ] as const) {
    await page.route(address, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><title>Player</title><script>${script}</script>`,
      }),
    );
  }
}
