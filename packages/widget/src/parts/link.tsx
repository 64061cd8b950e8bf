import type { ComponentChildren, MouseEventHandler } from 'preact';
import { safeUrl } from './safe-url.ts';

interface LinkProps {
  href: string | null | undefined;
  children?: ComponentChildren;
  class?: string;
  part?: string;
  /** Opens beside the page, without telling the target where it came from. */
  outside?: boolean;
  onClick?: MouseEventHandler<HTMLAnchorElement>;
}

/** The only place that writes an `href`: an address that is not allowed leaves plain text. */
export function Link({ href, children, outside, ...rest }: LinkProps) {
  const safe = safeUrl(href);
  if (!safe) return <span class={rest.class}>{children}</span>;
  return (
    <a href={safe} {...rest} target={outside ? '_blank' : undefined} rel={outside ? 'noopener noreferrer' : undefined}>
      {children}
    </a>
  );
}
