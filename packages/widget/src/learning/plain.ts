/** The first paragraph of CommonMark as plain text, for a card: marks are left out, links and pictures are their words. */
export function plain(markdown: string | null): string {
  const paragraphs = (markdown ?? '').split(/\n\s*\n/).map((each) => each.trim());
  const first = paragraphs.find((each) => each && !/^(#{1,6}\s|```|~~~|[-*_]{3,}$|\||!\[)/.test(each)) ?? '';
  return first
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<((?:https?|mailto):[^>\s]+)>/g, '$1')
    .replace(/^(>\s?|[-*+]\s+|\d+[.)]\s+)/gm, '')
    .replace(/(\*\*|__|~~|`)(.+?)\1/g, '$2')
    .replace(/(^|[^\w*\\])[*_]([^*_\s][^*_\\]*)[*_](?![\w*])/g, '$1$2')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
