/** What decides where a link of a programme may land. */
export interface LandingRules {
  landing_url: string;
  landing_origins: string[];
}

/**
 * Where a visitor lands: the programme's landing page, or `to` when that is a path on its origin or an address on one of
 * the programme's origins. Answers `null` for anything else (other schemes, user names, `//host`, backslashes, controls).
 */
export function landingFor({ landing_url, landing_origins }: LandingRules, to: string | undefined): URL | null {
  const landing = new URL(landing_url);
  if (to === undefined) return landing;
  if (/[\\\s\p{Cc}]/u.test(to) || to.startsWith('//')) return null;
  if (!to.startsWith('/') && !/^https?:\/\/[^/]/i.test(to)) return null;
  if (!URL.canParse(to, landing)) return null;
  const url = new URL(to, landing);
  const allowed = url.origin === landing.origin || landing_origins.includes(url.origin);
  return allowed && !url.username && !url.password && /^https?:$/.test(url.protocol) ? url : null;
}
