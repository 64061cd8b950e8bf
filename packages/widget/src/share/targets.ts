/** Where a link can be sent by a plain address, in the order shown. */
export const shareTargets = ['email', 'whatsapp', 'x', 'facebook', 'linkedin', 'telegram'] as const;

/** The name of a share target; also the `channel` of the clicks that come from it. */
export type ShareTarget = (typeof shareTargets)[number];

/** Names of the share targets; e-mail is a word of the catalogue. */
export const shareNames: Record<Exclude<ShareTarget, 'email'>, string> = {
  whatsapp: 'WhatsApp',
  x: 'X',
  facebook: 'Facebook',
  linkedin: 'LinkedIn',
  telegram: 'Telegram',
};

/** Line drawings of the share targets, in a box of 24 by 24. */
export const sharePaths: Record<ShareTarget, string> = {
  email: 'M3.5 6h17v12h-17zM4 7l8 6 8-6',
  whatsapp: 'M4 20l1.2-3.8A8 8 0 1 1 8 19zM9 9.5c.3 3 2.5 5.2 5.5 5.5M9 9.5l1.5-.5M14.5 15l.5-1.5',
  x: 'M5 5 19 19M19 5 5 19',
  facebook: 'M15.5 4H14a3 3 0 0 0-3 3v13M8 11h7',
  linkedin: 'M5 10v9M5 5.5v.01M10 19v-9M10 14a4 4 0 0 1 8 0v5',
  telegram: 'M3.5 12 20.5 4.5 17.5 19.5 11.5 15zM11.5 15 20.5 4.5',
};

/** The referral link with `?channel=`, so that its clicks say where they came from. */
export function withChannel(link: string, channel: string): string {
  try {
    const url = new URL(link);
    url.searchParams.set('channel', channel);
    return url.href;
  } catch {
    return link;
  }
}

/** The address that opens a share target with the link (and words, where it takes any) filled in. */
export function shareUrl(target: ShareTarget, link: string, subject: string, text: string): string {
  const url = encodeURIComponent(withChannel(link, target));
  const words = encodeURIComponent(text);
  switch (target) {
    case 'email':
      return `mailto:?subject=${encodeURIComponent(subject)}&body=${words}%0A%0A${url}`;
    case 'whatsapp':
      return `https://wa.me/?text=${words}%20${url}`;
    case 'x':
      return `https://x.com/intent/post?text=${words}&url=${url}`;
    case 'facebook':
      return `https://www.facebook.com/sharer/sharer.php?u=${url}`;
    case 'linkedin':
      return `https://www.linkedin.com/sharing/share-offsite/?url=${url}`;
    case 'telegram':
      return `https://t.me/share/url?url=${url}&text=${words}`;
  }
}
