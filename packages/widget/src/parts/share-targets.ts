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
