/** Where the player of a video is: its address, and the origin that speaks for it. */
interface FrameAddress {
  src: string;
  origin: string;
}

function youTube(url: URL, seconds: number): FrameAddress | null {
  const [, first, second] = url.pathname.split('/');
  const short = url.hostname === 'youtu.be' ? first : undefined;
  const id = short ?? url.searchParams.get('v') ?? (/^(embed|shorts|live)$/.test(first ?? '') ? second : undefined);
  if (!id || !/^[\w-]{6,20}$/.test(id)) return null;
  const origin = 'https://www.youtube-nocookie.com';
  const query = new URLSearchParams({ enablejsapi: '1', playsinline: '1', rel: '0', origin: location.origin });
  if (seconds) query.set('start', `${seconds}`);
  return { src: `${origin}/embed/${id}?${query}`, origin };
}

function vimeo(url: URL, seconds: number): FrameAddress | null {
  const [, id, hash] = /\/(?:video\/)?(\d+)(?:\/(\w+))?\/?$/.exec(url.pathname) ?? [];
  if (!id) return null;
  const origin = 'https://player.vimeo.com';
  const query = new URLSearchParams({ dnt: '1', playsinline: '1' });
  const unlisted = url.searchParams.get('h') ?? hash;
  if (unlisted) query.set('h', unlisted);
  return { src: `${origin}/video/${id}?${query}${seconds ? `#t=${seconds}s` : ''}`, origin };
}

/** The address of the player for the address of a video’s page, beginning so many seconds in; `null` where it is none. */
export function frameAddress(provider: 'youtube' | 'vimeo', address: string, seconds = 0): FrameAddress | null {
  try {
    const url = new URL(address);
    const ours = provider === 'youtube' ? /(^|\.)(youtube(-nocookie)?\.com|youtu\.be)$/ : /(^|\.)vimeo\.com$/;
    if (url.protocol !== 'https:' || !ours.test(url.hostname)) return null;
    return (provider === 'youtube' ? youTube : vimeo)(url, seconds);
  } catch {
    return null;
  }
}
